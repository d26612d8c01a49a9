import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { calendarInForce, oldestOpenReceipt, publishCalendar } from '../../prisma/calendar-versions.ts';
import type { PublishedCalendar } from '../../prisma/calendar-versions.ts';
import type { Queries } from '../../prisma/client.ts';
import { DATE_STATUSES } from '../../regulation/calendar-definition.ts';
import { faultsOfPublication } from '../calendar-publication.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { Problem } from '../errors.ts';
import { answerOnce } from '../plugins/idempotency.ts';
import { requireStaff } from '../plugins/staff-session.ts';

const text = z.string().max(500);
const hours = z.array(z.string().max(20)).max(50);
const weekly = z.strictObject({
  monday: hours,
  tuesday: hours,
  wednesday: hours,
  thursday: hours,
  friday: hours,
  saturday: hours,
  sunday: hours,
});
const holiday = { date: z.string().max(20), name: text, source: text, status: z.enum(DATE_STATUSES) };

/** The shape of a definition; what it says is judged by validateCalendar, all faults at once. */
const Definition = z
  .strictObject({
    id: z.string().max(100),
    timeZone: z.string().max(100),
    /** The first date covered, and the first one no longer covered. */
    validFrom: z.string().max(20),
    validTo: z.string().max(20),
    /** Hours of each weekday, `09:00-18:00`; a range includes its start and excludes its end. */
    weekly,
    holidays: z.array(z.strictObject(holiday)).max(2_000),
    /** A date with hours of its own; it beats a holiday, which beats the week. */
    overrides: z.array(z.strictObject({ ...holiday, hours })).max(2_000),
  })
  .meta({ id: 'CalendarDefinition' });

const CalendarView = z
  .object({
    version: z.int(),
    hash: z.string(),
    publishedAt: z.iso.datetime(),
    /** Null for the calendar that was shipped. */
    publishedBy: z.object({ id: z.string(), name: z.string().nullable() }).nullable(),
    definition: Definition,
  })
  .meta({ id: 'Calendar' });

/** The working calendar (§2.4, reading 15); a published one is told to every open ticket (reading 10). */
export const calendarRoutes: FastifyPluginAsyncZod<ApiDependencies> = async (app, { db }) => {
  app.get('/calendar', {
    onRequest: requireStaff(),
    schema: { tags: ['calendar'], summary: 'The calendar in force', response: { 200: CalendarView } },
    handler: async (_request, reply) => {
      const calendar = await calendarInForce(db);
      if (calendar === null) throw new Problem('not-found', 'no working calendar has been published yet');
      return reply.send(await calendarView(db, calendar));
    },
  });

  app.post('/calendar', {
    onRequest: requireStaff('head', 'administrator'),
    schema: {
      tags: ['calendar'],
      summary: 'Publish the next calendar; from then on the deadlines of open tickets are counted by it',
      body: z.strictObject({ basedOn: z.int().min(0).max(1_000_000), definition: Definition }),
      response: { 201: CalendarView },
    },
    handler: async (request, reply) => {
      const { staff, body } = request;
      const answer = await answerOnce({ request, db, actor: `staff:${staff.id}` }, async (tx) => {
        const inForce = await calendarInForce(tx);
        if (inForce !== null && inForce.version !== body.basedOn) throw staleCalendar(body.basedOn, inForce.version);
        const now = Date.now();
        const { definition } = body;
        const faults = faultsOfPublication({
          definition,
          inForce,
          oldestOpenReceipt: await oldestOpenReceipt(tx),
          now,
        });
        const [first] = faults;
        if (first !== undefined) throw new Problem('invalid-calendar', `${first.path}: ${first.message}`, { faults });
        const published = await publishCalendar(tx, {
          basedOn: body.basedOn,
          definition,
          publishedById: staff.id,
          at: now,
        });
        if (published === null) throw staleCalendar(body.basedOn, body.basedOn + 1);
        return { status: 201, body: await calendarView(tx, published) };
      });
      return reply.code(201).send(answer.body);
    },
  });
};

function staleCalendar(basedOn: number, inForce: number): Problem {
  const detail = `yours is based on version ${basedOn}, and ${inForce} is in force: read it, and change that`;
  return new Problem('stale-calendar', detail);
}

async function calendarView(db: Queries, calendar: PublishedCalendar): Promise<z.infer<typeof CalendarView>> {
  const { version, hash, publishedAt, publishedById, definition } = calendar;
  const author = publishedById === null ? null : await db.staff.findUnique({ where: { id: publishedById } });
  return {
    version,
    hash,
    publishedAt: new Date(publishedAt).toISOString(),
    publishedBy: publishedById === null ? null : { id: publishedById, name: author?.name ?? null },
    definition,
  };
}
