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
