import { setTimeout as pause } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { createTicketGateway } from '../../api/ticket-gateway.ts';
import { eventually, LiveTicket, staffCommand } from '../support/live-ticket.ts';
import { fromTestRun } from '../support/test-run.ts';
import { startTicketWorker } from '../support/ticket-worker.ts';
import type { TicketWorker } from '../support/ticket-worker.ts';
import {
  AGENT,
  ask,
  assign,
  classify,
  complete,
  confirm,
  disagree,
  escalate,
  judge,
  message,
  OTHER_AGENT,
  reply,
  take,
} from '../support/tickets.ts';

let worker: TicketWorker;
beforeAll(async () => {
  worker = await startTicketWorker(fromTestRun('TEST_TEMPORAL_ADDRESS'));
});
afterAll(async () => {
  await worker.close();
});

describe('deadlines that pass without a worker (reading 20)', () => {
  it('are recorded once each, at their own instants and in their order, when one comes back', async () => {
    const ticket = await LiveTicket.receive(worker, { receivedAt: '2026-03-02 09:00', now: '2026-03-04 12:00' });
    await ticket.now();
    expect(ticket.told()).toEqual([
      'ticket-received 2026-03-02 09:00',
      'first-response-warned 2026-03-02 09:10',
      'first-response-breached 2026-03-02 09:15',
      'resolution-warned 2026-03-02 15:00',
      'resolution-alarmed 2026-03-02 17:00',
    ]);
    expect(ticket.happened('first-response-warned', 'resolution-warned').map(({ announced }) => announced)).toEqual([
      false,
      false,
    ]);
    expect(ticket.events.every(({ at, knownAt }) => at <= knownAt)).toBe(true);
  });

  it('are met by a worker that was away when they passed, and known as late', async () => {
    const ticket = await LiveTicket.receive(worker);
    await ticket.rests();
    await worker.without(() => ticket.passesWithoutWorker(ticket.story.at('2026-03-02 09:10')));
    const warned = await ticket.waitsFor('first-response-warned');
    expect(warned.at).toBe(ticket.story.at('2026-03-02 09:10'));
    expect(warned.knownAt).toBeGreaterThan(warned.at);
  });
});

/** A ticket whose next deadline ends its silence. */
async function nearlySilent(): Promise<{ ticket: LiveTicket; limit: number }> {
  const ticket = await LiveTicket.receive(worker, { receivedAt: '2026-03-02 13:00' });
  await ticket.does(classify(3));
  await ticket.does(ask());
  const limit = (await ticket.waitsFor('question-handed-over')).at + 3 * 24 * 3_600_000;
  await ticket.until(limit - 3_600_000);
  await ticket.rests();
  return { ticket, limit };
}

describe('facts that come in another order than they happened (reading 20)', () => {
  it('are applied in the order of their own instants', async () => {
    const ticket = await LiveTicket.receive(worker, { receivedAt: '2026-03-02 09:00', now: '2026-03-02 09:30' });
    await ticket.now();
    await worker.without(async () => {
      await ticket.hears(message('second'), '2026-03-02 09:25');
      await ticket.hears(message('first'), '2026-03-02 09:20');
    });
    await ticket.waitsFor('message-received', 2);
    expect(ticket.happened('message-received').map(({ messageId }) => messageId)).toEqual(['first', 'second']);
  });

  it('never carry an instant that is still to come', async () => {
    const ticket = await LiveTicket.receive(worker);
    await ticket.hears(message('from a fast clock'), '2026-03-02 11:00');
    const { at, knownAt } = await ticket.waitsFor('message-received');
    expect(at).toBeLessThanOrEqual(knownAt);
  });

  for (const way of ['signal', 'records', 'both'] as const) {
    it(`a message received just before the silence ended voids it, brought late by: ${way}`, async () => {
      const { ticket, limit } = await nearlySilent();
      await worker.without(async () => {
        await ticket.passesWithoutWorker(limit);
        if (way !== 'signal') ticket.leaveOnTheWay({ messageId: 'answer', kind: 'message', receivedAt: limit });
        if (way !== 'records') await ticket.hears(message('answer'), limit);
      });
      const received = await ticket.waitsFor('message-received');
      expect(received.at).toBe(limit);
      expect((await ticket.ticket()).status).toBe('work');
      expect(ticket.happened('message-received')).toHaveLength(1);
    });
  }

  it('a message received just after the silence ended comes too late', async () => {
    const { ticket, limit } = await nearlySilent();
    await worker.without(async () => {
      await ticket.passesWithoutWorker(limit);
      await ticket.hears(message('answer'), limit + 1);
    });
    await ticket.ended();
    expect(ticket.the('closed').at).toBe(limit);
    expect(ticket.happened('message-received')).toEqual([]);
  });

  it('a message that the records brought is not applied again when its signal comes', async () => {
    const ticket = await LiveTicket.receive(worker);
    await ticket.does(classify(3));
    await ticket.does(complete());
    const limit = (await ticket.waitsFor('client-told')).at + 24 * 3_600_000;
    ticket.leaveOnTheWay({ messageId: 'hm', kind: 'message', receivedAt: limit });
    await ticket.until(limit);
    await ticket.hears(message('hm'), limit);
    await ticket.hears(message('hm'), limit);
    await ticket.does(judge('hm', { verdict: 'confirms' }));
    await ticket.ended();
    expect(ticket.happened('message-received').map(({ at }) => at)).toEqual([limit]);
  });

  it('a message after the closing is left to the follow-up (reading 12)', async () => {
    const ticket = await LiveTicket.receive(worker);
    await ticket.does(classify(3));
    await ticket.does(complete());
    await ticket.waitsFor('client-told');
    await ticket.hears(confirm('yes'));
    await ticket.ended();
    const { act, receivedAt } = { act: message('but'), receivedAt: Date.now() };
    expect(await worker.gateway.clientCommand(ticket.number, { act, contactId: null, receivedAt })).toBe('not-found');
    expect(ticket.happened('message-received')).toEqual([]);
  });
});

describe('acts of staff', () => {
  it('are done once under one id, and answered the same again', async () => {
    const ticket = await LiveTicket.receive(worker);
    const first = await ticket.does(reply(), 'the same id');
    expect(await ticket.does(reply(), 'the same id')).toEqual(first);
    expect(ticket.happened('replied')).toHaveLength(1);
  });

  it('leave nothing in the history when they are refused, and are judged anew', async () => {
    const ticket = await LiveTicket.receive(worker);
    await ticket.rests();
    const before = await ticket.historyLength();
    expect(await ticket.refuses(escalate(), 'an id')).toBe('wrong-status');
    expect(await ticket.historyLength()).toBe(before);
    await ticket.does(classify(3));
    await ticket.does(escalate(), 'an id');
    expect(ticket.happened('escalated')).toHaveLength(1);
  });

  it('are refused with a code and a sentence', async () => {
    const ticket = await LiveTicket.receive(worker);
    await ticket.does(take());
    expect(await worker.gateway.staffCommand(ticket.number, staffCommand(take(), null), 'take')).toEqual({
      outcome: 'refused',
      code: 'already-assigned',
      detail: `ticket ${ticket.number} already has an assignee; use assign to hand it over`,
    });
    expect(await worker.gateway.staffCommand(ticket.number, staffCommand(reply(), 1), 'stale')).toMatchObject({
      outcome: 'refused',
      code: 'stale-revision',
    });
  });

  it('never give one ticket to two who ask for it at once (reading 14)', async () => {
    const ticket = await LiveTicket.receive(worker);
    const answers = await Promise.all(
      [AGENT, OTHER_AGENT, AGENT, OTHER_AGENT].map((actor, index) =>
        worker.gateway.staffCommand(ticket.number, staffCommand(take({ actor })), `take-${index}`),
      ),
    );
    expect(answers.map(({ outcome }) => outcome).sort()).toEqual(['done', 'refused', 'refused', 'refused']);
  });

  it('are unknown without a worker, and done once by the same id when it is back', async () => {
    const ticket = await LiveTicket.receive(worker);
    await ticket.now();
    const impatient = createTicketGateway({ client: worker.client, taskQueue: worker.taskQueue, answerWithinMs: 500 });
    const command = staffCommand(reply());
    const unanswered = await worker.without(() => impatient.staffCommand(ticket.number, command, 'once'));
    expect(unanswered).toEqual({ outcome: 'unknown' });
    expect(await worker.gateway.staffCommand(ticket.number, command, 'once')).toMatchObject({ outcome: 'done' });
    await ticket.now();
    expect(ticket.happened('replied')).toHaveLength(1);
  });
});

describe('a database that does not answer', () => {
  it('holds up neither the clock nor the deadlines, but the answers to staff and the notices', async () => {
    const ticket = await LiveTicket.receive(worker, { receivedAt: '2026-03-02 09:00', now: '2026-03-02 09:09:58' });
    await ticket.now();
    const impatient = createTicketGateway({
      client: worker.client,
      taskQueue: worker.taskQueue,
      answerWithinMs: 1_000,
    });
    worker.effects.databaseIsDown = true;
    const command = staffCommand(assign('agent-2'));
    expect(await impatient.staffCommand(ticket.number, command, 'assign')).toEqual({ outcome: 'unknown' });
    await eventually(async () => (await ticket.view()).ticket?.fired.length === 1, 'the warning did not fire');
    expect(ticket.told('assigned', 'first-response-warned')).toEqual([]);
    expect((await ticket.view()).pendingNotices).toContain(`${ticket.number}:2:assignee:assigned`);
    expect(worker.effects.attempts).not.toContain(`${ticket.number}:2:assignee:assigned`);
    worker.effects.databaseIsDown = false;
    expect(await worker.gateway.staffCommand(ticket.number, command, 'assign')).toMatchObject({ outcome: 'done' });
    const warned = await ticket.waitsFor('first-response-warned');
    expect(warned.at).toBe(ticket.story.at('2026-03-02 09:10'));
    expect(ticket.happened('assigned')).toHaveLength(1);
  });

  it('delays the registration of a request and loses nothing that was sent meanwhile', async () => {
    worker.effects.databaseIsDown = true;
    const ticket = await LiveTicket.receive(worker);
    await ticket.hears(message('meanwhile'), '2026-03-02 09:00');
    const replied = ticket.does(reply());
    await pause(300);
    worker.effects.databaseIsDown = false;
    await replied;
    expect(ticket.told()).toEqual([
      'ticket-received 2026-03-02 09:00',
      'message-received 2026-03-02 09:00',
      'replied 2026-03-02 09:00',
    ]);
  });
});

describe('notices', () => {
  it('are tried again while the channel is busy, and count as failed after 24 hours (reading 5)', async () => {
    const ticket = await LiveTicket.receive(worker);
    ticket.channel = ({ kind }) => (kind === 'question' ? 'busy' : { fate: 'delivered', channel: 'email' });
    await ticket.does(classify(3));
    await ticket.does(ask());
    await ticket.until('2026-03-03 08:55');
    expect((await ticket.ticket()).status).toBe('waiting-on-client');
    await ticket.until('2026-03-03 09:05');
    expect(ticket.told('question-undeliverable')).toEqual(['question-undeliverable 2026-03-03 09:00']);
    expect((await ticket.ticket()).status).toBe('work');
    const tried = worker.effects.attempts.filter((id) => id === `${ticket.number}:3:client:question`);
    expect(tried.length).toBeGreaterThan(20);
    expect(tried.length).toBeLessThan(40);
  });

  it('start the pause and the silence only when the question has been handed over (reading 5)', async () => {
    const ticket = await LiveTicket.receive(worker);
    let isBusy = true;
    ticket.channel = () => (isBusy ? 'busy' : { fate: 'delivered', channel: 'email' });
    await ticket.does(classify(3));
    await ticket.does(ask());
    await ticket.until('2026-03-02 10:30');
    expect((await ticket.ticket()).resolution.clock.pauses).toEqual([]);
    isBusy = false;
    await ticket.until('2026-03-02 12:30');
    const handedOver = ticket.the('question-handed-over');
    expect((await ticket.ticket()).resolution.clock.pauses).toEqual([
      { from: handedOver.at, to: null, reason: 'waiting-on-client' },
    ]);
  });

  it('of a staff channel that is dead owe no further notices', async () => {
    const ticket = await LiveTicket.receive(worker);
    ticket.channel = ({ audience }) =>
      audience === 'client' ? { fate: 'delivered', channel: 'email' } : { fate: 'failed', code: 'refused' };
    await ticket.until('2026-03-02 09:20');
    expect(ticket.told('notice-undeliverable')).toHaveLength(2);
    expect((await ticket.view()).pendingNotices).toEqual([]);
  });
});

describe('what a ticket costs', () => {
  it('adds nothing but reminders to the history in three days of waiting', async () => {
    const ticket = await LiveTicket.receive(worker);
    await ticket.does(classify(3));
    await ticket.does(ask());
    await ticket.waitsFor('question-handed-over');
    await ticket.rests();
    const before = await ticket.eventTypes();
    await ticket.until('2026-03-04 17:00');
    const added = (await ticket.eventTypes()).slice(before.length).filter((type) => !isOfSkipping(type));
    expect(ticket.happened('client-reminded')).toHaveLength(2);
    expect(added.length).toBeLessThanOrEqual(80);
  });

  it('cancels its timer when it closes', async () => {
    const ticket = await LiveTicket.receive(worker);
    await ticket.does(classify(3));
    await ticket.does(complete());
    await ticket.waitsFor('client-told');
    await ticket.hears(confirm('yes'));
    await ticket.ended();
    const types = await ticket.eventTypes();
    const started = types.filter((type) => type === 'TimerStarted').length;
    const over = types.filter((type) => type === 'TimerFired' || type === 'TimerCanceled').length;
    expect({ started, over }).toEqual({ started, over: started });
    expect(types.at(-1)).toBe('WorkflowExecutionCompleted');
  });

  it('closes with nothing left to do after a disagreement and a second completion', async () => {
    const ticket = await LiveTicket.receive(worker);
    await ticket.does(classify(3));
    await ticket.does(complete());
    await ticket.waitsFor('client-told');
    await ticket.hears(disagree('no'));
    await ticket.waitsFor('disagreed');
    await ticket.does(complete());
    await ticket.until('2026-03-03 09:01');
    await ticket.ended();
    expect(await ticket.view()).toMatchObject({ ticket: { status: 'closed', version: 8 }, pendingNotices: [] });
  });
});

function isOfSkipping(type: string): boolean {
  return type.includes('TimeSkipping') || type === 'WorkflowExecutionOptionsUpdated';
}
