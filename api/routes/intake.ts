import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { readToken } from '../../channels/client-link.ts';
import { OFFICIAL_CHANNELS } from '../../channels/official-channels.ts';
import type { Queries } from '../../prisma/client.ts';
import { filedUnder, keepOriginal, originalOf } from '../../prisma/intake.ts';
import { ticketWaitingOn } from '../../prisma/joining.ts';
import { contactOf } from '../../prisma/senders.ts';
import type { KnownContact } from '../../prisma/senders.ts';
import { findTicket } from '../../prisma/ticket-reads.ts';
import type { TicketRow } from '../../prisma/ticket-reads.ts';
import { CHANNELS } from '../../regulation/vocabulary.ts';
import type { Channel } from '../../regulation/vocabulary.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { Problem } from '../errors.ts';
import { addressesOf } from '../intake/addresses.ts';
import { fullLineOr, isoInstant, MOST_TEXT, oneFullLine, oneLine, subjectFrom } from '../intake/fields.ts';
import { fileOnTicket, fileRequest } from '../intake/filing.ts';
import type { Incoming } from '../intake/filing.ts';
import { requireProduct } from '../intake/known-product.ts';
import { receiptOf } from '../intake/receipt.ts';
import { answerOnce } from '../plugins/idempotency.ts';
import { perMinute } from '../plugins/rate-limits.ts';

/** A message that a channel brings. */
const ChannelMessage = z.strictObject({
  /** The mailbox, bot, number or site that received it. */
  account: oneFullLine(200).optional(),
  /** The channel's own id of the message; a second delivery is known by it. */
  externalId: oneFullLine(998),
  /** When the company's server had it (reading 4); now, when it is not told. */
  receivedAt: isoInstant.optional(),
  from: z.strictObject({ address: oneFullLine(254), name: oneLine(200).optional() }),
  subject: oneLine(998).optional(),
  text: z.string().max(MOST_TEXT),
  /** From the address that one of our mails asked to answer to. */
  replyToken: z.string().max(200).optional(),
  /** Written by a machine: an automatic reply, a delivery report. */
  automatic: z.boolean().optional(),
  product: z.string().max(100).optional(),
});
type ChannelMessage = z.infer<typeof ChannelMessage>;

const Taken = z.object({
  /** The ticket that has the message; null for what a machine wrote to no ticket: its bytes are kept, nothing is registered. */
  number: z.int().nullable(),
  /** It was brought before: the first delivery counts. */
  duplicate: z.boolean(),
});
type Taken = z.infer<typeof Taken>;

/** Messages by the official channels, brought by integrations (§2.1, §2.3). */
export const intakeRoutes: FastifyPluginAsyncZod<ApiDependencies> = async (app, { db, settings }) => {
  app.post('/intake/:channel', {
    onRequest: [app.requireIntegration, requireOfficialChannel],
    schema: {
      tags: ['intake'],
      summary: 'Bring a message of an official channel (§2.1)',
      params: z.strictObject({ channel: z.enum(CHANNELS) }),
      body: ChannelMessage,
      response: { 202: Taken },
    },
    config: {
      rateLimit: perMinute(settings.limits.intake, (request) => request.headers.authorization ?? request.ip),
    },
    handler: async (request, reply) => {
      const { channel } = request.params;
      const { body } = request;
      const now = Date.now();
      const actor = `token:${request.integration.id}`;
      const answer = await answerOnce<Taken & { broughtTo: number | null }>({ request, db, actor }, async (tx) => {
        const account = body.account ?? 'default';
        const before = await filedUnder(tx, { channel, account, externalId: body.externalId });
        if (before !== null) return { status: 202, body: { number: before, duplicate: true, broughtTo: before } };
        const receivedAt = receiptOf(body.receivedAt, now);
        const productId = await requireProduct(tx, body.product);
        const contact = await contactOf(tx, addressesOf(channel, body.from.address));
        const incoming: Incoming = {
          act: 'message',
          channel,
          account,
          externalId: body.externalId,
          contactId: contact?.id ?? null,
          senderAddress: body.from.address,
          senderName: body.from.name ?? null,
          subject: body.subject ?? null,
          text: body.text,
          hasReason: false,
          automatic: body.automatic ?? false,
          receivedAt,
          original: request.originalBody,
        };
        const broughtTo = await take(tx, { incoming, body, contact, productId, linkSecret: settings.linkSecret });
        return { status: 202, body: { ...broughtTo, duplicate: false } };
      });
      if (answer.body.broughtTo !== null) request.toDispatch.push(answer.body.broughtTo);
      return reply.code(202).send({ number: answer.body.number, duplicate: answer.body.duplicate });
    },
  });
};

async function take(
  tx: Queries,
  message: {
    incoming: Incoming;
    body: ChannelMessage;
    contact: KnownContact | null;
    productId: string | null;
    linkSecret: string;
  },
): Promise<{ number: number | null; broughtTo: number | null }> {
  const { incoming, body, contact, productId } = message;
  const joined = await ticketJoined(tx, message);
  if (joined !== null) {
    const filed = await fileOnTicket(tx, {
      row: joined,
      incoming: { ...incoming, contactId: contact?.id ?? contactIdOf(joined) },
    });
    return { number: filed.broughtTo ?? filed.ticketNumber, broughtTo: filed.broughtTo };
  }
  if (incoming.automatic) {
    // A machine opens no ticket, else two robots open one another's for ever; and its sender's address lets it join no
    // conversation (readings 5 and 17). Its bytes are kept for whoever looks into a loop.
    await keepOriginal(tx, originalOf(incoming.original));
    return { number: null, broughtTo: null };
  }
  const { email, phone } = addressesOf(incoming.channel, body.from.address);
  const registered = await fileRequest(tx, {
    incoming,
    details: {
      clientId: contact?.clientId ?? null,
      productId,
      subject: fullLineOr(body.subject, () => subjectFrom(body.text)),
      steps: null,
      frequency: null,
      impact: null,
      affectedUsers: null,
      contactName: body.from.name ?? contact?.fullName ?? null,
      contactEmail: email ?? contact?.email ?? null,
      contactPhone: phone ?? contact?.phone ?? null,
      organisation: null,
      language: contact?.language ?? 'ru',
    },
  });
  return { number: registered.number, broughtTo: registered.number };
}

/** The ticket that a message joins (reading 21), or null: then it is a new request. */
async function ticketJoined(
  tx: Queries,
  {
    incoming,
    body,
    contact,
    linkSecret,
  }: { incoming: Incoming; body: ChannelMessage; contact: KnownContact | null; linkSecret: string },
): Promise<TicketRow | null> {
  const token = readToken(linkSecret, 'reply', body.replyToken);
  if (token !== null) {
    const row = await findTicket(tx, token.ticketNumber);
    if (row !== null && row.linkKeyVersion === token.keyVersion) return row;
  }
  const { channel } = incoming;
  if (channel !== 'telegram' && channel !== 'web-chat') return null;
  const number = await ticketWaitingOn(tx, {
    channel,
    address: body.from.address,
    contactId: channel === 'telegram' ? (contact?.id ?? null) : null,
  });
  return number === null ? null : findTicket(tx, number);
}

function contactIdOf(row: TicketRow): string | null {
  return row.ticket === null ? row.contactId : row.ticket.contactId;
}

/** Anything else is no request and is not registered (§2.2). */
async function requireOfficialChannel(request: FastifyRequest): Promise<void> {
  const { channel } = request.params as { channel: string };
  if (CHANNELS.includes(channel as Channel)) return;
  const { phones, email, telegram, site } = OFFICIAL_CHANNELS;
  throw new Problem(
    'not-an-official-channel',
    `requests are taken by the official channels alone (§2.1): telephone ${phones.join(' and ')} (phone), ` +
      `e-mail ${email} (email), Telegram bot ${telegram} (telegram), online chat (web-chat) and web form (web-form) of ${site}`,
  );
}
