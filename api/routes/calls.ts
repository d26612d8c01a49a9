import { randomUUID } from 'node:crypto';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { logConsultation } from '../../prisma/consultations.ts';
import type { Queries } from '../../prisma/client.ts';
import { contactOf } from '../../prisma/senders.ts';
import { findTicket } from '../../prisma/ticket-reads.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { Problem } from '../errors.ts';
import { addressesOf } from '../intake/addresses.ts';
import { fullText, isoInstant, oneFullLine, subjectFrom } from '../intake/fields.ts';
import { fileOnTicket, fileRequest } from '../intake/filing.ts';
import type { Incoming } from '../intake/filing.ts';
import { requireProduct } from '../intake/known-product.ts';
import { receiptOf } from '../intake/receipt.ts';
import { answerOnce } from '../plugins/idempotency.ts';
import { requireStaff } from '../plugins/staff-session.ts';

/** A telephone call as the agent who took it enters it (§3.1, reading 4). */
const Call = z
  .strictObject({
    kind: z.enum(['consultation', 'request']),
    /** The moment of the call: not later than now, not more than 7 days back. */
    receivedAt: isoInstant,
    /** The number that called. */
    from: oneFullLine(100),
    text: fullText(),
    product: z.string().max(100).optional(),
    /** The ticket that the client called about: what he said is his message on it. */
    ticketNumber: z.int().min(1).max(2_147_483_647).optional(),
  })
  .refine((call) => call.kind === 'request' || call.ticketNumber === undefined, {
    path: ['ticketNumber'],
    message: 'a consultation belongs to no ticket: what a client says about one is entered with kind "request"',
  });

const Entered = z.object({
  /** The ticket that has the call; null for a consultation, which makes none (§3.1). */
  number: z.int().nullable(),
  consultationId: z.string().nullable(),
  /** In the ticket's own time. */
  receivedAt: z.iso.datetime(),
});
type Entered = z.infer<typeof Entered>;

export const callRoutes: FastifyPluginAsyncZod<ApiDependencies> = async (app, { db }) => {
  app.post('/calls', {
    onRequest: requireStaff('agent', 'head'),
    schema: {
      tags: ['intake'],
      summary: 'Enter a telephone call: a consultation, a request, or what a client said about his ticket (§3.1)',
      body: Call,
      response: { 202: Entered },
    },
    handler: async (request, reply) => {
      const { body } = request;
      const now = Date.now();
      const actor = `staff:${request.staff.id}`;
      const answer = await answerOnce<Entered>({ request, db, actor }, async (tx) => {
        const receivedAt = receiptOf(body.receivedAt, now);
        const productId = await requireProduct(tx, body.product);
        const addresses = addressesOf('phone', body.from);
        const contact = await contactOf(tx, addresses);
        if (body.kind === 'consultation') {
          const consultationId = await logConsultation(tx, {
            receivedAt,
            fromAddress: body.from,
            contactId: contact?.id ?? null,
            productId,
            text: body.text,
            staffId: request.staff.id,
          });
          return entered({ number: null, consultationId, receivedAt });
        }
        const incoming: Incoming = {
          act: 'message',
          channel: 'phone',
          account: 'calls',
          externalId: randomUUID(),
          contactId: contact?.id ?? null,
          senderAddress: addresses.phone ?? body.from,
          senderName: contact?.fullName ?? null,
          subject: null,
          text: body.text,
          hasReason: false,
          automatic: false,
          receivedAt,
          original: request.originalBody,
        };
        if (body.ticketNumber !== undefined) {
          const filed = await onTicket(tx, { ticketNumber: body.ticketNumber, incoming });
          return entered({
            number: filed.broughtTo ?? filed.ticketNumber,
            consultationId: null,
            receivedAt: filed.receivedAt,
          });
        }
        const registered = await fileRequest(tx, {
          incoming,
          details: {
            clientId: contact?.clientId ?? null,
            productId,
            subject: subjectFrom(body.text),
            steps: null,
            frequency: null,
            impact: null,
            affectedUsers: null,
            contactName: contact?.fullName ?? null,
            contactEmail: contact?.email ?? null,
            contactPhone: addresses.phone ?? body.from,
            organisation: null,
            language: contact?.language ?? 'ru',
          },
        });
        return entered({ number: registered.number, consultationId: null, receivedAt });
      });
      if (answer.body.number !== null) request.toDispatch.push(answer.body.number);
      return reply.code(202).send(answer.body);
    },
  });
};

async function onTicket(tx: Queries, { ticketNumber, incoming }: { ticketNumber: number; incoming: Incoming }) {
  const row = await findTicket(tx, ticketNumber);
  if (row === null) throw new Problem('unknown-reference', `ticketNumber: there is no ticket ${ticketNumber}`);
  return fileOnTicket(tx, { row, incoming });
}

function entered(call: { number: number | null; consultationId: string | null; receivedAt: number }) {
  return { status: 202, body: { ...call, receivedAt: new Date(call.receivedAt).toISOString() } };
}
