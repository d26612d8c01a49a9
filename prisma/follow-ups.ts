import type { Queries } from './client.ts';

/**
 * The open follow-up of a closed ticket, or null: its own, or a later one in the same line (reading 12). Until the end
 * of the transaction nobody else asks this for a ticket of the same line, so one message opens a follow-up and the
 * others join it.
 */
export async function openFollowUpOf(db: Queries, closedNumber: number): Promise<number | null> {
  const [first] = await db.$queryRaw<{ number: number }[]>`
    WITH RECURSIVE before AS (
      SELECT number, follow_up_of FROM ticket_requests WHERE number = ${closedNumber}
      UNION SELECT r.number, r.follow_up_of FROM ticket_requests r JOIN before b ON r.number = b.follow_up_of
    )
    SELECT number FROM before WHERE follow_up_of IS NULL`;
  await db.$executeRaw`SELECT pg_advisory_xact_lock(${FOLLOW_UPS}::int, ${first?.number ?? closedNumber}::int)`;
  const [open] = await db.$queryRaw<{ number: number }[]>`
    WITH RECURSIVE after AS (
      SELECT number FROM ticket_requests WHERE follow_up_of = ${closedNumber}
      UNION SELECT r.number FROM ticket_requests r JOIN after a ON r.follow_up_of = a.number
    )
    SELECT a.number FROM after a LEFT JOIN tickets t ON t.number = a.number
    WHERE t.status IS DISTINCT FROM 'closed' ORDER BY a.number DESC LIMIT 1`;
  return open?.number ?? null;
}

/** The name space of these locks among PostgreSQL's advisory locks. */
const FOLLOW_UPS = 12;

/** Gives a message that came too late for its ticket to the follow-up, which has it brought to it (reading 12). */
export async function giveToFollowUp(
  db: Queries,
  { messageId, followUpNumber }: { messageId: string; followUpNumber: number },
): Promise<void> {
  await db.message.update({
    where: { id: messageId },
    data: { followUpNumber, dispatchedAt: null, settledAt: null },
    select: { id: true },
  });
}
