import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { durationMs } from '../../api/duration.ts';
import { buildApi } from '../support/api.ts';
import { startDesk } from '../support/desk.ts';
import type { Desk } from '../support/desk.ts';

let desk: Desk;

beforeAll(async () => {
  desk = await startDesk();
});

afterAll(() => desk.close());

const advance = (number: number, by: unknown) =>
  desk.ask({ method: 'POST', url: `/v1/rehearsal/tickets/${number}/advance`, as: 'agent', body: { by } });

describe('POST /v1/rehearsal/tickets/{number}/advance', () => {
  it('brings a ticket through its 24 hours and tells where its clock is (§3.7)', async () => {
    const number = await desk.newTicket();
    await desk.acts(number, 'agent', { type: 'classify', severity: 2 });
    await desk.acts(number, 'agent', { type: 'complete', outcome: 'information-provided', text: 'Перезагрузите.' });
    await desk.becomes(number, (ticket) => ticket.status === 'awaiting-confirmation');
    const before = Date.now();
    const halfway = await advance(number, 'PT23H');
    expect([halfway.statusCode, halfway.json<{ status: string }>().status]).toEqual([200, 'awaiting-confirmation']);
    const movedMs = Date.parse(halfway.json<{ now: string }>().now) - before;
    expect(movedMs).toBeGreaterThanOrEqual(23 * 3_600_000);
    expect(movedMs).toBeLessThan(24 * 3_600_000);

    // Reads show the ticket's own time, and another ticket keeps the wall clock's.
    const shown = await desk.ticket(number);
    expect(Date.parse(shown.now) - Date.now()).toBeGreaterThan(22 * 3_600_000);
    const other = await desk.ticket(await desk.newTicket());
    expect(Math.abs(Date.parse(other.now) - Date.now())).toBeLessThan(60_000);

    const ended = await advance(number, 'PT2H');
    expect(ended.json<{ status: string }>().status).toBe('closed');
    expect(await desk.ticket(number)).toMatchObject({ status: 'closed', closedBecause: 'no-answer' });
  });

  it('never sets a clock ahead of the ticket: what is said next is not in its future', async () => {
    const number = await desk.newTicket();
    await advance(number, 'P3D');
    const noted = await desk.acts(number, 'agent', { type: 'note', text: 'Сейчас.' });
    const events = await desk.ask({ url: `/v1/tickets/${number}/events`, as: 'agent' });
    const last = events.json<{ items: { at: string }[] }>().items.at(-1)!;
    const lagMs = Date.parse(noted.now) - Date.parse(last.at);
    expect(lagMs).toBeLessThan(60_000);
    const { rehearsalOffsetMs } = await desk.db.ticketRequest.findUniqueOrThrow({ where: { number } });
    expect(Number(rehearsalOffsetMs)).toBeLessThanOrEqual(3 * 86_400_000 + 60_000);
    expect(Number(rehearsalOffsetMs)).toBeGreaterThan(3 * 86_400_000 - 60_000);
  });

  it('takes an ISO 8601 duration of more than nothing, up to 400 days', async () => {
    const number = await desk.newTicket();
    for (const by of [
      '',
      '27H',
      'PT',
      'P',
      'P1Y',
      'P1M',
      'PT-1H',
      '-PT1H',
      'PT0S',
      'P401D',
      'PT9601H',
      'P1W1',
      5,
      null,
    ]) {
      const response = await advance(number, by);
      expect([by, response.statusCode, response.json<{ code: string }>().code]).toEqual([by, 400, 'invalid-request']);
    }
    expect(Number((await desk.db.ticketRequest.findUniqueOrThrow({ where: { number } })).rehearsalOffsetMs)).toBe(0);
  });

  it('does not go where the working calendar ends', async () => {
    const number = await desk.newTicket();
    await desk.db.ticketRequest.update({
      where: { number },
      data: { rehearsalOffsetMs: Date.parse('2034-12-01') - Date.now() },
    });
    const response = await advance(number, 'P40D');
    expect([response.statusCode, response.json<{ code: string }>().code]).toEqual([409, 'beyond-calendar']);
  });

  it('says 404 for an unknown ticket, and to come again for one that is not started', async () => {
    const unknown = await advance(2_147_483_647, 'PT1H');
    expect([unknown.statusCode, unknown.json<{ code: string }>().code]).toEqual([404, 'not-found']);
    const { number } = await desk.db.ticketRequest.create({
      data: {
        edition: '2023-03-31',
        channel: 'email',
        receivedAt: new Date(),
        agreements: [],
        subject: 'Позже',
        firstMessageId: randomUUID(),
        leasedUntil: new Date(Date.now() + 3_600_000),
      },
    });
    const early = await advance(number, 'PT1H');
    expect([early.statusCode, early.json<{ code: string }>().code]).toEqual([503, 'not-yet-started']);
  });

  it('is nowhere when rehearsal is off', async () => {
    const without = await buildApi();
    const url = '/v1/rehearsal/tickets/1/advance';
    const response = await without.ask({ method: 'POST', url, as: 'head', body: { by: 'PT1H' } });
    expect([response.statusCode, response.json<{ code: string }>().code]).toEqual([404, 'no-such-route']);
    await without.close();
  });
});

describe('a duration', () => {
  for (const [text, ms] of [
    ['PT27H', 27 * 3_600_000],
    ['P5D', 5 * 86_400_000],
    ['P2W', 14 * 86_400_000],
    ['P1DT2H3M4.005S', 93_784_005],
    ['PT0.5S', 500],
    ['PT0.0005S', null],
    ['P1Y', null],
    ['P1M', null],
    ['PT', null],
    ['P', null],
    ['', null],
    ['1H', null],
    ['pt1h', null],
    ['PT1H ', null],
    ['P-1D', null],
  ] as const) {
    it(`${text} is ${ms === null ? 'none' : `${ms} ms`}`, () => {
      expect(durationMs(text)).toBe(ms);
    });
  }
});
