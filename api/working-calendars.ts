import { calendarInForce, calendarOfVersion } from '../prisma/calendar-versions.ts';
import type { PublishedCalendar } from '../prisma/calendar-versions.ts';
import type { Queries } from '../prisma/client.ts';
import { compileCalendar } from '../regulation/compile-calendar.ts';
import { loadCalendar } from '../regulation/working-calendar.ts';
import type { WorkingCalendar } from '../regulation/working-calendar.ts';
import { Problem } from './errors.ts';

/** The published calendars, compiled over all their dates and kept: a version never changes (§2.4). */
export interface WorkingCalendars {
  /** The calendar that a ticket runs by. */
  ofVersion(version: number): Promise<WorkingCalendar>;
  /** The calendar that new tickets get. @throws Problem `unavailable` while none has been published */
  inForce(): Promise<WorkingCalendar>;
}

/** No more than a few versions are in use at once; the least lately asked one is forgotten first. */
const MOST_KEPT = 16;

export function keepCalendars(db: Queries): WorkingCalendars {
  const kept = new Map<number, WorkingCalendar>();

  function compiled({ version, definition }: PublishedCalendar): WorkingCalendar {
    const calendar = kept.get(version) ?? loadCalendar(compileCalendar(definition, { version }));
    kept.delete(version);
    kept.set(version, calendar);
    const oldest = kept.keys().next().value;
    if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
    return calendar;
  }

  return {
    async ofVersion(version) {
      const known = kept.get(version);
      if (known !== undefined) return known;
      return compiled(existing(await calendarOfVersion(db, version)));
    },
    async inForce() {
      return compiled(existing(await calendarInForce(db)));
    },
  };
}

function existing(calendar: PublishedCalendar | null): PublishedCalendar {
  if (calendar !== null) return calendar;
  throw new Problem('unavailable', 'no working calendar has been published yet; the set-up publishes the first one', {
    retryAfterSeconds: 5,
  });
}
