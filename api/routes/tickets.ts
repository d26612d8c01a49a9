import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { ticketHistory } from '../../prisma/ticket-history.ts';
import { listTickets, stateOf, TICKET_SORTS } from '../../prisma/ticket-reads.ts';
import type { TicketFilters, TicketPlace } from '../../prisma/ticket-reads.ts';
import { HorizonExceeded } from '../../regulation/errors.ts';
import { CHANNELS, SEVERITIES, STATUSES } from '../../regulation/vocabulary.ts';
import { languageAsked } from '../accept-language.ts';
import { existingTicket } from '../commands/carry-out.ts';
import { MessageView, messageViews } from '../conversation-view.ts';
import { DeadlineView, deadlineViews } from '../deadlines-view.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { Problem } from '../errors.ts';
import { EventView, eventViews } from '../events-view.ts';
import { cursorAfter, PageSize, placeIn } from '../list-cursor.ts';
import { requireStaff } from '../plugins/staff-session.ts';
import { actorOf, ownTimeOf, TicketView, ticketViewOf, ticketViews } from '../ticket-view.ts';
import { keepCalendars } from '../working-calendars.ts';
import { TicketNumber } from './ticket-number.ts';

const idOrNone = z.union([z.literal('none'), z.uuid()]);

const ListQuery = z.strictObject({
  status: oneOrMore(STATUSES).optional(),
  severity: oneOrMore(SEVERITIES.map((level) => `${level}` as const)).optional(),
  channel: oneOrMore(CHANNELS).optional(),
  /** A member of staff, `me`, or `none`. */
  assignee: z.union([z.literal('me'), idOrNone]).optional(),
  client: idOrNone.optional(),
  product: z.string().min(1).max(100).optional(),
  breached: z.enum(['true', 'false']).optional(),
  q: z.string().trim().min(1).max(100).optional(),
  sort: z.enum(TICKET_SORTS).default('-number'),
  cursor: z.string().max(500).optional(),
  limit: PageSize,
});

const instantMs = z.int().min(-8.64e15).max(8.64e15);
const Place: z.ZodType<TicketPlace> = z.strictObject({
  severity: z.int().min(1).max(4),
  putAheadAt: instantMs.nullable(),
  deadlineAt: instantMs.nullable(),
  receivedAt: instantMs,
  number: z.int().min(1).max(2_147_483_647),
});

/** Tickets as the records have them: PostgreSQL alone, so they are read with Temporal up or not. */
export const ticketRoutes: FastifyPluginAsyncZod<ApiDependencies> = async (app, { db, settings }) => {
  const calendars = keepCalendars(db);
  const view = { db, calendars, links: settings };
  app.addHook('onRequest', requireStaff());

  app.get('/tickets', {
    schema: {
      tags: ['tickets'],
      summary: 'Tickets, filtered and in order',
      querystring: ListQuery,
      response: { 200: z.object({ items: z.array(TicketView), nextCursor: z.string().nullable() }) },
    },
    handler: async ({ query, staff }, reply) => {
      const filters: TicketFilters = {
        statuses: query.status ?? [],
        severities: (query.severity ?? []).flatMap((level) => SEVERITIES.find((one) => `${one}` === level) ?? []),
        channels: query.channel ?? [],
        productId: query.product ?? null,
        assigneeId: query.assignee === 'me' ? staff.id : (query.assignee ?? null),
        clientId: query.client ?? null,
        breached: query.breached === undefined ? null : query.breached === 'true',
        words: query.q ?? null,
      };
      const list = { tickets: filters, sort: query.sort };
      const after = query.cursor === undefined ? null : placeIn(query.cursor, { list, place: Place });
      const { rows, next } = await listTickets(db, { filters, sort: query.sort, after, limit: query.limit });
      const items = await ticketViews(rows, { ...view, actor: actorOf(staff) });
      return reply.send({ items, nextCursor: next === null ? null : cursorAfter(list, next) });
    },
  });

  app.get('/tickets/:number', {
    schema: { tags: ['tickets'], summary: 'A ticket', params: TicketNumber, response: { 200: TicketView } },
    handler: async ({ params, staff }, reply) => {
      const row = await existingTicket(db, params.number);
      return reply.send(await ticketViewOf(row, { ...view, actor: actorOf(staff) }));
    },
  });

  app.get('/tickets/:number/events', {
    schema: {
      tags: ['tickets'],
      summary: 'The audit trail, then what came after closing',
      params: TicketNumber,
      response: { 200: z.object({ items: z.array(EventView) }) },
    },
    handler: async ({ params, headers }, reply) => {
      const { number, rehearsalOffsetMs } = await existingTicket(db, params.number);
      const history = await ticketHistory(db, number);
      const language = languageAsked(headers['accept-language']);
      return reply.send({ items: await eventViews(db, { history, language, offsetMs: Number(rehearsalOffsetMs) }) });
    },
  });

  app.get('/tickets/:number/messages', {
    schema: {
      tags: ['tickets'],
      summary: 'The conversation with the client, and what became of each notice to him',
      params: TicketNumber,
      response: { 200: z.object({ items: z.array(MessageView) }) },
    },
    handler: async ({ params }, reply) => {
      const { number } = await existingTicket(db, params.number);
      return reply.send({ items: await messageViews(db, await ticketHistory(db, number)) });
    },
  });

  app.get('/tickets/:number/deadlines', {
    schema: {
      tags: ['tickets'],
      summary: 'Why each deadline is what it is (§1.5)',
      params: TicketNumber,
      response: { 200: z.object({ items: z.array(DeadlineView) }) },
    },
    handler: async ({ params, headers }, reply) => {
      const row = await existingTicket(db, params.number);
      const ticket = stateOf(row);
      if (ticket === null) return reply.send({ items: [] });
      const calendar = await calendars.ofVersion(ticket.calendarVersion);
      const language = languageAsked(headers['accept-language']);
      try {
        return reply.send({ items: deadlineViews({ ticket, calendar, now: ownTimeOf(row), language }) });
      } catch (error) {
        if (error instanceof HorizonExceeded) throw calendarEnded();
        throw error;
      }
    },
  });
};

/** `a,b`: any of them. */
function oneOrMore<const W extends readonly [string, ...string[]] | readonly string[]>(words: W) {
  return z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(z.enum(words)).min(1).max(words.length));
}

function calendarEnded(): Problem {
  return new Problem('unavailable', 'the working calendar ends before the answer; publish one that goes on', {
    retryAfterSeconds: 60,
  });
}
