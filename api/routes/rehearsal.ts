import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { keepRehearsalOffset } from '../../prisma/rehearsal.ts';
import type { TicketRow } from '../../prisma/ticket-reads.ts';
import { DAY_MS } from '../../regulation/instant.ts';
import type { Instant } from '../../regulation/instant.ts';
import { STATUSES } from '../../regulation/vocabulary.ts';
import type { WorkingCalendar } from '../../regulation/working-calendar.ts';
import { existingTicket, notRunning } from '../commands/carry-out.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { durationMs } from '../duration.ts';
import { Problem } from '../errors.ts';
import { answerOnceOutside } from '../plugins/idempotency.ts';
import { requireStaff } from '../plugins/staff-session.ts';
import { TemporalUnavailable } from '../ticket-gateway.ts';
import type { TicketGateway, TicketTime } from '../ticket-gateway.ts';
import { ownTimeOf } from '../ticket-view.ts';
import { keepCalendars } from '../working-calendars.ts';
import { TicketNumber } from './ticket-number.ts';

const MOST_MS = 400 * DAY_MS;

const Duration = z
  .string()
  .max(50)
  .refine((text) => durationMs(text) !== null, 'must be an ISO 8601 duration of weeks to seconds, as PT27H or P5D')
  .refine((text) => {
    const ms = durationMs(text) ?? 1;
    return ms > 0 && ms <= MOST_MS;
  }, 'must be more than nothing and at most 400 days')
  .transform((text) => durationMs(text) ?? 0);

/** For learning, demonstrations and tests, where rehearsal is on; elsewhere nothing is at this address. */
export const rehearsalRoutes: FastifyPluginAsyncZod<ApiDependencies> = async (app, { db, gateway, settings }) => {
  if (!settings.rehearsal) return;
  const calendars = keepCalendars(db);

  app.post('/rehearsal/tickets/:number/advance', {
    onRequest: requireStaff(),
    schema: {
      tags: ['rehearsal'],
      summary: "Move a ticket's own clock; answers when it has arrived and all that was due is recorded",
      params: TicketNumber,
      body: z.strictObject({ by: Duration }),
      response: { 200: z.object({ now: z.iso.datetime(), status: z.enum(STATUSES) }) },
    },
    handler: async (request, reply) => {
      const { params, body, staff } = request;
      const answer = await answerOnceOutside({ request, db, actor: `staff:${staff.id}` }, async () => {
        const row = await existingTicket(db, params.number);
        refuseBeyond(ownTimeOf(row) + body.by, await calendars.inForce());
        const time = await moved(row, body.by, gateway);
        await keepRehearsalOffset(db, row.number, time.offsetMs);
        return { status: 200, body: { now: new Date(time.now).toISOString(), status: time.status } };
      });
      return reply.code(200).send(answer.body);
    },
  });
};

/** Where nothing can be counted, nothing can be rehearsed. */
function refuseBeyond(target: Instant, calendar: WorkingCalendar): void {
  if (target < calendar.to) return;
  const detail = `the ticket would be at ${new Date(target).toISOString()}, and the working calendar ends at ${new Date(calendar.to).toISOString()}`;
  throw new Problem('beyond-calendar', detail);
}

/**
 * Moves the clock and tells how far it is ahead then. The offset is taken from a second reading, which takes the time of
 * an answer and no more; it is too small by less than that, so a receipt is never in the ticket's future.
 */
async function moved(row: TicketRow, byMs: number, gateway: TicketGateway): Promise<TicketTime & { offsetMs: number }> {
  try {
    const time = await gateway.advance(row.number, byMs);
    if (time === 'not-found') throw notRunning(row);
    const settled = time.status === 'closed' ? time : await gateway.tellTime(row.number);
    return { ...time, offsetMs: (settled === 'not-found' ? time.now : settled.now) - Date.now() };
  } catch (error) {
    if (!(error instanceof TemporalUnavailable)) throw error;
    const detail = 'Temporal does not answer; how far the clock went is told by the ticket once it does';
    throw new Problem('unavailable', detail, { retryAfterSeconds: 2 });
  }
}
