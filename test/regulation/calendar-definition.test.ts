import { describe, expect, it } from '@jest/globals';

import { type CalendarDefinition, PROBLEM_CODES, validateCalendar } from '../../regulation/calendar-definition.ts';
import { KYRGYZSTAN } from '../../regulation/calendars/kyrgyzstan.ts';
import { calendarDefinition, holidayOn, hoursOn, week } from '../support/calendars.ts';

const refused: { name: string; given: Partial<CalendarDefinition>; code: string; path: string }[] = [
  { name: 'an empty id', given: { id: ' ' }, code: 'missing-text', path: '/id' },
  {
    name: 'a holiday without a name',
    given: { holidays: [{ ...holidayOn('2026-03-02'), name: '' }] },
    code: 'missing-text',
    path: '/holidays/0/name',
  },
  {
    name: 'an override without a source (reading 15)',
    given: { overrides: [{ ...hoursOn('2026-03-02', []), source: '' }] },
    code: 'missing-text',
    path: '/overrides/0/source',
  },
  { name: 'an unknown zone', given: { timeZone: 'Asia/Bishkeek' }, code: 'unknown-time-zone', path: '/timeZone' },
  { name: 'an offset for a zone', given: { timeZone: '+06:00' }, code: 'unknown-time-zone', path: '/timeZone' },
  { name: 'no zone', given: { timeZone: '' }, code: 'unknown-time-zone', path: '/timeZone' },
  { name: 'a date that does not exist', given: { validFrom: '2025-02-29' }, code: 'bad-date', path: '/validFrom' },
  { name: 'a date without leading zeros', given: { validTo: '2027-1-01' }, code: 'bad-date', path: '/validTo' },
  {
    name: 'a holiday that is no date',
    given: { holidays: [holidayOn('2026-13-01')] },
    code: 'bad-date',
    path: '/holidays/0/date',
  },
  {
    name: 'a date with text behind it',
    given: { overrides: [hoursOn('2026-03-02 ', [])] },
    code: 'bad-date',
    path: '/overrides/0/date',
  },
  { name: 'the last century', given: { validFrom: '1999-12-31' }, code: 'date-out-of-range', path: '/validFrom' },
  { name: 'the next century', given: { validTo: '2100-01-02' }, code: 'date-out-of-range', path: '/validTo' },
  { name: 'validity that ends first', given: { validTo: '2025-12-31' }, code: 'reversed-validity', path: '/validTo' },
  { name: 'validity of no date', given: { validTo: '2026-01-01' }, code: 'reversed-validity', path: '/validTo' },
  {
    name: 'a holiday before the validity',
    given: { holidays: [holidayOn('2025-12-31')] },
    code: 'outside-validity',
    path: '/holidays/0/date',
  },
  {
    name: 'an override on the first date no longer covered',
    given: { overrides: [hoursOn('2027-01-01', [])] },
    code: 'outside-validity',
    path: '/overrides/0/date',
  },
  {
    name: 'a date that is a holiday twice',
    given: { holidays: [holidayOn('2026-03-02'), holidayOn('2026-03-02')] },
    code: 'duplicate-date',
    path: '/holidays/1/date',
  },
  {
    name: 'a date with two overrides',
    given: { overrides: [hoursOn('2026-03-02', []), hoursOn('2026-03-03', []), hoursOn('2026-03-02', [])] },
    code: 'duplicate-date',
    path: '/overrides/2/date',
  },
  ...['', '9:00-18:00', '09:00-18', '09:00–18:00', '09:60-18:00', '24:00-24:00', '09:00-24:01', '09:00-25:00'].map(
    (hours) => ({
      name: `"${hours}" for hours`,
      given: { weekly: { ...week(), tuesday: [hours] } },
      code: 'bad-hours',
      path: '/weekly/tuesday/0',
    }),
  ),
  {
    name: 'reversed hours',
    given: { weekly: { ...week(), friday: ['18:00-09:00'] } },
    code: 'reversed-hours',
    path: '/weekly/friday/0',
  },
  {
    name: 'hours that end as they start',
    given: { overrides: [hoursOn('2026-03-02', ['09:00-09:00'])] },
    code: 'reversed-hours',
    path: '/overrides/0/hours/0',
  },
  {
    name: 'hours that overlap by a minute',
    given: { weekly: { ...week(), monday: ['09:00-13:01', '13:00-18:00'] } },
    code: 'overlapping-hours',
    path: '/weekly/monday/1',
  },
  {
    name: 'hours inside others, in any order',
    given: { overrides: [hoursOn('2026-03-02', ['10:00-11:00', '09:00-18:00'])] },
    code: 'overlapping-hours',
    path: '/overrides/0/hours/0',
  },
  {
    name: 'the same hours twice',
    given: { weekly: week(['09:00-18:00', '09:00-18:00']) },
    code: 'overlapping-hours',
    path: '/weekly/monday/1',
  },
  {
    name: 'thirteen ranges in a day',
    given: { overrides: [hoursOn('2026-03-02', hourly(13))] },
    code: 'too-many-ranges',
    path: '/overrides/0/hours',
  },
  { name: 'a week without hours', given: { weekly: week([]) }, code: 'empty-week', path: '/weekly' },
];

describe('validateCalendar', () => {
  for (const { name, given, code, path } of refused) {
    it(`refuses ${name} (§2.4)`, () => {
      const [problem] = validateCalendar(calendarDefinition(given));
      expect(problem).toEqual({ code, path, sentence: expect.stringMatching(/.{10}\.$/) });
    });
  }

  it('has a refusal for every code that it can give', () => {
    expect(new Set(refused.map(({ code }) => code))).toEqual(new Set(PROBLEM_CODES));
  });

  const allowed: { name: string; given: Partial<CalendarDefinition> }[] = [
    { name: 'the calendar that ships', given: KYRGYZSTAN },
    { name: 'midnight written 24:00', given: { weekly: week(['00:00-24:00']) } },
    { name: 'hours that touch, in any order', given: { weekly: week(['13:00-18:00', '09:00-13:00']) } },
    { name: 'a single minute', given: { weekly: week(['23:59-24:00']) } },
    { name: 'twelve ranges in a day', given: { weekly: week(hourly(12)) } },
    { name: 'a leap day', given: { validTo: '2029-01-01', holidays: [holidayOn('2028-02-29')] } },
    { name: 'validity of one date', given: { validTo: '2026-01-02' } },
    { name: 'the whole range of dates', given: { validFrom: '2000-01-01', validTo: '2100-01-01' } },
    { name: 'dates at both ends of the validity', given: { holidays: ['2026-01-01', '2026-12-31'].map(holidayOn) } },
    {
      name: 'a worked holiday, the date in both lists (reading 15)',
      given: { holidays: [holidayOn('2026-03-03')], overrides: [hoursOn('2026-03-03', ['10:00-14:00'])] },
    },
  ];
  for (const { name, given } of allowed) {
    it(`allows ${name}`, () => {
      expect(validateCalendar(calendarDefinition(given))).toEqual([]);
    });
  }

  it('finds each range that lies in a long one, not only its neighbour', () => {
    const problems = validateCalendar(
      calendarDefinition({ overrides: [hoursOn('2026-03-02', ['09:00-18:00', '10:00-11:00', '12:00-13:00'])] }),
    );
    expect(problems.map(({ code, path }) => `${code} ${path}`)).toEqual([
      'overlapping-hours /overrides/0/hours/1',
      'overlapping-hours /overrides/0/hours/2',
    ]);
  });

  it('tells every fault at once, each in its place', () => {
    const problems = validateCalendar(
      calendarDefinition({
        timeZone: 'Mars/Olympus',
        weekly: { ...week(), monday: ['18:00-09:00', 'noon'] },
        holidays: [holidayOn('someday')],
      }),
    );
    expect(problems.map(({ code, path }) => `${code} ${path}`)).toEqual([
      'unknown-time-zone /timeZone',
      'bad-date /holidays/0/date',
      'reversed-hours /weekly/monday/0',
      'bad-hours /weekly/monday/1',
    ]);
  });
});

/** So many ranges of half an hour, one in each hour. */
function hourly(count: number): string[] {
  return Array.from({ length: count }, (_, hour) => String(hour).padStart(2, '0')).map(
    (hour) => `${hour}:00-${hour}:30`,
  );
}
