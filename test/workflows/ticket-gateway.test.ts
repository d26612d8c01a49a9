import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTicketGateway, connectTicketGateway, TemporalUnavailable } from '../../api/ticket-gateway.ts';
import { HOUR_MS } from '../../regulation/instant.ts';
import { freePort } from '../../tools/stack/ports.ts';
import { LiveTicket, staffCommand } from '../support/live-ticket.ts';
import { fromTestRun } from '../support/test-run.ts';
import { startTicketWorker } from '../support/ticket-worker.ts';
import type { TicketWorker } from '../support/ticket-worker.ts';
import { ask, classify, complete, confirm, reply, request, take } from '../support/tickets.ts';

const NOBODY = 999_999_999_999;

let worker: TicketWorker;
beforeAll(async () => {
  worker = await startTicketWorker(fromTestRun('TEST_TEMPORAL_ADDRESS'));
});
afterAll(async () => {
  await worker.close();
});

describe('the gateway to the tickets', () => {
  it('starts a ticket once, however often it is asked', async () => {
    const ticket = await LiveTicket.receive(worker);
    await worker.gateway.start({ ...request(), number: ticket.number });
    await ticket.rests();
    expect(ticket.events).toHaveLength(1);
  });

  it('does not start a ticket anew that has ended', async () => {
    const ticket = await LiveTicket.receive(worker);
    await ticket.does(classify(3));
    await ticket.does(complete());
    await ticket.waitsFor('client-told');
    await ticket.hears(confirm('yes'));
    await ticket.ended();
    await worker.gateway.start({ ...request(), number: ticket.number });
    expect((await ticket.view()).ticket?.status).toBe('closed');
    expect(await ticket.runs()).toBe(1);
  });

  it('says of every message that nobody was there', async () => {
    const { gateway } = worker;
    const command = { act: { type: 'confirm', messageId: 'm' }, contactId: null, receivedAt: 0 } as const;
    expect(await gateway.clientCommand(NOBODY, command)).toBe('not-found');
    expect(await gateway.calendarPublished(NOBODY, { version: 2, publishedAt: 0 })).toBe('not-found');
    expect(await gateway.noticeFailed(NOBODY, { noticeId: 'n', at: 0 })).toBe('not-found');
    expect(await gateway.staffCommand(NOBODY, staffCommand(take()), 'id')).toEqual({ outcome: 'not-found' });
    expect(await gateway.advance(NOBODY, 1_000)).toBe('not-found');
    expect(await gateway.tellTime(NOBODY)).toBe('not-found');
  });

  it('takes no long time to say that Temporal is not there, and promises nothing', async () => {
    const address = `127.0.0.1:${await freePort()}`;
    const { gateway, close } = await connectTicketGateway({
      address,
      namespace: 'default',
      taskQueue: 'none',
      answerWithinMs: 300,
      acceptWithinMs: 300,
    });
    await expect(gateway.start(request())).rejects.toThrow(TemporalUnavailable);
    const command = { act: { type: 'confirm', messageId: 'm' }, contactId: null, receivedAt: 0 } as const;
    await expect(gateway.clientCommand(1, command)).rejects.toThrow(TemporalUnavailable);
    expect(await gateway.staffCommand(1, staffCommand(take()), 'id')).toEqual({ outcome: 'unknown' });
    await expect(gateway.tellTime(1)).rejects.toThrow(TemporalUnavailable);
    expect(await gateway.isUp()).toBe(false);
    expect(await worker.gateway.isUp()).toBe(true);
    await close();
  });
});

describe("a rehearsal, which moves a ticket's own clock", () => {
  it('arrives where it is told to, with everything that was due recorded', async () => {
    const ticket = await LiveTicket.receive(worker);
    const before = await ticket.now();
    const time = await worker.gateway.advance(ticket.number, 20 * 60_000);
    expect(time).toMatchObject({ status: 'triage' });
    if (time === 'not-found') throw new Error(time);
    expect(time.now).toBeGreaterThanOrEqual(before + 20 * 60_000);
    expect(time.now).toBeLessThan(before + 21 * 60_000);
    expect(ticket.told('first-response-breached')).toHaveLength(1);
  });

  it('moves no other ticket', async () => {
    const [moved, other] = [await LiveTicket.receive(worker), await LiveTicket.receive(worker)];
    await worker.gateway.advance(moved.number, HOUR_MS);
    expect((await other.now()) - Date.now()).toBeLessThan(60_000);
  });

  it('goes on from where the one before it arrived, when two ask at once', async () => {
    const ticket = await LiveTicket.receive(worker);
    const before = await ticket.now();
    const { gateway } = worker;
    await Promise.all([gateway.advance(ticket.number, HOUR_MS), gateway.advance(ticket.number, 2 * HOUR_MS)]);
    expect((await ticket.now()) - before).toBeGreaterThanOrEqual(3 * HOUR_MS);
  });

  it('arrives also when another process moves the same ticket', async () => {
    const ticket = await LiveTicket.receive(worker);
    const before = await ticket.now();
    const other = createTicketGateway({ client: worker.client, taskQueue: worker.taskQueue });
    await Promise.all([worker.gateway.advance(ticket.number, 5 * HOUR_MS), other.advance(ticket.number, HOUR_MS)]);
    expect((await ticket.now()) - before).toBeGreaterThanOrEqual(5 * HOUR_MS);
  });

  it('stops where the ticket ends on the way, and says so again later', async () => {
    const ticket = await LiveTicket.receive(worker);
    await ticket.does(classify(3));
    await ticket.does(ask());
    const end = await worker.gateway.advance(ticket.number, 30 * 24 * HOUR_MS);
    const { at } = ticket.the('closed');
    expect(end).toEqual({ now: at, status: 'closed' });
    expect(await worker.gateway.tellTime(ticket.number)).toEqual({ now: at, status: 'closed' });
    expect(await worker.gateway.advance(ticket.number, HOUR_MS)).toEqual({ now: at, status: 'closed' });
  });

  it('goes through many more timers than the server skips by itself', async () => {
    const ticket = await LiveTicket.receive(worker);
    ticket.channel = () => 'busy';
    await ticket.does(reply());
    await worker.gateway.advance(ticket.number, 23 * HOUR_MS);
    expect(worker.effects.attempts.filter((id) => id.startsWith(`${ticket.number}:`)).length).toBeGreaterThan(80);
  });
});

describe('two connections', () => {
  it('may use one ticket at once', async () => {
    const connection = await Connection.connect({ address: fromTestRun('TEST_TEMPORAL_ADDRESS') });
    const other = createTicketGateway({ client: new Client({ connection }), taskQueue: worker.taskQueue });
    const ticket = await LiveTicket.receive(worker);
    const answers = await Promise.all([
      worker.gateway.staffCommand(ticket.number, staffCommand(reply()), 'same'),
      other.staffCommand(ticket.number, staffCommand(reply()), 'same'),
    ]);
    expect(answers[0]).toEqual(answers[1]);
    await connection.close();
  });
});
