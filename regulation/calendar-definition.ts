/** The days of the week in the order of the regulation (§2.4: Monday to Friday). */
export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** Whether the authority has confirmed the date, or it is an estimate (days that depend on the moon). */
export const DATE_STATUSES = ['confirmed', 'expected'] as const;
export type DateStatus = (typeof DATE_STATUSES)[number];

/** A working interval of a day on the wall clock, `HH:MM-HH:MM`; it includes its start and excludes its end (`24:00`). */
export type Hours = string;

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
  hours: Hours[];
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
  weekly: Record<Weekday, Hours[]>;
  holidays: Holiday[];
  overrides: CalendarOverride[];
}

/** One fault of a definition: a stable code, the place as a JSON pointer, and a sentence that says what is allowed. */
export interface Problem {
  code: ProblemCode;
  path: string;
  sentence: string;
}

export type ProblemCode =
  | 'missing-text'
  | 'unknown-time-zone'
  | 'bad-date'
  | 'date-out-of-range'
  | 'reversed-validity'
  | 'outside-validity'
  | 'duplicate-date'
  | 'bad-hours'
  | 'reversed-hours'
  | 'overlapping-hours'
  | 'empty-week';

/** Every fault of a definition, in its own order; an empty list means that it can be compiled. */
export function validateCalendar(definition: CalendarDefinition): Problem[] {
  throw new Error(`not written yet: ${definition.id}`);
}
