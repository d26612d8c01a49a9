import { z } from 'zod';

/**
 * A field of one line: its line breaks and control characters, which a folded mail header leaves behind and a mail of
 * ours must not carry into its own headers, become single spaces.
 */
export function oneLine(most: number) {
  return z
    .string()
    .max(most)
    .transform((text) => text.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim());
}

/** The same, and something must be left. */
export function oneFullLine(most: number) {
  return oneLine(most).refine((text) => text !== '', 'must not be empty');
}

/** What people write, as they write it. */
export const MOST_TEXT = 200_000;

export function fullText(most: number = MOST_TEXT) {
  return z
    .string()
    .max(most)
    .refine((text) => text.trim() !== '', 'must not be empty');
}

/** An instant with `Z` or an offset. */
export const isoInstant = z.iso.datetime({ offset: true });

/** A ticket's subject where the channel has none: the first line of the text. */
export function subjectFrom(text: string): string {
  const line = text.trim().split(/\r?\n/u, 1)[0] ?? '';
  const clean = line.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim();
  const characters = Array.from(clean === '' ? '—' : clean);
  return characters.length <= MOST_SUBJECT ? characters.join('') : `${characters.slice(0, MOST_SUBJECT - 1).join('')}…`;
}

const MOST_SUBJECT = 120;

/** The line that was given, unless it is missing or empty. */
export function fullLineOr(line: string | undefined, otherwise: () => string): string {
  return line === undefined || line === '' ? otherwise() : line;
}
