import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { takeNext } from '../commands/take-next.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { answerOnceOutside } from '../plugins/idempotency.ts';
import { requireStaff } from '../plugins/staff-session.ts';
import { actorOf, TicketView, ticketViewOf } from '../ticket-view.ts';
import { keepCalendars } from '../working-calendars.ts';

/** The work queue (§2.3, reading 14). */
export const queueRoutes: FastifyPluginAsyncZod<ApiDependencies> = async (app, { db, gateway, settings }) => {
  const calendars = keepCalendars(db);

  app.post('/queue/next', {
    onRequest: requireStaff('agent'),
    schema: {
      tags: ['tickets'],
      summary: 'Take the next ticket of the queue; 204 when nothing is offered',
      response: { 200: TicketView, 204: z.null() },
    },
    handler: async (request, reply) => {
      const { staff } = request;
      const answer = await answerOnceOutside<TicketView | null>(
        { request, db, actor: `staff:${staff.id}` },
        async () => {
          const row = await takeNext({ db, gateway, staff, key: request.idempotencyKey });
          if (row === null) return { status: 204, body: null };
          const view = { db, calendars, links: settings, actor: actorOf(staff) };
          return { status: 200, body: await ticketViewOf(row, view) };
        },
      );
      if (answer.body === null) return reply.code(204).send(null);
      return reply.code(200).send(answer.body);
    },
  });
};
