import { ALWAYS_OPEN } from './business-time.ts';
import type { BusinessCalendar } from './business-time.ts';
import { countedIntervals, elapsedMs, spansOf, startClock, usedUpAt } from './clock.ts';
import type { Clock, PauseReason } from './clock.ts';
import { confirmationLimitAt, firstResponseDueAt, silenceLimitAt } from './deadlines.ts';
import { editionOf } from './editions.ts';
import type { Instant } from './instant.ts';
import {
  hasResolutionClock,
  hoursFor,
  resolutionClock,
  resolutionDueAt,
  resolutionElapsedMs,
  resolutionLimit,
} from './resolution.ts';
import { breachThatCounts } from './ticket.ts';
import type { Ticket } from './ticket.ts';
import type { WorkingCalendar } from './working-calendar.ts';

export const INTERVAL_REASONS = [
  'counted-around-the-clock',
  'counted-working-hours',
  'outside-working-hours',
  'waiting-on-client',
  'escalated-to-development',
  'completed',
  'update',
] as const;
export type IntervalReason = (typeof INTERVAL_REASONS)[number];

export interface ExplainedInterval {
  from: Instant;
  to: Instant;
  counted: boolean;
  clause: string;
  why: IntervalReason;
}

/** Why a deadline is what it is. The counted intervals add up to `elapsedMs` exactly (§1.5). */
export interface Explanation {
  kind: 'first-response-due' | 'resolution-due' | 'silence-limit' | 'confirmation-limit';
  dueAt: Instant | null;
  limitMs: number;
  elapsedMs: number;
  intervals: ExplainedInterval[];
}

export type ClockState = 'not-started' | 'running' | 'paused' | 'stopped';

/** The two clocks as lists and pages show them; instants in epoch ms. */
export interface ClocksView {
  firstResponse: { dueAt: Instant; state: ClockState; elapsedMs: number; breachedAt?: Instant };
  resolution: {
    dueAt: Instant | null;
    provisional: boolean;
    state: ClockState;
    elapsedMs: number;
    remainingMs: number;
    breachedAt?: Instant;
  };
}

export function clocksOf(ticket: Ticket, calendar: WorkingCalendar, now: Instant): ClocksView {
  const { firstResponse } = ticket;
  const respondedBreach = breachThatCounts(firstResponse.breaches);
  const resolutionBreach = breachThatCounts(ticket.resolution.breaches);
  const elapsed = resolutionElapsedMs(ticket, calendar, now);
  return {
    firstResponse: {
      dueAt: firstResponseDueAt(ticket),
      state: firstResponseEnd(ticket) === null ? 'running' : 'stopped',
      elapsedMs: Math.max(0, (firstResponseEnd(ticket) ?? now) - ticket.receivedAt),
      ...(respondedBreach === null ? {} : { breachedAt: respondedBreach.dueAt }),
    },
    resolution: {
      dueAt: resolutionDueAt(ticket, calendar),
      provisional: ticket.status === 'triage',
      state: resolutionState(ticket, now),
      elapsedMs: elapsed,
      remainingMs: resolutionLimit(ticket).limitMs - elapsed,
      ...(resolutionBreach === null ? {} : { breachedAt: resolutionBreach.dueAt }),
    },
  };
}

/** Every deadline of a ticket that a person may ask about, explained as of an instant. */
export function explainDeadlines(ticket: Ticket, calendar: WorkingCalendar, now: Instant): Explanation[] {
  return [
    explainFirstResponse(ticket, now),
    ...(hasResolutionClock(ticket) ? [explainResolution(ticket, calendar, now)] : []),
    ...explainOfStatus(ticket, calendar, now),
  ];
}

function explainFirstResponse(ticket: Ticket, now: Instant): Explanation {
  const clock = { ...startClock(ticket.receivedAt), stoppedAt: firstResponseEnd(ticket) };
  return {
    kind: 'first-response-due',
    dueAt: firstResponseDueAt(ticket),
    limitMs: editionOf(ticket.edition).firstResponse.targetMs,
    ...measured(clock, ALWAYS_OPEN, now, '2.6'),
  };
}

/** A ticket that closed unanswered has no response to wait for any more. */
function firstResponseEnd(ticket: Ticket): Instant | null {
  return ticket.firstResponse.at ?? (ticket.status === 'closed' ? ticket.closedAt : null);
}

function explainResolution(ticket: Ticket, calendar: WorkingCalendar, now: Instant): Explanation {
  const limit = resolutionLimit(ticket);
  return {
    kind: 'resolution-due',
    dueAt: resolutionDueAt(ticket, calendar),
    limitMs: limit.limitMs,
    ...measured(resolutionClock(ticket), hoursFor(limit.hours, calendar), now, limit.clause),
  };
}

function explainOfStatus(ticket: Ticket, calendar: WorkingCalendar, now: Instant): Explanation[] {
  if (ticket.status === 'waiting-on-client' && ticket.waiting.silence !== null) {
    const { silence } = ticket.waiting;
    const { silenceMs } = editionOf(ticket.edition);
    return [
      {
        kind: 'silence-limit',
        dueAt: silenceLimitAt(ticket, ticket.waiting, calendar) ?? usedUpAt(silence, calendar, silenceMs),
        limitMs: silenceMs,
        ...measured(silence, calendar, now, '3.6'),
      },
    ];
  }
  if (ticket.status === 'awaiting-confirmation') {
    return [
      {
        kind: 'confirmation-limit',
        dueAt: confirmationLimitAt(ticket),
        limitMs: editionOf(ticket.edition).confirmationMs,
        ...measured(startClock(ticket.toldAt), ALWAYS_OPEN, now, '3.7'),
      },
    ];
  }
  return [];
}

function measured(
  clock: Clock,
  hours: BusinessCalendar,
  now: Instant,
  clause: string,
): { elapsedMs: number; intervals: ExplainedInterval[] } {
  return {
    elapsedMs: elapsedMs(clock, hours, now),
    intervals: intervalsOf(clock, hours, Math.min(now, clock.stoppedAt ?? now), clause),
  };
}

const PAUSE_CLAUSES: Readonly<Record<PauseReason, string>> = {
  'waiting-on-client': '1.5',
  'escalated-to-development': '1.4',
  completed: '3.7',
  update: '2.6',
};

function intervalsOf(clock: Clock, hours: BusinessCalendar, until: Instant, clause: string): ExplainedInterval[] {
  const counted = countedIntervals(clock, hours, until);
  return spansOf(clock)
    .filter((span) => span.from < until)
    .flatMap(({ from, to, paused }) => {
      const end = Math.min(to ?? until, until);
      if (paused !== null) return [{ from, to: end, counted: false, clause: PAUSE_CLAUSES[paused], why: paused }];
      const open = counted.filter((one) => one.from >= from && one.to <= end);
      return withGaps(open, { from, to: end }, hours, clause);
    });
}

/** The open hours of a running span, and between them the hours that do not count (§2.4). */
function withGaps(
  open: readonly { from: Instant; to: Instant }[],
  span: { from: Instant; to: Instant },
  hours: BusinessCalendar,
  clause: string,
): ExplainedInterval[] {
  const why = hours === ALWAYS_OPEN ? 'counted-around-the-clock' : 'counted-working-hours';
  const intervals: ExplainedInterval[] = [];
  let at = span.from;
  const gap = (to: Instant): void => {
    if (to > at) intervals.push({ from: at, to, counted: false, clause: '2.4', why: 'outside-working-hours' });
  };
  for (const one of open) {
    gap(one.from);
    intervals.push({ from: one.from, to: one.to, counted: true, clause, why });
    at = one.to;
  }
  gap(span.to);
  return intervals;
}

function resolutionState(ticket: Ticket, now: Instant): ClockState {
  if (!hasResolutionClock(ticket)) return 'not-started';
  if (ticket.status === 'completed' || ticket.status === 'awaiting-confirmation' || ticket.status === 'closed') {
    return 'stopped';
  }
  const current = spansOf(resolutionClock(ticket)).find(
    (span) => span.from <= now && (span.to === null || now < span.to),
  );
  return current?.paused == null ? 'running' : 'paused';
}
