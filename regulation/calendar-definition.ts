import { dayOfDate, isDate } from './calendar-date.ts';

/** The days of the week in the order of the regulation (§2.4: Monday to Friday). */
export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** Whether the authority has confirmed the date, or it is an estimate (days that depend on the moon). */
export const DATE_STATUSES = ['confirmed', 'expected'] as const;
export type DateStatus = (typeof DATE_STATUSES)[number];

/** A working interval of a day on the wall clock, `HH:MM-HH:MM`; it includes its start and excludes its end (`24:00`). */
export type TimeRange = string;

/** A date without working hours. */
export interface Holiday {
  /** `YYYY-MM-DD`. */
  date: string;
  name: string;
  /** Where the date was found: a law, a decree, an order of the company. */
  source: string;
  status: DateStatus;
}

/** A date with hours of its own: none, shortened, or a worked Saturday. It beats a holiday, which beats the week. */
export interface CalendarOverride extends Holiday {
  hours: TimeRange[];
}

/** A working calendar as people write it (§2.4, reading 15). Versions are numbered where it is published. */
export interface CalendarDefinition {
  id: string;
  /** An IANA time zone, `Asia/Bishkek`. */
  timeZone: string;
  /** The first date covered, `YYYY-MM-DD`. */
  validFrom: string;
  /** The first date no longer covered, `YYYY-MM-DD`. */
  validTo: string;
  weekly: Record<Weekday, TimeRange[]>;
  holidays: Holiday[];
  overrides: CalendarOverride[];
}

/**
 * Dates outside are refused: before 2000 some zones had offsets of odd seconds, which compiled minutes cannot hold,
 * and a mistyped century would compile for minutes.
 */
export const EARLIEST_DATE = '2000-01-01';
export const LATEST_DATE = '2100-01-01';

/** No working day has more breaks than this; without a bound one mistaken day would make a calendar of megabytes. */
export const MOST_RANGES_A_DAY = 12;

export const PROBLEM_CODES = [
  'missing-text',
  'unknown-time-zone',
  'bad-date',
  'date-out-of-range',
  'reversed-validity',
  'outside-validity',
  'duplicate-date',
  'bad-hours',
  'reversed-hours',
  'overlapping-hours',
  'too-many-ranges',
  'empty-week',
] as const;
export type ProblemCode = (typeof PROBLEM_CODES)[number];

/** One fault of a definition: a stable code, its place as a JSON pointer, and a sentence that says what is allowed. */
export interface Problem {
  code: ProblemCode;
  path: string;
  sentence: string;
}

/** Every fault of a definition, rule by rule; an empty list means that it can be compiled (§2.4, reading 15). */
export function validateCalendar(definition: CalendarDefinition): Problem[] {
  return RULES.flatMap((rule) => [...rule(definition)]);
}

/** The minutes of the day at which a well-formed range starts and ends; undefined when it is not well-formed. */
export function minutesOfRange(range: TimeRange): { start: number; end: number } | undefined {
  const found = /^([01]\d|2[0-3]):([0-5]\d)-(?:([01]\d|2[0-3]):([0-5]\d)|24:00)$/.exec(range);
  if (!found) return undefined;
  const [, startHour, startMinute, endHour = '24', endMinute = '00'] = found;
  return { start: Number(startHour) * 60 + Number(startMinute), end: Number(endHour) * 60 + Number(endMinute) };
}

type Rule = (definition: CalendarDefinition) => Iterable<Problem>;

const RULES: readonly Rule[] = [
  function* textsAreThere({ id, holidays, overrides }) {
    if (id.trim() === '') yield missingText('/id');
    for (const { entry, path } of dated({ holidays, overrides })) {
      if (entry.name.trim() === '') yield missingText(`${path}/name`);
      if (entry.source.trim() === '') yield missingText(`${path}/source`);
    }
  },

  function* timeZoneIsKnown({ timeZone }) {
    if (isTimeZone(timeZone)) return;
    yield {
      code: 'unknown-time-zone',
      path: '/timeZone',
      sentence: `"${timeZone}" is not a time zone: give a name of the IANA database, such as Asia/Bishkek.`,
    };
  },

  function* datesAreDates(definition) {
    for (const { date, path } of allDates(definition)) {
      if (!isDate(date)) {
        yield { code: 'bad-date', path, sentence: `"${date}" is not a date: write YYYY-MM-DD, such as 2026-08-31.` };
      } else if (date < EARLIEST_DATE || date > LATEST_DATE) {
        const sentence = `${date} is out of range: dates from ${EARLIEST_DATE} to ${LATEST_DATE} are allowed.`;
        yield { code: 'date-out-of-range', path, sentence };
      }
    }
  },

  function* validityHasDays({ validFrom, validTo }) {
    if (!isDate(validFrom) || !isDate(validTo) || dayOfDate(validFrom) < dayOfDate(validTo)) return;
    yield {
      code: 'reversed-validity',
      path: '/validTo',
      sentence: `The first date no longer covered, ${validTo}, must be later than the first date covered, ${validFrom}.`,
    };
  },

  function* datesAreCovered({ validFrom, validTo, holidays, overrides }) {
    if (!isDate(validFrom) || !isDate(validTo) || validFrom >= validTo) return;
    for (const { entry, path } of dated({ holidays, overrides })) {
      if (!isDate(entry.date) || (entry.date >= validFrom && entry.date < validTo)) continue;
      const sentence = `${entry.date} is not covered: this calendar holds from ${validFrom} to before ${validTo}.`;
      yield { code: 'outside-validity', path: `${path}/date`, sentence };
    }
  },

  function* datesAreUnique({ holidays, overrides }) {
    for (const list of [dated({ holidays, overrides: [] }), dated({ holidays: [], overrides })]) {
      const seen = new Set<string>();
      for (const { entry, path } of list) {
        if (seen.has(entry.date)) {
          const sentence = `${entry.date} is given twice: a date may have one holiday and one override.`;
          yield { code: 'duplicate-date', path: `${path}/date`, sentence };
        }
        seen.add(entry.date);
      }
    }
  },

  function* hoursAreRanges(definition) {
    for (const { range, path } of allRanges(definition)) {
      const minutes = minutesOfRange(range);
      if (!minutes) {
        const sentence = `"${range}" is not a range of hours: write HH:MM-HH:MM from 00:00 to 24:00, such as 09:00-18:00.`;
        yield { code: 'bad-hours', path, sentence };
      } else if (minutes.start >= minutes.end) {
        const sentence = `${range} does not end after it starts: write hours over midnight as two ranges, the first to 24:00.`;
        yield { code: 'reversed-hours', path, sentence };
      }
    }
  },

  function* hoursDoNotOverlap(definition) {
    for (const { hours, path } of allDays(definition)) {
      const ranges = hours
        .map((range, i) => ({ range, i, minutes: minutesOfRange(range) }))
        .filter(({ minutes }) => minutes !== undefined && minutes.start < minutes.end)
        .sort((a, b) => a.minutes!.start - b.minutes!.start || a.minutes!.end - b.minutes!.end);
      let until = 0;
      for (const { range, i, minutes } of ranges) {
        if (minutes!.start < until) {
          const sentence = `${range} overlaps other hours of the same day: ranges may touch, not overlap.`;
          yield { code: 'overlapping-hours', path: `${path}/${i}`, sentence };
        }
        until = Math.max(until, minutes!.end);
      }
    }
  },

  function* daysHaveFewRanges(definition) {
    for (const { hours, path } of allDays(definition)) {
      if (hours.length <= MOST_RANGES_A_DAY) continue;
      const sentence = `${hours.length} ranges of hours are too many for a day: ${MOST_RANGES_A_DAY} are allowed.`;
      yield { code: 'too-many-ranges', path, sentence };
    }
  },

  function* weekHasHours({ weekly }) {
    if (WEEKDAYS.some((weekday) => weekly[weekday].length > 0)) return;
    const sentence = 'No day of the week has hours: at least one must, or no deadline could ever be reached.';
    yield { code: 'empty-week', path: '/weekly', sentence };
  },
];

function missingText(path: string): Problem {
  return { code: 'missing-text', path, sentence: `${path.slice(path.lastIndexOf('/') + 1)} must not be empty.` };
}

/** Offsets such as +06:00 are refused, because Node versions differ in whether they accept them as zones. */
function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

function* dated({ holidays, overrides }: Pick<CalendarDefinition, 'holidays' | 'overrides'>) {
  for (const [i, entry] of holidays.entries()) yield { entry, path: `/holidays/${i}` };
  for (const [i, entry] of overrides.entries()) yield { entry, path: `/overrides/${i}` };
}

function* allDates(definition: CalendarDefinition) {
  yield { date: definition.validFrom, path: '/validFrom' };
  yield { date: definition.validTo, path: '/validTo' };
  for (const { entry, path } of dated(definition)) yield { date: entry.date, path: `${path}/date` };
}

function* allDays({ weekly, overrides }: CalendarDefinition) {
  for (const weekday of WEEKDAYS) yield { hours: weekly[weekday], path: `/weekly/${weekday}` };
  for (const [i, { hours }] of overrides.entries()) yield { hours, path: `/overrides/${i}/hours` };
}

function* allRanges(definition: CalendarDefinition) {
  for (const { hours, path } of allDays(definition)) {
    for (const [i, range] of hours.entries()) yield { range, path: `${path}/${i}` };
  }
}
