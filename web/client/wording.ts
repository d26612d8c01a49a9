import type { PageTexts } from '../../api/texts/page-texts.ts';
import type { Instant } from '../../regulation/instant.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../regulation/instant.ts';
import type { Language, Severity } from '../../regulation/vocabulary.ts';

/** All that a page says in its reader's language. */
export interface Wording {
  language: Language;
  texts: PageTexts;
  /** An instant in full, with its weekday and the zone. */
  moment: (at: Instant) => string;
  /** An instant among others, `24 ноября, 18:00`. */
  shortMoment: (at: Instant) => string;
  /** From one instant to another, `24 ноября, 09:00 – 18:00`. */
  span: (from: Instant, to: Instant) => string;
  severities: Readonly<Record<Severity, string>>;
}

/** How long it is until something, in days, hours and minutes; what is begun of a minute does not count. */
export function inDays(ms: number, { units }: PageTexts): string {
  if (ms < DAY_MS) return inHours(ms, { units });
  const days = Math.floor(ms / DAY_MS);
  const hours = Math.floor((ms % DAY_MS) / HOUR_MS);
  return [`${days}\u00a0${units.days}`, ...(hours === 0 ? [] : [`${hours}\u00a0${units.hours}`])].join(' ');
}

/** The same in hours and minutes: for time of which a day does not have 24 hours (§2.4). */
export function inHours(ms: number, { units }: Pick<PageTexts, 'units'>): string {
  if (ms < MINUTE_MS) return units.lessThanAMinute;
  const hours = Math.floor(ms / HOUR_MS);
  const minutes = Math.floor((ms % HOUR_MS) / MINUTE_MS);
  return [
    ...(hours === 0 ? [] : [`${hours}\u00a0${units.hours}`]),
    ...(minutes === 0 ? [] : [`${minutes}\u00a0${units.minutes}`]),
  ].join(' ');
}
