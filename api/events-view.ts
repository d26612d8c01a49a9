import { z } from 'zod';
import type { Queries } from '../prisma/client.ts';
import { isWithheld } from '../prisma/notices.ts';
import { REMARK } from '../prisma/staff-texts.ts';
import { namesById } from '../prisma/ticket-history.ts';
import type { NamesById, TicketHistory } from '../prisma/ticket-history.ts';
import type { Actor } from '../regulation/actor.ts';
import { assertNever } from '../regulation/errors.ts';
import type { TicketEvent } from '../regulation/events.ts';
import type { Language } from '../regulation/vocabulary.ts';
import { withIsoInstants } from './instants-in-json.ts';
import { sentenceOf, textsIn } from './texts/in-language.ts';

import type { AfterClosing, Names, Texts } from './texts/texts.ts';

const instant = z.iso.datetime();

/** One row of a ticket's audit trail (§1.2): an event, or, without version, what came after the closing. */
export const EventView = z
  .object({
    /** Null for what came after closing: it changed nothing (reading 12). */
    version: z.int().nullable(),
    type: z.string(),
    at: instant,
    /** When it became known; later than `at` for what was learned late (reading 20). */
    knownAt: instant,
    clause: z.string().nullable(),
    actor: z.object({
      kind: z.enum(['staff', 'engineer', 'client', 'system']),
      id: z.string().nullable(),
      name: z.string().nullable(),
      role: z.string().nullable(),
    }),
    /** What happened, in the reader's language. */
    sentence: z.string(),
    /** The event's own facts: ids, codes, instants. */
    facts: z.record(z.string(), z.unknown()),
    /** Words that the row names: texts of staff, messages of the client. */
    texts: z.array(z.object({ id: z.string(), field: z.string(), body: z.string() })),
  })
  .meta({ id: 'TicketEvent' });
export type EventView = z.infer<typeof EventView>;

/**
 * The audit trail of a ticket, then what came after its closing, in order. `offsetMs` is how far the ticket's own clock
 * is ahead, in rehearsal: what is written by the wall clock is shown in the ticket's time.
 */
export async function eventViews(
  db: Queries,
  { history, language, offsetMs }: { history: TicketHistory; language: Language; offsetMs: number },
): Promise<EventView[]> {
  const names = await namesById(db, idsIn(history));
  const texts = textsIn(language);
  return [
    ...history.events.map((event) => eventView(event, { history, names, texts })),
    ...afterClosing({ history, names, texts }, offsetMs),
  ];
}

interface Telling {
  history: TicketHistory;
  names: NamesById;
  texts: Texts;
}

function eventView(event: TicketEvent, { history, names, texts }: Telling): EventView {
  const { version, at, knownAt, clause, actor, type, ...facts } = event;
  return {
    version,
    type,
    at: new Date(at).toISOString(),
    knownAt: new Date(knownAt).toISOString(),
    clause,
    actor: actorView(actor, names),
    sentence: sentenceOf(texts, event, namesFor(names)),
    facts: withIsoInstants(forReaders(facts)),
    texts: wordsNamedBy(facts, history),
  };
}

/** The open hours that a calendar change keeps are the engine's own; `/deadlines` shows what came of them. */
function forReaders(facts: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { pastHours: _past, silencePastHours: _silence, superseded, ...others } = facts;
  return Array.isArray(superseded)
    ? { ...others, superseded: superseded.map((at) => new Date(Number(at)).toISOString()) }
    : others;
}

function wordsNamedBy(facts: Readonly<Record<string, unknown>>, history: TicketHistory): EventView['texts'] {
  const ids = new Set(Object.values(facts));
  return [
    ...history.texts.filter((text) => ids.has(text.id)).map(({ id, field, body }) => ({ id, field, body })),
    ...history.messages.filter((one) => ids.has(one.id)).map(({ id, text }) => ({ id, field: 'message', body: text })),
  ];
}

function actorView(actor: Actor, names: NamesById): EventView['actor'] {
  switch (actor.kind) {
    case 'staff':
      return { kind: 'staff', id: actor.staffId, name: names.staff.get(actor.staffId) ?? null, role: actor.role };
    case 'client': {
      const name = actor.contactId === null ? null : (names.contacts.get(actor.contactId) ?? null);
      return { kind: 'client', id: actor.contactId, name, role: null };
    }
    case 'engineer':
    case 'system':
      return { kind: actor.kind, id: null, name: null, role: null };
    default:
      return assertNever(actor);
  }
}

/** Remarks, late messages and late failures of notices, each with its own instant (reading 12). */
function afterClosing(telling: Telling, offsetMs: number): EventView[] {
  const { history } = telling;
  const closed = history.events.find((event) => event.type === 'closed' || event.type === 'declined');
  if (closed === undefined) return [];
  const ownTime = (wallClock: Date): Date => new Date(wallClock.getTime() + offsetMs);
  return [...remarks(telling, ownTime), ...lateMessages(telling), ...lateBounces(telling, closed.at, ownTime)].sort(
    (a, b) => Date.parse(a.at) - Date.parse(b.at),
  );
}

function unnumbered(type: AfterClosing, at: Date, texts: Texts) {
  const shownAt = at.toISOString();
  return { version: null, type, at: shownAt, knownAt: shownAt, clause: null, sentence: texts.afterClosing[type] };
}

function remarks({ history, names, texts }: Telling, ownTime: (wallClock: Date) => Date): EventView[] {
  return history.texts
    .filter((text) => text.act === REMARK)
    .map(({ id, staffId, field, body, createdAt }) => ({
      ...unnumbered('remark', ownTime(createdAt), texts),
      actor: { kind: 'staff', id: staffId, name: names.staff.get(staffId) ?? null, role: null },
      facts: {},
      texts: [{ id, field, body }],
    }));
}

function lateMessages({ history, names, texts }: Telling): EventView[] {
  return history.messages
    .filter((message) => !history.namedIds.has(message.id) && hasPassedBy(message, history.number))
    .map(({ id, act, automatic, contactId, senderName, receivedAt, followUpNumber, text }) => {
      const known = contactId === null ? undefined : names.contacts.get(contactId);
      return {
        ...unnumbered(lateMessageType(act, automatic), receivedAt, texts),
        actor: { kind: 'client', id: contactId, name: known ?? senderName, role: null },
        facts: { messageId: id, followUpNumber },
        texts: [{ id, field: 'message', body: text }],
      };
    });
}

function lateBounces({ history, texts }: Telling, closedAt: number, ownTime: (wallClock: Date) => Date): EventView[] {
  return history.notices.flatMap((notice) =>
    notice.deliveries
      .filter(
        ({ fate, code, settledAt }) =>
          fate === 'failed' && !isWithheld(code) && ownTime(settledAt).getTime() > closedAt,
      )
      .map(({ code, channel, settledAt }) => ({
        ...unnumbered('late-bounce', ownTime(settledAt), texts),
        actor: { kind: 'system' as const, id: null, name: null, role: null },
        facts: { noticeId: notice.id, channel, code },
        texts: [],
      })),
  );
}

/** The ticket's workflow can take it up no more: it has been seen to come too late, or been given to the follow-up. */
function hasPassedBy(
  message: { dispatchedAt: Date | null; followUpNumber: number | null },
  ticketNumber: number,
): boolean {
  const wentOn = message.followUpNumber !== null && message.followUpNumber !== ticketNumber;
  return wentOn || message.dispatchedAt !== null;
}

function lateMessageType(act: string, automatic: boolean): AfterClosing {
  if (automatic) return 'late-automatic';
  if (act === 'confirm') return 'late-confirm';
  return act === 'disagree' ? 'late-disagree' : 'late-message';
}

function namesFor(names: NamesById): Names {
  return {
    staff: (id) => names.staff.get(id) ?? id,
    client: (id) => names.clients.get(id) ?? id,
    product: (id) => names.products.get(id) ?? id,
    release: (id) => names.releases.get(id) ?? id,
    vendor: (id) => names.vendors.get(id) ?? id,
  };
}

/** Every id whose name the trail speaks of. */
function idsIn({ events, texts, messages }: TicketHistory) {
  const named = (...fields: string[]): string[] =>
    events.flatMap((event) =>
      Object.entries(event).flatMap(([name, value]) =>
        fields.includes(name) && typeof value === 'string' ? [value] : [],
      ),
    );
  const actors = events.map((event) => event.actor);
  return {
    staff: [
      ...named('staffId', 'previousId'),
      ...actors.flatMap((actor) => (actor.kind === 'staff' ? [actor.staffId] : [])),
      ...texts.map((text) => text.staffId),
    ],
    clients: named('clientId'),
    contacts: [
      ...actors.flatMap((actor) => (actor.kind === 'client' && actor.contactId !== null ? [actor.contactId] : [])),
      ...messages.flatMap((message) => message.contactId ?? []),
    ],
    products: named('productId'),
    releases: named('releaseId'),
    vendors: named('vendorId'),
  };
}
