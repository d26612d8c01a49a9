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

/** Whether one of the newest requests was accepted within so many milliseconds and is not recorded by its workflow yet. */
export async function isRequestOnItsWay(
  db: Queries,
  { acceptedWithinMs }: { acceptedWithinMs: number },
): Promise<boolean> {
  const [found] = await db.$queryRaw<{ is: boolean }[]>`
    SELECT EXISTS (
      SELECT FROM (SELECT number, created_at FROM ticket_requests ORDER BY number DESC LIMIT 100) AS r
      WHERE r.created_at > now() - make_interval(secs => ${acceptedWithinMs}::float8 / 1000)
        AND NOT EXISTS (SELECT FROM tickets t WHERE t.number = r.number)
    ) AS is`;
  return found?.is === true;
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
