import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import {
  addBusinessTime,
  ALWAYS_OPEN,
  businessTimeBetween,
  isOpen,
  nextClosing,
  nextOpening,
  openingAfter,
  openingOfLaterDate,
  periods,
} from '../../regulation/business-time.ts';
import type { CalendarDefinition } from '../../regulation/calendar-definition.ts';
import { compileCalendar } from '../../regulation/compile-calendar.ts';
import { HorizonExceeded } from '../../regulation/errors.ts';
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from '../../regulation/instant.ts';
import {
  type CompiledCalendar,
  instantOfLocal,
  loadCalendar,
  localDateOf,
  localTimeOf,
  type WorkingCalendar,
} from '../../regulation/working-calendar.ts';
import { calendars, datesOf, instantAt, places, tableOf } from '../support/arbitrary-calendars.ts';
import { holidayOn } from '../support/calendars.ts';
import { minuteWalker } from '../support/minute-walker.ts';

const loaded = (definition: CalendarDefinition): WorkingCalendar =>
  loadCalendar(compileCalendar(definition, { version: 1 }));

/** A calendar and some instants of its horizon, in no order. */
const calendarAndInstants = (count: number) =>
  fc
    .record({ definition: calendars, at: fc.array(places, { minLength: count, maxLength: count }) })
    .map(({ definition, at }) => {
      const calendar = loaded(definition);
      return { definition, calendar, instants: at.map((place) => instantAt(calendar, place)) };
    });

fc.configureGlobal({ numRuns: 300 });

/** The answer, or undefined where the calendar says that it ends too early. */
function answer<T>(ask: () => T): T | undefined {
  try {
    return ask();
  } catch (error) {
    if (error instanceof HorizonExceeded) return undefined;
    throw error;
  }
}

/** A share of the business time between two instants, sometimes all of it: an amount that can be used up. */
const share = fc.oneof(fc.constant(1), fc.double({ min: 0, max: 1, noNaN: true }));
const amountOf = (available: number, part: number): number => Math.min(available, Math.floor(available * part));

describe('business time in any zone, week and year', () => {
  it('adds up over neighbouring stretches, changes sign when turned, and is nothing from an instant to itself', () => {
    fc.assert(
      fc.property(calendarAndInstants(3), ({ calendar, instants: [a = 0, b = 0, c = 0] }) => {
        const between = (from: Instant, to: Instant): number => businessTimeBetween(calendar, from, to);
        expect(between(a, c)).toBe(between(a, b) + between(b, c));
        expect(between(a, b) + between(b, a)).toBe(0);
        expect(between(a, a)).toBe(0);
      }),
    );
  });

  it('is never more than the time that passed, and never shrinks while time passes', () => {
    fc.assert(
      fc.property(calendarAndInstants(3), ({ calendar, instants }) => {
        const [a = 0, b = 0, c = 0] = instants.sort((x, y) => x - y);
        const soFar = businessTimeBetween(calendar, a, b);
        expect(soFar).toBeGreaterThanOrEqual(0);
        expect(soFar).toBeLessThanOrEqual(b - a);
        expect(businessTimeBetween(calendar, a, c)).toBeGreaterThanOrEqual(soFar);
      }),
    );
  });

  it('is used up at the earliest instant going forward and from the latest going back (reading 3)', () => {
    fc.assert(
      fc.property(calendarAndInstants(1), share, ({ calendar, instants: [t = 0] }, part) => {
        const ahead = amountOf(businessTimeBetween(calendar, t, calendar.to), part);
        const due = addBusinessTime(calendar, t, ahead);
        expect(businessTimeBetween(calendar, t, due)).toBe(ahead);
        const before = ahead > 0 ? due - 1 : due;
        expect(businessTimeBetween(calendar, t, before)).toBe(Math.max(0, ahead - 1));

        const behind = amountOf(businessTimeBetween(calendar, calendar.from, t), part);
        const since = addBusinessTime(calendar, t, -behind);
        expect(businessTimeBetween(calendar, since, t)).toBe(behind);
        const after = behind > 0 ? since + 1 : since;
        expect(businessTimeBetween(calendar, after, t)).toBe(Math.max(0, behind - 1));
      }),
    );
  });

  it('gives the same deadline in one step or in two, and adding nothing moves nothing', () => {
    fc.assert(
      fc.property(calendarAndInstants(1), share, share, ({ calendar, instants: [t = 0] }, part, split) => {
        const ahead = amountOf(businessTimeBetween(calendar, t, calendar.to), part);
        const first = amountOf(ahead, split);
        const inTwo = addBusinessTime(calendar, addBusinessTime(calendar, t, first), ahead - first);
        expect(inTwo).toBe(addBusinessTime(calendar, t, ahead));

        const behind = amountOf(businessTimeBetween(calendar, calendar.from, t), part);
        const last = amountOf(behind, split);
        const backInTwo = addBusinessTime(calendar, addBusinessTime(calendar, t, -last), last - behind);
        expect(backInTwo).toBe(addBusinessTime(calendar, t, -behind));
        expect(addBusinessTime(calendar, t, 0)).toBe(t);
      }),
    );
  });

  it('comes back to the opening that the time was counted from', () => {
    fc.assert(
      fc.property(calendarAndInstants(1), share, ({ calendar, instants: [t = 0] }, part) => {
        const ahead = amountOf(businessTimeBetween(calendar, t, calendar.to), part);
        fc.pre(ahead > 0);
        const due = addBusinessTime(calendar, t, ahead);
        expect(addBusinessTime(calendar, due, -ahead)).toBe(nextOpening(calendar, t));
      }),
    );
  });

  it('is open exactly where a millisecond counts, and opens next where nothing has counted yet', () => {
    fc.assert(
      fc.property(calendarAndInstants(1), ({ calendar, instants: [place = 0] }) => {
        const t = Math.min(place, calendar.to - 1);
        expect(isOpen(calendar, t)).toBe(businessTimeBetween(calendar, t, t + 1) === 1);
        const opening = answer(() => nextOpening(calendar, t));
        expect(businessTimeBetween(calendar, t, opening ?? calendar.to)).toBe(0);
        fc.pre(opening !== undefined);
        expect(opening).toBeGreaterThanOrEqual(t);
        expect(isOpen(calendar, opening)).toBe(true);
        expect(nextOpening(calendar, opening)).toBe(opening);
      }),
    );
  });

  it('never counts more nor falls due earlier with one more holiday (§2.4)', () => {
    fc.assert(
      fc.property(calendarAndInstants(2), fc.nat(), share, ({ definition, calendar, instants }, nth, part) => {
        const [a = 0, b = 0] = instants.sort((x, y) => x - y);
        const overridden = definition.overrides.map(({ date }) => date);
        const dates = datesOf(definition).filter((date) => !overridden.includes(date));
        const extra = holidayOn(dates[nth % dates.length]!);
        const holidays = [...definition.holidays.filter(({ date }) => date !== extra.date), extra];
        const fewer = loaded({ ...definition, holidays });
        expect(businessTimeBetween(fewer, a, b)).toBeLessThanOrEqual(businessTimeBetween(calendar, a, b));

        const ms = amountOf(businessTimeBetween(calendar, a, calendar.to), part);
        const due = answer(() => addBusinessTime(fewer, a, ms));
        expect(due ?? Infinity).toBeGreaterThanOrEqual(addBusinessTime(calendar, a, ms));
      }),
    );
  });

  it('is plain time around the clock, without a horizon (§2.4, severities 1 and 2)', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer(), (t, ms) => {
        expect(addBusinessTime(ALWAYS_OPEN, t, ms)).toBe(t + ms);
        expect(businessTimeBetween(ALWAYS_OPEN, t, t + ms)).toBe(ms);
        expect(isOpen(ALWAYS_OPEN, t)).toBe(true);
        expect(nextOpening(ALWAYS_OPEN, t)).toBe(t);
        expect(periods(ALWAYS_OPEN, t, t + ms)).toEqual(ms > 0 ? [{ from: t, to: t + ms }] : []);
      }),
    );
  });

  it('does not depend on how the hours are written down', () => {
    fc.assert(
      fc.property(calendars, fc.integer({ min: 1, max: 1439 }), (definition, cut) => {
        const rewritten: CalendarDefinition = {
          ...definition,
          weekly: Object.fromEntries(
            Object.entries(definition.weekly).map(([weekday, hours]) => [weekday, splitAt(hours, cut).toReversed()]),
          ) as CalendarDefinition['weekly'],
          holidays: definition.holidays.toReversed(),
          overrides: definition.overrides.map((day) => ({ ...day, hours: splitAt(day.hours, cut) })).toReversed(),
        };
        const plain = compileCalendar(definition, { version: 1 });
        const other = compileCalendar(rewritten, { version: 2 });
        expect(other.boundaries).toEqual(plain.boundaries);
        expect(other.hash).toBe(plain.hash);
      }),
    );
  });

  it('is the same after a journey through JSON and within a longer horizon', () => {
    fc.assert(
      fc.property(calendarAndInstants(2), fc.nat({ max: 4 }), ({ definition, calendar, instants }, cutDates) => {
        const compiled = compileCalendar(definition, { version: 1 });
        expect(loadCalendar(JSON.parse(JSON.stringify(compiled)) as CompiledCalendar)).toEqual(calendar);

        const to = datesOf(definition).at(-1 - cutDates)!;
        const shorter = loadCalendar(compileCalendar(definition, { version: 1, to }));
        const [a = 0, b = 0] = instants.map((t) => Math.min(t, shorter.to));
        expect(shorter.from).toBe(calendar.from);
        expect(businessTimeBetween(shorter, a, b)).toBe(businessTimeBetween(calendar, a, b));
        expect(periods(shorter, a, b)).toEqual(periods(calendar, a, b));
        expect(localTimeOf(shorter, a)).toEqual(localTimeOf(calendar, a));
      }),
    );
  });

  it('counts the running spans as the whole without its pauses, overlapping pauses once (reading 2)', () => {
    fc.assert(
      fc.property(calendarAndInstants(8), ({ calendar, instants: [from = 0, to = 0, ...ends] }) => {
        const [start, stop] = [Math.min(from, to), Math.max(from, to)];
        const pauses = [0, 2, 4].map((i) => [ends[i]!, ends[i + 1]!].sort((x, y) => x - y) as [Instant, Instant]);
        const cuts = [start, stop, ...pauses.flat()].filter((t) => t >= start && t <= stop).sort((x, y) => x - y);
        let running = 0;
        let paused = 0;
        for (const [i, end] of cuts.entries()) {
          const begin = cuts[i - 1] ?? end;
          const counted = businessTimeBetween(calendar, begin, end);
          if (pauses.some(([pause, resume]) => pause <= begin && end <= resume)) paused += counted;
          else running += counted;
        }
        expect(running + paused).toBe(businessTimeBetween(calendar, start, stop));
        const counted = periods(calendar, start, stop).reduce((sum, period) => sum + period.to - period.from, 0);
        expect(counted).toBe(running + paused);
      }),
    );
  });

  it('is not moved by a pause in closed hours nor by a new version of the same calendar (reading 10)', () => {
    fc.assert(
      fc.property(calendarAndInstants(3), share, ({ definition, calendar, instants }, part) => {
        const [start = 0, pause = 0, resume = 0] = instants.sort((x, y) => x - y);
        const limit = amountOf(businessTimeBetween(calendar, start, calendar.to), part);
        const due = addBusinessTime(calendar, start, limit);
        const left = limit - businessTimeBetween(calendar, start, pause);
        fc.pre(left > 0);
        const stillClosed = Math.min(resume, nextOpening(calendar, pause));
        expect(addBusinessTime(calendar, stillClosed, left)).toBe(due);
        const next = loadCalendar(compileCalendar(definition, { version: 2 }));
        expect(next.hash).toBe(calendar.hash);
        expect(addBusinessTime(next, pause, left)).toBe(due);
      }),
    );
  });

  it('answers as a walk through every minute does, to the millisecond', () => {
    fc.assert(
      fc.property(calendarAndInstants(4), share, ({ definition, calendar, instants }, part) => {
        const walker = minuteWalker(definition, tableOf(definition));
        expect({ from: calendar.from, to: calendar.to }).toEqual({ from: walker.from, to: walker.to });
        for (const t of instants.filter((instant) => instant < calendar.to)) {
          expect(isOpen(calendar, t)).toBe(walker.isOpen(t));
          expect(answer(() => nextOpening(calendar, t))).toBe(walker.nextOpening(t));
          expect(answer(() => openingAfter(calendar, t))).toBe(walker.openingAfter(t));
          expect(answer(() => nextClosing(calendar, t))).toBe(walker.nextClosing(t));
          expect(answer(() => openingOfLaterDate(calendar, t))).toBe(walker.openingOfLaterDate(t));
          const { date, time } = localTimeOf(calendar, t);
          expect(`${date} ${time}`).toBe(walker.shownAt(t));
          expect(localDateOf(calendar, t)).toBe(date);
        }
        const [a = 0, b = 0] = instants;
        expect(businessTimeBetween(calendar, a, b)).toBe(walker.between(a, b));
        const ahead = amountOf(walker.between(a, walker.to), part);
        expect(addBusinessTime(calendar, a, ahead)).toBe(walker.add(a, ahead));
        const behind = amountOf(walker.between(walker.from, a), part);
        expect(addBusinessTime(calendar, a, -behind)).toBe(behind === 0 ? a : walker.add(a, -behind));
        // No stretch of these calendars holds more than 264 hours: what cannot be used up is said to be beyond.
        expect(answer(() => addBusinessTime(calendar, a, 11 * DAY_MS + HOUR_MS))).toBeUndefined();
        expect(answer(() => addBusinessTime(calendar, a, -11 * DAY_MS - HOUR_MS))).toBeUndefined();
      }),
      { numRuns: 150 },
    );
  });

  it('finds the first instant at which the wall clock shows a time or later, as a walk through every minute does', () => {
    fc.assert(
      fc.property(calendars, fc.nat(), fc.integer({ min: 0, max: 1439 }), (definition, nth, minutesOfDay) => {
        const calendar = loaded(definition);
        const { start, shown } = tableOf(definition);
        const dates = datesOf(definition);
        const date = dates[nth % dates.length]!;
        const time = `${String(Math.floor(minutesOfDay / 60)).padStart(2, '0')}:${String(minutesOfDay % 60).padStart(2, '0')}`;
        const first = start + shown.findIndex((minute) => minute >= `${date} ${time}`) * MINUTE_MS;
        expect(instantOfLocal(calendar, date, minutesOfDay)).toBe(first);
      }),
    );
  });
});

/** The same hours, each range that holds the minute cut in two there. */
function splitAt(hours: string[], cut: number): string[] {
  const at = `${String(Math.floor(cut / 60)).padStart(2, '0')}:${String(cut % 60).padStart(2, '0')}`;
  return hours.flatMap((range) => {
    const [start = '', end = ''] = range.split('-');
    return start < at && at < end ? [`${start}-${at}`, `${at}-${end}`] : [range];
  });
}
