import { HorizonExceeded } from './errors.ts';
import { countUpTo } from './guided-search.ts';
import { DAY_MS, type Instant } from './instant.ts';
import { localDayOf, type WorkingCalendar } from './working-calendar.ts';

/** Around the clock (§2.4, severities 1 and 2; first response): business time is time, and there is no horizon. */
export const ALWAYS_OPEN = { kind: 'always-open' } as const;

/** The hours that a clock counts in. */
export type BusinessCalendar = WorkingCalendar | typeof ALWAYS_OPEN;

/**
 * Whether work goes on at `t`. Windows are half-open (reading 3): open at 09:00, closed at 18:00.
 *
 * @throws HorizonExceeded outside `[from, to)`.
 */
export function isOpen(calendar: BusinessCalendar, t: Instant): boolean {
  if (calendar.kind === 'always-open') return true;
  if (!(t >= calendar.from && t < calendar.to)) throw beyond(calendar, t);
  const opened = countUpTo(calendar.opens, t);
  return opened > 0 && t < calendar.closes[opened - 1]!;
}

/**
 * The earliest instant at or after `t` that is open; `t` itself when it is.
 *
 * @throws HorizonExceeded when `t` is outside `[from, to)` or nothing opens before its end.
 */
export function nextOpening(calendar: BusinessCalendar, t: Instant): Instant {
  return isOpen(calendar, t) || calendar.kind === 'always-open' ? t : openingAfter(calendar, t);
}

/**
 * The first opening strictly after `t`, whether or not `t` is open. Around the clock nothing opens, so it is not asked.
 *
 * @throws HorizonExceeded when `t` is outside `[from, to)` or nothing opens before its end.
 */
export function openingAfter(calendar: WorkingCalendar, t: Instant): Instant {
  const { from, to, opens } = calendar;
  if (!(t >= from && t < to)) throw beyond(calendar, t);
  const opening = opens.values[countUpTo(opens, t)];
  if (opening === undefined) throw beyond(calendar, to);
  return opening;
}

/**
 * The first closing strictly after `t`: the end of the interval that `t` is in, else of the next one. Around the clock
 * nothing closes, so it is not asked.
 *
 * @throws HorizonExceeded when `t` is outside `[from, to)` or nothing closes before its end; an interval cut by the
 * horizon has no closing there, since the next day may go on.
 */
export function nextClosing(calendar: WorkingCalendar, t: Instant): Instant {
  const { from, to, closes } = calendar;
  if (!(t >= from && t < to)) throw beyond(calendar, t);
  const closing = closes[firstToCloseAfter(calendar, t)];
  if (closing === undefined || closing === to) throw beyond(calendar, to);
  return closing;
}

/**
 * The first open instant on a later working date than the local date of `t` (§3.6, reading 6: reminders). Where hours
 * run over midnight it is the midnight.
 *
 * @throws HorizonExceeded when `t` is outside `[from, to)` or no later date opens before its end.
 */
export function openingOfLaterDate(calendar: WorkingCalendar, t: Instant): Instant {
  const { from, to, zone } = calendar;
  if (!(t >= from && t < to)) throw beyond(calendar, t);
  const laterDate = (localDayOf(calendar, t) + 1) * DAY_MS;
  // Piece by piece, because clocks set back over midnight bring the old date back after the later one had begun.
  for (const [i, piece] of zone.entries()) {
    const until = zone[i + 1]?.from ?? to;
    const start = Math.max(laterDate - piece.offsetMs, piece.from, t);
    if (start >= until) continue;
    const opening = nextOpening(calendar, start);
    if (opening < until) return opening;
  }
  throw beyond(calendar, to);
}

/**
 * The earliest instant by which `ms` of business time have passed since `t` (reading 3): a limit that ends with the
 * working day is due at its closing, not at the next opening. A negative `ms` goes back, to the latest instant from
 * which `-ms` pass until `t`. With 0 it is `t` itself, open or not.
 *
 * @throws HorizonExceeded when `t` or the answer is outside `[from, to]`.
 */
export function addBusinessTime(calendar: BusinessCalendar, t: Instant, ms: number): Instant {
  if (calendar.kind === 'always-open') return t + ms;
  const target = elapsed(calendar, t) + ms;
  if (ms === 0) return t;
  const { from, to, opens, closes, prefix } = calendar;
  const total = prefix.values[closes.length]!;
  if (!(target >= 0)) throw beyond(calendar, from + target);
  if (!(target <= total)) throw beyond(calendar, to + (target - total));
  const i = countUpTo(prefix, target) - 1;
  const within = target - prefix.values[i]!;
  // Time used up with interval i-1 has its earliest instant at that closing, its latest at the opening of i.
  return ms > 0 && within === 0 ? closes[i - 1]! : opens.values[i]! + within;
}

/**
 * The business time from `a` to `b` in milliseconds; negative when `b` is before `a`.
 *
 * @throws HorizonExceeded when either is outside `[from, to]`.
 */
export function businessTimeBetween(calendar: BusinessCalendar, a: Instant, b: Instant): number {
  return calendar.kind === 'always-open' ? b - a : elapsed(calendar, b) - elapsed(calendar, a);
}

/**
 * The intervals of `[a, b)` that are open, in order: what an explanation of a deadline counts (§1.5). They add up to
 * `businessTimeBetween(calendar, a, b)`; none when `b` is not after `a`.
 *
 * @throws HorizonExceeded when either is outside `[from, to]`.
 */
export function periods(calendar: BusinessCalendar, a: Instant, b: Instant): { from: Instant; to: Instant }[] {
  if (calendar.kind === 'always-open') return a < b ? [{ from: a, to: b }] : [];
  requireWithin(calendar, a);
  requireWithin(calendar, b);
  const { opens, closes } = calendar;
  const found: { from: Instant; to: Instant }[] = [];
  if (a >= b) return found;
  for (let i = firstToCloseAfter(calendar, a); i < closes.length && opens.values[i]! < b; i += 1) {
    found.push({ from: Math.max(opens.values[i]!, a), to: Math.min(closes[i]!, b) });
  }
  return found;
}

/** The business time from the start of the horizon to `t`. */
function elapsed(calendar: WorkingCalendar, t: Instant): number {
  requireWithin(calendar, t);
  const { opens, closes, prefix } = calendar;
  const opened = countUpTo(opens, t);
  return opened === 0 ? 0 : prefix.values[opened]! - Math.max(0, closes[opened - 1]! - t);
}

/** The interval that `t` is in, else the next one; the number of intervals when there is none. */
function firstToCloseAfter({ opens, closes }: WorkingCalendar, t: Instant): number {
  const opened = countUpTo(opens, t);
  return opened > 0 && t < closes[opened - 1]! ? opened - 1 : opened;
}

function requireWithin(calendar: WorkingCalendar, t: Instant): void {
  if (!(t >= calendar.from && t <= calendar.to)) throw beyond(calendar, t);
}

function beyond({ from, to }: WorkingCalendar, needed: Instant): HorizonExceeded {
  return new HorizonExceeded({ needed, from, to });
}
