import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { EventView } from '../../api/events-view.ts';
import type { CalendarDefinition } from '../../regulation/calendar-definition.ts';
import { holidayOn } from '../support/calendars.ts';
import { startDesk } from '../support/desk.ts';
import type { Desk } from '../support/desk.ts';

let desk: Desk;

beforeAll(async () => {
  desk = await startDesk();
});

afterAll(() => desk.close());

it('a published calendar moves the deadlines of open tickets and leaves closed ones alone (§2.4, reading 10)', async () => {
  const open = await desk.newTicket();
  const { clocks } = await desk.acts(open, 'agent', { type: 'classify', severity: 4 });
  const dueAt = clocks!.resolution.dueAt!;
  // At level 1 time counts around the clock, so no calendar moves its deadline.
  const critical = await desk.newTicket();
  await desk.acts(critical, 'agent', { type: 'classify', severity: 1 });
  const closed = await desk.newTicket();
  await desk.acts(closed, 'agent', { type: 'decline', reason: 'out-of-scope', text: 'Нет.' });

  // The date on which the limit of five working days is used up becomes a holiday.
  const { definition } = (await desk.ask({ url: '/v1/calendar', as: 'head' })).json<{
    definition: CalendarDefinition;
  }>();
  const next = { ...definition, holidays: [holidayOn(dueAt.slice(0, 10))] };
  const preview = await desk.ask({
    method: 'POST',
    url: '/v1/calendar/preview',
    as: 'head',
    body: { definition: next },
  });
  expect(preview.statusCode).toBe(200);
  const { items, ...counts } = preview.json<{ items: { number: number; oldDueAt: string; newDueAt: string }[] }>();
  expect(counts).toEqual({ basedOn: 1, openTickets: 2, movedTickets: 1 });
  expect(items).toMatchObject([{ number: open, oldDueAt: dueAt }]);

  const published = await desk.ask({
    method: 'POST',
    url: '/v1/calendar',
    as: 'head',
    body: { basedOn: 1, definition: next },
  });
  expect(published.statusCode).toBe(201);

  const moved = await desk.becomes(open, (ticket) => ticket.clocks?.resolution.dueAt !== dueAt);
  expect(Date.parse(moved.clocks!.resolution.dueAt!)).toBeGreaterThan(Date.parse(dueAt));
  expect(moved.clocks!.resolution.dueAt).toBe(items[0]?.newDueAt);
  const events = await desk.ask({ url: `/v1/tickets/${open}/events`, as: 'head' });
  const change = events.json<{ items: EventView[] }>().items.find(({ type }) => type === 'calendar-changed');
  expect(change?.facts).toMatchObject({
    calendarVersion: 2,
    previousVersion: 1,
    oldDueAt: dueAt,
    newDueAt: moved.clocks!.resolution.dueAt,
  });
  expect(change?.at).toBe(published.json<{ publishedAt: string }>().publishedAt);
  expect((await desk.ticket(closed)).version).toBe(2);
});
