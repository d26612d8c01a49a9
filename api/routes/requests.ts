import { randomUUID } from 'node:crypto';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { clientLink, makeToken } from '../../channels/client-link.ts';
import { contactOf } from '../../prisma/senders.ts';
import { FREQUENCIES, IMPACTS, REQUEST_PARTS } from '../../regulation/vocabulary.ts';
import { languageAsked } from '../accept-language.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { Problem } from '../errors.ts';
import { Email, phoneNumberOf } from '../intake/addresses.ts';
import { fullText, MOST_TEXT, oneFullLine, oneLine } from '../intake/fields.ts';
import { fileRequest } from '../intake/filing.ts';
import { requireProduct } from '../intake/known-product.ts';
import { answerOnce } from '../plugins/idempotency.ts';
import { perMinute } from '../plugins/rate-limits.ts';

/** A request by the public form, as §3.2 would have it; whatever is missing, it is registered. */
const PublicRequest = z.strictObject({
  product: z.string().max(100),
  subject: oneFullLine(300),
  description: fullText(),
  steps: z.string().max(MOST_TEXT).optional(),
  frequency: z.enum(FREQUENCIES).optional(),
  impact: z.enum(IMPACTS).optional(),
  affectedUsers: z.int().min(0).max(1_000_000).optional(),
  contact: z.strictObject({
    name: oneFullLine(200),
    email: Email.optional(),
    phone: oneLine(50).optional(),
    organisation: oneLine(300).optional(),
  }),
});

const Registered = z.object({
  number: z.int(),
  /** Opens this one ticket to whoever holds it. */
  trackingUrl: z.string(),
  /** What a full request would have and this one has not (§3.2). */
  missing: z.array(z.enum(REQUEST_PARTS)),
  refusedAttachments: z.array(z.object({ name: z.string(), reason: z.string() })),
});

export const requestRoutes: FastifyPluginAsyncZod<ApiDependencies> = async (app, { db, settings }) => {
  app.addContentTypeParser('multipart/form-data', async () => {
    throw new Problem('unsupported-content-type', 'files are not taken yet: send the request as JSON, without them');
  });

  app.post('/requests', {
    schema: {
      tags: ['intake'],
      summary: 'File a request, around the clock, by anyone (§2.3)',
      body: PublicRequest,
      response: { 202: Registered },
    },
    config: { rateLimit: perMinute(settings.limits.publicRequests) },
    handler: async (request, reply) => {
      const { body } = request;
      const now = Date.now();
      const answer = await answerOnce({ request, db, actor: 'anyone' }, async (tx) => {
        const productId = await requireProduct(tx, body.product);
        const email = body.contact.email ?? null;
        const phone = body.contact.phone ?? null;
        const phoneNumber = phone === null ? null : phoneNumberOf(phone);
        const contact = await contactOf(tx, { email, phone: phoneNumber, telegramChatId: null });
        const registered = await fileRequest(tx, {
          incoming: {
            act: 'message',
            channel: 'web-form',
            account: 'requests',
            externalId: randomUUID(),
            contactId: contact?.id ?? null,
            senderAddress: email ?? phoneNumber,
            senderName: body.contact.name,
            subject: body.subject,
            text: body.description,
            hasReason: false,
            automatic: false,
            receivedAt: now,
            original: request.originalBody,
          },
          details: {
            clientId: contact?.clientId ?? null,
            productId,
            subject: body.subject,
            steps: body.steps ?? null,
            frequency: body.frequency ?? null,
            impact: body.impact ?? null,
            affectedUsers: body.affectedUsers ?? null,
            contactName: body.contact.name,
            contactEmail: email,
            contactPhone: phoneNumber ?? phone,
            organisation: body.contact.organisation ?? null,
            language: contact?.language ?? languageAsked(request.headers['accept-language']),
          },
        });
        const token = makeToken(settings.linkSecret, {
          purpose: 'client-link',
          ticketNumber: registered.number,
          keyVersion: registered.linkKeyVersion,
        });
        return {
          status: 202,
          body: {
            number: registered.number,
            trackingUrl: clientLink(settings.publicUrl, token),
            missing: [...registered.missing],
            refusedAttachments: [],
          },
        };
      });
      request.toDispatch.push(answer.body.number);
      return reply.code(202).send(answer.body);
    },
  });
};
