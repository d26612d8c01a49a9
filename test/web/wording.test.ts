import { describe, expect, it } from '@jest/globals';
import { wordingIn } from '../../api/read-ticket-page.ts';
import { textsIn } from '../../api/texts/in-language.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../regulation/instant.ts';
import { LANGUAGES } from '../../regulation/vocabulary.ts';
import { inDays, inHours } from '../../web/client/wording.ts';
import { bishkek } from '../support/calendars.ts';

const plain = (text: string) => text.replaceAll('\u00a0', ' ');

describe('a length of time', () => {
  const { page } = textsIn('ru');
  for (const [ms, days, hours] of [
    [0, 'меньше минуты', 'меньше минуты'],
    [MINUTE_MS - 1, 'меньше минуты', 'меньше минуты'],
    [MINUTE_MS, '1 мин', '1 мин'],
    [HOUR_MS - 1, '59 мин', '59 мин'],
    [HOUR_MS, '1 ч', '1 ч'],
    [HOUR_MS + 5 * MINUTE_MS, '1 ч 5 мин', '1 ч 5 мин'],
    [DAY_MS - 1, '23 ч 59 мин', '23 ч 59 мин'],
    [DAY_MS, '1 дн.', '24 ч'],
    [2 * DAY_MS - 1, '1 дн. 23 ч', '47 ч 59 мин'],
    [45 * HOUR_MS, '1 дн. 21 ч', '45 ч'],
  ] as const) {
    it(`of ${ms} ms is ${days} until something, and ${hours} of a limit, whose days have other hours (§2.4)`, () => {
      expect([plain(inDays(ms, page)), plain(inHours(ms, page))]).toEqual([days, hours]);
    });
  }

  it('never breaks between a number and its unit', () => {
    expect(inDays(DAY_MS + HOUR_MS, page)).toBe('1\u00a0дн. 1\u00a0ч');
  });
});

describe('a span', () => {
  const from = bishkek('2026-03-02 09:00');
  for (const [language, sameDay, otherDay, otherYear] of [
    ['ru', '2 марта, 09:00 – 18:00', '2 марта, 09:00 – 3 марта, 00:00', '1 марта 2027 года, 09:00'],
    ['ky', '2-март, 09:00 – 18:00', '2-март, 09:00 – 3-март, 00:00', '2027-ж., 1-март, 09:00'],
    ['en', '2 March, 09:00 – 18:00', '2 March, 09:00 – 3 March, 00:00', '1 March 2027, 09:00'],
  ] as const) {
    it(`names its day once in ${language}, the other when there is one, and the year when it is not this one`, () => {
      const { span, shortMoment } = wordingIn(language, from);
      expect(span(from, bishkek('2026-03-02 18:00'))).toBe(sameDay);
      expect(span(from, bishkek('2026-03-03 00:00'))).toBe(otherDay);
      expect(shortMoment(bishkek('2027-03-01 09:00'))).toBe(otherYear);
    });
  }
});

describe('the texts of the page', () => {
  /** Each text with its place; functions are asked with a mark, which must come back. */
  function textsOf(value: unknown, place: string): [string, string][] {
    if (typeof value === 'string') return [[place, value]];
    if (typeof value === 'function') {
      const marks = Array.from({ length: value.length }, (_, index) => `«${index}»`);
      const said = String((value as (...marks: string[]) => unknown)(...marks));
      return [[place, marks.every((mark) => said.includes(mark)) ? said : `a mark is missing: ${said}`]];
    }
    return Object.entries(value as object).flatMap(([key, inner]) => textsOf(inner, `${place}/${key}`));
  }

  for (const language of LANGUAGES) {
    it(`say what they are told, and nothing twice by mistake, in ${language}`, () => {
      for (const [place, text] of textsOf(textsIn(language).page, language)) {
        expect([place, text]).toEqual([place, expect.not.stringMatching(/^$|^\s|\s$| {2}|\.\.|a mark is missing/u)]);
      }
    });
  }

  it('are in their own letters: no Latin word in Russian or Kyrgyz but names, no Cyrillic in English', () => {
    const words = (language: 'ru' | 'ky', text: string) => [language, text.replaceAll(/Telegram|\bn\b/gu, '')];
    for (const language of ['ru', 'ky'] as const) {
      for (const [, text] of textsOf(textsIn(language).page, '')) {
        expect(words(language, text)).toEqual([language, expect.not.stringMatching(/[a-z]/iu)]);
      }
    }
    for (const [, text] of textsOf(textsIn('en').page, '')) expect(text).not.toMatch(/\p{Script=Cyrillic}/u);
  });
});
