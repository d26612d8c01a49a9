import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { isUniqueViolation } from '../../../prisma/client.ts';
import type { Database, Queries } from '../../../prisma/client.ts';
import { recordDirectoryChange } from '../../../prisma/directory-changes.ts';
import type { Directory } from '../../../prisma/directory-changes.ts';
import { Problem } from '../../errors.ts';
import { cursorAfter, PageSize, placeIn } from '../../list-cursor.ts';
import { answerOnce } from '../../plugins/idempotency.ts';

/** What the directories of the company have in common: pages in the order of ids, and changes that are kept. */

export const pageFields = { cursor: z.string().max(500).optional(), limit: PageSize };

export function pageOf<View extends z.ZodType>(view: View) {
  return z.object({ items: z.array(view), nextCursor: z.string().nullable() });
}

export const EntryId = z.strictObject({ id: z.uuid() });

/** A page of entries after the one that the cursor names. `list` is the directory and its filters. */
export async function readPage<Row extends { id: string }>(
  { cursor, limit, list }: { cursor: string | undefined; limit: number; list: unknown },
  find: (page: { after: { gt: string } | undefined; take: number }) => Promise<Row[]>,
): Promise<{ rows: Row[]; nextCursor: string | null }> {
  const after = cursor === undefined ? undefined : { gt: placeIn(cursor, { list, place: z.string().min(1).max(100) }) };
  const found = await find({ after, take: limit + 1 });
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  return { rows, nextCursor: found.length > limit && last !== undefined ? cursorAfter(list, last.id) : null };
}

/** The change of a directory: who asks, of which directory, and what to say when a unique name or address is taken. */
export interface DirectoryChange {
  request: FastifyRequest;
  db: Database;
  directory: Directory;
  clash: string;
}

/** Adds an entry in one transaction with the record of who added it; the same key again adds nothing. */
export async function addEntry<View extends { id: string }>(
  { request, db, directory, clash }: DirectoryChange,
  add: (tx: Queries) => Promise<View>,
): Promise<View> {
  const staffId = request.staff.id;
  const answer = answerOnce({ request, db, actor: `staff:${staffId}` }, async (tx) => {
    const entry = await add(tx);
    await recordDirectoryChange(tx, { staffId, directory, entryId: entry.id, entry });
    return { status: 201, body: entry };
  });
  return (await unlessTaken(answer, clash)).body;
}

/** Changes an entry in one transaction with the record of who changed it. */
export async function changeEntry<View extends { id: string }>(
  { request, db, directory, clash }: DirectoryChange,
  change: (tx: Queries) => Promise<View>,
): Promise<View> {
  const changed = db.$transaction(async (tx) => {
    const entry = await change(tx);
    await recordDirectoryChange(tx, { staffId: request.staff.id, directory, entryId: entry.id, entry });
    return entry;
  });
  return unlessTaken(changed, clash);
}

/** The fields that a body gives; one that is left out changes nothing. */
export function given<Fields extends object>(fields: Fields): { [K in keyof Fields]?: Exclude<Fields[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof Fields]?: Exclude<Fields[K], undefined>;
  };
}

/** The entry itself, for the directory's own answer when there is none of the id. */
export function existing<Row>(row: Row | null, what: string): Row {
  if (row === null) throw new Problem('not-found', `there is no such ${what}`);
  return row;
}

async function unlessTaken<T>(work: Promise<T>, clash: string): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (isUniqueViolation(error)) throw new Problem('already-exists', clash);
    throw error;
  }
}
