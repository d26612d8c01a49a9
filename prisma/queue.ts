import type { Queries } from './client.ts';

/** What the work queue offers (reading 14): unassigned tickets in triage or work, first those to be taken first. */
export async function offeredTickets(db: Queries, limit: number): Promise<number[]> {
  const offered = await db.ticket.findMany({
    where: { assigneeId: null, status: { in: ['triage', 'work'] } },
    orderBy: [
      { effectiveSeverity: 'asc' },
      { putAheadAt: { sort: 'asc', nulls: 'last' } },
      { receivedAt: 'asc' },
      { number: 'asc' },
    ],
    select: { number: true },
    take: limit,
  });
  return offered.map((one) => one.number);
}

/**
 * The tickets that were tried for the same `POST /queue/next` before, under its Idempotency-Key, in order: one of them
 * may have been taken without the caller having learned of it.
 */
export async function ticketsTriedFor(db: Queries, { staffId, key }: QueueAsking): Promise<number[]> {
  const rows = await db.idempotencyRecord.findMany({
    where: { scope: scopeOf({ staffId, key }) },
    orderBy: { createdAt: 'asc' },
  });
  return rows.map((row) => Number(row.key));
}

/** Keeps that a ticket is about to be tried. */
export async function keepTried(db: Queries, asking: QueueAsking, ticketNumber: number): Promise<void> {
  await db.idempotencyRecord.createMany({
    data: { scope: scopeOf(asking), key: String(ticketNumber), bodyHash: '', status: 0, response: {} },
    skipDuplicates: true,
  });
}

/** Who asks the queue, and under which Idempotency-Key. */
export interface QueueAsking {
  staffId: string;
  key: string;
}

function scopeOf({ staffId, key }: QueueAsking): string {
  return `tried for queue/next staff:${staffId} ${key}`;
}
