import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createCalendarLoader } from '../../activities/load-calendar.ts';
import { publishCalendar } from '../../prisma/calendar-versions.ts';
import { createDatabase } from '../../prisma/client.ts';
import type { Database } from '../../prisma/client.ts';
import { isOpen } from '../../regulation/business-time.ts';
import { compileCalendar } from '../../regulation/compile-calendar.ts';
import { loadCalendar } from '../../regulation/working-calendar.ts';
import { bishkek, calendarDefinition, holidayOn } from '../support/calendars.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';

let testDatabase: TestDatabase;
let db: Database;
let load: ReturnType<typeof createCalendarLoader>;
beforeAll(async () => {
  testDatabase = await createTestDatabase();
  db = createDatabase(testDatabase.url);
  load = createCalendarLoader(db);
});
afterAll(async () => {
  await db.$disconnect();
  await testDatabase.drop();
});

const MARCH = { from: bishkek('2026-03-02 09:00'), to: bishkek('2026-04-20 09:00') };

/** The tests stand in the order in which a company publishes its calendars. */
it('waits for the first calendar to be published', async () => {
  const asking = load({ version: null, ...MARCH });
  await expect(asking).rejects.toMatchObject({ type: 'CalendarMissing', nonRetryable: false });
});

it('gives the calendar in force over whole months around what is asked', async () => {
  await publishCalendar(db, { basedOn: 0, definition: calendarDefinition(), publishedById: null, at: 0 });
  const compiled = await load({ version: null, ...MARCH });
  expect(compiled).toEqual(compileCalendar(calendarDefinition(), { version: 1, from: '2026-03-01', to: '2026-05-01' }));
  expect(compiled.from).toBe(bishkek('2026-03-01 00:00'));
  expect(compiled.to).toBe(bishkek('2026-05-01 00:00'));
});

it.each([
  { from: '2026-03-01 00:00', to: '2026-03-31 23:59:59.999' },
  { from: '2026-03-01 07:00', to: '2026-03-31 03:00' },
  { from: '2026-05-31 23:00', to: '2026-06-01 01:00' },
])('covers what is asked at the turn of a month: $from to $to', async ({ from, to }) => {
  const compiled = await load({ version: 1, from: bishkek(from), to: bishkek(to) });
  expect(compiled.from).toBeLessThanOrEqual(bishkek(from));
  expect(compiled.to).toBeGreaterThan(bishkek(to));
});

it('compiles once for all tickets of the same months', async () => {
  const one = await load({ version: null, ...MARCH });
  expect(await load({ version: 1, from: MARCH.from + 1, to: MARCH.to + 1 })).toBe(one);
});

it('ends where the definition ends, and begins where it begins', async () => {
  const compiled = await load({ version: 1, from: bishkek('2026-01-02 00:00'), to: bishkek('2028-01-01 00:00') });
  expect([compiled.from, compiled.to]).toEqual([bishkek('2026-01-01 00:00'), bishkek('2027-01-01 00:00')]);
});

it('waits for a longer calendar when nothing asked is covered', async () => {
  const asking = load({ version: 1, from: bishkek('2027-06-01 00:00'), to: bishkek('2027-07-01 00:00') });
  await expect(asking).rejects.toMatchObject({ type: 'CalendarUnusable', nonRetryable: false });
});

it('takes a new publication up at once, and still knows the one before (§2.4)', async () => {
  const definition = calendarDefinition({ holidays: [holidayOn('2026-03-20')] });
  await publishCalendar(db, { basedOn: 1, definition, publishedById: null, at: 1 });
  const friday = bishkek('2026-03-20 12:00');
  const [inForce, first] = await Promise.all([load({ version: null, ...MARCH }), load({ version: 1, ...MARCH })]);
  expect([inForce.version, isOpen(loadCalendar(inForce), friday)]).toEqual([2, false]);
  expect([first.version, isOpen(loadCalendar(first), friday)]).toEqual([1, true]);
});

it('waits for a version that is not there yet', async () => {
  await expect(load({ version: 3, ...MARCH })).rejects.toMatchObject({ type: 'CalendarMissing', nonRetryable: false });
});
