import { describe, expect, it } from '@jest/globals';

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
import { KYRGYZSTAN } from '../../regulation/calendars/kyrgyzstan.ts';
import { compileCalendar } from '../../regulation/compile-calendar.ts';
import { HorizonExceeded } from '../../regulation/errors.ts';
import { HOUR_MS, type Instant, MINUTE_MS } from '../../regulation/instant.ts';
import { loadCalendar } from '../../regulation/working-calendar.ts';
import { bishkek, everyDay, holidayOn, hoursOn, utc, workingCalendar } from '../support/calendars.ts';

/** 2 March 2026 is a Monday; the 7th and 8th are a weekend. */
const plain = workingCalendar();
const company = loadCalendar(compileCalendar(KYRGYZSTAN, { version: 1 }));
/** N working days are N x 9 business hours (§2.6). */
const WORKING_DAY_MS = 9 * HOUR_MS;

function exceeded(ask: () => unknown): { needed: Instant } {
  try {
    ask();
  } catch (error) {
    if (error instanceof HorizonExceeded) return { needed: error.needed };
    throw error;
  }
  throw new Error('the horizon was not exceeded');
}

describe('isOpen', () => {
  for (const [wallClock, open] of [
    ['2026-03-02 08:59:59.999', false],
    ['2026-03-02 09:00', true],
    ['2026-03-02 13:00', true],
    ['2026-03-02 17:59:59.999', true],
    ['2026-03-02 18:00', false],
    ['2026-03-06 17:59:59.999', true],
    ['2026-03-07 12:00', false],
    ['2026-03-08 12:00', false],
    ['2026-03-09 09:00', true],
  ] as const) {
    it(`is ${open ? 'open' : 'closed'} at ${wallClock} in Bishkek (§2.4, reading 3)`, () => {
      expect(isOpen(plain, bishkek(wallClock))).toBe(open);
    });
  }

  it('is open at any instant around the clock (§2.4, severities 1 and 2)', () => {
    expect(isOpen(ALWAYS_OPEN, bishkek('2026-03-08 03:00'))).toBe(true);
  });
});

describe('nextOpening', () => {
  for (const [name, at, opening] of [
    ['before the working day', '2026-03-02 07:00', '2026-03-02 09:00'],
    ['at the opening itself', '2026-03-02 09:00', '2026-03-02 09:00'],
    ['within the working day', '2026-03-02 12:34:56.789', '2026-03-02 12:34:56.789'],
    ['at the closing', '2026-03-02 18:00', '2026-03-03 09:00'],
    ['from Friday evening over the weekend', '2026-03-06 19:00', '2026-03-09 09:00'],
  ] as const) {
    it(`is right ${name} (§2.6: the clock starts at the next opening)`, () => {
      expect(nextOpening(plain, bishkek(at))).toBe(bishkek(opening));
    });
  }

  it('passes the New Year holidays to 8 January (§2.4)', () => {
    expect(nextOpening(company, bishkek('2025-12-31 18:00'))).toBe(bishkek('2026-01-08 09:00'));
  });

  it('is the instant itself around the clock', () => {
    expect(nextOpening(ALWAYS_OPEN, 12_345)).toBe(12_345);
  });
});

describe('openingAfter', () => {
  for (const [at, opening] of [
    ['2026-03-02 08:59:59.999', '2026-03-02 09:00'],
    ['2026-03-02 09:00', '2026-03-03 09:00'],
    ['2026-03-02 12:00', '2026-03-03 09:00'],
    ['2026-03-06 09:00', '2026-03-09 09:00'],
  ] as const) {
    it(`after ${at} is ${opening}, open or not`, () => {
      expect(openingAfter(plain, bishkek(at))).toBe(bishkek(opening));
    });
  }

  it('finds the second opening of a date with a lunch break', () => {
    const withLunch = workingCalendar({ weekly: everyDay(['09:00-13:00', '14:00-18:00']) });
    expect(openingAfter(withLunch, bishkek('2026-03-02 09:00'))).toBe(bishkek('2026-03-02 14:00'));
  });
});

describe('nextClosing', () => {
  for (const [at, closing] of [
    ['2026-03-02 08:00', '2026-03-02 18:00'],
    ['2026-03-02 17:59:59.999', '2026-03-02 18:00'],
    ['2026-03-02 18:00', '2026-03-03 18:00'],
    ['2026-03-06 18:00', '2026-03-09 18:00'],
  ] as const) {
    it(`after ${at} is ${closing}`, () => {
      expect(nextClosing(plain, bishkek(at))).toBe(bishkek(closing));
    });
  }

  it('passes a midnight at which work goes on', () => {
    const nights = workingCalendar({ weekly: { ...everyDay(['00:00-02:00', '22:00-24:00']) } });
    expect(nextClosing(nights, bishkek('2026-03-02 23:00'))).toBe(bishkek('2026-03-03 02:00'));
  });
});

describe('openingOfLaterDate', () => {
  for (const [name, at, opening] of [
    ['from an open instant', '2026-03-02 12:00', '2026-03-03 09:00'],
    ['from before the opening of its own date', '2026-03-02 08:00', '2026-03-03 09:00'],
    ['from the evening', '2026-03-02 23:59:59.999', '2026-03-03 09:00'],
    ['from midnight, which is the next date', '2026-03-03 00:00', '2026-03-04 09:00'],
    ['over the weekend', '2026-03-06 10:00', '2026-03-09 09:00'],
    ['from the weekend', '2026-03-07 10:00', '2026-03-09 09:00'],
  ] as const) {
    it(`goes to the next working date ${name} (§3.6, reading 6)`, () => {
      expect(openingOfLaterDate(plain, bishkek(at))).toBe(bishkek(opening));
    });
  }

  it('does not take the opening after lunch for a later date (§3.6)', () => {
    const withLunch = workingCalendar({ weekly: everyDay(['09:00-13:00', '14:00-18:00']) });
    expect(openingOfLaterDate(withLunch, bishkek('2026-03-02 10:00'))).toBe(bishkek('2026-03-03 09:00'));
  });

  it('is the midnight where hours run over it', () => {
    const nights = workingCalendar({ weekly: everyDay(['00:00-02:00', '22:00-24:00']) });
    expect(openingOfLaterDate(nights, bishkek('2026-03-02 23:00'))).toBe(bishkek('2026-03-03 00:00'));
  });

  // St John's, 7 November 2010: at 00:01 (02:31 UTC) clocks went back to 23:01 of the 6th.
  for (const [name, at, hours, opening] of [
    ['from the 6th as it comes again', '2010-11-07 02:31', ['12:00-13:00', '23:30-24:00'], '2010-11-07 15:30'],
    ['not the 6th as it comes again', '2010-11-06 22:30', ['12:00-13:00', '23:30-24:00'], '2010-11-07 15:30'],
    ['the minute of the 7th before it', '2010-11-07 02:29', ['00:00-00:10'], '2010-11-07 02:30'],
    ['not the minute of the 7th that is past', '2010-11-07 02:40', ['00:00-00:10'], '2010-11-07 03:30'],
  ] as const) {
    it(`takes the later date when clocks go back over midnight: ${name}`, () => {
      const stJohns = workingCalendar({
        timeZone: 'America/St_Johns',
        validFrom: '2010-11-01',
        validTo: '2010-12-01',
        weekly: everyDay([...hours]),
      });
      expect(openingOfLaterDate(stJohns, utc(at))).toBe(utc(opening));
    });
  }
});

describe('addBusinessTime', () => {
  for (const [name, at, ms, due] of [
    ['two working days within a week', '2026-03-02 11:00', 2 * WORKING_DAY_MS, '2026-03-04 11:00'],
    ['two working days over the weekend', '2026-03-05 11:00', 2 * WORKING_DAY_MS, '2026-03-09 11:00'],
    ['five working days', '2026-03-02 11:00', 5 * WORKING_DAY_MS, '2026-03-09 11:00'],
    ['two working days from before opening, due at the closing', '2026-03-02 03:00', 18 * HOUR_MS, '2026-03-03 18:00'],
    ['two working days from the opening, due at the closing', '2026-03-02 09:00', 18 * HOUR_MS, '2026-03-03 18:00'],
    [
      'two working days from the closing before, due at the closing',
      '2026-02-27 18:00',
      18 * HOUR_MS,
      '2026-03-03 18:00',
    ],
    [
      'one millisecond more, due in the next working day',
      '2026-03-02 09:00',
      18 * HOUR_MS + 1,
      '2026-03-04 09:00:00.001',
    ],
    [
      'one millisecond less, due just before the closing',
      '2026-03-02 09:00',
      18 * HOUR_MS - 1,
      '2026-03-03 17:59:59.999',
    ],
    ['the last millisecond of a day', '2026-03-02 17:59:59.999', 1, '2026-03-02 18:00'],
    ['nothing, in closed hours', '2026-03-07 10:00', 0, '2026-03-07 10:00'],
    ['back by two working days', '2026-03-04 11:00', -2 * WORKING_DAY_MS, '2026-03-02 11:00'],
    ['back to an opening, not to the closing before it', '2026-03-03 18:00', -9 * HOUR_MS, '2026-03-03 09:00'],
    ['back from closed hours', '2026-03-07 12:00', -HOUR_MS, '2026-03-06 17:00'],
  ] as const) {
    it(`counts ${name} (§2.6, reading 3)`, () => {
      expect(addBusinessTime(plain, bishkek(at), ms)).toBe(bishkek(due));
    });
  }

  it('passes the May holidays, Friday 1 to Saturday 9 (§2.4)', () => {
    expect(addBusinessTime(company, bishkek('2026-04-30 15:00'), 2 * WORKING_DAY_MS)).toBe(bishkek('2026-05-12 15:00'));
  });

  it('counts a worked Saturday and a shortened eve that the company entered (§2.4, reading 15)', () => {
    const entered = workingCalendar({
      overrides: [hoursOn('2026-03-06', ['09:00-17:00']), hoursOn('2026-03-07', ['10:00-14:00'])],
    });
    expect(addBusinessTime(entered, bishkek('2026-03-06 09:00'), 18 * HOUR_MS)).toBe(bishkek('2026-03-09 15:00'));
  });

  it('is plain time around the clock: 5 hours are 5 hours on a Sunday night (§2.4, §2.6)', () => {
    expect(addBusinessTime(ALWAYS_OPEN, bishkek('2026-03-08 23:00'), 5 * HOUR_MS)).toBe(bishkek('2026-03-09 04:00'));
  });

  it('counts a night in which clocks change by the hours that passed', () => {
    const berlin = workingCalendar({ timeZone: 'Europe/Berlin', weekly: everyDay(['00:00-04:00']) });
    // 29 March 2026 has no 02:30: its four hours on the wall clock last three; 25 October's last five.
    expect(addBusinessTime(berlin, utc('2026-03-28 23:00'), 3 * HOUR_MS)).toBe(utc('2026-03-29 02:00'));
    expect(addBusinessTime(berlin, utc('2026-10-24 22:00'), 5 * HOUR_MS)).toBe(utc('2026-10-25 03:00'));
  });

  it('gives the deadline of Almaty in 2024 whatever the host knows: +06 became +05 on 1 March', () => {
    const almaty = workingCalendar({
      timeZone: 'Asia/Almaty',
      validFrom: '2024-01-01',
      validTo: '2025-01-01',
    });
    expect(addBusinessTime(almaty, utc('2024-02-29 11:00'), 18 * HOUR_MS)).toBe(utc('2024-03-04 12:00'));
  });
});

describe('businessTimeBetween', () => {
  for (const [name, from, to, ms] of [
    ['within a day', '2026-03-02 10:00', '2026-03-02 12:30', 150 * MINUTE_MS],
    ['of a whole week', '2026-03-02 00:00', '2026-03-09 00:00', 45 * HOUR_MS],
    ['of a weekend', '2026-03-06 18:00', '2026-03-09 09:00', 0],
    ['of a millisecond before the closing', '2026-03-02 17:59:59.999', '2026-03-03 09:00', 1],
    ['of a millisecond after the opening', '2026-03-02 18:00', '2026-03-03 09:00:00.001', 1],
    ['turned', '2026-03-03 10:00', '2026-03-02 17:00', -2 * HOUR_MS],
  ] as const) {
    it(`is exact ${name} (reading 2: nothing is rounded)`, () => {
      expect(businessTimeBetween(plain, bishkek(from), bishkek(to))).toBe(ms);
    });
  }

  it('does not count a holiday (§2.4)', () => {
    const withHoliday = workingCalendar({ holidays: [holidayOn('2026-03-03')] });
    expect(businessTimeBetween(withHoliday, bishkek('2026-03-02 17:00'), bishkek('2026-03-04 10:00'))).toBe(
      2 * HOUR_MS,
    );
  });
});

describe('periods', () => {
  it('lists what counted, cut to what was asked, for an explanation (§1.5)', () => {
    expect(periods(plain, bishkek('2026-03-06 16:00'), bishkek('2026-03-09 10:00'))).toEqual([
      { from: bishkek('2026-03-06 16:00'), to: bishkek('2026-03-06 18:00') },
      { from: bishkek('2026-03-09 09:00'), to: bishkek('2026-03-09 10:00') },
    ]);
  });

  it('lists nothing from a closing to the next opening, both half-open (reading 3)', () => {
    expect(periods(plain, bishkek('2026-03-02 18:00'), bishkek('2026-03-03 09:00'))).toEqual([]);
  });

  it('lists nothing when the end is not after the start', () => {
    expect(periods(plain, bishkek('2026-03-02 12:00'), bishkek('2026-03-02 12:00'))).toEqual([]);
    expect(periods(plain, bishkek('2026-03-03 12:00'), bishkek('2026-03-02 12:00'))).toEqual([]);
  });

  it('is the whole stretch around the clock', () => {
    expect(periods(ALWAYS_OPEN, 5, 7)).toEqual([{ from: 5, to: 7 }]);
    expect(periods(ALWAYS_OPEN, 7, 7)).toEqual([]);
  });
});

describe('beyond the horizon', () => {
  const from = bishkek('2026-01-01 00:00');
  const to = bishkek('2027-01-01 00:00');

  it('answers at its very ends', () => {
    expect(isOpen(plain, from)).toBe(false);
    expect(businessTimeBetween(plain, from, to)).toBe(261 * WORKING_DAY_MS);
    expect(addBusinessTime(plain, to, -WORKING_DAY_MS)).toBe(bishkek('2026-12-31 09:00'));
    expect(addBusinessTime(plain, from, 261 * WORKING_DAY_MS)).toBe(bishkek('2026-12-31 18:00'));
  });

  for (const [name, ask, needed] of [
    ['an instant before it', () => isOpen(plain, from - 1), from - 1],
    ['its end, which it excludes', () => isOpen(plain, to), to],
    ['an opening after the last', () => nextOpening(plain, bishkek('2026-12-31 18:00')), to],
    ['an opening strictly after the last', () => openingAfter(plain, bishkek('2026-12-31 09:00')), to],
    ['a closing after the last', () => nextClosing(plain, bishkek('2026-12-31 18:00')), to],
    ['a working date after the last', () => openingOfLaterDate(plain, bishkek('2026-12-31 09:00')), to],
    ['a closing from outside', () => nextClosing(plain, to + 5), to + 5],
    ['a later date from outside', () => openingOfLaterDate(plain, from - 5), from - 5],
    ['time from before it', () => businessTimeBetween(plain, from - 1, to), from - 1],
    ['time to after it', () => businessTimeBetween(plain, from, to + 1), to + 1],
    ['periods to after it', () => periods(plain, from, to + 1), to + 1],
    ['a limit from after it', () => addBusinessTime(plain, to + 1, 0), to + 1],
    ['a limit one millisecond too long', () => addBusinessTime(plain, from, 261 * WORKING_DAY_MS + 1), to + 1],
    ['a way back one millisecond too long', () => addBusinessTime(plain, to, -261 * WORKING_DAY_MS - 1), from - 1],
  ] as const) {
    it(`says what is needed when asked for ${name}`, () => {
      expect(exceeded(ask)).toEqual({ needed });
    });
  }

  it('does not take the cut of the horizon for a closing: the next date may go on', () => {
    const always = workingCalendar({ weekly: everyDay(['00:00-24:00']) });
    expect(exceeded(() => nextClosing(always, bishkek('2026-06-01 12:00')))).toEqual({ needed: to });
  });

  it('asks for more of a calendar that never opens', () => {
    const never = workingCalendar({
      validTo: '2026-01-03',
      holidays: [holidayOn('2026-01-01'), holidayOn('2026-01-02')],
    });
    expect(isOpen(never, bishkek('2026-01-01 10:00'))).toBe(false);
    expect(businessTimeBetween(never, never.from, never.to)).toBe(0);
    expect(exceeded(() => nextOpening(never, never.from))).toEqual({ needed: never.to });
    expect(exceeded(() => addBusinessTime(never, never.from, 1))).toEqual({ needed: never.to + 1 });
  });

  it('tells people what is covered and what was needed', () => {
    expect(() => isOpen(plain, to)).toThrow(
      'the calendar covers 2025-12-31T18:00:00.000Z to 2026-12-31T18:00:00.000Z, and 2026-12-31T18:00:00.000Z is needed',
    );
    expect(() => isOpen(plain, NaN)).toThrow('and NaN is needed');
  });
});
