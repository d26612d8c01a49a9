import { dateOfDay, dayOfDate } from './calendar-date.ts';
import { HorizonExceeded } from './errors.ts';
import { type GuidedValues, guideTo } from './guided-search.ts';
import { DAY_MS, type Instant, MINUTE_MS } from './instant.ts';
import { earliestAtWallClock, wallClockAt, type ZoneOffset } from './zone-offsets.ts';

/**
 * A calendar as data: the open intervals of a horizon, already instants. Plain JSON that travels in histories, so that
 * the answer of every replay is fixed whatever time-zone data the worker has by then.
 */
export interface CompiledCalendar {
  calendarId: string;
  version: number;
  /** Of all that decides the answers (zone, horizon, offsets, intervals): equal calendars hash equal in any version. */
  hash: string;
  /** The release of the time-zone database that it was compiled with, `2025c`; not part of the hash. */
  tzdb: string;
  timeZone: string;
  /** The horizon `[from, to)`, from local midnight to local midnight. */
  from: Instant;
  to: Instant;
  /** The first begins with the horizon; a change at the very end of the horizon is there too. */
  zone: ZoneOffset[];
  /** Opening, closing, opening ... each in minutes since the one before (the first: since `from`). */
  boundaries: number[];
}

/** A calendar ready to be asked: half-open intervals `[opens.values[i], closes[i])`, in order, none touching the next. */
export interface WorkingCalendar {
  readonly kind: 'working';
  readonly calendarId: string;
  readonly version: number;
  readonly hash: string;
  readonly timeZone: string;
  readonly from: Instant;
  readonly to: Instant;
  readonly zone: readonly Readonly<ZoneOffset>[];
  readonly opens: GuidedValues;
  readonly closes: Float64Array;
  /** `prefix.values[i]` is the time open in the first `i` intervals, in milliseconds; one longer than the intervals. */
  readonly prefix: GuidedValues;
}

/** Unpacks a compiled calendar. It trusts its argument, which `compileCalendar` made. */
export function loadCalendar(compiled: CompiledCalendar): WorkingCalendar {
  const { calendarId, version, hash, timeZone, from, to, zone, boundaries } = compiled;
  const count = boundaries.length / 2;
  const opens = new Float64Array(count);
  const closes = new Float64Array(count);
  const prefix = new Float64Array(count + 1);
  let t = from;
  for (let i = 0; i < count; i += 1) {
    const openMs = boundaries[2 * i + 1]! * MINUTE_MS;
    opens[i] = t + boundaries[2 * i]! * MINUTE_MS;
    t = opens[i]! + openMs;
    closes[i] = t;
    prefix[i + 1] = prefix[i]! + openMs;
  }
  return {
    kind: 'working',
    calendarId,
    version,
    hash,
    timeZone,
    from,
    to,
    zone,
    opens: guideTo(opens, { origin: from, end: to }),
    closes,
    // A calendar that never opens has no span to cut into buckets; any end above 0 will do for it.
    prefix: guideTo(prefix, { origin: 0, end: Math.max(1, prefix[count]!) }),
  };
}

/**
 * The date that people at the calendar's place have at `t`, `YYYY-MM-DD`, by the recorded offsets.
 *
 * @throws HorizonExceeded outside `[from, to]`.
 */
export function localDateOf(calendar: WorkingCalendar, t: Instant): string {
  return dateOfDay(localDayOf(calendar, t));
}

/**
 * What the wall clock shows at `t`: `{ date: 'YYYY-MM-DD', time: 'HH:MM' }`, the minute that runs.
 *
 * @throws HorizonExceeded outside `[from, to]`.
 */
export function localTimeOf(calendar: WorkingCalendar, t: Instant): { date: string; time: string } {
  const shown = new Date(wallClockWithin(calendar, t)).toISOString();
  return { date: shown.slice(0, 10), time: shown.slice(11, 16) };
}

/** The number of the local date at `t` (see calendar-date.ts). @throws HorizonExceeded outside `[from, to]`. */
export function localDayOf(calendar: WorkingCalendar, t: Instant): number {
  return Math.floor(wallClockWithin(calendar, t) / DAY_MS);
}

/**
 * The earliest instant at which the wall clock shows that minute of that date or later: the first of a repeated hour,
 * the end of a skipped one. `minutesOfDay` counts from 00:00; 1440 is the midnight that ends the date.
 *
 * @throws HorizonExceeded outside `[from, to]`.
 */
export function instantOfLocal(calendar: WorkingCalendar, date: string, minutesOfDay: number): Instant {
  const { from, to, zone } = calendar;
  const wallClock = dayOfDate(date) * DAY_MS + minutesOfDay * MINUTE_MS;
  const first = wallClock - zone[0]!.offsetMs;
  const t = first < from ? first : earliestAtWallClock(zone, wallClock);
  if (t >= from && t <= to) return t;
  throw new HorizonExceeded({ needed: t, from, to });
}

function wallClockWithin({ from, to, zone }: WorkingCalendar, t: Instant): number {
  if (t >= from && t <= to) return wallClockAt(zone, t);
  throw new HorizonExceeded({ needed: t, from, to });
}
