import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { clientLink, makeToken } from '../../channels/client-link.ts';
import { linksOf } from '../../prisma/ticket-links.ts';
import { ticketHistory } from '../../prisma/ticket-history.ts';
import { stateOf } from '../../prisma/ticket-reads.ts';
import type { TicketRow } from '../../prisma/ticket-reads.ts';
import { HorizonExceeded } from '../../regulation/errors.ts';
import type { Language } from '../../regulation/vocabulary.ts';
import { languageAsked } from '../accept-language.ts';
import { ClientMessage, clientMessages, ClientTicket, clientTicket, ticketOfLink } from '../client-page.ts';
import { messageViews } from '../conversation-view.ts';
import { DeadlineView, deadlineViews } from '../deadlines-view.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { Problem } from '../errors.ts';
import { fullText, MOST_TEXT } from '../intake/fields.ts';
import { fileOnTicket } from '../intake/filing.ts';
import type { Incoming } from '../intake/filing.ts';
import { answerOnce } from '../plugins/idempotency.ts';
import { perMinute } from '../plugins/rate-limits.ts';
import { ownTimeOf } from '../ticket-view.ts';
import { keepCalendars } from '../working-calendars.ts';

const LinkToken = z.strictObject({ token: z.string().max(200) });

const attachmentIds = z.array(z.uuid()).max(20).optional();

/** What a client does by his link (CONTRACT.md). */
const ClientCommandBody = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('answer'), text: fullText(), attachmentIds }),
  z.strictObject({ type: z.literal('confirm') }),
  /** Without a reason it is taken all the same, and he is asked for one (reading 7). */
  z.strictObject({ type: z.literal('disagree'), reason: z.string().max(MOST_TEXT).optional() }),
]);
type ClientCommandBody = z.infer<typeof ClientCommandBody>;

const Received = z.object({
  /** When we had it, in the ticket's own time. */
  receivedAt: z.iso.datetime(),
  /** The follow-up that it opened, its ticket being closed (reading 12). */
  followUp: z.object({ number: z.int(), trackingUrl: z.string() }).nullable(),
});
type Received = z.infer<typeof Received>;

/** What a client sees and does with the link to his ticket (reading 17). Reading changes nothing: mail scanners open links. */
export const clientRoutes: FastifyPluginAsyncZod<ApiDependencies> = async (app, { db, settings }) => {
  const calendars = keepCalendars(db);
  const config = { rateLimit: perMinute(settings.limits.clientLink) };

  app.get('/client/:token', {
    schema: {
      tags: ['client'],
      summary: 'The ticket, as its client sees it',
      params: LinkToken,
      response: { 200: ClientTicket },
    },
    config,
    handler: async (request, reply) => {
      const row = await ticketOfLink(db, request.params.token, settings);
      const ticket = stateOf(row);
      const calendar = ticket === null ? null : await calendars.ofVersion(ticket.calendarVersion);
      const links = await linksOf(db, [row]);
      const followUps = links.get(row.number)?.followUps ?? [];
      const language = languageFor(request, row);
      return reply.send(withinCalendar(() => clientTicket(row, { calendar, followUps, language })));
    },
  });

  app.get('/client/:token/messages', {
    schema: {
      tags: ['client'],
      summary: 'What was said, both ways',
      params: LinkToken,
      response: { 200: z.object({ items: z.array(ClientMessage) }) },
    },
    config,
    handler: async (request, reply) => {
      const { number } = await ticketOfLink(db, request.params.token, settings);
      const conversation = await messageViews(db, await ticketHistory(db, number));
      return reply.send({ items: clientMessages(conversation) });
    },
  });

  app.get('/client/:token/deadlines', {
    schema: {
      tags: ['client'],
      summary: 'Why each deadline is what it is (§1.5)',
      params: LinkToken,
      response: { 200: z.object({ items: z.array(DeadlineView) }) },
    },
    config,
    handler: async (request, reply) => {
      const row = await ticketOfLink(db, request.params.token, settings);
      const ticket = stateOf(row);
      if (ticket === null) return reply.send({ items: [] });
      const calendar = await calendars.ofVersion(ticket.calendarVersion);
      const asked = { ticket, calendar, now: ownTimeOf(row), language: languageFor(request, row) };
      return reply.send({ items: withinCalendar(() => deadlineViews(asked)) });
    },
  });

  app.post('/client/:token/commands', {
    schema: {
      tags: ['client'],
      summary: 'Answer, confirm the solution, or disagree with it (§3.7)',
      params: LinkToken,
      body: ClientCommandBody,
      response: { 202: Received },
    },
    config,
    handler: async (request, reply) => {
      const { body } = request;
      const now = Date.now();
      if (body.type === 'answer' && (body.attachmentIds ?? []).length > 0) {
        throw new Problem('not-yet-available', 'attachmentIds: files are not taken yet; send the text without them');
      }
      const { number } = await ticketOfLink(db, request.params.token, settings);
      const actor = `client-link:${number}`;
      const answer = await answerOnce<Received & { broughtTo: number | null }>({ request, db, actor }, async (tx) => {
        // Read again inside, so that what is filed goes by the ticket as it is now.
        const row = await ticketOfLink(tx, request.params.token, settings);
        const filed = await fileOnTicket(tx, row, incomingFrom(body, row, { now, original: request.originalBody }));
        const { openedFollowUp } = filed;
        return {
          status: 202,
          body: {
            receivedAt: new Date(filed.receivedAt).toISOString(),
            followUp:
              openedFollowUp === null
                ? null
                : { number: openedFollowUp.number, trackingUrl: trackingUrlOf(openedFollowUp) },
            broughtTo: filed.broughtTo,
          },
        };
      });
      const { broughtTo, ...received } = answer.body;
      if (broughtTo !== null) request.toDispatch.push(broughtTo);
      return reply.code(202).send(received);
    },
  });

  function trackingUrlOf({ number, linkKeyVersion }: { number: number; linkKeyVersion: number }): string {
    const content = { purpose: 'client-link', ticketNumber: number, keyVersion: linkKeyVersion } as const;
    return clientLink(settings.publicUrl, makeToken(settings.linkSecret, content));
  }
};

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

/** The language that the reader's browser asks for, else the ticket's own. */
function languageFor(request: FastifyRequest, row: TicketRow): Language {
  const asked = request.headers['accept-language'];
  return asked === undefined ? (row.language as Language) : languageAsked(asked);
}

function withinCalendar<T>(answer: () => T): T {
  try {
    return answer();
  } catch (error) {
    if (!(error instanceof HorizonExceeded)) throw error;
    throw new Problem('unavailable', 'the working calendar ends before the answer; ask again later', {
      retryAfterSeconds: 60,
    });
  }
}
