import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { calendarInForce, oldestOpenReceipt, publishCalendar } from '../../prisma/calendar-versions.ts';
import type { PublishedCalendar } from '../../prisma/calendar-versions.ts';
import type { Queries } from '../../prisma/client.ts';
import { DATE_STATUSES } from '../../regulation/calendar-definition.ts';
import type { Instant } from '../../regulation/instant.ts';
import { previewCalendar } from '../calendar-preview.ts';
import { faultsOfPublication } from '../calendar-publication.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { Problem } from '../errors.ts';
import { answerOnce } from '../plugins/idempotency.ts';
import { requireStaff } from '../plugins/staff-session.ts';
import { keepCalendars } from '../working-calendars.ts';

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

const PreviewView = z
  .object({
    /** The version that a publication would be based on. */
    basedOn: z.int(),
    openTickets: z.int(),
    movedTickets: z.int(),
    /** The moved ones by number, 500 at most. */
    items: z.array(
      z.object({
        number: z.int(),
        subject: z.string(),
        oldDueAt: z.iso.datetime().nullable(),
        newDueAt: z.iso.datetime().nullable(),
        oldSilenceAt: z.iso.datetime().nullable(),
        newSilenceAt: z.iso.datetime().nullable(),
      }),
    ),
  })
  .meta({ id: 'CalendarPreview' });

/** The working calendar (§2.4, reading 15); a published one is told to every open ticket (reading 10). */
export const calendarRoutes: FastifyPluginAsyncZod<ApiDependencies> = async (app, { db }) => {
  const calendars = keepCalendars(db);

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
        refuseFaulty({ definition, inForce, oldestOpenReceipt: await oldestOpenReceipt(tx), now });
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

  app.post('/calendar/preview', {
    onRequest: requireStaff('head', 'administrator'),
    schema: {
      tags: ['calendar'],
      summary: 'Which deadlines of open tickets a calendar would move, from when to when; nothing is published',
      body: z.strictObject({ definition: Definition }),
      response: { 200: PreviewView },
    },
    handler: async ({ body: { definition } }, reply) => {
      const inForce = await calendarInForce(db);
      refuseFaulty({ definition, inForce, oldestOpenReceipt: await oldestOpenReceipt(db), now: Date.now() });
      const version = (inForce?.version ?? 0) + 1;
      const { looked, moved } = await previewCalendar(db, { definition, version, calendars });
      const items = moved.slice(0, MOST_SHOWN).map(({ number, subject, ...change }) => ({
        number,
        subject,
        oldDueAt: isoOrNull(change.oldDueAt),
        newDueAt: isoOrNull(change.newDueAt),
        oldSilenceAt: isoOrNull(change.oldSilenceAt),
        newSilenceAt: isoOrNull(change.newSilenceAt),
      }));
      return reply.send({ basedOn: inForce?.version ?? 0, openTickets: looked, movedTickets: moved.length, items });
    },
  });
};

/** More than this nobody reads; the numbers beside the list tell of all. */
const MOST_SHOWN = 500;

function isoOrNull(at: Instant | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}

function refuseFaulty(publication: Parameters<typeof faultsOfPublication>[0]): void {
  const faults = faultsOfPublication(publication);
  const [first] = faults;
  if (first !== undefined) throw new Problem('invalid-calendar', `${first.path}: ${first.message}`, { faults });
}

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
