import { describe, expect, it } from '@jest/globals';

import { HorizonExceeded } from '../../regulation/errors.ts';
import { instantOfLocal, localDateOf, localTimeOf } from '../../regulation/working-calendar.ts';
import { bishkek, everyDay, utc, workingCalendar } from '../support/calendars.ts';

const plain = workingCalendar();
const berlin = workingCalendar({ timeZone: 'Europe/Berlin' });

describe('the wall clock of a calendar', () => {
  for (const [at, date, time] of [
    ['2026-03-01 23:59:59.999', '2026-03-01', '23:59'],
    ['2026-03-02 00:00', '2026-03-02', '00:00'],
    ['2026-03-02 09:05', '2026-03-02', '09:05'],
  ] as const) {
    it(`shows ${date} ${time} at ${at} in Bishkek (§2.4)`, () => {
      expect(localTimeOf(plain, bishkek(at))).toEqual({ date, time });
      expect(localDateOf(plain, bishkek(at))).toBe(date);
    });
  }

  it('follows the recorded offsets over a change of clocks', () => {
    expect(localTimeOf(berlin, utc('2026-03-29 00:59:59.999'))).toEqual({ date: '2026-03-29', time: '01:59' });
    expect(localTimeOf(berlin, utc('2026-03-29 01:00'))).toEqual({ date: '2026-03-29', time: '03:00' });
  });

  it('shows the end of the horizon, since a deadline may lie there', () => {
    expect(localTimeOf(plain, plain.to)).toEqual({ date: '2027-01-01', time: '00:00' });
  });

  it('is not guessed outside the horizon', () => {
    expect(() => localDateOf(plain, plain.from - 1)).toThrow(HorizonExceeded);
    expect(() => localTimeOf(plain, plain.to + 1)).toThrow(HorizonExceeded);
  });
});

describe('instantOfLocal', () => {
  for (const [name, calendar, date, minutes, instant] of [
    ['an ordinary time', plain, '2026-03-02', 9 * 60 + 30, bishkek('2026-03-02 09:30')],
    ['midnight, which begins a date', plain, '2026-03-02', 0, bishkek('2026-03-02 00:00')],
    ['24:00, which ends it', plain, '2026-03-02', 1440, bishkek('2026-03-03 00:00')],
    ['the first date', plain, '2026-01-01', 0, plain.from],
    ['the end of the last date', plain, '2026-12-31', 1440, plain.to],
    ['the end of a skipped hour for a time within it', berlin, '2026-03-29', 150, utc('2026-03-29 01:00')],
    ['the first of a repeated hour', berlin, '2026-10-25', 150, utc('2026-10-25 00:30')],
    ['the time after a repeated hour', berlin, '2026-10-25', 180, utc('2026-10-25 02:00')],
  ] as const) {
    it(`finds ${name}`, () => {
      expect(instantOfLocal(calendar, date, minutes)).toBe(instant);
    });
  }

  it('finds the first instant after a date that never was', () => {
    const apia = workingCalendar({
      timeZone: 'Pacific/Apia',
      validFrom: '2011-12-01',
      validTo: '2012-01-31',
      weekly: everyDay(['09:00-18:00']),
    });
    expect(instantOfLocal(apia, '2011-12-30', 600)).toBe(utc('2011-12-30 10:00'));
    expect(localDateOf(apia, utc('2011-12-30 10:00'))).toBe('2011-12-31');
  });

  it('is not guessed outside the horizon', () => {
    expect(() => instantOfLocal(plain, '2025-12-31', 1439)).toThrow(HorizonExceeded);
    expect(() => instantOfLocal(plain, '2027-01-01', 1)).toThrow(HorizonExceeded);
  });
});
