import { ALWAYS_OPEN, addBusinessTime, businessTimeBetween, periods } from './business-time.ts';
import type { BusinessCalendar } from './business-time.ts';
import type { Instant } from './instant.ts';

/** Half-open: `from` belongs to it, `to` does not. */
export interface Interval {
  from: Instant;
  to: Instant;
}

export const PAUSE_REASONS = ['waiting-on-client', 'escalated-to-development', 'completed', 'update'] as const;
export type PauseReason = (typeof PAUSE_REASONS)[number];

export interface Pause {
  from: Instant;
  /** Null while the pause lasts. */
  to: Instant | null;
  reason: PauseReason;
}

/**
 * A clock is where it started, what it does not count, and what older calendars gave for the time before a
 * publication (reading 10). Nothing is kept as a sum, so a later fact can still be measured truly.
 */
export interface Clock {
  startedAt: Instant;
  pauses: Pause[];
  pastHours: { until: Instant; open: Interval[] } | null;
  /** When it stopped for good; null while it may still run. */
  stoppedAt: Instant | null;
}

export interface Span {
  from: Instant;
  /** Null for a span that goes on. */
  to: Instant | null;
  /** Null while the clock runs. */
  paused: PauseReason | null;
}

export function startClock(startedAt: Instant): Clock {
  return { startedAt, pauses: [], pastHours: null, stoppedAt: null };
}

/**
 * The life of a clock as touching spans from its start: running, or paused with the reason. Overlapping pauses are
 * one, named by the one that began first (reading 2). A span of no length is left out.
 */
export function spansOf(clock: Clock): Span[] {
  const end = clock.stoppedAt ?? Number.POSITIVE_INFINITY;
  const pauses = clock.pauses
    .map((pause) => ({
      from: Math.max(pause.from, clock.startedAt),
      to: Math.min(pause.to ?? end, end),
      reason: pause.reason,
    }))
    .filter((pause) => pause.to > pause.from)
    .sort((a, b) => a.from - b.from);
  const spans: Span[] = [];
  let at = clock.startedAt;
  const push = (to: number, paused: PauseReason | null): void => {
    if (to <= at) return;
    const last = spans.at(-1);
    if (last !== undefined && last.paused === paused && last.to === at) last.to = finite(to);
    else spans.push({ from: at, to: finite(to), paused });
    at = to;
  };
  for (const pause of pauses) {
    push(pause.from, null);
    push(pause.to, pause.reason);
  }
  push(end, null);
  return spans;
}

/** Time counted by an instant, in ms: running spans, measured in the given hours (reading 2: to the millisecond). */
export function elapsedMs(clock: Clock, hours: BusinessCalendar, until: Instant): number {
  return countedIntervals(clock, hours, until).reduce((sum, one) => sum + one.to - one.from, 0);
}

/** The intervals that counted by an instant, in order; their lengths add up to `elapsedMs`. */
export function countedIntervals(clock: Clock, hours: BusinessCalendar, until: Instant): Interval[] {
  return runningSpans(clock, until).flatMap((span) => openWithin(clock, hours, span));
}

/**
 * The earliest instant at which a limit is used up (reading 3), or null while the clock is paused or stopped with time
 * left: nobody can say then when it will be.
 * @throws HorizonExceeded when the calendar ends before the answer
 */
export function usedUpAt(clock: Clock, hours: BusinessCalendar, limitMs: number): Instant | null {
  let left = limitMs;
  for (const span of spansOf(clock)) {
    if (span.paused !== null) continue;
    const past = pastPart(clock, hours, span);
    for (const open of past) {
      if (open.to - open.from >= left) return open.from + left;
      left -= open.to - open.from;
    }
    const from = Math.max(span.from, pastUntil(clock, hours));
    if (span.to === null) return addBusinessTime(hours, from, left);
    if (span.to <= from) continue;
    const counted = businessTimeBetween(hours, from, span.to);
    if (counted >= left) return addBusinessTime(hours, from, left);
    left -= counted;
  }
  return null;
}

/** Whether the clock runs at an instant. */
export function isRunning(clock: Clock, at: Instant): boolean {
  return spansOf(clock).some((span) => span.from <= at && (span.to === null || at < span.to) && span.paused === null);
}

export function beginPause(clock: Clock, reason: PauseReason, from: Instant): Clock {
  return { ...clock, pauses: [...clock.pauses, { from, to: null, reason }] };
}

/** Ends every open pause of a reason. A pause that would end before it began never was one. */
export function endPause(clock: Clock, reason: PauseReason, to: Instant): Clock {
  const pauses = clock.pauses
    .map((pause) => (pause.reason === reason && pause.to === null ? { ...pause, to: Math.max(to, pause.from) } : pause))
    .filter((pause) => pause.to === null || pause.to > pause.from);
  return { ...clock, pauses };
}

/** Ends the pause of a reason that held an instant at that instant, though it has ended later (reading 20). */
export function cutPause(clock: Clock, reason: PauseReason, at: Instant): Clock {
  const pauses = clock.pauses
    .map((pause) => (pause.reason === reason && holds(pause, at) ? { ...pause, to: at } : pause))
    .filter((pause) => pause.to === null || pause.to > pause.from);
  return { ...clock, pauses };
}

export function wasPausedBy(clock: Clock, reason: PauseReason, at: Instant): boolean {
  return clock.pauses.some((pause) => pause.reason === reason && holds(pause, at));
}

/** The open hours before an instant, as they were counted until then: what a calendar change leaves untouched (reading 10). */
export function hoursBefore(clock: Clock, hours: BusinessCalendar, until: Instant): Interval[] {
  if (until <= clock.startedAt) return [];
  return openWithin(clock, hours, { from: clock.startedAt, to: until });
}

function holds(pause: Pause, at: Instant): boolean {
  return pause.from <= at && (pause.to === null || at < pause.to);
}

function finite(to: number): Instant | null {
  return to === Number.POSITIVE_INFINITY ? null : to;
}

function runningSpans(clock: Clock, until: Instant): Interval[] {
  return spansOf(clock)
    .filter((span) => span.paused === null && span.from < until)
    .map((span) => ({ from: span.from, to: Math.min(span.to ?? until, until) }));
}

function openWithin(clock: Clock, hours: BusinessCalendar, span: Interval): Interval[] {
  const from = Math.max(span.from, pastUntil(clock, hours));
  const present = from >= span.to ? [] : periods(hours, from, span.to);
  return [...pastPart(clock, hours, span), ...present];
}

/** Around the clock no calendar was ever needed, so nothing past is kept apart. */
function pastUntil(clock: Clock, hours: BusinessCalendar): Instant {
  return clock.pastHours === null || hours === ALWAYS_OPEN ? Number.NEGATIVE_INFINITY : clock.pastHours.until;
}

function pastPart(clock: Clock, hours: BusinessCalendar, span: { from: Instant; to: Instant | null }): Interval[] {
  if (clock.pastHours === null || hours === ALWAYS_OPEN) return [];
  return clock.pastHours.open
    .map((open) => ({ from: Math.max(open.from, span.from), to: Math.min(open.to, span.to ?? open.to) }))
    .filter((open) => open.to > open.from);
}
