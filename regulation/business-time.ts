import type { Instant } from './instant.ts';
import type { WorkingCalendar } from './working-calendar.ts';

/** Around the clock (§2.4, severities 1 and 2; first response): business time is time, and there is no horizon. */
export const ALWAYS_OPEN = { kind: 'always-open' } as const;

export type BusinessCalendar = WorkingCalendar | typeof ALWAYS_OPEN;

export function isOpen(calendar: BusinessCalendar, t: Instant): boolean {
  throw new Error(`not written yet: ${calendar.kind} ${t}`);
}

export function nextOpening(calendar: BusinessCalendar, t: Instant): Instant {
  throw new Error(`not written yet: ${calendar.kind} ${t}`);
}

export function nextClosing(calendar: WorkingCalendar, t: Instant): Instant {
  throw new Error(`not written yet: ${calendar.kind} ${t}`);
}

export function openingAfter(calendar: WorkingCalendar, t: Instant): Instant {
  throw new Error(`not written yet: ${calendar.kind} ${t}`);
}

export function openingOfLaterDate(calendar: WorkingCalendar, t: Instant): Instant {
  throw new Error(`not written yet: ${calendar.kind} ${t}`);
}

export function addBusinessTime(calendar: BusinessCalendar, t: Instant, ms: number): Instant {
  throw new Error(`not written yet: ${calendar.kind} ${t} ${ms}`);
}

export function businessTimeBetween(calendar: BusinessCalendar, a: Instant, b: Instant): number {
  throw new Error(`not written yet: ${calendar.kind} ${a} ${b}`);
}

export function periods(calendar: BusinessCalendar, a: Instant, b: Instant): { from: Instant; to: Instant }[] {
  throw new Error(`not written yet: ${calendar.kind} ${a} ${b}`);
}
