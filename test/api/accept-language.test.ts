import { describe, expect, it } from '@jest/globals';
import { languageAsked } from '../../api/accept-language.ts';

describe('the language of an answer', () => {
  const cases: [header: string | undefined, language: string][] = [
    [undefined, 'ru'],
    ['', 'ru'],
    ['*', 'ru'],
    ['de, fr;q=0.5', 'ru'],
    ['ky', 'ky'],
    ['ky-KG', 'ky'],
    ['EN-gb', 'en'],
    ['de, en;q=0.3, ky;q=0.7', 'ky'],
    ['en;q=0.5, ru;q=0.5', 'en'],
    ['en;q=0, ky;q=0.1', 'ky'],
    ['en; q=0.2 , ky ; q=0.9', 'ky'],
    [';;;,,,q=', 'ru'],
    ['en;q=much', 'en'],
  ];
  for (const [header, language] of cases) {
    it(`is ${language} for ${header === undefined ? 'no header' : `"${header}"`}`, () => {
      expect(languageAsked(header)).toBe(language);
    });
  }
});
