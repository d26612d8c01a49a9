/** A point in time: whole milliseconds since 1970-01-01T00:00Z. Code and JSON of histories use it; people see ISO 8601. */
export type Instant = number;

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
/** Twenty-four hours of the clock; a calendar day may be shorter or longer where clocks change. */
export const DAY_MS = 86_400_000;
