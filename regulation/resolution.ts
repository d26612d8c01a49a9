import { ALWAYS_OPEN } from './business-time.ts';
import type { BusinessCalendar } from './business-time.ts';
import { elapsedMs, isRunning, usedUpAt } from './clock.ts';
import type { Clock } from './clock.ts';
import { editionOf } from './editions.ts';
import type { CountedHours, ResolutionLimit } from './editions/edition.ts';
import type { Instant } from './instant.ts';
import type { TicketFacts } from './ticket.ts';
import type { Severity } from './vocabulary.ts';
import type { WorkingCalendar } from './working-calendar.ts';

/** The level whose deadline applies: the assigned one, else the proposed one, else 2 (readings 14 and 18). */
export function effectiveSeverity(ticket: TicketFacts): Severity {
  return ticket.severity ?? ticket.proposedSeverity ?? 2;
}

export function resolutionLimit(ticket: TicketFacts): ResolutionLimit {
  return editionOf(ticket.edition).resolution[effectiveSeverity(ticket)];
}

export function hoursFor(counted: CountedHours, calendar: WorkingCalendar): BusinessCalendar {
  return counted === 'around-the-clock' ? ALWAYS_OPEN : calendar;
}

/**
 * The resolution clock with what its level leaves out: at 1 and 2 the time between the actual start of a tied update
 * (or the tie, if later) and its end (§2.6, §2.7, reading 2).
 */
export function resolutionClock(ticket: TicketFacts): Clock {
  const { clock } = ticket.resolution;
  if (!resolutionLimit(ticket).leavesOutUpdates) return clock;
  const updates = ticket.updates.flatMap((update) =>
    update.startedAt === null
      ? []
      : [{ from: Math.max(update.startedAt, update.tiedAt), to: update.endedAt, reason: 'update' as const }],
  );
  return updates.length === 0 ? clock : { ...clock, pauses: [...clock.pauses, ...updates] };
}

/** Nobody owes a solution to a sender who is no client yet (§1.3, reading 17). */
export function hasResolutionClock(ticket: TicketFacts): boolean {
  return ticket.clientId !== null;
}

/**
 * When the limit is used up if nothing else happens; null without a client, or while the clock is paused with time left.
 * @throws HorizonExceeded when the calendar ends before the answer
 */
export function resolutionDueAt(ticket: TicketFacts, calendar: WorkingCalendar): Instant | null {
  return shareUsedUpAt(ticket, calendar, 1);
}

/** When the share of the limit that calls for a warning is used up (reading 9), or null as for the deadline. */
export function resolutionWarnAt(ticket: TicketFacts, calendar: WorkingCalendar): Instant | null {
  return shareUsedUpAt(ticket, calendar, editionOf(ticket.edition).warnAtShare);
}

export function resolutionElapsedMs(ticket: TicketFacts, calendar: WorkingCalendar, until: Instant): number {
  if (!hasResolutionClock(ticket)) return 0;
  return elapsedMs(resolutionClock(ticket), hoursFor(resolutionLimit(ticket).hours, calendar), until);
}

export function isResolutionRunning(ticket: TicketFacts, at: Instant): boolean {
  return hasResolutionClock(ticket) && isRunning(resolutionClock(ticket), at);
}

function shareUsedUpAt(ticket: TicketFacts, calendar: WorkingCalendar, share: number): Instant | null {
  if (!hasResolutionClock(ticket)) return null;
  const limit = resolutionLimit(ticket);
  return usedUpAt(resolutionClock(ticket), hoursFor(limit.hours, calendar), limit.limitMs * share);
}
