import type { Queries } from './client.ts';
import type { TicketRow } from './ticket-reads.ts';

/** What a ticket is linked with (readings 12 and 21). */
export interface TicketLinks {
  followUps: number[];
  /** Other open tickets of the same sender, newest first; shown while it is open, for the agent to judge (reading 21). */
  mayBelongTo: number[];
}

const MOST_SUGGESTIONS = 5;

/** The links of several tickets at once, so that a list costs no more queries than a ticket. */
export async function linksOf(db: Queries, rows: readonly TicketRow[]): Promise<Map<number, TicketLinks>> {
  const numbers = rows.map((row) => row.number);
  const open = rows.filter((row) => row.ticket?.status !== 'closed');
  const contactIds = open.flatMap((row) => contactOf(row) ?? []);
  const addresses = open.flatMap((row) => row.senderAddress ?? []);
  const [followUps, others] = await Promise.all([
    db.ticketRequest.findMany({
      where: { followUpOf: { in: numbers } },
      select: { number: true, followUpOf: true },
      orderBy: { number: 'asc' },
    }),
    open.length === 0
      ? []
      : db.ticketRequest.findMany({
          where: {
            OR: [
              { contactId: { in: contactIds } },
              { ticket: { contactId: { in: contactIds } } },
              { senderAddress: { in: addresses } },
            ],
            NOT: { ticket: { status: 'closed' } },
          },
          include: { ticket: true },
          orderBy: { number: 'desc' },
          take: 200,
        }),
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

function contactOf(row: TicketRow): string | null {
  return row.ticket === null ? row.contactId : row.ticket.contactId;
}

function isSameSender(one: TicketRow, other: TicketRow): boolean {
  const contactId = contactOf(one);
  if (contactId !== null && contactId === contactOf(other)) return true;
  return one.senderAddress !== null && one.senderAddress === other.senderAddress;
}
