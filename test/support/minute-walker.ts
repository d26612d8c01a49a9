import type { CalendarDefinition } from '../../regulation/calendar-definition.ts';
import type { Instant } from '../../regulation/instant.ts';

const MINUTE = 60_000;
const WEEKDAY_NAMES = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;

/** Every minute of a stretch of time with what the wall clock shows in it. */
export interface WallClockTable {
  start: Instant;
  /** `YYYY-MM-DD HH:MM` for each minute from `start` on. */
  shown: string[];
}

/**
 * A slow, independent model of business time: it asks the platform what the wall clock shows in every single minute,
 * looks that up in the definition, and answers everything by walking. It shares no code with what it judges.
 */
export interface MinuteWalker {
  from: Instant;
  to: Instant;
  isOpen(t: Instant): boolean;
  nextOpening(t: Instant): Instant | undefined;
  openingAfter(t: Instant): Instant | undefined;
  nextClosing(t: Instant): Instant | undefined;
  openingOfLaterDate(t: Instant): Instant | undefined;
  between(a: Instant, b: Instant): number;
  add(t: Instant, ms: number): Instant | undefined;
  shownAt(t: Instant): string;
}

export function wallClockTable(timeZone: string, firstDate: string, endDate: string): WallClockTable {
  // Swedish happens to write dates as ISO does: another way to read the clock than the compiler's numeric parts.
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  const start = Date.parse(`${firstDate}T00:00Z`) - 30 * 60 * MINUTE;
  const end = Date.parse(`${endDate}T00:00Z`) + 30 * 60 * MINUTE;
  const shown: string[] = [];
  for (let t = start; t < end; t += MINUTE) shown.push(format.format(t));
  return { start, shown };
}

export function minuteWalker(definition: CalendarDefinition, table: WallClockTable): MinuteWalker {
  const shownAt = (t: Instant): string => table.shown[Math.floor((t - table.start) / MINUTE)]!;
  const firstMinute = (date: string): Instant =>
    table.start + table.shown.findIndex((shown) => shown >= `${date} 00:00`) * MINUTE;
  const from = firstMinute(definition.validFrom);
  const to = firstMinute(definition.validTo);

  const open: boolean[] = [];
  for (let t = from; t < to; t += MINUTE) open.push(minuteIsOpen(definition, shownAt(t)));
  const openAt = (t: Instant): boolean => open[Math.floor((t - from) / MINUTE)] ?? false;

  /** The first minute from the one at or after `t` on that fits. */
  const firstMinuteFrom = (t: Instant, fits: (minute: Instant) => boolean): Instant | undefined => {
    for (let m = from + Math.ceil((t - from) / MINUTE) * MINUTE; m < to; m += MINUTE) if (fits(m)) return m;
    return undefined;
  };

  function between(a: Instant, b: Instant): number {
    if (a > b) return 0 - between(b, a);
    let sum = 0;
    for (let t = a; t < b;) {
      const next = Math.min(b, from + (Math.floor((t - from) / MINUTE) + 1) * MINUTE);
      if (openAt(t)) sum += next - t;
      t = next;
    }
    return sum;
  }

  function add(t: Instant, ms: number): Instant | undefined {
    if (ms === 0) return t;
    let left = Math.abs(ms);
    for (let at = t; ms > 0 ? at < to : at > from;) {
      const minute = ms > 0 ? Math.floor((at - from) / MINUTE) : Math.ceil((at - from) / MINUTE) - 1;
      const edge = from + (ms > 0 ? minute + 1 : minute) * MINUTE;
      const inside = open[minute] ? Math.abs(edge - at) : 0;
      if (inside >= left) return at + Math.sign(ms) * left;
      left -= inside;
      at = edge;
    }
    return undefined;
  }

  return {
    from,
    to,
    isOpen: openAt,
    nextOpening: (t) => (openAt(t) ? t : firstMinuteFrom(t, openAt)),
    openingAfter: (t) => firstMinuteFrom(t + 1, (minute) => openAt(minute) && minute > from && !openAt(minute - 1)),
    nextClosing: (t) => firstMinuteFrom(t + 1, (minute) => !openAt(minute) && openAt(minute - 1)),
    openingOfLaterDate: (t) => {
      const date = shownAt(t).slice(0, 10);
      return firstMinuteFrom(t, (minute) => openAt(minute) && shownAt(minute).slice(0, 10) > date);
    },
    between,
    add,
    shownAt,
  };
}

function minuteIsOpen({ weekly, holidays, overrides }: CalendarDefinition, shown: string): boolean {
  const date = shown.slice(0, 10);
  const time = shown.slice(11);
  const weekday = WEEKDAY_NAMES[new Date(date).getUTCDay()]!;
  const off = holidays.some((holiday) => holiday.date === date);
  const hours = overrides.find((override) => override.date === date)?.hours ?? (off ? [] : weekly[weekday]);
  return hours.some((range) => range.slice(0, 5) <= time && time < range.slice(6));
}
