import { describe, expect, it } from '@jest/globals';

import { dateOfDay, dayOfDate, isDate, weekdayOfDay } from '../../regulation/calendar-date.ts';

describe('dates as numbers', () => {
  it('counts from 1970 and back', () => {
    expect([dayOfDate('1970-01-01'), dayOfDate('2026-03-02'), dayOfDate('1969-12-31')]).toEqual([0, 20_514, -1]);
    expect([dateOfDay(0), dateOfDay(20_514), dateOfDay(-1)]).toEqual(['1970-01-01', '2026-03-02', '1969-12-31']);
  });

  for (const [date, weekday] of [
    ['1969-12-29', 0],
    ['1970-01-01', 3],
    ['2026-03-02', 0],
    ['2026-03-08', 6],
  ] as const) {
    it(`places ${date} in its week`, () => {
      expect(weekdayOfDay(dayOfDate(date))).toBe(weekday);
    });
  }

  for (const text of [
    '2026-02-29',
    '2026-00-10',
    '2026-13-01',
    '2026-1-01',
    '20260101',
    '2026-01-01T00:00',
    '+002026-01-01',
    '',
  ]) {
    it(`knows that "${text}" is no date`, () => {
      expect(isDate(text)).toBe(false);
    });
  }

  for (const date of ['2024-02-29', '2026-12-31', '2100-01-01']) {
    it(`knows that ${date} is one`, () => {
      expect(isDate(date)).toBe(true);
    });
  }
});
