import { calendarInForce, calendarOfVersion } from '../prisma/calendar-versions.ts';
import type { Database } from '../prisma/client.ts';
import { compileCalendar } from '../regulation/compile-calendar.ts';
import { InvalidSetting } from '../regulation/errors.ts';
import { DAY_MS } from '../regulation/instant.ts';
import type { Instant } from '../regulation/instant.ts';
import type { CompiledCalendar } from '../regulation/working-calendar.ts';
import { temporary } from './failures.ts';
import type { TicketActivities } from './ticket-activities.ts';

/** Tickets of the same months share what was compiled; more than a few versions are never in use at once. */
const MOST_KEPT = 64;

/**
 * The published calendars, compiled for whole months around what is asked, as far as their definitions are valid. Where
 * a definition ends, so does the answer: the workflow says so to staff and guesses nothing.
 */
export function createCalendarLoader(db: Database): TicketActivities['loadCalendar'] {
  const kept = new Map<string, CompiledCalendar>();

  return async ({ version, from, to }) => {
    const months = { from: firstOfMonth(from - DAY_MS, 0), to: firstOfMonth(to + DAY_MS, 1) };
    const known = version === null ? undefined : kept.get(keyOf(version, months));
    if (known !== undefined) return known;
    const published = version === null ? await calendarInForce(db) : await calendarOfVersion(db, version);
    if (published === null) {
      throw temporary(`calendar ${version ?? 'in force'} has not been published yet`, 'CalendarMissing');
    }
    const key = keyOf(published.version, months);
    const compiled = kept.get(key) ?? compile(published, months);
    kept.delete(key);
    kept.set(key, compiled);
    const oldest = kept.keys().next().value;
    if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
    return compiled;
  };
}

interface Months {
  from: string;
  to: string;
}

function compile(
  { version, definition }: NonNullable<Awaited<ReturnType<typeof calendarInForce>>>,
  months: Months,
): CompiledCalendar {
  try {
    return compileCalendar(definition, { version, ...months });
  } catch (error) {
    if (!(error instanceof InvalidSetting)) throw error;
    throw temporary(`calendar ${version} cannot be used from ${months.from}: ${error.message}`, 'CalendarUnusable');
  }
}

function keyOf(version: number, { from, to }: Months): string {
  return `${version} ${from} ${to}`;
}

/** By the UTC date; a day of margin on either side makes up for the difference to the local one. */
function firstOfMonth(at: Instant, monthsLater: number): string {
  const day = new Date(at);
  return new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + monthsLater, 1)).toISOString().slice(0, 10);
}
