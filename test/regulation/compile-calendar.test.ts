import { execFileSync } from 'node:child_process';

import { describe, expect, it } from '@jest/globals';

import { KYRGYZSTAN } from '../../regulation/calendars/kyrgyzstan.ts';
import { compileCalendar } from '../../regulation/compile-calendar.ts';
import { InvalidSetting } from '../../regulation/errors.ts';
import { HOUR_MS } from '../../regulation/instant.ts';
import { bishkek, calendarDefinition, everyDay, holidayOn, hoursOn, utc, week } from '../support/calendars.ts';

const compiled = (given: Parameters<typeof calendarDefinition>[0], version = 1) =>
  compileCalendar(calendarDefinition(given), { version });

/** Two dates of Bishkek: Monday 2 and Tuesday 3 March 2026. */
const twoDates = { validFrom: '2026-03-02', validTo: '2026-03-04' };

describe('compileCalendar', () => {
  it('is plain data: the horizon from midnight to midnight, one offset, boundaries in minutes since the last (§2.4)', () => {
    expect(compiled(twoDates, 7)).toEqual({
      calendarId: 'test',
      version: 7,
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      tzdb: process.versions['tz'],
      timeZone: 'Asia/Bishkek',
      from: bishkek('2026-03-02 00:00'),
      to: bishkek('2026-03-04 00:00'),
      zone: [{ from: bishkek('2026-03-02 00:00'), offsetMs: 6 * HOUR_MS }],
      boundaries: [540, 540, 900, 540],
    });
  });

  for (const [name, given, boundaries] of [
    ['lets a holiday beat the week', { holidays: [holidayOn('2026-03-02')] }, [1980, 540]],
    [
      'lets an override beat a holiday (reading 15)',
      { holidays: [holidayOn('2026-03-02')], overrides: [hoursOn('2026-03-02', ['10:00-12:00'])] },
      [600, 120, 1260, 540],
    ],
    [
      'takes an override without hours for a date off (reading 15)',
      { overrides: [hoursOn('2026-03-03', [])] },
      [540, 540],
    ],
    ['merges hours that touch', { weekly: week(['13:00-18:00', '09:00-13:00']) }, [540, 540, 900, 540]],
    ['merges hours over midnight', { weekly: week(['00:00-01:00', '22:00-24:00']) }, [0, 60, 1260, 180, 1260, 120]],
    ['is one interval when it never closes', { weekly: everyDay(['00:00-24:00']) }, [0, 2880]],
  ] as const) {
    it(`${name} (§2.4)`, () => {
      expect(compiled({ ...twoDates, ...structuredClone(given) } as typeof twoDates).boundaries).toEqual(boundaries);
    });
  }

  describe('where clocks change', () => {
    const night = (timeZone: string, date: string, next: string, hours: string[]) => {
      const calendar = compiled({ timeZone, validFrom: date, validTo: next, weekly: everyDay(hours) });
      const minutesOpen = calendar.boundaries.filter((_, i) => i % 2 === 1);
      return { minutesOpen, hoursOfDate: (calendar.to - calendar.from) / HOUR_MS };
    };

    for (const [name, timeZone, date, next, hours, minutesOpen, hoursOfDate] of [
      ['never opens in a skipped hour', 'Europe/Berlin', '2026-03-29', '2026-03-30', ['02:15-02:45'], [], 23],
      ['opens for what is not skipped', 'Europe/Berlin', '2026-03-29', '2026-03-30', ['02:30-03:15'], [15], 23],
      ['joins the hours around a skipped one', 'Europe/Berlin', '2026-03-29', '2026-03-30', ['01:30-03:30'], [60], 23],
      ['opens twice in a repeated hour', 'Europe/Berlin', '2026-10-25', '2026-10-26', ['02:15-02:45'], [30, 30], 25],
      [
        'joins the two passes of a repeated hour',
        'Europe/Berlin',
        '2026-10-25',
        '2026-10-26',
        ['02:00-03:00'],
        [120],
        25,
      ],
      ['knows half an hour', 'Australia/Lord_Howe', '2026-04-05', '2026-04-06', ['01:30-02:00'], [60], 24.5],
      ['knows two hours', 'Antarctica/Troll', '2026-10-25', '2026-10-26', ['01:00-03:00'], [240], 26],
      [
        'begins a date without midnight at its first minute',
        'America/Santiago',
        '2026-09-06',
        '2026-09-07',
        ['00:00-02:00'],
        [60],
        23,
      ],
      [
        'ends a date whose last hour comes twice',
        'America/Santiago',
        '2026-04-04',
        '2026-04-05',
        ['23:00-24:00'],
        [120],
        25,
      ],
      [
        'finds nothing to open in a date that never was',
        'Pacific/Apia',
        '2011-12-29',
        '2011-12-31',
        ['09:00-10:00'],
        [60],
        24,
      ],
    ] as const) {
      it(`${name}: ${timeZone} ${date}, ${hours[0]}`, () => {
        expect(night(timeZone, date, next, [...hours])).toEqual({ minutesOpen, hoursOfDate });
      });
    }

    it('records the offsets of Almaty, which left +06 on 1 March 2024', () => {
      const almaty = compiled({ timeZone: 'Asia/Almaty', validFrom: '2024-02-01', validTo: '2024-04-01' });
      expect(almaty.zone).toEqual([
        { from: utc('2024-01-31 18:00'), offsetMs: 6 * HOUR_MS },
        { from: utc('2024-02-29 18:00'), offsetMs: 5 * HOUR_MS },
      ]);
    });
  });

  describe('of some dates only', () => {
    it('covers those dates, from midnight to midnight', () => {
      const part = compileCalendar(calendarDefinition(), { version: 1, from: '2026-03-02', to: '2026-03-04' });
      expect(part).toEqual({ ...compiled(twoDates), hash: part.hash });
      expect(part.hash).toBe(compiled(twoDates).hash);
    });

    it('covers no more than the definition does, and says so in its horizon', () => {
      const part = compileCalendar(calendarDefinition(), { version: 1, from: '2020-01-01', to: '2040-01-01' });
      expect([part.from, part.to]).toEqual([bishkek('2026-01-01 00:00'), bishkek('2027-01-01 00:00')]);
    });

    it('refuses dates that leave nothing', () => {
      expect(() => compileCalendar(calendarDefinition(), { version: 1, from: '2027-01-01' })).toThrow(InvalidSetting);
      expect(() => compileCalendar(calendarDefinition(), { version: 1, to: '2026-01-01' })).toThrow(
        'calendar test: no date from 2026-01-01 to before 2026-01-01 to compile',
      );
    });

    for (const given of [{ from: 'today' }, { to: '2026-02-30' }]) {
      it(`refuses ${JSON.stringify(given)}`, () => {
        expect(() => compileCalendar(calendarDefinition(), { version: 1, ...given })).toThrow(InvalidSetting);
      });
    }
  });

  it('refuses a definition with problems, naming the first and its place', () => {
    expect(() => compiled({ weekly: { ...week(), monday: ['18:00-09:00'] } })).toThrow(
      'calendar test /weekly/monday/0: 18:00-09:00 does not end after it starts',
    );
  });

  describe('its hash', () => {
    it('does not depend on version, names, sources or order', () => {
      const days = [holidayOn('2026-03-02'), holidayOn('2026-03-03')];
      const renamed = days.toReversed().map((day) => ({ ...day, name: 'other', source: 'other' }));
      expect(compiled({ holidays: renamed }, 2).hash).toBe(compiled({ holidays: days }, 1).hash);
    });

    for (const [name, given] of [
      ['one minute', { overrides: [hoursOn('2026-03-02', ['09:00-17:59'])] }],
      ['the horizon', { validTo: '2027-01-02' }],
      ['the zone', { timeZone: 'Asia/Omsk' }],
    ] as const) {
      it(`changes with ${name}`, () => {
        expect(compiled(structuredClone(given) as { validTo: string }).hash).not.toBe(compiled({}).hash);
      });
    }

    it('is what it was when this was written, on every version of Node', () => {
      const hashOf = (timeZone: string): string => compiled({ timeZone }).hash;
      expect([hashOf('Asia/Bishkek'), hashOf('Europe/Berlin')]).toEqual([
        'a83359db404a276f2c0902608a2007a71894fefd61f324e7c8b15cf5b0fa9a0d',
        'd4982ca7d1b36447b528cf9d3f66e1b0ec86ac9531e358670eecabfa7c8d0859',
      ]);
    });

    it('is the same on a host in another zone', () => {
      const program =
        "import { compileCalendar } from './regulation/compile-calendar.ts';" +
        "import { KYRGYZSTAN } from './regulation/calendars/kyrgyzstan.ts';" +
        'process.stdout.write(compileCalendar(KYRGYZSTAN, { version: 1 }).hash);';
      const hash = execFileSync(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', program], {
        cwd: new URL('../..', import.meta.url),
        env: { ...process.env, TZ: 'America/St_Johns', LANG: 'ar_EG.UTF-8', NODE_OPTIONS: '' },
        encoding: 'utf8',
      });
      expect(hash).toBe(compileCalendar(KYRGYZSTAN, { version: 1 }).hash);
    });
  });
});
