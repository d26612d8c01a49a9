import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { linksOf } from '../../prisma/ticket-links.ts';
import { ticketHistory } from '../../prisma/ticket-history.ts';
import { stateOf } from '../../prisma/ticket-reads.ts';
import type { TicketRow } from '../../prisma/ticket-reads.ts';
import { HorizonExceeded } from '../../regulation/errors.ts';
import type { Language } from '../../regulation/vocabulary.ts';
import { languageAsked } from '../accept-language.ts';
import { ClientCommandBody, Received, takeClientCommand } from '../client-acts.ts';
import { ClientMessage, clientMessages, ClientTicket, clientTicket, ticketOfLink } from '../client-page.ts';
import { messageViews } from '../conversation-view.ts';
import { DeadlineView, deadlineViews } from '../deadlines-view.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { Problem } from '../errors.ts';
import { perMinute } from '../plugins/rate-limits.ts';
import { ownTimeOf } from '../ticket-view.ts';
import { keepCalendars } from '../working-calendars.ts';

const LinkToken = z.strictObject({ token: z.string().max(200) });

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
      const row = await ticketOfLink(db, { token: request.params.token, settings });
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
      const { number } = await ticketOfLink(db, { token: request.params.token, settings });
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
      const row = await ticketOfLink(db, { token: request.params.token, settings });
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
      const { body, params } = request;
      if (body.type === 'answer' && (body.attachmentIds ?? []).length > 0) {
        throw new Problem('not-yet-available', 'attachmentIds: files are not taken yet; send the text without them');
      }
      const { receivedAt, followUp } = await takeClientCommand(
        request,
        { token: params.token, command: body },
        { db, settings },
      );
      return reply.code(202).send({ receivedAt, followUp });
    },
  });
};

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
