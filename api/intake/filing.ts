import { randomUUID } from 'node:crypto';
import { agreementFactsOf } from '../../prisma/agreements.ts';
import type { Queries } from '../../prisma/client.ts';
import { openFollowUpOf } from '../../prisma/follow-ups.ts';
import { fileMessage, originalOf, registerFollowUp, registerRequest } from '../../prisma/intake.ts';
import type { MessageCourse, NewMessage, NewRequest } from '../../prisma/intake.ts';
import type { TicketRow } from '../../prisma/ticket-reads.ts';
import { editionInForce } from '../../regulation/editions.ts';
import type { Instant } from '../../regulation/instant.ts';
import { missingParts } from '../../regulation/proposal.ts';
import type { Channel, Frequency } from '../../regulation/vocabulary.ts';
import { companyDateOf } from './local-date.ts';

/** What came in, whoever brought it. */
export interface Incoming extends Omit<NewMessage, 'id' | 'receivedAt' | 'original'> {
  /** By the wall clock (reading 4). */
  receivedAt: Instant;
  /** The bytes as they came. */
  original: Buffer;
}

/** A request's own part, beside the message that makes it. */
export type RequestDetails = Pick<
  NewRequest,
  | 'clientId'
  | 'productId'
  | 'subject'
  | 'steps'
  | 'frequency'
  | 'impact'
  | 'affectedUsers'
  | 'contactName'
  | 'contactEmail'
  | 'contactPhone'
  | 'organisation'
  | 'language'
>;

/** Where a message was filed, and the ticket that it is brought to; null when it is only noted. */
export interface Filed {
  ticketNumber: number;
  /** Its receipt in the ticket's own time. */
  receivedAt: Instant;
  broughtTo: number | null;
  /** The follow-up that it opened (reading 12). */
  openedFollowUp: { number: number; linkKeyVersion: number } | null;
}

/** Registers what came in as a new request (§2.3). A full one or not, it is registered (§3.2). */
export async function fileRequest(
  tx: Queries,
  { incoming, details }: { incoming: Incoming; details: RequestDetails },
): Promise<{ number: number; linkKeyVersion: number; missing: NewRequest['missing'] }> {
  const missing = missingParts({
    steps: details.steps,
    frequency: details.frequency,
    attachments: 0,
    fullName: details.contactName,
    email: details.contactEmail,
    phone: details.contactPhone,
  });
  const request = {
    ...details,
    edition: editionInForce(companyDateOf(incoming.receivedAt)).id,
    channel: incoming.channel,
    receivedAt: incoming.receivedAt,
    contactId: incoming.contactId,
    agreements: await agreementFactsOf(tx, details.clientId),
    senderAddress: incoming.senderAddress,
    missing,
    followUpOf: null,
  };
  return { ...(await registerRequest(tx, { request, message: messageFrom(incoming, incoming.receivedAt) })), missing };
}

/**
 * Files a message on a ticket. After its closing nothing reopens it: a person's message opens the follow-up or joins the
 * open one, a confirmation is only noted, and what a machine wrote is only filed (readings 5 and 12).
 */
export async function fileOnTicket(
  tx: Queries,
  { row, incoming }: { row: TicketRow; incoming: Incoming },
): Promise<Filed> {
  const receivedAt = incoming.receivedAt + Number(row.rehearsalOffsetMs);
  const message = messageFrom(incoming, receivedAt);
  const { broughtTo, openedFollowUp, course } = await courseOf(tx, {
    row,
    message,
    wallClockReceiptAt: incoming.receivedAt,
  });
  await fileMessage(tx, { message: { ...message, ticketNumber: row.number }, course });
  return { ticketNumber: row.number, receivedAt, broughtTo, openedFollowUp };
}

/**
 * The follow-up of a closed ticket for a message of its client: the open one, or a new one with its own receipt, whose
 * agreement is judged anew (reading 12). What the first request said of the problem and of the sender holds for it too.
 */
export async function followUpFor(
  tx: Queries,
  { row, message }: { row: TicketRow; message: { id: string; channel: Channel; receivedAt: Instant } },
): Promise<{ number: number; opened: { number: number; linkKeyVersion: number } | null }> {
  const open = await openFollowUpOf(tx, row.number);
  if (open !== null) return { number: open, opened: null };
  const known = row.ticket ?? row;
  const opened = await registerFollowUp(tx, {
    edition: editionInForce(companyDateOf(message.receivedAt)).id,
    channel: message.channel,
    receivedAt: message.receivedAt,
    clientId: known.clientId,
    contactId: known.contactId,
    productId: known.productId,
    agreements: await agreementFactsOf(tx, known.clientId),
    subject: row.subject,
    steps: row.steps,
    frequency: row.frequency as Frequency | null,
    // How bad it is now is for the specialist to find out, not for a word of thanks to repeat.
    impact: null,
    affectedUsers: null,
    contactName: row.contactName,
    contactEmail: row.contactEmail,
    contactPhone: row.contactPhone,
    organisation: row.organisation,
    senderAddress: row.senderAddress,
    language: row.language as NewRequest['language'],
    missing: row.missing as NewRequest['missing'],
    firstMessageId: message.id,
    followUpOf: row.number,
  });
  return { number: opened.number, opened };
}

function messageFrom(incoming: Incoming, receivedAt: Instant): NewMessage {
  return { ...incoming, id: randomUUID(), receivedAt, original: originalOf(incoming.original) };
}

async function courseOf(
  tx: Queries,
  { row, message, wallClockReceiptAt }: { row: TicketRow; message: NewMessage; wallClockReceiptAt: Instant },
): Promise<Pick<Filed, 'broughtTo' | 'openedFollowUp'> & { course: MessageCourse }> {
  if (row.ticket?.status !== 'closed') {
    return { broughtTo: row.number, openedFollowUp: null, course: { course: 'to-its-ticket' } };
  }
  if (message.automatic || message.act === 'confirm') {
    return { broughtTo: null, openedFollowUp: null, course: { course: 'noted' } };
  }
  const followUp = await followUpFor(tx, { row, message: { ...message, receivedAt: wallClockReceiptAt } });
  return {
    broughtTo: followUp.number,
    openedFollowUp: followUp.opened,
    course: { course: 'to-follow-up', followUpNumber: followUp.number },
  };
}
