import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { evolve } from '../../regulation/evolve.ts';
import type { Ticket } from '../../regulation/ticket.ts';
import { TRANSITIONS } from '../../regulation/transitions.ts';
import { LiveTicket } from '../support/live-ticket.ts';
import { fromTestRun } from '../support/test-run.ts';
import { TICKET_LIVES } from '../support/ticket-lives.ts';
import { startTicketWorker } from '../support/ticket-worker.ts';
import type { TicketWorker } from '../support/ticket-worker.ts';

let worker: TicketWorker;
beforeAll(async () => {
  worker = await startTicketWorker(fromTestRun('TEST_TEMPORAL_ADDRESS'));
});
afterAll(async () => {
  await worker.close();
});

const walked = new Set<string>();

describe('the whole life of a ticket on the real server', () => {
  for (const [name, { beginning = {}, live, told }] of Object.entries(TICKET_LIVES)) {
    it(`is lived: ${name}`, async () => {
      const ticket = await LiveTicket.receive(worker, beginning);
      await live(ticket);
      expect(ticket.told()).toEqual(told);
      const { ticket: last } = await ticket.view();
      expect(replayed(ticket)).toEqual(last);
      expect(ticket.events.map(({ version }) => version)).toEqual(told.map((_, index) => index + 1));
    });
  }

  it('has gone every way of the lifecycle but merging, whose routes come later (reading 13)', () => {
    const ways = TRANSITIONS.filter(({ on }) => on !== 'merged').map(({ from, to }) => `${from} -> ${to}`);
    expect([...new Set(ways)].filter((way) => !walked.has(way))).toEqual([]);
  });
});

/** The ticket as its recorded events give it; notes the ways it went. */
function replayed({ events }: LiveTicket): Ticket | null {
  return events.reduce<Ticket | null>((before, event) => {
    const after = evolve(before, event);
    walked.add(`${before?.status ?? 'start'} -> ${after.status}`);
    return after;
  }, null);
}
