import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { clientLink, makeToken } from '../channels/client-link.ts';
import type { TicketRow } from '../prisma/ticket-reads.ts';
import { ticketOfLink } from './client-page.ts';
import type { ApiDependencies } from './dependencies.ts';
import { fullText, MOST_TEXT } from './intake/fields.ts';
import { fileOnTicket } from './intake/filing.ts';
import type { Incoming } from './intake/filing.ts';
import { answerOnce } from './plugins/idempotency.ts';
import type { ApiSettings } from './settings.ts';

const attachmentIds = z.array(z.uuid()).max(20).optional();

/** What a client does by his link. */
export const ClientCommandBody = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('answer'), text: fullText(), attachmentIds }),
  z.strictObject({ type: z.literal('confirm') }),
  /** Without a reason it is taken all the same, and he is asked for one (reading 7). */
  z.strictObject({ type: z.literal('disagree'), reason: z.string().max(MOST_TEXT).optional() }),
]);
export type ClientCommandBody = z.infer<typeof ClientCommandBody>;

export const Received = z.object({
  /** When we had it, in the ticket's own time. */
  receivedAt: z.iso.datetime(),
  /** The follow-up that it opened, its ticket being closed (reading 12). */
  followUp: z.object({ number: z.int(), trackingUrl: z.string() }).nullable(),
});
type Received = z.infer<typeof Received>;

/**
 * Takes what a client does by his link: once for a key, committed before it is answered, and brought to its ticket
 * after the answer. `broughtTo` is that ticket; a confirmation that came after the closing is only noted.
 * @throws Problem of a link that opens nothing
 */
export async function takeClientCommand(
  request: FastifyRequest,
  { token, command }: { token: string; command: ClientCommandBody },
  { db, settings }: Pick<ApiDependencies, 'db' | 'settings'>,
): Promise<Received & { ticketNumber: number; broughtTo: number | null }> {
  const now = Date.now();
  const { number } = await ticketOfLink(db, { token, settings });
  const actor = `client-link:${number}`;
  const answer = await answerOnce<Received & { broughtTo: number | null }>({ request, db, actor }, async (tx) => {
    // Read again inside, so that what is filed goes by the ticket as it is now.
    const row = await ticketOfLink(tx, { token, settings });
    const filed = await fileOnTicket(tx, {
      row,
      incoming: incomingFrom(command, row, { now, original: request.originalBody }),
    });
    const { openedFollowUp } = filed;
    return {
      status: 202,
      body: {
        receivedAt: new Date(filed.receivedAt).toISOString(),
        followUp:
          openedFollowUp === null
            ? null
            : { number: openedFollowUp.number, trackingUrl: trackingUrlOf(openedFollowUp, settings) },
        broughtTo: filed.broughtTo,
      },
    };
  });
  const { broughtTo } = answer.body;
  if (broughtTo !== null) request.toDispatch.push(broughtTo);
  return { ...answer.body, ticketNumber: number };
}

/** The address of a ticket's page, for whoever may have it. */
export function trackingUrlOf(
  { number, linkKeyVersion }: { number: number; linkKeyVersion: number },
  { publicUrl, linkSecret }: Pick<ApiSettings, 'publicUrl' | 'linkSecret'>,
): string {
  const content = { purpose: 'client-link', ticketNumber: number, keyVersion: linkKeyVersion } as const;
  return clientLink(publicUrl, makeToken(linkSecret, content));
}

function incomingFrom(
  body: ClientCommandBody,
  row: TicketRow,
  { now, original }: { now: number; original: Buffer },
): Incoming {
  const text = body.type === 'answer' ? body.text : body.type === 'disagree' ? (body.reason ?? '') : '';
  return {
    act: body.type === 'answer' ? 'message' : body.type,
    channel: 'web-form',
    account: 'client-link',
    externalId: randomUUID(),
    contactId: row.ticket === null ? row.contactId : row.ticket.contactId,
    senderAddress: null,
    senderName: null,
    subject: null,
    text,
    hasReason: body.type === 'disagree' && text.trim() !== '',
    automatic: false,
    receivedAt: now,
    original,
  };
}
