import { z } from 'zod';
import { clientLink, makeToken } from '../channels/client-link.ts';
import { linksOf } from '../prisma/ticket-links.ts';
import type { TicketLinks } from '../prisma/ticket-links.ts';
import { stateOf } from '../prisma/ticket-reads.ts';
import type { TicketRow } from '../prisma/ticket-reads.ts';
import type { Queries } from '../prisma/client.ts';
import type { Actor } from '../regulation/actor.ts';
import type { StaffActType } from '../regulation/commands.ts';
import { allowedActs } from '../regulation/decide.ts';
import { HorizonExceeded } from '../regulation/errors.ts';
import { clocksOf } from '../regulation/explain.ts';
import type { ClocksView } from '../regulation/explain.ts';
import type { Instant } from '../regulation/instant.ts';
import { proposeSeverity } from '../regulation/proposal.ts';
import { noticesOnTheWay } from '../regulation/ticket.ts';
import type { Ticket } from '../regulation/ticket.ts';
import {
  AGREEMENT_STANDINGS,
  CHANNELS,
  CLOSING_REASONS,
  DEADLINE_KINDS,
  FREQUENCIES,
  IMPACTS,
  LANGUAGES,
  OUTCOMES,
  REQUEST_PARTS,
  SEVERITIES,
  STATUSES,
} from '../regulation/vocabulary.ts';
import type { Role } from '../regulation/vocabulary.ts';
import type { WorkingCalendar } from '../regulation/working-calendar.ts';
import type { WorkingCalendars } from './working-calendars.ts';

const instant = z.iso.datetime();
const severity = z.literal(SEVERITIES);
const clockState = z.enum(['not-started', 'running', 'paused', 'stopped']);

/** A ticket as staff see it. */
export const TicketView = z
  .object({
    number: z.int(),
    status: z.enum(STATUSES),
    /** Counts all events; 0 while `received`. */
    version: z.int(),
    /** Counts people's acts; what `If-Match` compares. */
    revision: z.int(),
    severity: severity.nullable(),
    proposedSeverity: severity.nullable(),
    channel: z.enum(CHANNELS),
    receivedAt: instant,
    clientId: z.string().nullable(),
    contactId: z.string().nullable(),
    productId: z.string().nullable(),
    subject: z.string(),
    assigneeId: z.string().nullable(),
    outcome: z.enum(OUTCOMES).nullable(),
    closedBecause: z.enum(CLOSING_REASONS).nullable(),
    closedAt: instant.nullable(),
    /** Put ahead within its severity (§2.3). */
    putAheadAt: instant.nullable(),
    /** How the client's agreement stood on the day of receipt (§1.3); `unknown` for an unverified sender. */
    agreementStanding: z.enum(AGREEMENT_STANDINGS),
    impact: z.enum(IMPACTS).nullable(),
    affectedUsers: z.int().nullable(),
    frequency: z.enum(FREQUENCIES).nullable(),
    steps: z.string().nullable(),
    /** What a full request would have and this one has not (§3.2). */
    missing: z.array(z.enum(REQUEST_PARTS)),
    /** Who writes, as he says of himself; it proves nothing (reading 17). */
    sender: z.object({
      name: z.string().nullable(),
      email: z.string().nullable(),
      phone: z.string().nullable(),
      organisation: z.string().nullable(),
      address: z.string().nullable(),
    }),
    language: z.enum(LANGUAGES),
    edition: z.string(),
    /** The ticket's own time: ahead of the clock on the wall in rehearsal. */
    now: instant,
    /** Null while `received`, and when the working calendar ended before the answer. */
    clocks: z
      .object({
        firstResponse: z.object({
          dueAt: instant,
          state: clockState,
          elapsedMs: z.int(),
          breachedAt: instant.optional(),
        }),
        resolution: z.object({
          dueAt: instant.nullable(),
          provisional: z.boolean(),
          state: clockState,
          elapsedMs: z.int(),
          remainingMs: z.int(),
          breachedAt: instant.optional(),
        }),
      })
      .nullable(),
    nextDeadline: z.object({ kind: z.enum(DEADLINE_KINDS), at: instant }).nullable(),
    /** What this reader may do now, each act with the fields it always needs. */
    allowed: z.array(z.object({ type: z.string(), needs: z.array(z.string()) })),
    /** Messages that wait for `judge-message`. */
    unjudged: z.array(z.object({ messageId: z.string(), receivedAt: instant })),
    /** Notices that `resend-notice` may name. */
    resendable: z.array(z.string()),
    links: z.object({
      /** The client's page of this ticket. */
      client: z.string(),
      followUpOf: z.int().nullable(),
      followUps: z.array(z.int()),
      mergedInto: z.int().nullable(),
      /** Other open tickets of the same sender (reading 21). */
      mayBelongTo: z.array(z.int()),
    }),
  })
  .meta({ id: 'Ticket' });
export type TicketView = z.infer<typeof TicketView>;

/** Acts that the regulation knows and whose routes come later: never offered, and refused by name. */
export const NOT_YET_AVAILABLE: ReadonlySet<string> = new Set<StaffActType>(['merge', 'tie-update']);

export interface ViewOptions {
  db: Queries;
  calendars: WorkingCalendars;
  links: { publicUrl: string; linkSecret: string };
  actor: Actor;
}

/** The contract's ticket for each row, in order, as of now in each ticket's own time. */
export async function ticketViews(rows: readonly TicketRow[], options: ViewOptions): Promise<TicketView[]> {
  const links = await linksOf(options.db, rows);
  return Promise.all(rows.map((row) => ticketView(row, links.get(row.number) ?? NO_LINKS, options)));
}

export async function ticketViewOf(row: TicketRow, options: ViewOptions): Promise<TicketView> {
  const links = await linksOf(options.db, [row]);
  return ticketView(row, links.get(row.number) ?? NO_LINKS, options);
}

/** A member of staff as the regulation knows him. */
export function actorOf({ id, role }: { id: string; role: Role }): Extract<Actor, { kind: 'staff' }> {
  return { kind: 'staff', staffId: id, role };
}

/** A ticket's own time: the wall clock's, and what it has been moved ahead in rehearsal. */
export function ownTimeOf(row: Pick<TicketRow, 'rehearsalOffsetMs'>): Instant {
  return Date.now() + Number(row.rehearsalOffsetMs);
}

const NO_LINKS: TicketLinks = { followUps: [], mayBelongTo: [] };

async function ticketView(row: TicketRow, links: TicketLinks, options: ViewOptions): Promise<TicketView> {
  const ticket = stateOf(row);
  const now = ownTimeOf(row);
  return {
    ...(row.ticket === null || ticket === null
      ? asReceived(row)
      : asRecorded(ticket, row.ticket, {
          clocks: clocksAt(ticket, await options.calendars.ofVersion(ticket.calendarVersion), now),
          actor: options.actor,
        })),
    number: row.number,
    channel: wordOf(CHANNELS, row.channel),
    subject: row.subject,
    frequency: wordOrNull(FREQUENCIES, row.frequency),
    steps: row.steps,
    missing: row.missing.map((part) => wordOf(REQUEST_PARTS, part)),
    sender: {
      name: row.contactName,
      email: row.contactEmail,
      phone: row.contactPhone,
      organisation: row.organisation,
      address: row.senderAddress,
    },
    language: wordOf(LANGUAGES, row.language),
    edition: row.edition,
    now: iso(now),
    links: {
      client: clientLink(
        options.links.publicUrl,
        makeToken(options.links.linkSecret, {
          purpose: 'client-link',
          ticketNumber: row.number,
          keyVersion: row.linkKeyVersion,
        }),
      ),
      followUpOf: row.followUpOf,
      followUps: links.followUps,
      mergedInto: row.ticket?.mergedInto ?? null,
      mayBelongTo: links.mayBelongTo,
    },
  };
}

type Recorded = Omit<
  TicketView,
  | 'number'
  | 'channel'
  | 'subject'
  | 'frequency'
  | 'steps'
  | 'missing'
  | 'sender'
  | 'language'
  | 'edition'
  | 'now'
  | 'links'
>;

/** What intake alone knows, until the workflow has recorded its first event. */
function asReceived(row: TicketRow): Recorded {
  const impact = wordOrNull(IMPACTS, row.impact);
  return {
    status: 'received',
    version: 0,
    revision: 0,
    severity: null,
    proposedSeverity: proposeSeverity(impact),
    receivedAt: row.receivedAt.toISOString(),
    clientId: row.clientId,
    contactId: row.contactId,
    productId: row.productId,
    assigneeId: null,
    outcome: null,
    closedBecause: null,
    closedAt: null,
    putAheadAt: null,
    agreementStanding: 'unknown',
    impact,
    affectedUsers: row.affectedUsers,
    clocks: null,
    nextDeadline: null,
    allowed: [],
    unjudged: [],
    resendable: [],
  };
}

function asRecorded(
  ticket: Ticket,
  columns: NonNullable<TicketRow['ticket']>,
  { clocks, actor }: { clocks: TicketView['clocks']; actor: Actor },
): Recorded {
  const nextKind = wordOrNull(DEADLINE_KINDS, columns.nextDeadlineKind);
  return {
    status: ticket.status,
    version: ticket.version,
    revision: ticket.revision,
    severity: ticket.severity,
    proposedSeverity: ticket.proposedSeverity,
    receivedAt: iso(ticket.receivedAt),
    clientId: ticket.clientId,
    contactId: ticket.contactId,
    productId: ticket.productId,
    assigneeId: ticket.assigneeId,
    outcome: outcomeOf(ticket),
    closedBecause: ticket.status === 'closed' ? ticket.closedBecause : null,
    closedAt: ticket.status === 'closed' ? iso(ticket.closedAt) : null,
    putAheadAt: ticket.putAheadAt === null ? null : iso(ticket.putAheadAt),
    agreementStanding: ticket.agreementStanding,
    impact: ticket.impact,
    affectedUsers: ticket.affectedUsers,
    clocks,
    nextDeadline:
      nextKind === null || columns.nextDeadlineAt === null
        ? null
        : { kind: nextKind, at: columns.nextDeadlineAt.toISOString() },
    allowed: allowedFor(ticket, actor),
    unjudged: unjudgedOf(ticket).map(({ messageId, receivedAt }) => ({ messageId, receivedAt: iso(receivedAt) })),
    resendable: [...noticesOnTheWay(ticket)],
  };
}

/** On a closed ticket a note is a remark, beside the events. */
function allowedFor(ticket: Ticket, actor: Actor): TicketView['allowed'] {
  if (ticket.status === 'closed') return [{ type: 'note', needs: ['text'] }];
  return allowedActs(ticket, actor).filter(({ type }) => !NOT_YET_AVAILABLE.has(type));
}

function outcomeOf(ticket: Ticket): TicketView['outcome'] {
  if (ticket.status === 'closed') return ticket.outcome;
  return 'completion' in ticket ? ticket.completion.outcome : null;
}

function unjudgedOf(ticket: Ticket) {
  return 'completion' in ticket ? ticket.completion.unjudged : [];
}

/** A list must not fail for one ticket whose calendar has ended: publishing the next one begins with seeing it. */
function clocksAt(ticket: Ticket, calendar: WorkingCalendar, now: Instant): TicketView['clocks'] {
  try {
    return clocksInContract(clocksOf(ticket, calendar, now));
  } catch (error) {
    if (error instanceof HorizonExceeded) return null;
    throw error;
  }
}

function clocksInContract({ firstResponse, resolution }: ClocksView): TicketView['clocks'] {
  return {
    firstResponse: { ...withBreach(firstResponse), dueAt: iso(firstResponse.dueAt) },
    resolution: { ...withBreach(resolution), dueAt: resolution.dueAt === null ? null : iso(resolution.dueAt) },
  };
}

function withBreach<C extends { breachedAt?: Instant }>({ breachedAt, ...clock }: C) {
  return breachedAt === undefined ? clock : { ...clock, breachedAt: iso(breachedAt) };
}

/** A word of the records as one of the vocabulary's; the database's constraints hold them to it. */
function wordOf<T extends string>(words: readonly T[], word: string): T {
  const known = words.find((one) => one === word);
  if (known === undefined) throw new Error(`the records have "${word}" where ${words.join(', ')} may be`);
  return known;
}

function wordOrNull<T extends string>(words: readonly T[], word: string | null): T | null {
  return word === null ? null : wordOf(words, word);
}

function iso(at: Instant): string {
  return new Date(at).toISOString();
}
