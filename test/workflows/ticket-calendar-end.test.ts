import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually, LiveTicket } from '../support/live-ticket.ts';
import { fromTestRun } from '../support/test-run.ts';
import { startTicketWorker } from '../support/ticket-worker.ts';
import type { TicketWorker } from '../support/ticket-worker.ts';
import { ask, classify, escalate, message, plan, reply } from '../support/tickets.ts';

let worker: TicketWorker;
beforeAll(async () => {
  worker = await startTicketWorker(fromTestRun('TEST_TEMPORAL_ADDRESS'));
});
afterAll(async () => {
  await worker.close();
});

async function publishesLonger(ticket: LiveTicket): Promise<void> {
  const version = ticket.publish({});
  await worker.gateway.calendarPublished(ticket.number, { version, publishedAt: Date.now() });
}

describe('a calendar that does not reach far enough', () => {
  it('is extended by the version that the ticket runs by', async () => {
    const ticket = await LiveTicket.receive(worker);
    await ticket.does(classify(3));
    await ticket.does(escalate());
    const before = worker.effects.loaded.length;
    await ticket.does(plan({ targetDate: '2026-09-01' }));
    expect(worker.effects.loaded.slice(before)).toHaveLength(1);
    await ticket.until('2026-09-01 18:00');
    expect(ticket.told('development-target-warned', 'development-target-missed')).toEqual([
      'development-target-warned 2026-08-31 09:00',
      'development-target-missed 2026-09-01 18:00',
    ]);
  });

  it('is not guessed where it ends for good: an act that needs more is refused', async () => {
    const ticket = await LiveTicket.receive(worker, { calendar: { validTo: '2026-03-20' } });
    await ticket.does(classify(3));
    await ticket.does(escalate());
    expect(await ticket.refuses(plan({ targetDate: '2026-04-01' }))).toBe('beyond-calendar');
    await ticket.does(plan({ targetDate: '2026-03-18' }));
  });

  it('holds the ticket until a longer one is published, and loses nothing meanwhile', async () => {
    const ticket = await LiveTicket.receive(worker, {
      receivedAt: '2026-03-19 10:00',
      calendar: { validTo: '2026-03-20' },
    });
    await ticket.does(classify(2));
    await ticket.does(ask());
    await eventually(
      async () => (await ticket.view()).ticket?.resolution.clock.pauses.length === 1,
      'the question is not handed over',
    );
    await ticket.hears(message('answer'), Date.now());
    expect(await ticket.refuses(reply())).toBe('beyond-calendar');
    expect(ticket.told('message-received')).toEqual([]);
    await publishesLonger(ticket);
    await ticket.waitsFor('message-received');
    expect((await ticket.ticket()).status).toBe('work');
    await ticket.does(reply());
    expect(ticket.told('calendar-changed')).toHaveLength(1);
  });
});

describe('a calendar that was never published', () => {
  it('is given up after a day, and the ticket goes on', async () => {
    const ticket = await LiveTicket.receive(worker);
    await ticket.does(classify(3));
    await ticket.rests();
    const before = await ticket.historyLength();
    await ticket.signal('calendar-published', { version: 999 });
    await ticket.until('2026-03-03 15:00');
    const asked = worker.effects.loaded.filter(({ version }) => version === 999).length;
    await ticket.until('2026-03-05 12:00');
    expect(asked).toBe(55);
    expect(worker.effects.loaded.filter(({ version }) => version === 999)).toHaveLength(asked);
    expect((await ticket.historyLength()) - before).toBeLessThan(600);
    const version = ticket.publish({});
    await ticket.signal('calendar-published', { version });
    await ticket.waitsFor('calendar-changed');
  });
});
