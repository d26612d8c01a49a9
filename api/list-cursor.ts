import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { z } from 'zod';
import { Problem } from './errors.ts';

/** How many entries a page of a list may have. */
export const PageSize = z
  .string()
  .regex(/^([1-9]\d?|100)$/, 'must be a whole number from 1 to 100')
  .default('50')
  .transform(Number);

/**
 * The cursor of a page: where it ended, and of which list, by its name, order and filters. Opaque to its bearer, who can
 * do nothing with another one but start somewhere else in a list that he may read anyway.
 */
export function cursorAfter(list: unknown, place: unknown): string {
  return Buffer.from(JSON.stringify([markOf(list), place])).toString('base64url');
}

/**
 * The place in a cursor that `cursorAfter` made for the same list.
 * @throws Problem `bad-cursor` for any other text
 */
export function placeIn<Place>(cursor: string, { list, place }: { list: unknown; place: z.ZodType<Place> }): Place {
  const read = z.tuple([z.literal(markOf(list)), place]).safeParse(parsed(cursor));
  if (read.success && cursorAfter(list, read.data[1]) === cursor) return read.data[1];
  throw new Problem('bad-cursor', 'take `cursor` unchanged from `nextCursor`, with the same filters and order');
}

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}

function markOf(list: unknown): string {
  return createHash('sha256')
    .update(canonicalize(list) ?? '')
    .digest('base64url')
    .slice(0, 12);
}
