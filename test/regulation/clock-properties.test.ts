import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { ALWAYS_OPEN } from '../../regulation/business-time.ts';
import type { BusinessCalendar } from '../../regulation/business-time.ts';
import type { CalendarDefinition } from '../../regulation/calendar-definition.ts';
import {
  beginPause,
  countedIntervals,
  elapsedMs,
  endPause,
  hoursBefore,
  isRunning,
  PAUSE_REASONS,
  spansOf,
  startClock,
  usedUpAt,
} from '../../regulation/clock.ts';
import type { Clock, Pause } from '../../regulation/clock.ts';
import { compileCalendar } from '../../regulation/compile-calendar.ts';
import type { Instant } from '../../regulation/instant.ts';
import { loadCalendar } from '../../regulation/working-calendar.ts';
import type { WorkingCalendar } from '../../regulation/working-calendar.ts';
import { calendars, datesOf, instantAt, places, tableOf } from '../support/arbitrary-calendars.ts';
import { holidayOn } from '../support/calendars.ts';
import { minuteWalker } from '../support/minute-walker.ts';

const MINUTE = 60_000;

/** A clock in any zone: its pauses, a second calendar with its publication, and whether it counts around the clock. */
interface Life {
  definition: CalendarDefinition;
  published: CalendarDefinition;
  publishedAt: Instant;
  startedAt: Instant;
  stoppedAt: Instant | null;
  pauses: Pause[];
  aroundTheClock: boolean;
  asked: Instant[];
}

const lives: fc.Arbitrary<Life> = fc
  .record({
    definition: calendars,
    other: calendars,
    off: fc.array(fc.nat(), { maxLength: 3 }),
    at: fc.array(places, { minLength: 6, maxLength: 6 }),
    pauses: fc.array(fc.tuple(places, fc.option(places, { freq: 4 }), fc.constantFrom(...PAUSE_REASONS)), {
      maxLength: 5,
    }),
    isStopped: fc.boolean(),
    aroundTheClock: fc.integer({ min: 0, max: 3 }).map((n) => n === 0),
  })
  .map(({ definition, other, off, at, pauses, isStopped, aroundTheClock }) => {
    const calendar = compiled(definition);
    const dates = datesOf(definition);
    const holidays = [...new Set(off.map((n) => dates[n % dates.length]!))].map((date) => holidayOn(date));
    const [startedAt = 0, publishedAt = 0, stop = 0, ...asked] = at.map((place) => instantAt(calendar, place));
    return {
      definition,
      published: { ...definition, weekly: other.weekly, holidays, overrides: [] },
      publishedAt,
      startedAt,
      stoppedAt: isStopped ? Math.max(startedAt, stop) : null,
      pauses: pauses.map(([a, b, reason]) => {
        const from = instantAt(calendar, a);
        return { from, to: b === null ? null : Math.max(from, instantAt(calendar, b)), reason };
      }),
      aroundTheClock,
      asked,
    };
  });

function compiled(definition: CalendarDefinition): WorkingCalendar {
  return loadCalendar(compileCalendar(definition, { version: 1 }));
}

/** The clock as acts make it: pauses begun and ended one after the other, and the hours before the publication kept. */
function clockOf(life: Life): { clock: Clock; hours: BusinessCalendar } {
  const started: Clock = { ...startClock(life.startedAt), pauses: life.pauses, stoppedAt: life.stoppedAt };
  if (life.aroundTheClock) return { clock: started, hours: ALWAYS_OPEN };
  const open = hoursBefore(started, compiled(life.definition), life.publishedAt);
  return { clock: { ...started, pastHours: { until: life.publishedAt, open } }, hours: compiled(life.published) };
}

/** Every stretch in which nothing changes, with whether it counts: minute by minute, cut at every edge. */
function walked(life: Life, until: Instant): { from: Instant; to: Instant; counts: boolean }[] {
  const [before, after] = [life.definition, life.published].map((one) => minuteWalker(one, tableOf(one)));
  const end = Math.min(until, life.stoppedAt ?? until);
  const edges = [life.publishedAt, end, ...life.pauses.flatMap(({ from, to }) => [from, to ?? Infinity])];
  const stretches: { from: Instant; to: Instant; counts: boolean }[] = [];
  for (let at = life.startedAt; at < end;) {
    const next = Math.min(at - (at % MINUTE) + MINUTE, ...edges.filter((edge) => edge > at));
    const isPaused = life.pauses.some(({ from, to }) => from <= at && (to === null || at < to));
    const isOpen = life.aroundTheClock || (at < life.publishedAt ? before : after)!.isOpen(at);
    stretches.push({ from: at, to: next, counts: !isPaused && isOpen });
    at = next;
  }
  return stretches;
}

function sum(stretches: readonly { from: Instant; to: Instant; counts: boolean }[]): number {
  return stretches.filter(({ counts }) => counts).reduce((total, { from, to }) => total + to - from, 0);
}

describe('a clock in any zone, with any pauses and a calendar published meanwhile', () => {
  it('has counted what a walk through every minute counts, to the millisecond (readings 2 and 10)', () => {
    fc.assert(
      fc.property(lives, (life) => {
        const { clock, hours } = clockOf(life);
        for (const until of life.asked) {
          const counted = sum(walked(life, until));
          expect(elapsedMs(clock, hours, until)).toBe(counted);
          const intervals = countedIntervals(clock, hours, until);
          expect(intervals.reduce((total, { from, to }) => total + to - from, 0)).toBe(counted);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('has used a limit up at the earliest instant by which the walk has counted it (reading 3)', () => {
    const shares = fc.oneof(fc.constant(1), fc.double({ min: 0, max: 1, noNaN: true }));
    fc.assert(
      fc.property(lives, shares, (life, share) => {
        const { clock, hours } = clockOf(life);
        const until = compiled(life.definition).to;
        const stretches = walked(life, until);
        const limit = Math.floor(sum(stretches) * share);
        fc.pre(limit > 0);
        let left = limit;
        const last = stretches.find(({ from, to, counts }) => {
          if (!counts) return false;
          if (to - from >= left) return true;
          left -= to - from;
          return false;
        });
        expect(usedUpAt(clock, hours, limit)).toBe(last!.from + left);
      }),
      { numRuns: 50 },
    );
  });

  it('runs exactly where no pause holds, and its spans touch one another (reading 2)', () => {
    fc.assert(
      fc.property(lives, (life) => {
        const { clock } = clockOf(life);
        const spans = spansOf(clock);
        for (const [i, span] of spans.entries()) {
          expect(span.from).toBe(i === 0 ? clock.startedAt : spans[i - 1]!.to);
          expect(span.paused).not.toBe(i === 0 ? undefined : spans[i - 1]!.paused);
        }
        for (const at of life.asked) {
          const isPaused = life.pauses.some(({ from, to }) => from <= at && (to === null || at < to));
          const lasts = clock.startedAt <= at && (clock.stoppedAt === null || at < clock.stoppedAt);
          expect(isRunning(clock, at)).toBe(lasts && !isPaused);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('is not changed by a pause that ends as or before it begins', () => {
    fc.assert(
      fc.property(lives, fc.constantFrom(...PAUSE_REASONS), fc.nat(), (life, reason, earlier) => {
        const clock = { ...clockOf(life).clock, pauses: life.pauses.filter(({ to }) => to !== null) };
        const whole = { ...clock, pauses: clock.pauses.filter(({ from, to }) => from !== to) };
        const at = life.asked[0] ?? 0;
        expect(endPause(beginPause(clock, reason, at), reason, at - earlier)).toEqual(whole);
      }),
    );
  });
});
