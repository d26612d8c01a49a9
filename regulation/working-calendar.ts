import type { Instant } from './instant.ts';

/**
 * A calendar as data: the open intervals of a horizon, already instants. Plain JSON that travels in histories, so that
 * the answer of every replay is fixed whatever time-zone data the worker has by then.
 */
export interface CompiledCalendar {
  calendarId: string;
  version: number;
  /** Of what decides the answers (zone, horizon, offsets, intervals): equal calendars hash equal, whatever their version. */
  hash: string;
  /** The time-zone data that it was compiled with, for the curious: `2025c`. */
  tzdb: string;
  timeZone: string;
  /** The horizon `[from, to)`, both local midnights. */
  from: Instant;
  to: Instant;
  /** The offset from UTC in force from each instant on; the first begins with the horizon. */
  zone: { from: Instant; offsetMs: number }[];
  /** Opening, closing, opening ... as minutes since the boundary before (the first: since `from`). */
  boundaries: number[];
}

/** A calendar ready to be asked. Half-open intervals `[opens[i], closes[i])`, sorted, never touching. */
export interface WorkingCalendar {
  readonly kind: 'working';
  readonly calendarId: string;
  readonly version: number;
  readonly hash: string;
  readonly timeZone: string;
  readonly from: Instant;
  readonly to: Instant;
  readonly zone: readonly { readonly from: Instant; readonly offsetMs: number }[];
  readonly opens: Float64Array;
  readonly closes: Float64Array;
  /** `prefix[i]` = milliseconds open in the first `i` intervals; one longer than the intervals. */
  readonly prefix: Float64Array;
}

export function loadCalendar(compiled: CompiledCalendar): WorkingCalendar {
  throw new Error(`not written yet: ${compiled.calendarId}`);
}

export function localDateOf(calendar: WorkingCalendar, t: Instant): string {
  return localTimeOf(calendar, t).date;
}

export function localTimeOf(calendar: WorkingCalendar, t: Instant): { date: string; time: string } {
  throw new Error(`not written yet: ${calendar.calendarId} ${t}`);
}

export function instantOfLocal(calendar: WorkingCalendar, date: string, minutesOfDay: number): Instant {
  throw new Error(`not written yet: ${calendar.calendarId} ${date} ${minutesOfDay}`);
}
