import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { CalendarDefinition } from '../regulation/calendar-definition.ts';
import type { Instant } from '../regulation/instant.ts';
import type { Queries } from './client.ts';
import type { Prisma } from './generated/client.ts';

/** A published working calendar (§2.4). */
export interface PublishedCalendar {
  version: number;
  definition: CalendarDefinition;
  /** SHA-256 of the canonical JSON of the definition, hex. */
  hash: string;
  publishedAt: Instant;
  /** Null for the one that was shipped. */
  publishedById: string | null;
}

/** The calendar in force: the newest one published. Null before the first. */
export async function calendarInForce(db: Queries): Promise<PublishedCalendar | null> {
  const row = await db.calendarVersion.findFirst({ orderBy: { version: 'desc' } });
  return row === null ? null : published(row);
}

export async function calendarOfVersion(db: Queries, version: number): Promise<PublishedCalendar | null> {
  const row = await db.calendarVersion.findUnique({ where: { version } });
  return row === null ? null : published(row);
}

/**
 * Publishes a definition as the version after `basedOn`; null when that is not the one in force, also when another
 * publication was faster. An instant of publication is later than every one before, whichever clock gave it, since
 * what was counted before it stays as counted (reading 10).
 */
export async function publishCalendar(
  db: Queries,
  {
    basedOn,
    definition,
    publishedById,
    at,
  }: { basedOn: number; definition: CalendarDefinition; publishedById: string | null; at: Instant },
): Promise<PublishedCalendar | null> {
  const inForce = await calendarInForce(db);
  if ((inForce?.version ?? 0) !== basedOn) return null;
  // A publication that is faster makes this one wait and then find its version taken.
  const [row] = await db.calendarVersion.createManyAndReturn({
    data: {
      version: basedOn + 1,
      definition: definition as unknown as Prisma.InputJsonObject,
      hash: hashOfDefinition(definition),
      publishedAt: new Date(Math.max(at, (inForce?.publishedAt ?? 0) + 1)),
      publishedById,
    },
    skipDuplicates: true,
  });
  return row === undefined ? null : published(row);
}

export function hashOfDefinition(definition: CalendarDefinition): string {
  return createHash('sha256')
    .update(canonicalize(definition) ?? '')
    .digest('hex');
}

/** The receipt of the oldest open ticket; a calendar must reach back to it, since a new level is measured from receipt (reading 1). */
export async function oldestOpenReceipt(db: Queries): Promise<Instant | null> {
  const { _min } = await db.ticketRequest.aggregate({
    where: { NOT: { ticket: { status: 'closed' } } },
    _min: { receivedAt: true },
  });
  return _min.receivedAt?.getTime() ?? null;
}

function published(row: {
  version: number;
  definition: Prisma.JsonValue;
  hash: string;
  publishedAt: Date;
  publishedById: string | null;
}): PublishedCalendar {
  return {
    ...row,
    definition: row.definition as unknown as CalendarDefinition,
    publishedAt: row.publishedAt.getTime(),
  };
}
