import type { Database } from '../../prisma/client.ts';
import { recordBatch } from '../../prisma/ticket-records.ts';
import type { RecordedBatch } from '../../prisma/ticket-records.ts';
import { recordedDeadlines } from '../../regulation/deadlines.ts';
import type { Notice } from '../../regulation/notices.ts';
import { bishkek } from './calendars.ts';
import { receive } from './scenario.ts';
import type { Beginning, Scenario } from './scenario.ts';

/** Ids of the rows that `knownClient` writes, for scenarios that end in the database. */
export const CLIENT_ID = '01930000-0000-7000-8000-000000000001';
export const CONTACT_ID = '01930000-0000-7000-8000-000000000002';
export const AGENT_ID = '01930000-0000-7000-8000-000000000011';
export const OTHER_AGENT_ID = '01930000-0000-7000-8000-000000000012';
export const HEAD_ID = '01930000-0000-7000-8000-000000000013';
export const DEVELOPER_ID = '01930000-0000-7000-8000-000000000014';

/** A client with one contact, a product and staff of three roles. */
export async function seedDirectories(db: Database): Promise<void> {
  await db.client.create({ data: { id: CLIENT_ID, name: 'Лаборатория «Ак-Суу»' } });
  await db.contact.create({
    data: { id: CONTACT_ID, clientId: CLIENT_ID, fullName: 'Асанова Айгуль', email: 'aigul@ak-suu.example' },
  });
  await db.product.create({ data: { id: 'siroca-lis', name: 'Siroca LIS' } });
  await db.staff.createMany({
    data: [
      { id: AGENT_ID, email: 'bakyt@siroca.example', name: 'Бакыт', role: 'agent', passwordHash: '' },
      { id: OTHER_AGENT_ID, email: 'cholpon@siroca.example', name: 'Чолпон', role: 'agent', passwordHash: '' },
      { id: HEAD_ID, email: 'daniyar@siroca.example', name: 'Данияр', role: 'head', passwordHash: '' },
      { id: DEVELOPER_ID, email: 'elena@siroca.example', name: 'Елена', role: 'developer', passwordHash: '' },
    ],
  });
}

interface Request {
  known: boolean;
  subject: string;
  text: string;
  senderAddress: string | null;
  channel: 'email' | 'telegram' | 'web-form' | 'web-chat' | 'phone';
  externalId: string;
  language: string;
  missing: string[];
}

let nextMessage = 0x100;

/** An id of a message or a text, another one at each call. */
export function wordsId(): string {
  nextMessage += 1;
  return `01930000-0000-7000-8000-${nextMessage.toString(16).padStart(12, '0')}`;
}

/** A request as intake commits it, of the known contact or of a stranger. */
export async function seedRequest(
  db: Database,
  overrides: Partial<Request> = {},
): Promise<{ number: number; messageId: string }> {
  const messageId = wordsId();
  const request: Request = {
    known: true,
    subject: 'Не печатаются этикетки',
    text: 'Принтер этикеток молчит с утра.',
    senderAddress: 'aigul@ak-suu.example',
    channel: 'email',
    externalId: `<${messageId}@ak-suu.example>`,
    language: 'ru',
    missing: [],
    ...overrides,
  };
  const receivedAt = new Date(bishkek('2026-03-02 09:00'));
  const { number } = await db.ticketRequest.create({
    data: {
      edition: '2023-03-31',
      channel: request.channel,
      receivedAt,
      clientId: request.known ? CLIENT_ID : null,
      contactId: request.known ? CONTACT_ID : null,
      productId: 'siroca-lis',
      agreements: [],
      subject: request.subject,
      senderAddress: request.senderAddress,
      language: request.language,
      missing: request.missing,
      firstMessageId: messageId,
    },
  });
  await seedMessage(db, { id: messageId, ticketNumber: number, ...request, receivedAt });
  return { number, messageId };
}

/** What a client said, as intake commits it. */
export async function seedMessage(
  db: Database,
  message: {
    id: string;
    ticketNumber: number;
    text: string;
    receivedAt: Date;
    channel?: Request['channel'];
    externalId?: string;
    act?: 'message' | 'confirm' | 'disagree';
    automatic?: boolean;
    hasReason?: boolean;
  },
): Promise<void> {
  const { id, ticketNumber, text, receivedAt, channel = 'email', externalId = `<${id}@ak-suu.example>` } = message;
  const { act = 'message', automatic = false, hasReason = false } = message;
  const row = { id, ticketNumber, act, channel, account: 'support@siroca.com', externalId, text, receivedAt };
  await db.message.create({ data: { ...row, automatic, hasReason } });
}

/** A text of staff, written before its act is asked for. */
export async function seedText(db: Database, ticketNumber: number, body: string): Promise<string> {
  const id = wordsId();
  await db.staffText.create({ data: { id, ticketNumber, staffId: AGENT_ID, act: 'reply', field: 'text', body } });
  return id;
}

/** A scenario of a request that is in the database. */
export function receiveRecorded(request: { number: number; messageId: string }, beginning: Beginning = {}): Scenario {
  return receive({ ...request, clientId: CLIENT_ID, contactId: CONTACT_ID, ...beginning });
}

/** The events of a scenario from one version on, with what they owe, as the workflow records them. */
export function batchOf({ events, ticket, notices, calendar }: Scenario, fromVersion = 1): RecordedBatch {
  return {
    events: events.filter(({ version }) => version >= fromVersion),
    ticket,
    notices: notices.filter(({ version }) => version >= fromVersion),
    deadlines: recordedDeadlines(ticket, calendar),
  };
}

/** Records a scenario as it stands and gives its last notice of a kind. */
export async function recordedNotice(db: Database, scenario: Scenario, kind: Notice['kind']): Promise<Notice> {
  await recordBatch(db, batchOf(scenario));
  const notice = scenario.notices.findLast((one) => one.kind === kind);
  if (notice === undefined) throw new Error(`no notice ${kind}: ${scenario.story()}`);
  return notice;
}

/** Puts a ticket's own clock to an instant, as rehearsal does, so that a letter is written then. */
export async function setTicketClock(db: Database, number: number, wallClock: string): Promise<void> {
  const data = { rehearsalOffsetMs: BigInt(bishkek(wallClock) - Date.now()) };
  await db.ticketRequest.update({ where: { number }, data });
}
