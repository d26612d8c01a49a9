import type { Queries } from './client.ts';

/** Keeps how far a ticket's own clock is ahead. It is never set back, whoever of several callers writes last. */
export async function keepRehearsalOffset(db: Queries, number: number, offsetMs: number): Promise<void> {
  await db.ticketRequest.updateMany({
    where: { number, rehearsalOffsetMs: { lt: offsetMs } },
    data: { rehearsalOffsetMs: offsetMs },
  });
}
