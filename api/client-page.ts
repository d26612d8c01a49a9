import { z } from 'zod';
import { readToken } from '../channels/client-link.ts';
import { OFFICIAL_CHANNELS } from '../channels/official-channels.ts';
import type { Queries } from '../prisma/client.ts';
import { findTicket, stateOf } from '../prisma/ticket-reads.ts';
import type { TicketRow } from '../prisma/ticket-reads.ts';
import { explainDeadlines } from '../regulation/explain.ts';
import { DAY_MS } from '../regulation/instant.ts';
import type { Ticket } from '../regulation/ticket.ts';
import { CLOSING_REASONS, OUTCOMES, SEVERITIES, STATUSES } from '../regulation/vocabulary.ts';
import type { Language } from '../regulation/vocabulary.ts';
import type { WorkingCalendar } from '../regulation/working-calendar.ts';
import { DeadlineView } from './deadlines-view.ts';
import { MessageView } from './conversation-view.ts';
import { Problem } from './errors.ts';
import type { ApiSettings } from './settings.ts';
import { textsIn } from './texts/in-language.ts';
import { ownTimeOf } from './ticket-view.ts';

const instant = z.iso.datetime();

/** What a client may see of his ticket: everything that is listed here, and nothing else. */
export const ClientTicket = z
  .object({
    number: z.int(),
    status: z.enum(STATUSES),
    /** The same in words, in the reader's language. */
    standing: z.string(),
    subject: z.string(),
    severity: z.literal(SEVERITIES).nullable(),
    receivedAt: instant,
    closedAt: instant.nullable(),
    closedBecause: z.enum(CLOSING_REASONS).nullable(),
    outcome: z.enum(OUTCOMES).nullable(),
    /** The ticket's own time: ahead of the clock on the wall in rehearsal. */
    now: instant,
    /** By when he hears from us, or we from him; `/deadlines` says why. */
    deadlines: z.array(
      DeadlineView.pick({ kind: true, dueAt: true }).extend({
        /** The level is only proposed yet, and so is the deadline (reading 18). */
        provisional: z.boolean(),
      }),
    ),
    /** What he may do now, each act with the fields it always needs. */
    allowed: z.array(z.object({ type: z.enum(['answer', 'confirm', 'disagree']), needs: z.array(z.string()) })),
    followUpOf: z.int().nullable(),
    followUps: z.array(z.int()),
  })
  .meta({ id: 'ClientTicket' });
export type ClientTicket = z.infer<typeof ClientTicket>;

/** What a client may read of the conversation: his words and ours, not who of us wrote them nor on what way. */
export const ClientMessage = MessageView.pick({
  direction: true,
  kind: true,
  at: true,
  text: true,
  letter: true,
  followUpNumber: true,
}).meta({ id: 'ClientMessage' });
export type ClientMessage = z.infer<typeof ClientMessage>;

/**
 * The ticket that a client's link opens.
 * @throws Problem `unknown-link`, `link-revoked`, `link-expired`
 */
export async function ticketOfLink(
  db: Queries,
  { token, settings }: { token: string; settings: ApiSettings },
): Promise<TicketRow> {
  const content = readToken(settings.linkSecret, 'client-link', token);
  const row = content === null ? null : await findTicket(db, content.ticketNumber);
  if (content === null || row === null) {
    throw new Problem(
      'unknown-link',
      'this link is not one of ours, or a part of it is missing; open it as it was sent',
    );
  }
  if (row.linkKeyVersion !== content.keyVersion) {
    throw new Problem('link-revoked', `this link has been revoked; ask ${OFFICIAL_CHANNELS.email} for a new one`);
  }
  const days = settings.clientLinkDaysAfterClosing;
  const closedAt = row.ticket?.closedAt;
  if (closedAt != null && ownTimeOf(row) >= closedAt.getTime() + days * DAY_MS) {
    const detail = `this link worked until ${days} days after the closing; write to ${OFFICIAL_CHANNELS.email} about the matter`;
    throw new Problem('link-expired', detail);
  }
  return row;
}

export function clientTicket(
  row: TicketRow,
  { calendar, followUps, language }: { calendar: WorkingCalendar | null; followUps: number[]; language: Language },
): ClientTicket {
  const ticket = stateOf(row);
  const now = ownTimeOf(row);
  return {
    number: row.number,
    status: ticket?.status ?? 'received',
    standing: textsIn(language).standing[standingOf(ticket)],
    subject: row.subject,
    severity: ticket?.severity ?? null,
    receivedAt: iso(ticket?.receivedAt ?? row.receivedAt.getTime()),
    closedAt: ticket?.status === 'closed' ? iso(ticket.closedAt) : null,
    closedBecause: ticket?.status === 'closed' ? ticket.closedBecause : null,
    outcome: outcomeOf(ticket),
    now: iso(now),
    deadlines: ticket === null || calendar === null ? [] : deadlinesOf(ticket, calendar, now),
    allowed: clientActs(ticket),
    followUpOf: row.followUpOf,
    followUps,
  };
}

/** His own words, and of ours what was addressed to him: a letter once it has gone out, a text once an event names it. */
export function clientMessages(conversation: readonly MessageView[]): ClientMessage[] {
  return conversation
    .filter((one) => one.text !== null || one.letter !== null)
    .map(({ direction, kind, at, text, letter, followUpNumber }) => ({
      direction,
      kind,
      at,
      text,
      letter,
      followUpNumber,
    }));
}

function deadlinesOf(ticket: Ticket, calendar: WorkingCalendar, now: number): ClientTicket['deadlines'] {
  if (ticket.status === 'closed') return [];
  return explainDeadlines(ticket, calendar, now).map(({ kind, dueAt }) => ({
    kind,
    dueAt: dueAt === null ? null : iso(dueAt),
    provisional: kind === 'resolution-due' && ticket.status === 'triage',
  }));
}

/** He may always write. Confirming and disagreeing mean something from the completion on (reading 7). */
function clientActs(ticket: Ticket | null): ClientTicket['allowed'] {
  const answer = { type: 'answer' as const, needs: ['text'] };
  if (ticket?.status !== 'completed' && ticket?.status !== 'awaiting-confirmation') return [answer];
  return [answer, { type: 'confirm', needs: [] }, { type: 'disagree', needs: ['reason'] }];
}

function standingOf(ticket: Ticket | null) {
  if (ticket === null) return 'received';
  return ticket.status === 'closed' ? ticket.closedBecause : ticket.status;
}

function outcomeOf(ticket: Ticket | null): ClientTicket['outcome'] {
  if (ticket === null) return null;
  if (ticket.status === 'closed') return ticket.outcome;
  return 'completion' in ticket ? ticket.completion.outcome : null;
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
