import { DAY_MS } from './instant.ts';

const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** Whether the text is a date of the Gregorian calendar written `YYYY-MM-DD`; `2026-02-29` is none. */
export function isDate(text: string): boolean {
  return DATE.test(text) && !Number.isNaN(Date.parse(`${text}T00:00Z`)) && dateOfDay(dayOfDate(text)) === text;
}

/** The number of a date, counted in dates since 1970-01-01, so that dates can be reckoned with. */
export function dayOfDate(date: string): number {
  return Date.parse(`${date}T00:00Z`) / DAY_MS;
}

/** The date with that number, `YYYY-MM-DD`. */
export function dateOfDay(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** Its place in the week: 0 is Monday, 6 is Sunday. 1970-01-01 was a Thursday. */
export function weekdayOfDay(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}
