import type { Instant } from '../regulation/instant.ts';
import { proposeSeverity } from '../regulation/proposal.ts';
import type { Ticket } from '../regulation/ticket.ts';
import { IMPACTS } from '../regulation/vocabulary.ts';
import type { Channel, Severity, Status } from '../regulation/vocabulary.ts';
import type { Queries } from './client.ts';
import { Prisma } from './generated/client.ts';

const WITH_TICKET = { ticket: true } as const;

/** A request as intake registered it, with what its workflow has recorded; `ticket` is null while it is `received`. */
export type TicketRow = Prisma.TicketRequestGetPayload<{ include: typeof WITH_TICKET }>;

/** PostgreSQL's integers end the numbers; a token may name a greater one. */
const LAST_NUMBER = 2_147_483_647;

export async function findTicket(db: Queries, number: number): Promise<TicketRow | null> {
  if (number > LAST_NUMBER) return null;
  return db.ticketRequest.findUnique({ where: { number }, include: WITH_TICKET });
}

/** The ticket of regulation/ticket.ts as its workflow last recorded it; null while the request is `received`. */
export function stateOf(row: TicketRow): Ticket | null {
  return row.ticket === null ? null : (row.ticket.state as unknown as Ticket);
}

/** Orders of a list; `queue` is that of reading 14, a leading minus turns an order round. */
export const TICKET_SORTS = ['queue', 'deadline', 'received', '-received', 'number', '-number'] as const;
export type TicketSort = (typeof TICKET_SORTS)[number];

export interface TicketFilters {
  statuses: readonly Status[];
  severities: readonly Severity[];
  channels: readonly Channel[];
  productId: string | null;
  /** A member of staff, `none` for tickets without assignee, or null for all. */
  assigneeId: string | null;
  /** A client, `none` for unverified senders, or null for all. */
  clientId: string | null;
  breached: boolean | null;
  /** Words of the subject, the sender, the organisation or the client, or a ticket's number. */
  words: string | null;
}

/** Where a page ended: the keys of its last row in the list's order, as `TICKET_SORTS` compares them. */
export interface TicketPlace {
  severity: number;
  putAheadAt: Instant | null;
  deadlineAt: Instant | null;
  receivedAt: Instant;
  number: number;
}

/** One page of a list in a fixed order; rows that change their place meanwhile may be seen twice or not. */
export async function listTickets(
  db: Queries,
  list: { filters: TicketFilters; sort: TicketSort; after: TicketPlace | null; limit: number },
): Promise<{ rows: TicketRow[]; next: TicketPlace | null }> {
  const order = ORDERS[list.sort];
  const conditions = [
    ...conditionsOf(list.filters),
    ...(list.after === null ? [] : [Prisma.sql`(${order.keys}) ${order.beyond} (${order.valuesOf(list.after)})`]),
  ];
  const found = await db.$queryRaw<FoundPlace[]>`
    SELECT r.number, ${SEVERITY} AS severity, t.put_ahead_at, t.next_deadline_at, ${RECEIVED_AT} AS received_at
    FROM ticket_requests r LEFT JOIN tickets t ON t.number = r.number LEFT JOIN clients c ON c.id = ${CLIENT_ID}
    ${conditions.length === 0 ? Prisma.empty : Prisma.sql`WHERE ${Prisma.join(conditions, ' AND ')}`}
    ORDER BY ${order.by}
    LIMIT ${list.limit + 1}`;
  const page = found.slice(0, list.limit);
  const numbers = page.map((one) => one.number);
  const rows = await db.ticketRequest.findMany({ where: { number: { in: numbers } }, include: WITH_TICKET });
  const last = page.at(-1);
  return {
    rows: numbers.flatMap((number) => rows.find((row) => row.number === number) ?? []),
    next: found.length > list.limit && last !== undefined ? placeOf(last) : null,
  };
}

interface FoundPlace {
  number: number;
  severity: number;
  put_ahead_at: Date | null;
  next_deadline_at: Date | null;
  received_at: Date;
}

function placeOf(found: FoundPlace): TicketPlace {
  return {
    severity: found.severity,
    putAheadAt: found.put_ahead_at?.getTime() ?? null,
    deadlineAt: found.next_deadline_at?.getTime() ?? null,
    receivedAt: found.received_at.getTime(),
    number: found.number,
  };
}

/** The level the queue goes by: the recorded one; for a request not yet recorded, the one it would be given (reading 18). */
const SEVERITY = Prisma.sql`COALESCE(t.effective_severity, CASE r.impact ${Prisma.join(
  IMPACTS.map((impact) => Prisma.sql`WHEN ${impact} THEN ${proposeSeverity(impact) ?? 2}::int`),
  ' ',
)} ELSE 2 END)`;

/** Once there is a ticket its own columns say who and what it is about; intake's are the first guess. */
const CLIENT_ID = Prisma.sql`CASE WHEN t.number IS NULL THEN r.client_id ELSE t.client_id END`;
const PRODUCT_ID = Prisma.sql`CASE WHEN t.number IS NULL THEN r.product_id ELSE t.product_id END`;

/** A ticket that took up another one keeps the earlier receipt (reading 13). */
const RECEIVED_AT = Prisma.sql`COALESCE(t.received_at, r.received_at)`;

interface Order {
  keys: Prisma.Sql;
  by: Prisma.Sql;
  beyond: Prisma.Sql;
  valuesOf(place: TicketPlace): Prisma.Sql;
}

const LATER = Prisma.raw('>');
const EARLIER = Prisma.raw('<');

/** An instant that may be missing; missing ones come last. */
const orNever = (instant: Instant | null): Prisma.Sql =>
  Prisma.sql`COALESCE(${instant === null ? null : new Date(instant)}::timestamptz, 'infinity')`;
const at = (instant: Instant): Prisma.Sql => Prisma.sql`${new Date(instant)}::timestamptz`;

function receivedOrder(direction: 'ASC' | 'DESC'): Order {
  const way = Prisma.raw(direction);
  return {
    keys: Prisma.sql`${RECEIVED_AT}, r.number`,
    by: Prisma.sql`${RECEIVED_AT} ${way}, r.number ${way}`,
    beyond: direction === 'ASC' ? LATER : EARLIER,
    valuesOf: ({ receivedAt, number }) => Prisma.sql`${at(receivedAt)}, ${number}::int`,
  };
}

function numberOrder(direction: 'ASC' | 'DESC'): Order {
  return {
    keys: Prisma.sql`r.number`,
    by: Prisma.sql`r.number ${Prisma.raw(direction)}`,
    beyond: direction === 'ASC' ? LATER : EARLIER,
    valuesOf: ({ number }) => Prisma.sql`${number}::int`,
  };
}

const QUEUE_KEYS = Prisma.sql`${SEVERITY}, COALESCE(t.put_ahead_at, 'infinity'), ${RECEIVED_AT}, r.number`;
const DEADLINE_KEYS = Prisma.sql`COALESCE(t.next_deadline_at, 'infinity'), r.number`;

const ORDERS: Readonly<Record<TicketSort, Order>> = {
  queue: {
    keys: QUEUE_KEYS,
    by: QUEUE_KEYS,
    beyond: LATER,
    valuesOf: ({ severity, putAheadAt, receivedAt, number }) =>
      Prisma.sql`${severity}::int, ${orNever(putAheadAt)}, ${at(receivedAt)}, ${number}::int`,
  },
  deadline: {
    keys: DEADLINE_KEYS,
    by: DEADLINE_KEYS,
    beyond: LATER,
    valuesOf: ({ deadlineAt, number }) => Prisma.sql`${orNever(deadlineAt)}, ${number}::int`,
  },
  received: receivedOrder('ASC'),
  '-received': receivedOrder('DESC'),
  number: numberOrder('ASC'),
  '-number': numberOrder('DESC'),
};

function conditionsOf(filters: TicketFilters): Prisma.Sql[] {
  const { statuses, severities, channels, productId, assigneeId, clientId, breached, words } = filters;
  return [
    ...(statuses.length === 0 ? [] : [Prisma.sql`COALESCE(t.status, 'received') = ANY(${[...statuses]})`]),
    ...(severities.length === 0 ? [] : [Prisma.sql`t.severity = ANY(${[...severities]})`]),
    ...(channels.length === 0 ? [] : [Prisma.sql`r.channel = ANY(${[...channels]})`]),
    ...(productId === null ? [] : [Prisma.sql`${PRODUCT_ID} = ${productId}`]),
    ...(assigneeId === null ? [] : [idIs(Prisma.sql`t.assignee_id`, assigneeId)]),
    ...(clientId === null ? [] : [idIs(CLIENT_ID, clientId)]),
    ...(breached === null ? [] : [Prisma.sql`COALESCE(t.breached, false) = ${breached}`]),
    ...(words === null ? [] : [saysOneOf(words)]),
  ];
}

function idIs(column: Prisma.Sql, id: string): Prisma.Sql {
  return id === 'none' ? Prisma.sql`${column} IS NULL` : Prisma.sql`${column} = ${id}::uuid`;
}

function saysOneOf(words: string): Prisma.Sql {
  const pattern = `%${words.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  const number = /^\d{1,9}$/.test(words) ? Number(words) : null;
  return Prisma.sql`(r.subject ILIKE ${pattern} OR r.contact_name ILIKE ${pattern} OR r.organisation ILIKE ${pattern}
    OR r.sender_address ILIKE ${pattern} OR r.contact_email ILIKE ${pattern} OR c.name ILIKE ${pattern}
    OR r.number = ${number}::int)`;
}

/** Open tickets with a number after that one, in order: a way through all of them, a piece at a time. */
export function openTicketsAfter(db: Queries, number: number, limit: number): Promise<TicketRow[]> {
  return db.ticketRequest.findMany({
    where: { number: { gt: number }, ticket: { status: { not: 'closed' } } },
    include: WITH_TICKET,
    orderBy: { number: 'asc' },
    take: limit,
  });
}
