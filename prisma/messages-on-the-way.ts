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
 * (reading 20). The request itself is not among them. What joined a follow-up belongs to that one: there it is a message,
 * whatever it said of the ticket before, and it has that ticket's own time (the two differ in rehearsal).
 */
export async function unnamedMessages(
  db: Queries,
  { ticketNumber, receivedBy }: { ticketNumber: number; receivedBy: Instant },
): Promise<UnnamedMessage[]> {
  const rows = await db.$queryRaw<(Omit<UnnamedMessage, 'receivedAt'> & { receivedAt: Date })[]>`
    SELECT m.id, CASE WHEN m.follow_up_number IS NULL THEN m.act ELSE 'message' END AS act,
      m.has_reason AS "hasReason", m.channel, m.contact_id AS "contactId", own.received_at AS "receivedAt"
    FROM messages AS m
    JOIN ticket_requests AS r ON r.number = ${ticketNumber}
    JOIN ticket_requests AS sent_to ON sent_to.number = m.ticket_number
    CROSS JOIN LATERAL (
      SELECT m.received_at
        + make_interval(secs => (r.rehearsal_offset_ms - sent_to.rehearsal_offset_ms) / 1000.0) AS received_at
    ) AS own
    WHERE (m.ticket_number = ${ticketNumber} AND m.follow_up_number IS NULL OR m.follow_up_number = ${ticketNumber})
      AND NOT m.automatic AND own.received_at <= ${new Date(receivedBy)} AND m.id <> r.first_message_id
      AND NOT EXISTS (
        SELECT FROM ticket_events AS e WHERE e.ticket_number = ${ticketNumber} AND m.id::text = ANY (e.names)
      )
    ORDER BY own.received_at, m.seq`;
  return rows.map((row) => ({ ...row, receivedAt: row.receivedAt.getTime() }));
}
