import { clientLink, makeToken } from '../channels/client-link.ts';
import type { OutgoingMessage } from '../channels/channel.ts';
import { noticeMessageId } from '../channels/email/message-id.ts';
import type { ChannelSenders } from '../channels/index.ts';
import { html, plainText } from '../channels/letter.ts';
import type { Letter } from '../channels/letter.ts';
import { ticketAddress } from '../channels/public-address.ts';
import type { ClientNotice, StaffNotice } from '../channels/texts/texts.ts';
import type { Database } from '../prisma/client.ts';
import { isWithheld, noticeContext, receiptsOfLastHour, recordDelivery, staffRecipients } from '../prisma/notices.ts';
import type { NoticeContext, StaffRecipient, Withheld } from '../prisma/notices.ts';
import type { Instant } from '../regulation/instant.ts';
import { CLIENT_NOTICES, STAFF_NOTICES } from '../regulation/notices.ts';
import type { Notice } from '../regulation/notices.ts';
import type { Channel } from '../regulation/vocabulary.ts';
import type { WorkingCalendar } from '../regulation/working-calendar.ts';
import { temporary } from './failures.ts';
import { clientAddresses } from './notices/client-addresses.ts';
import type { ChannelAddress } from './notices/client-addresses.ts';
import { isOvertaken, languageOf, writeToClient } from './notices/client-letter.ts';
import { writeToStaff } from './notices/staff-letter.ts';
import type { NoticeFate, TicketActivities } from './ticket-activities.ts';

export interface NoticeSending {
  db: Database;
  senders: ChannelSenders;
  /** The base of every link, and the secret that ids and links are derived from. */
  publicUrl: string;
  linkSecret: string;
  /** The official mail address; ids of letters end in its domain. */
  mailFrom: string;
  calendarOf: (version: number, around: Instant) => Promise<WorkingCalendar>;
  log: NoticeLog;
}

/** One line per fact, with ids alone. */
interface NoticeLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

/** An address that nobody has verified gets no more receipts than this in an hour (threats S3). */
const MOST_RECEIPTS_AN_HOUR = 3;

/**
 * More would only queue for the channel's connections, hold every place of the worker and keep records waiting behind a
 * dead mail server.
 */
const MOST_AT_ONCE = 50;

/**
 * Hands a notice to everybody who is to have it now, each recipient once: whoever is settled already is left out, so a
 * repeat sends only what is still owed. Between the hand-over and its row lies the one gap in which a crash makes a
 * repeat; it then carries the same id.
 */
export function createNoticeSender(sending: NoticeSending): TicketActivities['sendNotice'] {
  let underWay = 0;
  return async (notice) => {
    if (underWay >= MOST_AT_ONCE) throw temporary('enough notices are being sent', 'SendingBusy', '1 second');
    underWay += 1;
    try {
      const context = await noticeContext(sending.db, notice.id);
      if (context === null) throw temporary(`notice ${notice.id} is not recorded yet`, 'NoticeNotRecorded');
      return notice.audience === 'client'
        ? await sendToClient(sending, notice, context)
        : await sendToStaff(sending, notice, context);
    } finally {
      underWay -= 1;
    }
  };
}

async function sendToClient(sending: NoticeSending, notice: Notice, context: NoticeContext): Promise<NoticeFate> {
  const settled = context.settled[0];
  if (settled !== undefined) return fateOf(settled);
  const kind = kindAmong(CLIENT_NOTICES, notice);
  const addresses = clientAddresses(context, (channel) => sending.senders[channel] !== undefined);
  const withheld = await reasonToWithhold(sending, { kind, context, addresses });
  const channel = addresses[0]?.channel ?? context.ticket.channel;
  if (withheld !== null) {
    const nothing = { noticeId: notice.id, recipient: CLIENT, channel, externalId: null, subject: '', body: '' };
    await recordDelivery(sending.db, { ...nothing, fate: 'failed', code: withheld });
    return { fate: 'withheld', code: withheld };
  }
  const now = Date.now() + context.request.rehearsalOffsetMs;
  const token = { ticketNumber: notice.ticketNumber, keyVersion: context.request.linkKeyVersion };
  const letter = await writeToClient(kind, notice, {
    context,
    now,
    link: clientLink(sending.publicUrl, makeToken(sending.linkSecret, { purpose: 'client-link', ...token })),
    calendar: () => sending.calendarOf(context.ticket.calendarVersion, now),
  });
  return handOver(sending, notice, {
    recipient: CLIENT,
    addresses,
    letter,
    message: {
      to: { address: '', name: context.contact?.fullName ?? null },
      language: languageOf(context),
      references: [...context.mailsHeard, ...referencesOf(context, CLIENT)],
      replyToken: makeToken(sending.linkSecret, { purpose: 'reply', ...token }),
      author: kind === 'receipt' ? 'system-in-answer' : WRITTEN_BY_PERSONS.has(kind) ? 'person' : 'system',
      bounces: kind === 'receipt' || kind === 'reminder' ? 'dropped' : 'returned',
    },
    noAddress: { channel, code: 'no-address' },
  });
}

/** Every other notice to the client is the system's own. */
const WRITTEN_BY_PERSONS: ReadonlySet<ClientNotice> = new Set([
  'reply',
  'question',
  'postponed',
  'completion',
  'declined',
]);

/** How `recipient` names the client; members of staff go by their ids. */
const CLIENT = 'client';

async function reasonToWithhold(
  { db }: NoticeSending,
  { kind, context, addresses }: { kind: ClientNotice; context: NoticeContext; addresses: readonly ChannelAddress[] },
): Promise<Withheld | null> {
  if (isOvertaken(kind, context.ticket)) return 'overtaken';
  const address = addresses[0]?.address;
  if (kind !== 'receipt' || context.ticket.clientId !== null || address === undefined) return null;
  return (await receiptsOfLastHour(db, address)) >= MOST_RECEIPTS_AN_HOUR ? 'enough-receipts' : null;
}

async function sendToStaff(sending: NoticeSending, notice: Notice, context: NoticeContext): Promise<NoticeFate> {
  const kind = kindAmong(STAFF_NOTICES, notice);
  const audience = notice.audience === 'assignee' ? 'assignee' : 'on-duty';
  const recipients = await staffRecipients(sending.db, audience, context.ticket.assigneeId);
  const owed = recipients.filter(({ id }) => context.settled.every(({ recipient }) => recipient !== id));
  // One recipient's trouble keeps nobody else waiting; whoever is settled is not written to again.
  const outcomes = await Promise.allSettled(
    owed.map((recipient) => sendToOne(sending, { kind, notice, context, recipient })),
  );
  const fates = [
    ...context.settled.map(fateOf),
    ...outcomes.map((outcome) => {
      if (outcome.status === 'rejected') throw outcome.reason;
      return outcome.value;
    }),
  ];
  if (fates.length === 0) {
    return audience === 'assignee'
      ? { fate: 'withheld', code: 'nobody-assigned' satisfies Withheld }
      : { fate: 'failed', code: 'no-recipient' };
  }
  return fates.find(({ fate }) => fate === 'delivered') ?? fates[0]!;
}

function sendToOne(
  sending: NoticeSending,
  {
    kind,
    notice,
    context,
    recipient,
  }: { kind: StaffNotice; notice: Notice; context: NoticeContext; recipient: StaffRecipient },
): Promise<NoticeFate> {
  const { id, email, name, language } = recipient;
  const now = Date.now() + context.request.rehearsalOffsetMs;
  const link = ticketAddress(sending.publicUrl, notice.ticketNumber);
  return handOver(sending, notice, {
    recipient: id,
    addresses: [{ channel: 'email', address: email }],
    letter: writeToStaff(kind, notice, { context, language, now, link }),
    message: {
      to: { address: email, name },
      language,
      references: referencesOf(context, id),
      replyToken: null,
      author: 'system',
      bounces: 'returned',
    },
    noAddress: { channel: 'email', code: 'no-address' },
  });
}

/** What was sent to a recipient on this ticket before, so that his mail program keeps it together. */
function referencesOf({ handedOver }: NoticeContext, recipient: string): string[] {
  return handedOver.filter((one) => one.recipient === recipient).map(({ externalId }) => externalId);
}

/** A long conversation's references are cut to its beginning and its end, as RFC 5322 allows. */
const MOST_REFERENCES = 12;

interface Handing {
  recipient: string;
  addresses: readonly ChannelAddress[];
  letter: Letter;
  message: Omit<OutgoingMessage, 'messageId' | 'subject' | 'text' | 'html'>;
  noAddress: { channel: Channel; code: string };
}

/** Tries the addresses in turn, the next one only when the one before is refused for good. */
async function handOver(
  sending: NoticeSending,
  notice: Notice,
  { recipient, addresses, letter, message, noAddress }: Handing,
): Promise<NoticeFate> {
  const { db, senders, linkSecret, mailFrom, log } = sending;
  const { ticketNumber, id: noticeId } = notice;
  const text = plainText(letter);
  const { references } = message;
  const outgoing: OutgoingMessage = {
    ...message,
    references:
      references.length > MOST_REFERENCES
        ? [...references.slice(0, 1), ...references.slice(1 - MOST_REFERENCES)]
        : references,
    messageId: noticeMessageId(linkSecret, { noticeId, recipient, from: mailFrom }),
    subject: letter.subject,
    text,
    html: html(letter, message.language),
  };
  const row = { noticeId, recipient, subject: letter.subject, body: text };
  let refused = noAddress;
  for (const { channel, address } of addresses) {
    const result = await senders[channel]?.send({ ...outgoing, to: { ...message.to, address } });
    if (result === undefined) continue;
    const fields = { ticketNumber, notice: noticeId, recipient, channel };
    if (result.outcome === 'delivered') {
      await recordDelivery(db, { ...row, channel, fate: 'delivered', code: null, externalId: result.externalId });
      log.info(fields, 'notice sent');
      return { fate: 'delivered', channel };
    }
    log.warn({ ...fields, code: result.code, permanent: result.permanent }, 'notice not taken');
    if (!result.permanent)
      throw temporary(`${channel} does not take notice ${noticeId} now: ${result.code}`, 'ChannelDown');
    refused = { channel, code: result.code };
  }
  await recordDelivery(db, { ...row, ...refused, fate: 'failed', externalId: null });
  return { fate: 'failed', code: refused.code };
}

function fateOf({ fate, channel, code }: NoticeContext['settled'][number]): NoticeFate {
  if (fate === 'delivered') return { fate, channel };
  return isWithheld(code) ? { fate: 'withheld', code } : { fate, code: code ?? 'unknown' };
}

function kindAmong<K extends Notice['kind']>(kinds: readonly K[], { id, kind }: Notice): K {
  const found = kinds.find((one) => one === kind);
  if (found === undefined) throw temporary(`notice ${id} is not for its audience`, 'NoticeMalformed');
  return found;
}
