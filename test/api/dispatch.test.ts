import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createDispatcher } from '../../api/dispatch/dispatcher.ts';
import { makeToken } from '../../channels/client-link.ts';
import { calendarInForce, publishCalendar } from '../../prisma/calendar-versions.ts';
import { ticketToDispatch } from '../../prisma/dispatch.ts';
import { INTEGRATION_TOKEN } from '../support/api.ts';
import { CONTACT } from '../support/company.ts';
import { startLiveStack } from '../support/live-stack.ts';
import type { LiveStack } from '../support/live-stack.ts';
import { tokenHashOf } from '../../prisma/integration-tokens.ts';
import { ticketWorkflowId } from '../../workflows/ticket-messages.ts';
import { connectTemporal } from '../support/temporal.ts';

const SILENT = { info: () => undefined, warn: () => undefined, error: () => undefined };

describe('dispatch', () => {
  let live: LiveStack;
  beforeAll(async () => {
    live = await startLiveStack();
    await live.api.db.integrationToken.create({ data: { name: 'tests', tokenHash: tokenHashOf(INTEGRATION_TOKEN) } });
  });
  afterAll(() => live.close());
  afterEach(async () => {
    await live.temporal.on();
  });

  const file = () =>
    live.does<{ number: number; trackingUrl: string }>({
      method: 'POST',
      url: '/v1/requests',
      body: {
        product: 'siroca-lis',
        subject: 'Не печатает',
        description: 'Принтер молчит.',
        contact: { name: 'Аида', email: CONTACT.email },
      },
    });
  const linkOf = (number: number) =>
    `/v1/client/${makeToken(live.api.settings.linkSecret, { purpose: 'client-link', ticketNumber: number, keyVersion: 1 })}`;
  const says = (number: number, body: object) =>
    live.does<{ followUp: { number: number } | null }>({ method: 'POST', url: `${linkOf(number)}/commands`, body });
  const does = (number: number, body: object) =>
    live.does({ method: 'POST', url: `/v1/tickets/${number}/commands`, as: 'agent', body });
  const recorded = (number: number) => live.until(() => live.api.db.ticket.findUnique({ where: { number } }));
  const becomes = (number: number, status: string) =>
    live.until(() => live.api.db.ticket.findUnique({ where: { number, status } }));
  const messagesOf = (number: number) =>
    live.api.db.message.findMany({
      where: { OR: [{ ticketNumber: number }, { followUpNumber: number }] },
      orderBy: { seq: 'asc' },
    });
  const allSettled = (number: number) =>
    live.until(async () => (await messagesOf(number)).every((message) => message.settledAt !== null));
  async function terminate(number: number): Promise<void> {
    const { client, connection } = await connectTemporal();
    await client.workflow.getHandle(ticketWorkflowId(number)).terminate('lost, for a test');
    await connection.close();
  }
  /** The messages that a ticket has taken up, in the order in which it did. */
  const takenUp = async (number: number) =>
    (await live.eventsOf(number)).flatMap((event) =>
      event.type === 'message-received' || event.type === 'ticket-received' ? [event.messageId] : [],
    );

  async function closedTicket(): Promise<number> {
    const { number } = await file();
    await recorded(number);
    await does(number, { type: 'classify', severity: 3 });
    await does(number, { type: 'complete', outcome: 'information-provided', text: 'Перезагрузите принтер.' });
    await becomes(number, 'awaiting-confirmation');
    await says(number, { type: 'confirm' });
    await becomes(number, 'closed');
    return number;
  }

  it('brings a request to its workflow at once, and a client through to the closing by his link (§2.3, §3.7)', async () => {
    const number = await closedTicket();
    const types = (await live.eventsOf(number)).map((event) => event.type);
    expect(types).toEqual(['ticket-received', 'classified', 'completed', 'client-told', 'closed']);
    await allSettled(number);
    expect(live.mail.lettersTo(CONTACT.email).length).toBeGreaterThan(0);
  });

  it('loses nothing and doubles nothing of what was accepted while Temporal was down', async () => {
    await live.temporal.off();
    const linesBefore = live.logged.length;
    const numbers: number[] = [];
    for (let i = 0; i < 10; i += 1) {
      const { number } = await file();
      numbers.push(number);
      for (let j = 0; j < 3; j += 1) await says(number, { type: 'answer', text: `${j}` });
    }
    const ofDispatch = () => live.logged.slice(linesBefore).filter((line) => line['msg'] !== 'answered');
    await live.until(async () => ofDispatch().length > 0);
    await pause(2_500);
    // Said once, however often it is tried.
    expect(ofDispatch().map((line) => line['msg'])).toEqual(['dispatch rests; what was accepted waits']);
    const startedAt = { not: null };
    expect(await live.api.db.ticketRequest.count({ where: { number: { in: numbers }, startedAt } })).toBe(0);
    await live.temporal.on();
    for (const number of numbers) {
      await allSettled(number);
      expect(await takenUp(number)).toEqual((await messagesOf(number)).map((message) => message.id));
    }
    expect(live.logged.filter((line) => line['msg'] === 'dispatch goes on').length).toBeGreaterThan(0);
  });

  it('keeps the order of each ticket’s facts with three dispatchers at once', async () => {
    await live.temporal.off();
    const numbers: number[] = [];
    for (let i = 0; i < 4; i += 1) numbers.push((await file()).number);
    for (let j = 0; j < 15; j += 1) for (const number of numbers) await says(number, { type: 'answer', text: `${j}` });
    await live.temporal.on();
    const others = Array.from({ length: 2 }, () =>
      createDispatcher({ db: live.api.db, gateway: live.gateway, log: SILENT, sweepEveryMs: 20 }),
    );
    for (const other of others) other.start();
    for (const number of numbers) {
      await allSettled(number);
      expect(await takenUp(number)).toEqual((await messagesOf(number)).map((message) => message.id));
    }
    for (const other of others) await other.stop();
  });

  it('doubles nothing when a dispatcher dies between the hand-over and its mark', async () => {
    await live.temporal.off();
    const { number } = await file();
    await says(number, { type: 'answer', text: 'Раз' });
    await live.temporal.on();
    const { request, messages } = await ticketToDispatch(live.api.db, number);
    const answer = messages.find((message) => message.id !== request.messageId)!;
    await live.gateway.start(request);
    const command = {
      act: { type: 'message-received', messageId: answer.id, automatic: false, channel: 'web-form' },
      contactId: answer.contactId,
      receivedAt: answer.receivedAt,
    } as const;
    await live.gateway.clientCommand(number, command);
    await allSettled(number);
    expect(await takenUp(number)).toEqual([request.messageId, answer.id]);
  });

  it('takes a ticket over from a dispatcher that was killed, when its lease has ended', async () => {
    await live.temporal.off();
    const { number } = await file();
    await live.api.db.ticketRequest.update({ where: { number }, data: { leasedUntil: new Date(Date.now() + 1_500) } });
    await live.temporal.on();
    await recorded(number);
    expect((await live.api.db.ticketRequest.findUniqueOrThrow({ where: { number } })).leasedUntil).toBeNull();
  });

  it('starts a workflow again that Temporal has lost before anything of it was recorded', async () => {
    await live.temporal.off();
    const { number } = await file();
    await says(number, { type: 'answer', text: 'Раз' });
    const [request] = await messagesOf(number);
    await live.api.db.ticketRequest.update({ where: { number }, data: { startedAt: new Date() } });
    await live.api.db.message.update({ where: { id: request!.id }, data: { dispatchedAt: new Date() } });
    await live.temporal.on();
    await allSettled(number);
    expect(await takenUp(number)).toEqual((await messagesOf(number)).map((message) => message.id));
  });

  it('lets the facts of a ticket wait that Temporal has lost in the middle of its life, says so once, and goes on with the others', async () => {
    const { number } = await file();
    await recorded(number);
    await allSettled(number);
    await terminate(number);
    await says(number, { type: 'answer', text: 'Раз' });
    const said = () =>
      live.logged.filter((line) => line['ticketNumber'] === number && line['type'] === 'WorkflowMissing');
    await live.until(async () => said().length > 0);
    // Its lease ends, so that it is tried again.
    await live.api.db.ticketRequest.update({ where: { number }, data: { leasedUntil: null } });
    const other = await file();
    await recorded(other.number);
    await live.until(() => live.api.db.ticketRequest.findFirst({ where: { number, leasedUntil: { not: null } } }));
    expect(said()).toHaveLength(1);
    expect((await messagesOf(number)).at(-1)!.dispatchedAt).toBeNull();
  });

  describe('of what comes too late (reading 12)', () => {
    /** A message that reached a workflow in its last moment: handed over, and named by no event. */
    async function tooLate(number: number, overrides: object = {}): Promise<string> {
      const id = randomUUID();
      await live.api.db.message.create({
        data: {
          id,
          ticketNumber: number,
          act: 'message',
          channel: 'email',
          account: 'support@siroca.com',
          externalId: id,
          text: 'Опять не печатает',
          receivedAt: new Date(),
          dispatchedAt: new Date(),
          ...overrides,
        },
      });
      return id;
    }
    const settled = (id: string) =>
      live.until(() => live.api.db.message.findFirst({ where: { id, settledAt: { not: null } } }));

    it('opens one follow-up for messages that its workflow had and did not take up, however many dispatchers look', async () => {
      const number = await closedTicket();
      const others = Array.from({ length: 2 }, () =>
        createDispatcher({ db: live.api.db, gateway: live.gateway, log: SILENT, sweepEveryMs: 10 }),
      );
      for (const other of others) other.start();
      const ids = [
        await tooLate(number),
        await tooLate(number),
        await tooLate(number, { act: 'disagree', hasReason: true }),
      ];
      for (const id of ids) await settled(id);
      for (const other of others) await other.stop();
      const followUps = await live.api.db.ticketRequest.findMany({ where: { followUpOf: number } });
      expect(followUps).toHaveLength(1);
      const followUp = followUps[0]!;
      expect(ids).toContain(followUp.firstMessageId);
      expect((await takenUp(followUp.number)).toSorted()).toEqual(ids.toSorted());
      expect((await live.eventsOf(followUp.number))[0]).toMatchObject({ type: 'ticket-received', followUpOf: number });
      expect((await live.eventsOf(number)).at(-1)!.type).toBe('closed');
    });

    it('only notes a late confirmation, and only files what a machine wrote', async () => {
      const number = await closedTicket();
      for (const overrides of [{ act: 'confirm', text: '' }, { automatic: true }]) {
        const message = await settled(await tooLate(number, overrides));
        expect(message.followUpNumber).toBeNull();
      }
      expect(await live.api.db.ticketRequest.count({ where: { followUpOf: number } })).toBe(0);
    });

    it('opens the follow-up for a message that was committed before the closing was recorded and not yet handed over', async () => {
      const number = await closedTicket();
      const id = await tooLate(number, { dispatchedAt: null });
      const { followUpNumber } = await settled(id);
      expect(await takenUp(followUpNumber!)).toEqual([id]);
    });

    it('takes late words for no verdict on the follow-up: there they are a message (reading 7)', async () => {
      const number = await closedTicket();
      const { followUp } = await says(number, { type: 'answer', text: 'Снова' });
      await recorded(followUp!.number);
      await does(followUp!.number, { type: 'classify', severity: 3 });
      await does(followUp!.number, { type: 'complete', outcome: 'information-provided', text: 'Готово.' });
      await becomes(followUp!.number, 'awaiting-confirmation');
      await says(number, { type: 'disagree', reason: 'Не то' });
      await allSettled(followUp!.number);
      const last = (await live.eventsOf(followUp!.number)).at(-1)!;
      expect(last).toMatchObject({ type: 'message-received', effect: 'to-be-judged' });
    });
  });

  it('tells open tickets of a newly published calendar, and closed ones not (reading 10)', async () => {
    const { number } = await file();
    await recorded(number);
    const closed = await closedTicket();
    const inForce = (await calendarInForce(live.api.db))!;
    await publishCalendar(live.api.db, {
      basedOn: inForce.version,
      definition: { ...inForce.definition, validTo: inForce.definition.validTo },
      publishedById: null,
      at: Date.now(),
    });
    await live.until(() => live.api.db.ticket.findFirst({ where: { number, calendarVersion: inForce.version + 1 } }));
    const changes = (await live.eventsOf(number)).filter((event) => event.type === 'calendar-changed');
    expect(changes).toHaveLength(1);
    expect((await live.api.db.ticket.findUniqueOrThrow({ where: { number: closed } })).calendarVersion).toBe(
      inForce.version,
    );
  });
});
