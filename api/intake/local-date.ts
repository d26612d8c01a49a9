import { KYRGYZSTAN } from '../../regulation/calendars/kyrgyzstan.ts';
import type { Instant } from '../../regulation/instant.ts';

/** The company's date at an instant, `YYYY-MM-DD`: it decides the edition of a request (reading 11). */
export function companyDateOf(at: Instant): string {
  return FORMAT.format(new Date(at));
}

/** Canada writes dates in ISO's order. */
const FORMAT = new Intl.DateTimeFormat('en-CA', {
  timeZone: KYRGYZSTAN.timeZone,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});
