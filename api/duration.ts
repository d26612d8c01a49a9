import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../regulation/instant.ts';

/**
 * The milliseconds of an ISO 8601 duration of weeks, days, hours, minutes and seconds (`P5D`, `PT27H`, `PT0.5S`), or
 * null for any other text. Years and months are none, for they have no length of their own; a day is 24 hours.
 */
export function durationMs(text: string): number | null {
  const found = /^P(?=\d|T\d)(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d{1,3})?)S)?)?$/.exec(
    text,
  );
  if (found === null) return null;
  const [, weeks = '0', days = '0', hours = '0', minutes = '0', seconds = '0'] = found;
  return (
    Number(weeks) * 7 * DAY_MS +
    Number(days) * DAY_MS +
    Number(hours) * HOUR_MS +
    Number(minutes) * MINUTE_MS +
    Math.round(Number(seconds) * SECOND_MS)
  );
}
