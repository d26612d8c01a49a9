import { createHash } from 'node:crypto';
import type { AgreementFact } from '../regulation/agreement.ts';
import type { Instant } from '../regulation/instant.ts';
import type { Channel, Frequency, Impact, Language, RequestPart } from '../regulation/vocabulary.ts';
import type { Queries } from './client.ts';
import { Prisma } from './generated/client.ts';

/** What a client says by a message: something, that he confirms, or that he disagrees. */
export type MessageAct = 'message' | 'confirm' | 'disagree';

export interface NewMessage {
  id: string;
  act: MessageAct;
  channel: Channel;
  account: string;
  externalId: string;
  contactId: string | null;
  senderAddress: string | null;
  senderName: string | null;
  subject: string | null;
  text: string;
  hasReason: boolean;
  automatic: boolean;
  /** In the ticket's own time. */
  receivedAt: Instant;
  original: Original;
}

/** The bytes as they came in, and their SHA-256 in hex, which is their name. */
export interface Original {
  bytes: Buffer;
  sha256: string;
}

export function originalOf(bytes: Buffer): Original {
  return { bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
}

export interface NewRequest {
  edition: string;
  channel: Channel;
  receivedAt: Instant;
  clientId: string | null;
  contactId: string | null;
  productId: string | null;
  agreements: readonly AgreementFact[];
  subject: string;
  steps: string | null;
  frequency: Frequency | null;
  impact: Impact | null;
  affectedUsers: number | null;
  contactName: string | null;
  contactEmail: string | null;
  contactPhone: string | null;
  organisation: string | null;
  senderAddress: string | null;
  language: Language;
  missing: readonly RequestPart[];
  followUpOf: number | null;
}

/** Keeps bytes that make no message. The same bytes are kept once. */
export async function keepOriginal(db: Queries, original: Original): Promise<void> {
  await db.$executeRaw`${originalKept(original)}`;
}

/** Registers a request (§2.3) and files its first message, which is its text, in one statement; gives its number. */
export async function registerRequest(
  db: Queries,
  { request, message }: { request: NewRequest; message: NewMessage },
): Promise<{ number: number; linkKeyVersion: number }> {
  return registered(
    await db.$queryRaw`
      WITH original AS (${originalKept(message.original)}),
      request AS (${requestInserted({ ...request, firstMessageId: message.id })}),
      message AS (${messageInserted(message, Prisma.sql`(SELECT number FROM request)`, { course: 'to-its-ticket' })})
      SELECT number, link_key_version AS "linkKeyVersion" FROM request`,
  );
}

/** Registers a follow-up (reading 12). The message that opens it is filed on the ticket that it was sent to. */
export async function registerFollowUp(
  db: Queries,
  request: NewRequest & { firstMessageId: string },
): Promise<{ number: number; linkKeyVersion: number }> {
  return registered(
    await db.$queryRaw`
      WITH request AS (${requestInserted(request)})
      SELECT number, link_key_version AS "linkKeyVersion" FROM request`,
  );
}

/** What becomes of a message once it is filed. */
export type MessageCourse =
  | { course: 'to-its-ticket' }
  /** Its ticket is closed: the follow-up that it opens or joins has it brought to it (reading 12). */
  | { course: 'to-follow-up'; followUpNumber: number }
  /** Filed for people to see, and brought to no workflow. */
  | { course: 'noted' };

/** Files what was said on a ticket. */
export async function fileMessage(
  db: Queries,
  { message, course }: { message: NewMessage & { ticketNumber: number }; course: MessageCourse },
): Promise<void> {
  await db.$executeRaw`
    WITH original AS (${originalKept(message.original)})
    ${messageInserted(message, Prisma.sql`${message.ticketNumber}`, course)}`;
}

/** How a channel names a message: unique for each account of each channel. */
export interface ChannelsOwnId {
  channel: Channel;
  account: string;
  externalId: string;
}

/**
 * The ticket on which a message of that name has been filed, or null. Until the end of the transaction nobody else asks
 * this for the same name, so of several deliveries at once one files it and the others find it.
 */
export async function filedUnder(db: Queries, own: ChannelsOwnId): Promise<number | null> {
  const name = JSON.stringify([own.channel, own.account, own.externalId]);
  await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${name}, 0))`;
  const row = await db.message.findUnique({
    where: { channel_account_externalId: { ...own } },
    select: { ticketNumber: true, followUpNumber: true },
  });
  return row === null ? null : (row.followUpNumber ?? row.ticketNumber);
}

function originalKept({ sha256, bytes }: Original): Prisma.Sql {
  return Prisma.sql`INSERT INTO originals (sha256, bytes) VALUES (${sha256}, ${bytes}) ON CONFLICT DO NOTHING`;
}

function requestInserted(request: NewRequest & { firstMessageId: string }): Prisma.Sql {
  const agreements = JSON.stringify(request.agreements);
  return Prisma.sql`
    INSERT INTO ticket_requests (
      edition, channel, received_at, client_id, contact_id, product_id, agreements, subject, steps, frequency, impact,
      affected_users, contact_name, contact_email, contact_phone, organisation, sender_address, language, missing,
      first_message_id, follow_up_of
    ) VALUES (
      ${request.edition}, ${request.channel}, ${new Date(request.receivedAt)}, ${request.clientId}::uuid,
      ${request.contactId}::uuid, ${request.productId}, ${agreements}::jsonb, ${request.subject}, ${request.steps},
      ${request.frequency}, ${request.impact}, ${request.affectedUsers}, ${request.contactName}, ${request.contactEmail},
      ${request.contactPhone}, ${request.organisation}, ${request.senderAddress}, ${request.language},
      ${[...request.missing]}, ${request.firstMessageId}::uuid, ${request.followUpOf}
    ) RETURNING number, link_key_version`;
}

function messageInserted(message: NewMessage, ticketNumber: Prisma.Sql, course: MessageCourse): Prisma.Sql {
  const notedAt = course.course === 'noted' ? new Date() : null;
  const followUpNumber = course.course === 'to-follow-up' ? course.followUpNumber : null;
  return Prisma.sql`
    INSERT INTO messages (
      id, ticket_number, act, channel, account, external_id, contact_id, sender_address, sender_name, subject, text,
      has_reason, automatic, received_at, original_sha256, dispatched_at, settled_at, follow_up_number
    ) VALUES (
      ${message.id}::uuid, ${ticketNumber}, ${message.act}, ${message.channel}, ${message.account},
      ${message.externalId}, ${message.contactId}::uuid, ${message.senderAddress}, ${message.senderName},
      ${message.subject}, ${message.text}, ${message.hasReason}, ${message.automatic}, ${new Date(message.receivedAt)},
      ${message.original.sha256}, ${notedAt}, ${notedAt}, ${followUpNumber}
    )`;
}

function registered(rows: { number: number; linkKeyVersion: number }[]): { number: number; linkKeyVersion: number } {
  const [row] = rows;
  if (row === undefined) throw new Error('a request was registered and has no number');
  return row;
}
