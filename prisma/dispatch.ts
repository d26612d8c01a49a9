import type { AgreementFact } from '../regulation/agreement.ts';
import type { ReceivedRequest } from '../regulation/decide.ts';
import type { Instant } from '../regulation/instant.ts';
import type { Channel, Impact, LiveStatus } from '../regulation/vocabulary.ts';
import type { Queries } from './client.ts';
import type { MessageAct } from './intake.ts';

/** How long a dispatcher that was killed keeps others from its ticket. Two at once repeat a fact, which does no harm. */
const LEASE_SECONDS = 10;

/** A ticket with facts that its workflow has not had, and the facts in the order of their commitment. */
export interface TicketToDispatch {
  /** What its workflow is started with. */
  request: ReceivedRequest;
  isStarted: boolean;
  /** What its workflow has recorded last; null before the first event. */
  status: LiveStatus | null;
  messages: MessageToDispatch[];
}

export interface MessageToDispatch {
  id: string;
  act: MessageAct;
  channel: Channel;
  contactId: string | null;
  hasReason: boolean;
  automatic: boolean;
  /** In the own time of the ticket that it is brought to. */
  receivedAt: Instant;
  /** It was meant for an earlier ticket, which had closed. */
  isForFollowUp: boolean;
}

/** The numbers of up to `most` tickets that have something to dispatch and that no dispatcher is at; now this one is. */
export async function leaseTickets(db: Queries, most: number): Promise<number[]> {
  // Materialized, so that the few tickets that wait are looked up and not all tickets gone through.
  const rows = await db.$queryRaw<{ number: number }[]>`
    WITH waiting AS MATERIALIZED (
      SELECT DISTINCT COALESCE(follow_up_number, ticket_number) AS number FROM messages WHERE dispatched_at IS NULL
    ), free AS MATERIALIZED (
      SELECT r.number FROM waiting JOIN ticket_requests r ON r.number = waiting.number
      WHERE r.leased_until IS NULL OR r.leased_until < now()
      ORDER BY r.number LIMIT ${most} FOR UPDATE OF r SKIP LOCKED
    )
    UPDATE ticket_requests r SET leased_until = now() + make_interval(secs => ${LEASE_SECONDS})
    FROM free WHERE r.number = free.number RETURNING r.number`;
  return rows.map((row) => row.number).sort((a, b) => a - b);
}

/** Whether this dispatcher is at the ticket now; no when another one is. */
export async function leaseTicket(db: Queries, number: number): Promise<boolean> {
  const leased = await db.$executeRaw`
    UPDATE ticket_requests SET leased_until = now() + make_interval(secs => ${LEASE_SECONDS})
    WHERE number IN (
      SELECT number FROM ticket_requests
      WHERE number = ${number} AND (leased_until IS NULL OR leased_until < now()) FOR UPDATE SKIP LOCKED
    )`;
  return leased === 1;
}

export async function releaseTicket(db: Queries, number: number): Promise<void> {
  await db.$executeRaw`UPDATE ticket_requests SET leased_until = NULL WHERE number = ${number}`;
}

/** A leased ticket with what is to be dispatched. */
export async function ticketToDispatch(db: Queries, number: number): Promise<TicketToDispatch> {
  const [row] = await db.$queryRaw<FoundTicket[]>`
    SELECT r.*, t.status AS recorded_status, COALESCE((
      SELECT jsonb_agg(jsonb_build_object(
        'id', m.id, 'act', m.act, 'channel', m.channel, 'contactId', m.contact_id, 'hasReason', m.has_reason,
        'automatic', m.automatic, 'isForFollowUp', m.follow_up_number IS NOT NULL,
        'receivedAt', round(extract(epoch FROM m.received_at) * 1000)
          - CASE WHEN m.follow_up_number IS NULL THEN 0 ELSE o.rehearsal_offset_ms - r.rehearsal_offset_ms END
      ) ORDER BY m.seq)
      FROM messages m JOIN ticket_requests o ON o.number = m.ticket_number
      WHERE m.dispatched_at IS NULL AND COALESCE(m.follow_up_number, m.ticket_number) = r.number
        AND (m.ticket_number = r.number OR m.follow_up_number = r.number)
    ), '[]') AS to_dispatch
    FROM ticket_requests r LEFT JOIN tickets t ON t.number = r.number WHERE r.number = ${number}`;
  if (row === undefined) throw new Error(`ticket ${number} was leased and is not there`);
  return {
    request: requestToStart(row),
    isStarted: row.started_at !== null,
    status: row.recorded_status,
    messages: row.to_dispatch,
  };
}

interface FoundTicket {
  number: number;
  edition: string;
  channel: Channel;
  received_at: Date;
  client_id: string | null;
  contact_id: string | null;
  product_id: string | null;
  agreements: AgreementFact[];
  impact: Impact | null;
  affected_users: number | null;
  first_message_id: string;
  follow_up_of: number | null;
  started_at: Date | null;
  recorded_status: LiveStatus | null;
  to_dispatch: MessageToDispatch[];
}

function requestToStart(row: FoundTicket): ReceivedRequest {
  return {
    number: row.number,
    edition: row.edition,
    channel: row.channel,
    receivedAt: row.received_at.getTime(),
    clientId: row.client_id,
    contactId: row.contact_id,
    productId: row.product_id,
    agreements: row.agreements,
    impact: row.impact,
    affectedUsers: row.affected_users,
    messageId: row.first_message_id,
    followUpOf: row.follow_up_of,
  };
}

/** The workflow has been started, and with it has had the first message. */
export async function markStarted(
  db: Queries,
  { number, messageId }: { number: number; messageId: string },
): Promise<void> {
  await db.$executeRaw`
    WITH started AS (
      UPDATE ticket_requests SET started_at = COALESCE(started_at, now()) WHERE number = ${number} RETURNING number
    )
    UPDATE messages SET dispatched_at = now() FROM started WHERE id = ${messageId}::uuid AND dispatched_at IS NULL`;
}

/** The workflow has had the message. */
export async function markDispatched(db: Queries, messageId: string): Promise<void> {
  await db.$executeRaw`UPDATE messages SET dispatched_at = now() WHERE id = ${messageId}::uuid AND dispatched_at IS NULL`;
}

/** No workflow needs the message: an event names it, or it is only for people to see. */
export async function settleMessage(db: Queries, messageId: string): Promise<void> {
  await db.$executeRaw`
    UPDATE messages SET dispatched_at = COALESCE(dispatched_at, now()), settled_at = now() WHERE id = ${messageId}::uuid`;
}

/** Settles every message that a recorded event names. */
export async function settleNamedMessages(db: Queries): Promise<void> {
  await db.$executeRaw`
    UPDATE messages m SET settled_at = now()
    WHERE m.settled_at IS NULL AND m.dispatched_at IS NOT NULL AND EXISTS (
      SELECT 1 FROM ticket_events e
      WHERE e.ticket_number = COALESCE(m.follow_up_number, m.ticket_number) AND e.names @> ARRAY[m.id::text]
    )`;
}

/** Messages that a workflow was given and that no event names, though their ticket is closed: they came too late. */
export async function lateMessages(db: Queries, most: number): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT m.id FROM messages m JOIN tickets t ON t.number = COALESCE(m.follow_up_number, m.ticket_number)
    WHERE m.settled_at IS NULL AND m.dispatched_at IS NOT NULL AND t.status = 'closed'
    ORDER BY m.seq LIMIT ${most}`;
  return rows.map((row) => row.id);
}

/** A message whose ticket has closed, as it stands; `isNamed` says whether an event of that ticket names it. */
export interface LateMessage {
  id: string;
  act: MessageAct;
  channel: Channel;
  automatic: boolean;
  /** By the wall clock. */
  receivedAt: Instant;
  /** The closed ticket that it was brought to last. */
  ticketNumber: number;
  isNamed: boolean;
}

/**
 * Takes a message for itself until the end of the transaction; null when another has it, when it is settled, or when the
 * ticket that it goes to is open.
 */
export async function takeLateMessage(db: Queries, messageId: string): Promise<LateMessage | null> {
  const [row] = await db.$queryRaw<LateMessage[]>`
    SELECT m.id, m.act, m.channel, m.automatic, t.number AS "ticketNumber",
      (round(extract(epoch FROM m.received_at) * 1000) - o.rehearsal_offset_ms)::float8 AS "receivedAt",
      EXISTS (
        SELECT 1 FROM ticket_events e WHERE e.ticket_number = t.number AND e.names @> ARRAY[m.id::text]
      ) AS "isNamed"
    FROM messages m
    JOIN ticket_requests o ON o.number = m.ticket_number
    JOIN tickets t ON t.number = COALESCE(m.follow_up_number, m.ticket_number)
    WHERE m.id = ${messageId}::uuid AND m.settled_at IS NULL AND t.status = 'closed'
    FOR UPDATE OF m SKIP LOCKED`;
  return row ?? null;
}

export interface CalendarNews {
  number: number;
  version: number;
  /** In the ticket's own time. */
  publishedAt: Instant;
}

/**
 * Open tickets that run by an older calendar than the newest one published, up to `most`, each at most every 30 seconds;
 * now this caller tells them (reading 10).
 */
export async function ticketsToTellOfCalendar(db: Queries, most: number): Promise<CalendarNews[]> {
  return db.$queryRaw<CalendarNews[]>`
    WITH newest AS (SELECT version, published_at FROM calendar_versions ORDER BY version DESC LIMIT 1),
    due AS (
      SELECT r.number FROM tickets t JOIN ticket_requests r ON r.number = t.number
      WHERE t.status <> 'closed' AND t.calendar_version < (SELECT version FROM newest)
        AND (r.calendar_told IS DISTINCT FROM (SELECT version FROM newest) OR r.calendar_told_at < now() - interval '30 seconds')
      ORDER BY r.number LIMIT ${most} FOR UPDATE OF r SKIP LOCKED
    )
    UPDATE ticket_requests r SET calendar_told = newest.version, calendar_told_at = now()
    FROM newest, due WHERE r.number = due.number
    RETURNING r.number, newest.version,
      (round(extract(epoch FROM newest.published_at) * 1000) + r.rehearsal_offset_ms)::float8 AS "publishedAt"`;
}
