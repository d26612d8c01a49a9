import type { Instant } from '../../regulation/instant.ts';
import type { Language } from '../../regulation/vocabulary.ts';

/** What a wall clock and a calendar on the wall show at an instant, in one language. */
export interface Moment {
  /** `18:00`, the minute that runs: what is said is never later than what is meant. */
  time: string;
  /** `вторник`, in the form that a dictionary gives. */
  weekday: string;
  day: string;
  /** As the language writes it beside a day: `ноября`, `ноябрь`, `November`. */
  month: string;
  /** Null when it is the year in which the reader reads. */
  year: string | null;
}

/** The zone is the company's (§2.4), named each time, so that the host's does not matter. */
const TIME_ZONE = 'Asia/Bishkek';

export function momentOf(at: Instant, { language, now }: { language: Language; now: Instant }): Moment {
  const parts = partsOf(at, language);
  return {
    time: `${parts('hour')}:${parts('minute')}`,
    weekday: parts('weekday'),
    day: parts('day'),
    month: parts('month'),
    year: parts('year') === partsOf(now, language)('year') ? null : parts('year'),
  };
}

/** An instant in the middle of a local date, `YYYY-MM-DD`, wherever the zone lies: for saying the date. */
export function middleOf(date: string): Instant {
  return Date.parse(`${date}T06:00:00Z`);
}

function partsOf(at: Instant, language: Language): (type: Intl.DateTimeFormatPartTypes) => string {
  const parts = FORMATS[language].formatToParts(new Date(at));
  return (type) => parts.find((part) => part.type === type)?.value ?? '';
}

function format(locale: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(locale, {
    timeZone: TIME_ZONE,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
}

const FORMATS: Readonly<Record<Language, Intl.DateTimeFormat>> = {
  ru: format('ru'),
  ky: format('ky'),
  en: format('en-GB'),
};
