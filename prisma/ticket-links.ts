import type { Queries } from './client.ts';
import type { TicketRow } from './ticket-reads.ts';

/** What a ticket is linked with (readings 12 and 21). */
export interface TicketLinks {
  followUps: number[];
  /** Other open tickets of the same sender, newest first; shown while it is open, for the agent to judge (reading 21). */
  mayBelongTo: number[];
}

const MOST_SUGGESTIONS = 5;
/** A page of tickets has 100 at the most. */
const MOST_LOOKED_AT = 1_000;

/** The links of several tickets at once, so that a list costs no more queries than a ticket. */
export async function linksOf(db: Queries, rows: readonly TicketRow[]): Promise<Map<number, TicketLinks>> {
  const numbers = rows.map((row) => row.number);
  const [followUps, others] = await Promise.all([
    db.ticketRequest.findMany({
      where: { followUpOf: { in: numbers } },
      select: { number: true, followUpOf: true },
      orderBy: { number: 'asc' },
    }),
    openTicketsOfSendersOf(
      db,
      rows.filter((row) => row.ticket?.status !== 'closed'),
    ),
  ]);
  return new Map(
    rows.map((row) => [
      row.number,
      {
        followUps: followUps.filter((one) => one.followUpOf === row.number).map((one) => one.number),
        mayBelongTo:
          row.ticket?.status === 'closed'
            ? []
            : others
                .filter((other) => other.number !== row.number && isSameSender(row, other))
                .map((other) => other.number)
                .slice(0, MOST_SUGGESTIONS),
      },
    ]),
  );
}

interface OpenTicket {
  number: number;
  contactId: string | null;
  senderAddress: string | null;
}

/** Goes through the open tickets, which are few, and not through all that a sender ever wrote. */
async function openTicketsOfSendersOf(db: Queries, rows: readonly TicketRow[]): Promise<OpenTicket[]> {
  if (rows.length === 0) return [];
  const contactIds = rows.flatMap((row) => contactOf(row) ?? []);
  const addresses = rows.flatMap((row) => row.senderAddress ?? []);
  return db.$queryRaw<OpenTicket[]>`
    SELECT t.number, t.contact_id::text AS "contactId", r.sender_address AS "senderAddress"
    FROM tickets AS t JOIN ticket_requests AS r ON r.number = t.number
    WHERE t.status <> 'closed' AND (t.contact_id = ANY (${contactIds}::uuid[]) OR r.sender_address = ANY (${addresses}))
    ORDER BY t.number DESC LIMIT ${MOST_LOOKED_AT}`;
}

/** Which keys the links of several tickets are made with, by number. */
export async function linkKeyVersionsOf(db: Queries, numbers: readonly number[]): Promise<Map<number, number>> {
  const rows = await db.ticketRequest.findMany({
    where: { number: { in: [...numbers] } },
    select: { number: true, linkKeyVersion: true },
  });
  return new Map(rows.map((row) => [row.number, row.linkKeyVersion]));
}

function contactOf(row: TicketRow): string | null {
  return row.ticket === null ? row.contactId : row.ticket.contactId;
}

function isSameSender(one: TicketRow, other: OpenTicket): boolean {
  const contactId = contactOf(one);
  if (contactId !== null && contactId === other.contactId) return true;
  return one.senderAddress !== null && one.senderAddress === other.senderAddress;
}
