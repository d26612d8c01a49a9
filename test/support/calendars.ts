import type { CalendarDefinition, CalendarOverride, Holiday, Weekday } from '../../regulation/calendar-definition.ts';
import { compileCalendar } from '../../regulation/compile-calendar.ts';
import type { Instant } from '../../regulation/instant.ts';
import { loadCalendar, type WorkingCalendar } from '../../regulation/working-calendar.ts';

/** Monday to Friday 09:00-18:00 (§2.4), or those days with other hours. */
export function week(hours: string[] = ['09:00-18:00']): Record<Weekday, string[]> {
  return { monday: hours, tuesday: hours, wednesday: hours, thursday: hours, friday: hours, saturday: [], sunday: [] };
}

/** Every day of the week alike. */
export function everyDay(hours: string[]): Record<Weekday, string[]> {
  return { ...week(hours), saturday: hours, sunday: hours };
}

/** The company's week in Bishkek over 2026, without holidays, but for what the test says. */
export function calendarDefinition(overrides: Partial<CalendarDefinition> = {}): CalendarDefinition {
  return {
    id: 'test',
    timeZone: 'Asia/Bishkek',
    validFrom: '2026-01-01',
    validTo: '2027-01-01',
    weekly: week(),
    holidays: [],
    overrides: [],
    ...overrides,
  };
}

export function holidayOn(date: string): Holiday {
  return { date, name: 'holiday', source: 'test', status: 'confirmed' };
}

export function hoursOn(date: string, hours: string[]): CalendarOverride {
  return { ...holidayOn(date), name: 'override', hours };
}

export function workingCalendar(overrides: Partial<CalendarDefinition> = {}, version = 1): WorkingCalendar {
  return loadCalendar(compileCalendar(calendarDefinition(overrides), { version }));
}

/** An instant by the wall clock of Bishkek: `2026-03-02 09:00`, to seconds or milliseconds where it matters. */
export function bishkek(wallClock: string): Instant {
  return Date.parse(`${wallClock.replace(' ', 'T')}+06:00`);
}

/** An instant by the wall clock of UTC. */
export function utc(wallClock: string): Instant {
  return Date.parse(`${wallClock.replace(' ', 'T')}Z`);
}
