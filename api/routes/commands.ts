import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { carryOut } from '../commands/carry-out.ts';
import { CommandBody } from '../commands/command-body.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { Problem } from '../errors.ts';
import { answerOnceOutside } from '../plugins/idempotency.ts';
import { requireStaff } from '../plugins/staff-session.ts';
import { actorOf, TicketView, ticketViewOf } from '../ticket-view.ts';
import { keepCalendars } from '../working-calendars.ts';
import { TicketNumber } from './ticket-number.ts';

/** What staff do to a ticket. */
export const commandRoutes: FastifyPluginAsyncZod<ApiDependencies> = async (app, { db, gateway, settings }) => {
  const calendars = keepCalendars(db);

  app.post('/tickets/:number/commands', {
    onRequest: requireStaff(),
    schema: {
      tags: ['tickets'],
      summary: 'Do something to a ticket; the answer is the ticket once the act is recorded',
      description:
        'One of the commands of staff. `If-Match: "<revision>"` has the act refused when somebody has acted ' +
        'since. `merge` and `tie-update` are not available yet. On a closed ticket a `note` is a remark.',
      headers: z.looseObject({ 'if-match': z.string().optional() }),
      params: TicketNumber,
      body: CommandBody,
      response: { 200: TicketView },
    },
    handler: async (request, reply) => {
      const { params, body, staff } = request;
      const expectedRevision = revisionIn(request.headers['if-match']);
      const answer = await answerOnceOutside({ request, db, actor: `staff:${staff.id}` }, async () => {
        const acting = { db, gateway, staff, key: request.idempotencyKey };
        const row = await carryOut({ number: params.number, body, expectedRevision }, acting);
        const ticket = await ticketViewOf(row, { db, calendars, links: settings, actor: actorOf(staff) });
        return { status: 200, body: ticket };
      });
      return reply.code(200).send(answer.body);
    },
  });
};

/** The revision of an If-Match header: one strong tag, the number in quotes; null without the header. */
function revisionIn(header: string | undefined): number | null {
  if (header === undefined) return null;
  const revision = /^"(0|[1-9]\d{0,8})"$/.exec(header.trim())?.[1];
  if (revision !== undefined) return Number(revision);
  throw new Problem('invalid-if-match', 'If-Match must be the revision of the ticket in quotes, as in "3"');
}
