import { beginPause, endPause } from './clock.ts';
import type { Clock, PauseReason } from './clock.ts';
import type { Instant } from './instant.ts';
import { factsOf } from './ticket.ts';
import type { Ticket, TicketFacts, WorkTicket } from './ticket.ts';
import type { DeadlineKind } from './vocabulary.ts';

/** Ends every pause that a status made and lets the clock go on from an instant. */
export function backToWork(ticket: Ticket, at: Instant): WorkTicket {
  return {
    ...moved(
      withClock(factsOf(ticket), (clock) => resumed(clock, at)),
      at,
    ),
    status: 'work',
  };
}

/** One status pause takes over from another at the same instant, so no time between them is counted. */
export function pausedBy(facts: TicketFacts, reason: PauseReason, at: Instant): TicketFacts {
  return withClock(facts, (clock) => beginPause(resumed(clock, at), reason, at));
}

/** The resolution deadline has been moved; a fact learned late moves it no earlier than it was moved already. */
export function moved<T extends TicketFacts>(ticket: T, at: Instant): T {
  const movedAt = Math.max(ticket.resolution.movedAt, at);
  return { ...ticket, resolution: { ...ticket.resolution, movedAt } };
}

export function fired(ticket: Ticket, kind: DeadlineKind, dueAt: Instant): Ticket {
  const known = ticket.fired.some((one) => one.kind === kind && one.dueAt === dueAt);
  return known ? ticket : { ...ticket, fired: [...ticket.fired, { kind, dueAt }] };
}

export function expect<S extends Ticket['status']>(ticket: Ticket, status: S): Extract<Ticket, { status: S }> {
  if (ticket.status !== status) throw misplaced(ticket, status);
  return ticket as Extract<Ticket, { status: S }>;
}

export function misplaced(ticket: Ticket, what: string): Error {
  return new Error(`ticket ${ticket.number} is ${ticket.status}: ${what} cannot follow`);
}

function resumed(clock: Clock, at: Instant): Clock {
  return STATUS_PAUSES.reduce((resumedSoFar, reason) => endPause(resumedSoFar, reason, at), clock);
}

const STATUS_PAUSES: readonly PauseReason[] = ['waiting-on-client', 'escalated-to-development', 'completed'];

function withClock(facts: TicketFacts, change: (clock: Clock) => Clock): TicketFacts {
  return { ...facts, resolution: { ...facts.resolution, clock: change(facts.resolution.clock) } };
}
