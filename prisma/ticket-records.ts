import type { TicketEvent, TicketFact } from '../regulation/events.ts';
import type { Instant } from '../regulation/instant.ts';
import type { Notice } from '../regulation/notices.ts';
import { breachThatCounts } from '../regulation/ticket.ts';
import type { Ticket } from '../regulation/ticket.ts';
import type { DeadlineKind, Severity } from '../regulation/vocabulary.ts';
import type { Queries } from './client.ts';

/** What is written about a ticket at once: some of its events in a row, what they owe, and the ticket after them. */
export interface RecordedBatch {
  events: readonly TicketEvent[];
  ticket: Ticket;
  notices: readonly Notice[];
  deadlines: {
    firstResponseDueAt: Instant;
    resolutionDueAt: Instant | null;
    provisional: boolean;
    effectiveSeverity: Severity;
    next: { kind: DeadlineKind; at: Instant } | null;
  };
}

/** The database has another content under the same key: a bug, and nothing of the batch was written. */
export class RecordedOtherwise extends Error {
  override readonly name = 'RecordedOtherwise';

  constructor(ticketNumber: number, rows: readonly string[]) {
    super(`ticket ${ticketNumber} is recorded otherwise: ${rows.join(', ')}`);
  }
}

/**
 * Writes a batch by (ticket, version), all or nothing and in one round trip. What is there already stays as it is; the
 * ticket's own row changes only to a newer version. So a repeat, an older batch after a newer one and two at once all
 * come to the same end.
 * @throws RecordedOtherwise when a row is there with another content
 */
export async function recordBatch(db: Queries, batch: RecordedBatch): Promise<void> {
  const events = JSON.stringify(batch.events.map((event) => eventRow(batch.ticket.number, event)));
  const ticket = JSON.stringify(ticketRow(batch));
  const notices = JSON.stringify(batch.notices.map(noticeRow));
  const [written] = await db.$queryRawUnsafe<{ other: string[]; settled: boolean }[]>(RECORD, events, ticket, notices);
  let other = written?.other ?? [];
  if (written?.settled === false) {
    // Somebody wrote the same rows at the same time; they can be compared only now that he has committed.
    const [compared] = await db.$queryRawUnsafe<{ other: string[] }[]>(COMPARE, events, ticket, notices);
    other = compared?.other ?? [];
  }
  if (other.length > 0) throw new RecordedOtherwise(batch.ticket.number, other);
}

const GIVEN = `
  given_events AS MATERIALIZED (SELECT * FROM jsonb_populate_recordset(NULL::ticket_events, $1::jsonb)),
  given_ticket AS MATERIALIZED (
    SELECT * FROM jsonb_populate_record(NULL::tickets, $2::jsonb || jsonb_build_object('recorded_at', now()))
  ),
  given_notices AS MATERIALIZED (SELECT * FROM jsonb_populate_recordset(NULL::notices, $3::jsonb)),
  found AS MATERIALIZED (
    SELECT 'event ' || version AS what, there.event <> given.event AS is_other
    FROM ticket_events AS there JOIN given_events AS given USING (ticket_number, version)
    UNION ALL
    SELECT 'notice ' || id, there.notice <> given.notice
    FROM notices AS there JOIN given_notices AS given USING (id)
    UNION ALL
    SELECT 'version ' || version, there.state <> given.state
    FROM tickets AS there JOIN given_ticket AS given USING (number, version)
  )`;

/** The columns of a ticket's row that a newer version changes: all but its number. */
const CHANGING = [
  'status',
  'version',
  'revision',
  'severity',
  'proposed_severity',
  'effective_severity',
  'channel',
  'received_at',
  'client_id',
  'contact_id',
  'product_id',
  'assignee_id',
  'put_ahead_at',
  'outcome',
  'closed_because',
  'closed_at',
  'merged_into',
  'first_responded_at',
  'first_response_due_at',
  'resolution_due_at',
  'provisional',
  'next_deadline_kind',
  'next_deadline_at',
  'breached',
  'calendar_version',
  'state',
] as const;

const RECORD = `
WITH ${GIVEN},
  new_events AS (
    INSERT INTO ticket_events
    SELECT * FROM given_events WHERE NOT EXISTS (SELECT FROM found WHERE is_other) ORDER BY version
    ON CONFLICT DO NOTHING RETURNING version
  ),
  new_notices AS (
    INSERT INTO notices (id, ticket_number, version, kind, audience, notice)
    SELECT id, ticket_number, version, kind, audience, notice FROM given_notices
    WHERE NOT EXISTS (SELECT FROM found WHERE is_other) ORDER BY id
    ON CONFLICT DO NOTHING RETURNING id
  ),
  new_ticket AS (
    INSERT INTO tickets
    SELECT * FROM given_ticket WHERE NOT EXISTS (SELECT FROM found WHERE is_other)
    ON CONFLICT (number) DO UPDATE
    SET recorded_at = excluded.recorded_at, ${CHANGING.map((column) => `${column} = excluded.${column}`).join(', ')}
    WHERE tickets.version < excluded.version RETURNING number
  )
SELECT
  (SELECT coalesce(array_agg(what), '{}') FROM found WHERE is_other) AS other,
  (SELECT count(*) FROM new_events) + (SELECT count(*) FROM new_notices)
    + (SELECT count(*) FROM found WHERE what NOT LIKE 'version %')
    = (SELECT count(*) FROM given_events) + (SELECT count(*) FROM given_notices) AS settled`;

const COMPARE = `
WITH ${GIVEN} SELECT coalesce(array_agg(what), '{}') AS other FROM found WHERE is_other`;

/** Whether an id in an event names a person's words; naming a text makes it readable (schema.prisma, StaffText). */
const NAMES_WORDS: Readonly<Record<IdField, boolean>> = {
  messageId: true,
  textId: true,
  reasonId: true,
  noteId: true,
  diagnosisId: true,
  clientId: false,
  contactId: false,
  productId: false,
  staffId: false,
  previousId: false,
  noticeId: false,
  releaseId: false,
  vendorId: false,
  updateId: false,
};

type KeyOf<Fact> = Fact extends TicketFact ? keyof Fact : never;
type IdField = Extract<KeyOf<TicketFact>, `${string}Id`>;

/** Every id in an event that names a message or a text of staff. */
export function namesOf(event: TicketEvent): string[] {
  const namesWords: Readonly<Record<string, boolean>> = NAMES_WORDS;
  return Object.entries(event)
    .filter(([field]) => namesWords[field] === true)
    .map(([, id]) => id as unknown)
    .filter((id) => typeof id === 'string');
}

function eventRow(ticketNumber: number, event: TicketEvent) {
  return {
    ticket_number: ticketNumber,
    version: event.version,
    type: event.type,
    at: instant(event.at),
    known_at: instant(event.knownAt),
    actor: event.actor,
    clause: event.clause,
    event,
    names: namesOf(event),
  };
}

function noticeRow(notice: Notice) {
  const { id, ticketNumber, version, kind, audience } = notice;
  return { id, ticket_number: ticketNumber, version, kind, audience, notice };
}

function ticketRow({
  ticket,
  deadlines,
}: RecordedBatch): { number: number } & Record<(typeof CHANGING)[number], unknown> {
  const end = ticket.status === 'closed' ? ticket : null;
  const breaches = [ticket.firstResponse.breaches, ticket.resolution.breaches];
  return {
    number: ticket.number,
    status: ticket.status,
    version: ticket.version,
    revision: ticket.revision,
    severity: ticket.severity,
    proposed_severity: ticket.proposedSeverity,
    effective_severity: deadlines.effectiveSeverity,
    channel: ticket.channel,
    received_at: instant(ticket.receivedAt),
    client_id: ticket.clientId,
    contact_id: ticket.contactId,
    product_id: ticket.productId,
    assignee_id: ticket.assigneeId,
    put_ahead_at: instant(ticket.putAheadAt),
    outcome: end?.outcome ?? null,
    closed_because: end?.closedBecause ?? null,
    closed_at: instant(end?.closedAt ?? null),
    merged_into: end?.mergedInto ?? null,
    first_responded_at: instant(ticket.firstResponse.at),
    first_response_due_at: instant(deadlines.firstResponseDueAt),
    resolution_due_at: instant(deadlines.resolutionDueAt),
    provisional: deadlines.provisional,
    next_deadline_kind: deadlines.next?.kind ?? null,
    next_deadline_at: instant(deadlines.next?.at ?? null),
    breached: breaches.some((list) => breachThatCounts(list) !== null),
    calendar_version: ticket.calendarVersion,
    state: ticket,
  };
}

function instant(at: Instant | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
