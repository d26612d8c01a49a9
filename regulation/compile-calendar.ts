import { createHash } from 'node:crypto';

import { dayOfDate, isDate, weekdayOfDay } from './calendar-date.ts';
import { type CalendarDefinition, minutesOfRange, validateCalendar, WEEKDAYS } from './calendar-definition.ts';
import { InvalidSetting } from './errors.ts';
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from './instant.ts';
import type { CompiledCalendar } from './working-calendar.ts';
import { earliestAtWallClock, type ZoneOffset } from './zone-offsets.ts';

/** Minutes of the wall clock since 1970, half-open. */
interface Piece {
  start: number;
  end: number;
}

/**
 * Turns a definition into the intervals in which it is open, for the dates `[from, to)` as far as it is valid (all of
 * them by default). An instant is open when the wall clock it is read on lies in the day's hours: the horizon is cut
 * where the offset changes and the hours are clipped to each piece, so a skipped hour is never open and a repeated one
 * is open twice, and `isOpen` and `businessTimeBetween` cannot disagree (§2.4, reading 15).
 *
 * The only place of the regulation that reads time-zone data: it follows the host, so workflows must not call it and
 * take its result from their history instead.
 *
 * @throws InvalidSetting when the definition has problems, or when the dates leave nothing to compile.
 */
export function compileCalendar(
  definition: CalendarDefinition,
  { version, from, to }: { version: number; from?: string; to?: string },
): CompiledCalendar {
  const [problem] = validateCalendar(definition);
  if (problem) throw new InvalidSetting(`calendar ${definition.id} ${problem.path}`, problem.sentence);
  for (const date of [from, to]) {
    if (date !== undefined && !isDate(date)) {
      throw new InvalidSetting(`calendar ${definition.id}`, `"${date}" is not a date to compile from or to`);
    }
  }
  const firstDate = later(definition.validFrom, from ?? definition.validFrom);
  const endDate = earlier(definition.validTo, to ?? definition.validTo);
  if (firstDate >= endDate) {
    throw new InvalidSetting(`calendar ${definition.id}`, `no date from ${firstDate} to before ${endDate} to compile`);
  }

  const firstMidnight = dayOfDate(firstDate) * DAY_MS;
  const endMidnight = dayOfDate(endDate) * DAY_MS;
  const around = zoneOffsets(definition.timeZone, firstMidnight - MARGIN_MS, endMidnight + MARGIN_MS);
  const horizon = {
    from: earliestAtWallClock(around, firstMidnight),
    to: earliestAtWallClock(around, endMidnight),
  };
  const zone = clippedOffsets(around, horizon);
  const content = {
    timeZone: definition.timeZone,
    ...horizon,
    zone,
    boundaries: boundaries(definition, zone, horizon),
  };
  return {
    calendarId: definition.id,
    version,
    hash: createHash('sha256').update(JSON.stringify(content)).digest('hex'),
    tzdb: process.versions['tz'] ?? 'unknown',
    ...content,
  };
}

/** No zone is further from UTC than this. */
const MARGIN_MS = 30 * HOUR_MS;

function boundaries(
  definition: CalendarDefinition,
  zone: readonly ZoneOffset[],
  horizon: { from: Instant; to: Instant },
): number[] {
  const hoursOf = dailyHours(definition);
  const edges: Instant[] = [];
  for (const [i, { from, offsetMs }] of zone.entries()) {
    const until = zone[i + 1]?.from ?? horizon.to;
    const wallFrom = Math.max(from, horizon.from) + offsetMs;
    const wallTo = Math.min(until, horizon.to) + offsetMs;
    for (let day = Math.floor(wallFrom / DAY_MS); day * DAY_MS < wallTo; day += 1) {
      for (const { start, end } of hoursOf(day)) {
        const opens = Math.max(day * DAY_MS + start * MINUTE_MS, wallFrom) - offsetMs;
        const closes = Math.min(day * DAY_MS + end * MINUTE_MS, wallTo) - offsetMs;
        if (opens >= closes) continue;
        // Hours that touch are one interval, over midnight too: only true openings and closings are boundaries.
        if (edges.at(-1) === opens) edges.pop();
        else edges.push(opens);
        edges.push(closes);
      }
    }
  }
  return edges.map((edge, i) => (edge - (edges[i - 1] ?? horizon.from)) / MINUTE_MS);
}

/** The hours of each date, in order and merged where they touch: an override beats a holiday beats the week. */
function dailyHours({ weekly, holidays, overrides }: CalendarDefinition): (day: number) => readonly Piece[] {
  const week = WEEKDAYS.map((weekday) => inOrder(weekly[weekday]));
  const dates = new Map<number, readonly Piece[]>();
  for (const { date } of holidays) dates.set(dayOfDate(date), []);
  for (const { date, hours } of overrides) dates.set(dayOfDate(date), inOrder(hours));
  return (day) => dates.get(day) ?? week[weekdayOfDay(day)] ?? [];
}

function inOrder(hours: readonly string[]): Piece[] {
  return hours
    .map(minutesOfRange)
    .filter((piece) => piece !== undefined)
    .sort((a, b) => a.start - b.start);
}

/** The part of the offsets that the horizon needs; its end belongs to it, so that a deadline there can be shown. */
function clippedOffsets(around: readonly ZoneOffset[], { from, to }: { from: Instant; to: Instant }): ZoneOffset[] {
  return around
    .filter((piece, i) => piece.from <= to && (around[i + 1]?.from ?? Infinity) > from)
    .map((piece) => ({ from: Math.max(piece.from, from), offsetMs: piece.offsetMs }));
}

/**
 * The offsets from `from` on, found by looking once a day and halving the day in which the offset changed. Two changes
 * within one day that cancel each other would be missed; the time-zone database has had none since 2000.
 */
function zoneOffsets(timeZone: string, from: Instant, to: Instant): ZoneOffset[] {
  const offsetAt = offsetReader(timeZone);
  const found: ZoneOffset[] = [{ from, offsetMs: offsetAt(from) }];
  let known = offsetAt(from);
  for (let before = from; before < to; before += DAY_MS) {
    const after = before + DAY_MS;
    if (offsetAt(after) === known) continue;
    let [low, high] = [before, after];
    while (high - low > MINUTE_MS) {
      const middle = low + Math.floor((high - low) / MINUTE_MS / 2) * MINUTE_MS;
      if (offsetAt(middle) === known) low = middle;
      else high = middle;
    }
    known = offsetAt(high);
    found.push({ from: high, offsetMs: known });
  }
  return found;
}

/** Reads the wall clock by numeric parts; the text that Intl formats differs between Node versions. */
function offsetReader(timeZone: string): (t: Instant) => number {
  const format = new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return (t) => {
    const read: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
    for (const { type, value } of format.formatToParts(t)) read[type] = Number(value);
    const { year = NaN, month = NaN, day = NaN, hour = NaN, minute = NaN, second = NaN } = read;
    const offsetMs = Date.UTC(year, month - 1, day, hour, minute, second) - t;
    if (offsetMs % MINUTE_MS !== 0)
      throw new InvalidSetting(`time zone ${timeZone}`, 'its offset is not whole minutes');
    return offsetMs;
  };
}

const later = (a: string, b: string): string => (a > b ? a : b);
const earlier = (a: string, b: string): string => (a < b ? a : b);
