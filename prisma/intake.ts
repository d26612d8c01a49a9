import { createHash } from 'node:crypto';
import type { AgreementFact } from '../regulation/agreement.ts';
import type { Instant } from '../regulation/instant.ts';
import type { Channel, Frequency, Impact, Language, RequestPart } from '../regulation/vocabulary.ts';
import type { Queries } from './client.ts';
import type { Prisma } from './generated/client.ts';

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
  originalSha256: string;
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
  firstMessageId: string;
  followUpOf: number | null;
}

/** Keeps the bytes as they came in and gives their name. The same bytes are kept once. */
export async function keepOriginal(db: Queries, bytes: Buffer): Promise<string> {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  await db.$executeRaw`INSERT INTO originals (sha256, bytes) VALUES (${sha256}, ${bytes}) ON CONFLICT DO NOTHING`;
  return sha256;
}

/** Registers a request (§2.3) and gives its number. Its text is its first message, which the caller files too. */
export async function registerRequest(
  db: Queries,
  request: NewRequest,
): Promise<{ number: number; linkKeyVersion: number }> {
  const { agreements, missing, receivedAt, ...columns } = request;
  return db.ticketRequest.create({
    data: {
      ...columns,
      agreements: agreements as unknown as Prisma.InputJsonValue,
      missing: [...missing],
      receivedAt: new Date(receivedAt),
    },
    select: { number: true, linkKeyVersion: true },
  });
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
  message: NewMessage & { ticketNumber: number },
  course: MessageCourse,
): Promise<void> {
  const { receivedAt, ...columns } = message;
  const noted = course.course === 'noted' ? new Date() : null;
  await db.message.create({
    data: {
      ...columns,
      receivedAt: new Date(receivedAt),
      dispatchedAt: noted,
      settledAt: noted,
      followUpNumber: course.course === 'to-follow-up' ? course.followUpNumber : null,
    },
    select: { id: true },
  });
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
