import type { Instant } from '../regulation/instant.ts';
import type { Channel } from '../regulation/vocabulary.ts';
import type { Queries } from './client.ts';

/** A message of a person that is committed and that no recorded event of its ticket names. */
export interface UnnamedMessage {
  id: string;
  act: 'message' | 'confirm' | 'disagree';
  hasReason: boolean;
  channel: Channel;
  contactId: string | null;
  receivedAt: Instant;
}

/**
 * Messages of persons to a ticket, received by an instant, that its events do not name yet, in the order of receipt
 * (reading 20). The request itself is not among them, and what joined a follow-up belongs to that one.
 */
export async function unnamedMessages(
  db: Queries,
  { ticketNumber, receivedBy }: { ticketNumber: number; receivedBy: Instant },
): Promise<UnnamedMessage[]> {
  const rows = await db.$queryRaw<(Omit<UnnamedMessage, 'receivedAt'> & { receivedAt: Date })[]>`
    SELECT m.id, m.act, m.has_reason AS "hasReason", m.channel, m.contact_id AS "contactId",
      m.received_at AS "receivedAt"
    FROM messages AS m
    JOIN ticket_requests AS r ON r.number = ${ticketNumber}
    WHERE (m.ticket_number = ${ticketNumber} AND m.follow_up_number IS NULL OR m.follow_up_number = ${ticketNumber})
      AND NOT m.automatic AND m.received_at <= ${new Date(receivedBy)} AND m.id <> r.first_message_id
      AND NOT EXISTS (
        SELECT FROM ticket_events AS e WHERE e.ticket_number = ${ticketNumber} AND m.id::text = ANY (e.names)
      )
    ORDER BY m.received_at, m.seq`;
  return rows.map((row) => ({ ...row, receivedAt: row.receivedAt.getTime() }));
}
