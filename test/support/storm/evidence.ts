import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { createDatabase } from '../../../prisma/client.ts';
import type { Database } from '../../../prisma/client.ts';
import type { CalendarDefinition } from '../../../regulation/calendar-definition.ts';
import type { TicketEvent } from '../../../regulation/events.ts';
import type { Ticket } from '../../../regulation/ticket.ts';
import type { Letter } from '../../../tools/mail-sink/letters.ts';
import { ticketQuery, ticketWorkflowId } from '../../../workflows/ticket-messages.ts';
import { historiesOf, personalTextIn } from '../history-payloads.ts';
import type { JsonHistory } from '../history-payloads.ts';
import { until } from '../stack.ts';
import type { Stack } from '../stack.ts';
import type { StormRecord } from './record.ts';

/** A message as the records have it. */
export interface KeptMessage {
  id: string;
  act: string;
  text: string;
  identity: string;
  /** The ticket that it was sent to. */
  ticketNumber: number;
  followUpNumber: number | null;
  contactId: string | null;
  automatic: boolean;
  isDispatched: boolean;
  isSettled: boolean;
  hasOriginal: boolean;
}

/** A request and the ticket that came of it, in the records and in its workflow. */
export interface KeptTicket {
  number: number;
  firstMessageId: string;
  followUpOf: number | null;
  events: TicketEvent[];
  state: Ticket | null;
  nextDeadlineAt: number | null;
  /** The ticket's own clock at the time of the evidence, by the records. */
  now: number;
  workflow: { ticket: Ticket | null; recordedVersion: number; pendingNotices: string[] } | null;
}

export interface KeptNotice {
  id: string;
  ticketNumber: number;
  audience: string;
  deliveries: { recipient: string; fate: string; code: string | null; externalId: string | null; settledAt: number }[];
}

export interface SeenLetter {
  messageId: string;
  to: string[];
  text: string;
  receivedAt: number;
}

/** All that is left of a storm: what was asked (H), the records (R), the workflows (W) and the letters (S). */
export interface Evidence {
  asked: StormRecord;
  messages: KeptMessage[];
  tickets: KeptTicket[];
  texts: { id: string; ticketNumber: number; act: string; body: string }[];
  notices: KeptNotice[];
  letters: SeenLetter[];
  definitions: Map<number, CalendarDefinition>;
  /** Every run that Temporal has, with what its history tells of trouble. */
  runs: { workflowId: string; status: string; taskFailures: string[]; personalText: string[] }[];
  /** Each log file, with the storm's words that stand in it. */
  logs: { file: string; personalText: string[] }[];
}

const QUIET_WITHIN_MS = 180_000;
const SETTLED_WITHIN_MS = 30_000;

/** Returns once nothing is on its way any more: everything dispatched, applied, recorded and told. */
export async function quiet(stack: Stack): Promise<void> {
  const { db, close } = await connected(stack);
  let waiting: unknown;
  try {
    await until(
      async () => {
        const [row] = await db.$queryRaw<Record<string, number>[]>`
          SELECT
            (SELECT count(*)::int FROM messages WHERE dispatched_at IS NULL OR settled_at IS NULL) AS messages,
            (SELECT count(*)::int FROM ticket_requests r WHERE NOT EXISTS (SELECT FROM tickets t WHERE t.number = r.number)
              ) AS requests,
            (SELECT count(*)::int FROM notices n WHERE NOT EXISTS (
              SELECT FROM notice_deliveries d WHERE d.notice_id = n.id)) AS notices,
            (SELECT count(*)::int FROM tickets t JOIN ticket_requests r ON r.number = t.number
              WHERE t.next_deadline_at < now() + make_interval(secs => r.rehearsal_offset_ms / 1000.0)) AS deadlines,
            (SELECT count(*)::int FROM tickets t WHERE t.status = 'completed') AS untold`;
        waiting = row;
        return Object.values(row ?? { none: 1 }).every((count) => count === 0);
      },
      { withinMs: QUIET_WITHIN_MS, what: () => `it does not become quiet: ${JSON.stringify(waiting)}` },
    );
  } finally {
    await close();
  }
}

export async function gathered({
  stack,
  dataFolder,
  asked,
}: {
  stack: Stack;
  dataFolder: string;
  asked: StormRecord;
}): Promise<Evidence> {
  const { db, client, close } = await connected(stack);
  try {
    return {
      asked,
      messages: await messages(db),
      tickets: await tickets(db, client),
      texts: await db.staffText.findMany({ select: { id: true, ticketNumber: true, act: true, body: true } }),
      notices: await notices(db),
      letters: await letters(stack),
      definitions: new Map(
        (await db.calendarVersion.findMany()).map((row) => [
          row.version,
          row.definition as unknown as CalendarDefinition,
        ]),
      ),
      runs: await runs(client),
      logs: logs(path.join(dataFolder, 'logs')),
    };
  } finally {
    await close();
  }
}

/** Histories in which a killing has left its mark: a task that nobody finished in time. */
export async function markedHistories(stack: Stack, most: number): Promise<JsonHistory[]> {
  const { client, close } = await connected(stack);
  try {
    const marked: JsonHistory[] = [];
    for await (const { history } of historiesOf(client)) {
      if (marked.length >= most) break;
      if (history.events.some(({ eventType }) => eventType.endsWith('_TIMED_OUT'))) marked.push(history);
    }
    return marked;
  } finally {
    await close();
  }
}

async function connected(stack: Stack): Promise<{ db: Database; client: Client; close: () => Promise<void> }> {
  const db = createDatabase(stack.addresses.database, { connections: 2 });
  const connection = await Connection.connect({ address: stack.addresses.temporal });
  return {
    db,
    client: new Client({ connection }),
    async close() {
      await connection.close();
      await db.$disconnect();
    },
  };
}

async function messages(db: Database): Promise<KeptMessage[]> {
  const rows = await db.message.findMany({ include: { original: true }, orderBy: { seq: 'asc' } });
  return rows.map((row) => ({
    id: row.id,
    act: row.act,
    text: row.text,
    identity: identityOf(row),
    ticketNumber: row.ticketNumber,
    followUpNumber: row.followUpNumber,
    contactId: row.contactId,
    automatic: row.automatic,
    isDispatched: row.dispatchedAt !== null,
    isSettled: row.settledAt !== null,
    hasOriginal: row.original !== null && sha256(row.original.bytes) === row.originalSha256,
  }));
}

export function identityOf({
  channel,
  account,
  externalId,
}: {
  channel: string;
  account: string;
  externalId: string;
}): string {
  return [channel, account, externalId].join(' ');
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

async function tickets(db: Database, client: Client): Promise<KeptTicket[]> {
  const rows = await db.ticketRequest.findMany({
    include: { ticket: true, events: { orderBy: { version: 'asc' } } },
    orderBy: { number: 'asc' },
  });
  const kept: KeptTicket[] = [];
  for (const row of rows) {
    kept.push({
      number: row.number,
      firstMessageId: row.firstMessageId,
      followUpOf: row.followUpOf,
      events: row.events.map(({ event }) => event as unknown as TicketEvent),
      state: (row.ticket?.state ?? null) as unknown as Ticket | null,
      nextDeadlineAt: row.ticket?.nextDeadlineAt?.getTime() ?? null,
      now: Date.now() + Number(row.rehearsalOffsetMs),
      workflow: await settledWorkflow(client, row.number),
    });
  }
  return kept;
}

/** What the workflow knows, once it has heard what became of its notices; the records know that a moment earlier. */
async function settledWorkflow(client: Client, number: number): Promise<KeptTicket['workflow']> {
  for (const lateAt = Date.now() + SETTLED_WITHIN_MS; ; await pause(50)) {
    const known = await client.workflow
      .getHandle(ticketWorkflowId(number))
      .query(ticketQuery)
      .catch(() => null);
    if (known?.pendingNotices.length === 0 || Date.now() > lateAt) return known;
  }
}

async function notices(db: Database): Promise<KeptNotice[]> {
  const rows = await db.notice.findMany({ include: { deliveries: true } });
  return rows.map((row) => ({
    id: row.id,
    ticketNumber: row.ticketNumber,
    audience: row.audience,
    deliveries: row.deliveries.map(({ recipient, fate, code, externalId, settledAt }) => ({
      recipient,
      fate,
      code,
      externalId,
      settledAt: settledAt.getTime(),
    })),
  }));
}

async function letters(stack: Stack): Promise<SeenLetter[]> {
  const response = await fetch(`${stack.addresses.mail}/api/messages?limit=1000000`);
  return ((await response.json()) as Letter[])
    .map(({ headers, to, subject, text, receivedAt }) => ({
      messageId: headers['message-id'] ?? '',
      to,
      text: `${subject}\n${text}`,
      receivedAt: Date.parse(receivedAt),
    }))
    .toReversed();
}

async function runs(client: Client): Promise<Evidence['runs']> {
  const statuses = new Map<string, string>();
  for await (const { workflowId, status } of client.workflow.list()) {
    statuses.set(workflowId, [statuses.get(workflowId), status.name].filter((one) => one !== undefined).join(' '));
  }
  const found: Evidence['runs'] = [];
  for await (const { workflowId, history } of historiesOf(client)) {
    found.push({
      workflowId,
      status: statuses.get(workflowId) ?? '',
      taskFailures: history.events.flatMap((event) =>
        event.eventType.includes('WORKFLOW_TASK_FAILED') ? JSON.stringify(event) : [],
      ),
      personalText: personalTextIn(history, CANARIES),
    });
  }
  return found;
}

/** What stands in every word, name and address of a storm (storm.ts). */
const CANARIES = ['Канарейка', 'canary'];

function logs(folder: string): Evidence['logs'] {
  return readdirSync(folder).map((file) => {
    const text = readFileSync(path.join(folder, file), 'utf8');
    return { file, personalText: CANARIES.filter((canary) => text.includes(canary)) };
  });
}
