import type { Language } from '../regulation/vocabulary.ts';
import { LANGUAGES } from '../regulation/vocabulary.ts';

/**
 * The best of our languages for an Accept-Language header; Russian when none of them is asked for. Regions are ignored
 * (`ky-KG` is Kyrgyz), weights decide, and among equals the first named.
 */
export function languageAsked(header: string | undefined): Language {
  const asked = (header ?? '')
    .split(',')
    .map((part) => {
      const [range = '', ...parameters] = part.trim().toLowerCase().split(';');
      const weight = parameters.map((one) => /^\s*q=([\d.]+)\s*$/.exec(one)?.[1]).find((one) => one !== undefined);
      return { language: range.trim().split('-')[0], weight: Number(weight ?? 1) };
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight);
  for (const { language } of asked) {
    const ours = LANGUAGES.find((one) => one === language);
    if (ours !== undefined) return ours;
  }
  return 'ru';
}
