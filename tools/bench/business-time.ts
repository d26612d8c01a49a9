import dayjs, { type Dayjs } from 'dayjs';
import dayjsBusinessTime from 'dayjs-business-time';

import { addBusinessTime, businessTimeBetween, isOpen } from '../../regulation/business-time.ts';
import type { CalendarDefinition } from '../../regulation/calendar-definition.ts';
import { KYRGYZSTAN } from '../../regulation/calendars/kyrgyzstan.ts';
import { compileCalendar } from '../../regulation/compile-calendar.ts';
import { DAY_MS, HOUR_MS, type Instant } from '../../regulation/instant.ts';
import { loadCalendar, type WorkingCalendar } from '../../regulation/working-calendar.ts';

const INSTANTS = 1 << 16;
const ROUNDS = 9;
const LIMIT_MS = 18 * HOUR_MS;
const MONTH_MS = 30 * DAY_MS;

/**
 * Prints what business time costs at random instants (a fixed instant would flatter the branch predictor) over two and
 * over twenty years, beside dayjs-business-time on the same two-year calendar. Medians; figures are told, not judged.
 */
export function benchBusinessTime(): void {
  const twoYears = calendarOf(2026, 2028);
  const twentyYears = calendarOf(2020, 2040);
  const rows = [
    { over: `2 years (${twoYears.closes.length} intervals)`, ...ours(twoYears) },
    { over: `20 years (${twentyYears.closes.length} intervals)`, ...ours(twentyYears) },
    { over: 'dayjs-business-time 1.0.4, 2 years', ...theirs(twoYears, holidaysOf(2026, 2028)) },
  ];
  console.log('Business time, ns per operation at random instants (aim over 2 years: isOpen 80, add 100, between 120)');
  console.table(
    rows.map(({ over, isOpenNs, addNs, betweenNs }) => ({
      over,
      isOpen: Math.round(isOpenNs),
      'add 18 h': Math.round(addNs),
      'between, 30 days': Math.round(betweenNs),
    })),
  );
}

interface Costs {
  isOpenNs: number;
  addNs: number;
  betweenNs: number;
}

function ours(calendar: WorkingCalendar): Costs {
  const { starts, ends } = randomInstants(calendar);
  return {
    isOpenNs: nanoseconds(INSTANTS, (i) => Number(isOpen(calendar, starts[i]!))),
    addNs: nanoseconds(INSTANTS, (i) => addBusinessTime(calendar, starts[i]!, LIMIT_MS)),
    betweenNs: nanoseconds(INSTANTS, (i) => businessTimeBetween(calendar, starts[i]!, ends[i]!)),
  };
}

/** The library knows the host's zone alone, so it is lent the calendar's while it is measured. */
function theirs(calendar: WorkingCalendar, holidays: string[]): Costs {
  const hostZone = process.env['TZ'];
  process.env['TZ'] = calendar.timeZone;
  try {
    dayjs.extend(dayjsBusinessTime);
    dayjs.setHolidays(holidays);
    const { starts, ends } = randomInstants(calendar);
    const count = 256;
    const from: Dayjs[] = Array.from(starts.subarray(0, count), (t) => dayjs(t));
    const to: Dayjs[] = Array.from(ends.subarray(0, count), (t) => dayjs(t));
    return {
      isOpenNs: nanoseconds(count, (i) => Number(from[i]!.isBusinessTime())),
      addNs: nanoseconds(count, (i) => from[i]!.addBusinessHours(LIMIT_MS / HOUR_MS).valueOf()),
      betweenNs: nanoseconds(count, (i) => from[i]!.businessMinutesDiff(to[i]!)),
    };
  } finally {
    if (hostZone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = hostZone;
  }
}

function calendarOf(firstYear: number, endYear: number): WorkingCalendar {
  const definition: CalendarDefinition = {
    ...KYRGYZSTAN,
    validFrom: `${firstYear}-01-01`,
    validTo: `${endYear}-01-01`,
    holidays: holidaysOf(firstYear, endYear).map((date) => ({
      date,
      name: 'holiday',
      source: 'benchmark',
      status: 'expected',
    })),
  };
  return loadCalendar(compileCalendar(definition, { version: 1 }));
}

/** The dates of 2026 in every year: the same load on the search, whatever the moon does. */
function holidaysOf(firstYear: number, endYear: number): string[] {
  const days = KYRGYZSTAN.holidays.filter(({ date }) => date.startsWith('2026')).map(({ date }) => date.slice(4));
  return Array.from({ length: endYear - firstYear }, (_, i) => days.map((day) => `${firstYear + i}${day}`)).flat();
}

function randomInstants({ from, to }: WorkingCalendar): { starts: Float64Array; ends: Float64Array } {
  const starts = new Float64Array(INSTANTS);
  const ends = new Float64Array(INSTANTS);
  for (let i = 0; i < INSTANTS; i += 1) {
    const t: Instant = from + Math.floor(Math.random() * (to - from - 2 * MONTH_MS));
    starts[i] = t;
    ends[i] = t + MONTH_MS;
  }
  return { starts, ends };
}

/** The median over the rounds; what the operation gives is added up, so that none can be left out. */
function nanoseconds(count: number, operation: (i: number) => number): number {
  const rounds: number[] = [];
  let sum = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = process.hrtime.bigint();
    for (let i = 0; i < count; i += 1) sum += operation(i);
    rounds.push(Number(process.hrtime.bigint() - start) / count);
  }
  if (Number.isNaN(sum)) throw new Error('an operation gave no number');
  return rounds.sort((a, b) => a - b)[ROUNDS >> 1]!;
}
