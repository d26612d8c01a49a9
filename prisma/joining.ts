import type { Channel } from '../regulation/vocabulary.ts';
import type { Queries } from './client.ts';

/** Who writes in a conversation whose other messages are known to be his. */
export interface ChatSender {
  channel: Extract<Channel, 'telegram' | 'web-chat'>;
  address: string;
  /** The contact whom the chat identifies; a web chat identifies nobody (reading 17). */
  contactId: string | null;
}

/**
 * The only open ticket of a sender that waits on him, by a question or for his confirmation; null when there is none or
 * when there are several (reading 21). His are the tickets from the same chat, and those of the contact it identifies.
 */
export async function ticketWaitingOn(
  db: Queries,
  { channel, address, contactId }: ChatSender,
): Promise<number | null> {
  const rows = await db.$queryRaw<{ number: number }[]>`
    SELECT t.number
    FROM tickets t JOIN ticket_requests r ON r.number = t.number
    WHERE t.status IN ('waiting-on-client', 'completed', 'awaiting-confirmation')
      AND ((r.channel = ${channel} AND r.sender_address = ${address}) OR t.contact_id = ${contactId}::uuid)
    LIMIT 2`;
  const [only, other] = rows;
  return only === undefined || other !== undefined ? null : only.number;
}
