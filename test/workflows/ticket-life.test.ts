import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { LiveTicket } from '../support/live-ticket.ts';
import { fromTestRun } from '../support/test-run.ts';
import { startTicketWorker } from '../support/ticket-worker.ts';
import type { TicketWorker } from '../support/ticket-worker.ts';
import { classify, complete, confirm, reply } from '../support/tickets.ts';

let worker: TicketWorker;
beforeAll(async () => {
  worker = await startTicketWorker(fromTestRun('TEST_TEMPORAL_ADDRESS'));
});
afterAll(async () => {
  await worker.close();
});

describe('the whole life', () => {
  it('closes a ticket that the client confirms (§3.7)', async () => {
    const ticket = await LiveTicket.receive(worker);
    await ticket.does(classify(3));
    await ticket.does(reply());
    await ticket.does(complete());
    await ticket.waitsFor('client-told');
    await ticket.hears(confirm('message-2'));
    expect(await ticket.ended()).toEqual({ closedBecause: 'confirmed', outcome: 'information-provided', version: 6 });
  });
});
