import { TestWorkflowEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { TICKET_SEARCH_ATTRIBUTES } from '../../workflows/search-attributes.ts';
import { OWN_TIME } from '../../tools/stack/temporal-server.ts';
import { hoursOn } from '../support/calendars.ts';
import { eventually, LiveTicket } from '../support/live-ticket.ts';
import { temporalProgram } from '../support/temporal.ts';
import { startTicketWorker } from '../support/ticket-worker.ts';
import type { TicketWorker } from '../support/ticket-worker.ts';
import { classify, complete, message, reply, take } from '../support/tickets.ts';

/** A run of so many events is told to continue as new; on other servers that is 4,096. */
const SUGGESTED_AFTER_EVENTS = 60;

let server: TestWorkflowEnvironment;
let worker: TicketWorker;
beforeAll(async () => {
  const settings = [...OWN_TIME, `limit.historyCount.suggestContinueAsNew=${SUGGESTED_AFTER_EVENTS}`];
  server = await TestWorkflowEnvironment.createLocal({
    server: {
      executable: { type: 'existing-path', path: temporalProgram() },
      log: { format: 'text', level: 'never' },
      searchAttributes: [...TICKET_SEARCH_ATTRIBUTES],
      extraArgs: settings.flatMap((setting) => ['--dynamic-config-value', setting]),
    },
  });
  worker = await startTicketWorker(server.address);
});
afterAll(async () => {
  await worker.close();
  await server.teardown();
});

/** Sends messages, a few at a time, until the ticket has gone on into another run. */
async function pushIntoAnotherRun(ticket: LiveTicket): Promise<void> {
  const before = await ticket.runs();
  for (let batch = 0; (await ticket.runs()) === before; batch += 1) {
    const ids = Array.from({ length: 10 }, (_, index) => `push ${before} ${batch} ${index}`);
    await Promise.all(ids.map((id) => ticket.hears(message(id, { automatic: true }), '2026-03-02 09:00')));
    await ticket.hasHeard(ids);
  }
}

describe('a ticket whose history has grown long', () => {
  it('goes on in another run and loses no signal of a flood', async () => {
    const ticket = await LiveTicket.receive(worker);
    const ids = Array.from({ length: 300 }, (_, index) => `message-${index}`);
    for (let wave = 0; wave < ids.length; wave += 25) {
      await Promise.all(ids.slice(wave, wave + 25).map((id) => ticket.hears(message(id), '2026-03-02 09:00')));
    }
    await ticket.hasHeard(ids);
    await ticket.rests();
    const heard = ticket.happened('message-received').map(({ messageId }) => messageId);
    expect([...heard].sort()).toEqual([...ids].sort());
    expect(await ticket.runs()).toBeGreaterThan(1);
    expect(ticket.events.map(({ version }) => version)).toEqual(ticket.events.map((_, index) => index + 1));
  });

  it('still knows the acts it has answered', async () => {
    const ticket = await LiveTicket.receive(worker);
    const first = await ticket.does(reply(), 'the same id');
    await pushIntoAnotherRun(ticket);
    expect(await ticket.does(reply(), 'the same id')).toEqual(first);
    expect(ticket.happened('replied')).toHaveLength(1);
  });

  it('still knows the messages it has applied', async () => {
    const ticket = await LiveTicket.receive(worker);
    await ticket.hears(message('once'));
    await pushIntoAnotherRun(ticket);
    await ticket.hears(message('once'));
    await ticket.does(take());
    expect(ticket.happened('message-received').filter(({ messageId }) => messageId === 'once')).toHaveLength(1);
  });

  it('answers every act that is under way', async () => {
    const ticket = await LiveTicket.receive(worker);
    const answers = Array.from({ length: 40 }, (_, index) => ticket.does(reply({ textId: `text-${index}` })));
    await Promise.all([...answers, pushIntoAnotherRun(ticket)]);
    expect(ticket.happened('replied')).toHaveLength(40);
  });

  it('meets its deadlines in the new run, and closes there', async () => {
    const ticket = await LiveTicket.receive(worker);
    await ticket.does(classify(3));
    await pushIntoAnotherRun(ticket);
    await ticket.until('2026-03-03 18:00');
    expect(ticket.told('resolution-warned', 'resolution-breached')).toEqual([
      'resolution-warned 2026-03-03 13:30',
      'resolution-breached 2026-03-03 18:00',
    ]);
    await ticket.does(complete());
    await ticket.until('2026-03-04 18:01');
    expect(await ticket.ended()).toMatchObject({ closedBecause: 'no-answer' });
  });

  it('starts a notice that is still on its way again, under the same key and with the time it has left', async () => {
    const ticket = await LiveTicket.receive(worker);
    ticket.channel = ({ kind }) => (kind === 'completion' ? 'busy' : { fate: 'delivered', channel: 'email' });
    await ticket.does(classify(3));
    await ticket.does(complete());
    await ticket.until('2026-03-02 15:00');
    const before = await ticket.runs();
    for (let batch = 0; batch < 6; batch += 1) {
      const ids = Array.from({ length: 10 }, (_, index) => `message ${batch} ${index}`);
      await Promise.all(ids.map((id) => ticket.hears(message(id, { automatic: true }), '2026-03-02 09:00')));
      await ticket.hasHeard(ids);
    }
    await ticket.until('2026-03-02 16:00');
    expect(await ticket.runs()).toBeGreaterThan(before);
    await ticket.until('2026-03-03 08:55');
    expect(ticket.told('telling-failed')).toEqual([]);
    await ticket.until('2026-03-03 09:05');
    expect(ticket.told('telling-failed')).toEqual(['telling-failed 2026-03-03 09:00']);
    const tried = worker.effects.attempts.filter(
      (id) => id.startsWith(`${ticket.number}:`) && id.endsWith(':completion'),
    );
    expect(new Set(tried)).toEqual(new Set([`${ticket.number}:3:client:completion`]));
  });

  it('hands on what the database does not have yet, and what it could not be asked', async () => {
    const ticket = await LiveTicket.receive(worker);
    await ticket.does(classify(3));
    await ticket.rests();
    const version = ticket.publish({ overrides: [hoursOn('2026-03-03', [])] });
    const before = await ticket.runs();
    worker.effects.databaseIsDown = true;
    try {
      await worker.gateway.calendarPublished(ticket.number, { version, publishedAt: Date.now() });
      const ids = Array.from({ length: 80 }, (_, index) => `message-${index}`);
      for (const id of ids) await ticket.hears(message(id, { automatic: true }), Date.now());
      await ticket.passes(60_000);
      await eventually(async () => (await ticket.runs()) > before, 'it stays in its run');
    } finally {
      worker.effects.databaseIsDown = false;
    }
    await ticket.waitsFor('calendar-changed');
    await ticket.waitsFor('message-received', 80);
    expect(ticket.events.map(({ version }) => version)).toEqual(ticket.events.map((_, index) => index + 1));
  });
});
