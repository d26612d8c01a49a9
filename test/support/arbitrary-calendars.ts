import * as fc from 'fast-check';

import { type CalendarDefinition, WEEKDAYS, type Weekday } from '../../regulation/calendar-definition.ts';
import { HOUR_MS, type Instant } from '../../regulation/instant.ts';
import type { WorkingCalendar } from '../../regulation/working-calendar.ts';
import { calendarDefinition, hoursOn, holidayOn } from './calendars.ts';
import { wallClockTable, type WallClockTable } from './minute-walker.ts';

/** Ten days or so around what clocks have done to people, and one quiet stretch. */
const STRETCHES = [
  { timeZone: 'Asia/Bishkek', validFrom: '2026-03-16', validTo: '2026-03-26' },
  { timeZone: 'Asia/Bishkek', validFrom: '2005-03-22', validTo: '2005-04-01' }, // the last clock change there
  { timeZone: 'Asia/Almaty', validFrom: '2024-02-25', validTo: '2024-03-06' }, // +06 became +05 for good
  { timeZone: 'Australia/Lord_Howe', validFrom: '2026-03-30', validTo: '2026-04-09' }, // half an hour back
  { timeZone: 'Australia/Lord_Howe', validFrom: '2026-09-29', validTo: '2026-10-09' },
  { timeZone: 'Antarctica/Troll', validFrom: '2026-03-25', validTo: '2026-04-04' }, // two hours on
  { timeZone: 'Antarctica/Troll', validFrom: '2026-10-21', validTo: '2026-10-31' }, // two hours back
  { timeZone: 'America/St_Johns', validFrom: '2010-03-10', validTo: '2010-03-20' }, // 00:01 on to 01:01
  { timeZone: 'America/St_Johns', validFrom: '2010-11-03', validTo: '2010-11-13' }, // 00:01 back to the day before
  { timeZone: 'America/Santiago', validFrom: '2026-09-01', validTo: '2026-09-11' }, // a date without midnight
  { timeZone: 'America/Santiago', validFrom: '2026-03-31', validTo: '2026-04-10' }, // 24:00 back to 23:00
  { timeZone: 'Pacific/Apia', validFrom: '2011-12-25', validTo: '2012-01-04' }, // 30 December 2011 never was
  { timeZone: 'America/New_York', validFrom: '2026-10-28', validTo: '2026-11-07' },
] as const;

export interface Stretch {
  timeZone: string;
  validFrom: string;
  validTo: string;
}

const tables = new Map<string, WallClockTable>();

/** The wall clock of a stretch; asked once, for it takes the platform some 20,000 readings. */
export function tableOf({ timeZone, validFrom, validTo }: Stretch): WallClockTable {
  const key = `${timeZone} ${validFrom}`;
  const table = tables.get(key) ?? wallClockTable(timeZone, validFrom, validTo);
  tables.set(key, table);
  return table;
}

/** Ranges of one day: apart or touching, to the minute, often at midnight or in the small hours when clocks change. */
const dayHours: fc.Arbitrary<string[]> = fc
  .uniqueArray(
    fc.oneof(
      fc.constantFrom(0, 1, 30, 60, 120, 135, 180, 540, 1080, 1380, 1440),
      fc.integer({ min: 0, max: 1440 }),
      fc.integer({ min: 0, max: 240 }),
    ),
    { maxLength: 6 },
  )
  .chain((cuts) => {
    const sorted = cuts.sort((a, b) => a - b);
    return fc
      .array(fc.boolean(), { minLength: sorted.length, maxLength: sorted.length })
      .map((chosen) => sorted.slice(1).flatMap((end, i) => (chosen[i] ? [`${clock(sorted[i]!)}-${clock(end)}`] : [])));
  });

/** A random calendar over one of the stretches: any week with hours, holidays and overrides on any of its dates. */
export const calendars: fc.Arbitrary<CalendarDefinition> = fc.constantFrom(...STRETCHES).chain((stretch) => {
  const dates = datesOf(stretch);
  return fc
    .record({
      days: fc.tuple(...WEEKDAYS.map(() => fc.oneof(fc.constant(['09:00-18:00']), dayHours))),
      holidays: fc.subarray(dates, { maxLength: 3 }),
      overrides: fc.uniqueArray(fc.record({ date: fc.constantFrom(...dates), hours: dayHours }), {
        maxLength: 3,
        selector: ({ date }) => date,
      }),
    })
    .filter(({ days }) => days.some((hours) => hours.length > 0))
    .map(({ days, holidays, overrides }) =>
      calendarDefinition({
        ...stretch,
        weekly: Object.fromEntries(WEEKDAYS.map((weekday, i) => [weekday, days[i]!])) as Record<Weekday, string[]>,
        holidays: holidays.map(holidayOn),
        overrides: overrides.map(({ date, hours }) => hoursOn(date, hours)),
      }),
    );
});

/** Where an instant lies: somewhere, or within three hours of an edge and often at it or one millisecond off. */
export type Place = { of: number } | { edge: number; offMs: number };

export const places: fc.Arbitrary<Place> = fc.oneof(
  fc.record({ of: fc.double({ min: 0, max: 1, noNaN: true }) }),
  fc.record({
    edge: fc.nat(),
    offMs: fc.oneof(fc.constantFrom(-1, 0, 1), fc.integer({ min: -3 * HOUR_MS, max: 3 * HOUR_MS })),
  }),
);

/** The instant of a place in a calendar's horizon, whose end belongs to it. */
export function instantAt({ from, to, opens, closes, zone }: WorkingCalendar, place: Place): Instant {
  if ('of' in place) return from + Math.floor((to - from) * place.of);
  const edges = [from, to, ...opens.values, ...closes, ...zone.map((piece) => piece.from)];
  return Math.min(to, Math.max(from, edges[place.edge % edges.length]! + place.offMs));
}

export function datesOf({ validFrom, validTo }: Stretch): string[] {
  const dates: string[] = [];
  for (let t = Date.parse(validFrom); t < Date.parse(validTo); t += 24 * HOUR_MS) {
    dates.push(new Date(t).toISOString().slice(0, 10));
  }
  return dates;
}

function clock(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}
