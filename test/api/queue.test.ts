import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client, Connection } from '@temporalio/client';
import { createTicketGateway } from '../../api/ticket-gateway.ts';
import type { TicketView } from '../../api/ticket-view.ts';
import { ROLES } from '../../regulation/vocabulary.ts';
import { buildApi, createStaff, NOWHERE } from '../support/api.ts';
import { startDesk } from '../support/desk.ts';
import type { Desk } from '../support/desk.ts';

let desk: Desk;

beforeAll(async () => {
  desk = await startDesk();
});

afterAll(() => desk.close());

const next = (key?: string) =>
  desk.ask({ method: 'POST', url: '/v1/queue/next', as: 'agent', ...(key === undefined ? {} : { key }) });

const waiting = () => desk.db.ticket.count({ where: { assigneeId: null, status: { in: ['triage', 'work'] } } });

describe('POST /v1/queue/next (§2.3, reading 14)', () => {
  it('is for agents', async () => {
    for (const as of ROLES.filter((role) => role !== 'agent')) {
      const response = await desk.ask({ method: 'POST', url: '/v1/queue/next', as });
      expect([as, response.statusCode]).toEqual([as, 403]);
    }
    expect((await desk.ask({ method: 'POST', url: '/v1/queue/next' })).statusCode).toBe(401);
  });

  it('answers 204 when nothing is offered', async () => {
    const response = await next();
    expect([response.statusCode, response.body]).toEqual([204, '']);
  });

  it('gives the most severe first, those put ahead within their level, then by receipt', async () => {
    const low = await desk.newTicket({ impact: 'reporting' });
    const early = await desk.newTicket({ impact: 'minor' });
    const ahead = await desk.newTicket({ impact: 'minor' });
    const unproposed = await desk.newTicket();
    const critical = await desk.newTicket({ impact: 'stopped' });
    await desk.acts(ahead, 'agent', { type: 'put-ahead', reason: 'Директор просит.' });
    const given: TicketView[] = [];
    for (let i = 0; i < 5; i += 1) given.push((await next()).json<TicketView>());
    expect(given.map(({ number }) => number)).toEqual([critical, unproposed, ahead, early, low]);
    const agentId = await createStaff(desk.db, 'agent');
    expect(new Set(given.map(({ assigneeId }) => assigneeId))).toEqual(new Set([agentId]));
    expect((await next()).statusCode).toBe(204);
  });

  it('offers neither what waits on the client nor what somebody has', async () => {
    const asked = await desk.newTicket();
    await desk.acts(asked, 'agent', { type: 'classify', severity: 3 });
    await desk.acts(asked, 'agent', { type: 'ask-client', text: 'Какой?', byPhone: true });
    const taken = await desk.newTicket();
    await desk.acts(taken, 'head', { type: 'take' });
    expect((await next()).statusCode).toBe(204);
  });

  it('gives the request that was accepted this moment', async () => {
    const accepted = await desk.ask({
      method: 'POST',
      url: '/v1/requests',
      body: {
        product: 'siroca-lis',
        subject: 'Не печатает',
        description: 'Принтер молчит.',
        contact: { name: 'Асанова Айгуль', email: 'aigul@ak-suu.example' },
      },
    });
    const response = await next();
    expect(response.statusCode).toBe(200);
    expect(response.json<TicketView>().number).toBe(accepted.json<{ number: number }>().number);
  });

  it('never gives the same ticket to two who ask at the same instant', async () => {
    const numbers: number[] = [];
    for (let i = 0; i < 6; i += 1) numbers.push(await desk.newTicket());
    expect(await waiting()).toBe(6);
    const answers = await Promise.all([1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map(() => next()));
    const given = answers.filter(({ statusCode }) => statusCode === 200).map((one) => one.json<TicketView>().number);
    expect(given.sort((a, b) => a - b)).toEqual(numbers);
    expect(answers.filter(({ statusCode }) => statusCode === 204)).toHaveLength(4);
  });

  it('gives one ticket for a key, also when the answer was lost', async () => {
    const first = await desk.newTicket();
    await desk.newTicket();
    expect((await next('one-for-me')).json<TicketView>().number).toBe(first);
    expect((await next('one-for-me')).json<TicketView>().number).toBe(first);
    // As if the process had died between the taking and the record of its answer.
    await desk.db.idempotencyRecord.updateMany({ where: { key: 'one-for-me' }, data: { status: 0 } });
    expect((await next('one-for-me')).json<TicketView>().number).toBe(first);
    expect(await waiting()).toBe(1);
    expect((await next()).statusCode).toBe(200);
  });

  it('does not pretend to know while Temporal is down, and takes nothing twice', async () => {
    const number = await desk.newTicket();
    const connection = Connection.lazy({ address: NOWHERE });
    const gateway = createTicketGateway({ client: new Client({ connection }), taskQueue: 'none', answerWithinMs: 300 });
    const cutOff = await buildApi({ databaseUrl: desk.settings.databaseUrl, gateway });
    const unknown = await cutOff.ask({ method: 'POST', url: '/v1/queue/next', as: 'agent', key: 'later' });
    expect([unknown.statusCode, unknown.json<{ code: string }>().code]).toEqual([503, 'not-known-whether-applied']);
    expect((await next('later')).json<TicketView>().number).toBe(number);
    await cutOff.close();
    await connection.close();
  });
});
