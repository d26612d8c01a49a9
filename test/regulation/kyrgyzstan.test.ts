import { describe, expect, it } from '@jest/globals';

import { businessTimeBetween, isOpen, periods } from '../../regulation/business-time.ts';
import { KYRGYZSTAN } from '../../regulation/calendars/kyrgyzstan.ts';
import { compileCalendar } from '../../regulation/compile-calendar.ts';
import { HOUR_MS } from '../../regulation/instant.ts';
import { loadCalendar } from '../../regulation/working-calendar.ts';
import { bishkek } from '../support/calendars.ts';

const calendar = loadCalendar(compileCalendar(KYRGYZSTAN, { version: 1 }));

describe('the calendar of the Kyrgyz Republic (§2.4)', () => {
  for (const [year, days, hours] of [
    [2025, 250, 2250],
    [2026, 247, 2223],
    [2027, 248, 2232],
  ] as const) {
    it(`has ${days} working days and ${hours} hours in ${year}`, () => {
      const [from, to] = [bishkek(`${year}-01-01 00:00`), bishkek(`${year + 1}-01-01 00:00`)];
      expect(periods(calendar, from, to)).toHaveLength(days);
      expect(businessTimeBetween(calendar, from, to)).toBe(hours * HOUR_MS);
    });
  }

  it('covers 2025 to 2027 and never changes its clocks', () => {
    expect([calendar.from, calendar.to]).toEqual([bishkek('2025-01-01 00:00'), bishkek('2028-01-01 00:00')]);
    expect(calendar.zone).toEqual([{ from: calendar.from, offsetMs: 6 * HOUR_MS }]);
  });

  for (const [date, why] of [
    ['2025-01-01', 'New Year by the code of 2004'],
    ['2025-01-07', 'Christmas by the code of 2004'],
    ['2025-03-21', 'Nooruz'],
    ['2025-05-02', 'the May holidays, the first under the new code'],
    ['2025-06-06', 'Kurman Ait as held'],
    ['2026-01-06', 'the last of the New Year holidays'],
    ['2026-01-07', 'Christmas'],
    ['2026-03-20', 'Orozo Ait as announced'],
    ['2026-05-01', 'Labour Day'],
    ['2026-05-08', 'the May holidays'],
    ['2026-05-27', 'Kurman Ait as held'],
    ['2026-08-31', 'Independence Day'],
    ['2027-03-08', "Women's Day"],
    ['2027-03-09', 'Orozo Ait as expected'],
  ] as const) {
    it(`does not work on ${date}: ${why}`, () => {
      expect(isOpen(calendar, bishkek(`${date} 12:00`))).toBe(false);
    });
  }

  for (const [date, why] of [
    ['2025-01-02', 'the decree of December 2024 binds state bodies'],
    ['2025-02-24', 'a holiday on a Sunday is no longer moved'],
    ['2025-03-10', 'a holiday on a Saturday is no longer moved'],
    ['2025-04-07', 'an ordinary working day since the code of 2025'],
    ['2025-09-01', '31 August 2025, a Sunday, is not moved'],
    ['2025-11-07', 'an ordinary working day since the code of 2025'],
    ['2026-01-08', 'the decree of December 2025 binds state bodies'],
    ['2026-01-09', 'the decree of December 2025 binds state bodies'],
    ['2026-02-23', 'an ordinary working day since the code of 2025'],
    ['2026-03-23', 'Nooruz, a Saturday, is not moved'],
    ['2026-05-11', 'Victory Day, a Saturday, is not moved'],
    ['2027-05-17', 'Kurman Ait, a Sunday, is not moved'],
  ] as const) {
    it(`works on ${date}: ${why}`, () => {
      expect(isOpen(calendar, bishkek(`${date} 12:00`))).toBe(true);
    });
  }

  for (const saturday of ['2025-01-11', '2026-02-07', '2026-04-25']) {
    it(`does not work on Saturday ${saturday}, which decrees or their drafts named`, () => {
      expect(isOpen(calendar, bishkek(`${saturday} 12:00`))).toBe(false);
    });
  }

  for (const eve of ['2026-03-19', '2026-04-30', '2026-12-31']) {
    it(`works the whole eve of ${eve}, until 18:00 (reading 15)`, () => {
      expect(isOpen(calendar, bishkek(`${eve} 17:59:59.999`))).toBe(true);
    });
  }

  it('marks the days that the moon has yet to decide as expected, and no others (reading 15)', () => {
    const expected = KYRGYZSTAN.holidays.filter(({ status }) => status === 'expected');
    expect(expected.map(({ date, name }) => `${date} ${name}`)).toEqual([
      '2027-03-09 Orozo Ait',
      '2027-05-16 Kurman Ait',
    ]);
  });
});
