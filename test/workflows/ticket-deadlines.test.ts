import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import type { TicketFactType } from '../../regulation/events.ts';
import type { Severity } from '../../regulation/vocabulary.ts';
import { holidayOn } from '../support/calendars.ts';
import { LiveTicket } from '../support/live-ticket.ts';
import { fromTestRun } from '../support/test-run.ts';
import { startTicketWorker } from '../support/ticket-worker.ts';
import type { TicketWorker } from '../support/ticket-worker.ts';
import { ask, classify, complete, confirm, disagree, judge, message, reply } from '../support/tickets.ts';

let worker: TicketWorker;
beforeAll(async () => {
  worker = await startTicketWorker(fromTestRun('TEST_TEMPORAL_ADDRESS'));
});
afterAll(async () => {
  await worker.close();
});

/** The instants of a fact around an expected one, by the story's wall clock: none just before it, and exactly it just after. */
async function around(ticket: LiveTicket, type: TicketFactType, wallClock: string) {
  await ticket.untilJustBefore(wallClock);
  const justBefore = ticket.told(type);
  await ticket.until(wallClock);
  return { justBefore, justAfter: ticket.happened(type).map(({ at }) => at) };
}

function exactly(ticket: LiveTicket, wallClock: string) {
  return { justBefore: [], justAfter: [ticket.story.at(wallClock)] };
}

describe('the first response (§2.6, reading 9)', () => {
  it('is warned of at 10 minutes and breached at 15, counted around the clock', async () => {
    const ticket = await LiveTicket.receive(worker, { receivedAt: '2026-03-01 03:00' });
    expect(await around(ticket, 'first-response-warned', '2026-03-01 03:10')).toEqual(
      exactly(ticket, '2026-03-01 03:10'),
    );
    expect(await around(ticket, 'first-response-breached', '2026-03-01 03:15')).toEqual(
      exactly(ticket, '2026-03-01 03:15'),
    );
  });

  it('is in time at the deadline itself, and answered late a moment after (reading 3)', async () => {
    const ticket = await LiveTicket.receive(worker);
    await ticket.untilJustBefore('2026-03-02 09:15');
    await ticket.does(reply());
    await ticket.until('2026-03-02 09:30');
    expect(ticket.told('first-response-breached')).toEqual([]);
  });
});

describe('the resolution limits, over a weekend and a holiday (§2.4, §2.6)', () => {
  const calendar = { holidays: [holidayOn('2026-03-09')] };
  const limits: { severity: Severity; receivedAt: string; warnedAt: string; dueAt: string }[] = [
    { severity: 1, receivedAt: '2026-03-06 17:00', warnedAt: '2026-03-06 20:45', dueAt: '2026-03-06 22:00' },
    { severity: 2, receivedAt: '2026-03-06 17:00', warnedAt: '2026-03-06 23:00', dueAt: '2026-03-07 01:00' },
    { severity: 3, receivedAt: '2026-03-06 17:00', warnedAt: '2026-03-11 12:30', dueAt: '2026-03-11 17:00' },
    { severity: 3, receivedAt: '2026-03-07 12:00', warnedAt: '2026-03-11 13:30', dueAt: '2026-03-11 18:00' },
    { severity: 4, receivedAt: '2026-03-06 17:00', warnedAt: '2026-03-13 14:45', dueAt: '2026-03-16 17:00' },
  ];
  for (const { severity, receivedAt, warnedAt, dueAt } of limits) {
    it(`level ${severity}, received ${receivedAt}: warned ${warnedAt}, due ${dueAt}`, async () => {
      const ticket = await LiveTicket.receive(worker, { receivedAt, calendar });
      await ticket.does(classify(severity));
      expect(await around(ticket, 'resolution-warned', warnedAt)).toEqual(exactly(ticket, warnedAt));
      expect(await around(ticket, 'resolution-breached', dueAt)).toEqual(exactly(ticket, dueAt));
    });
  }

  it('does not run while a question waits for its answer (§1.5, reading 2)', async () => {
    const ticket = await LiveTicket.receive(worker, { calendar });
    await ticket.does(classify(2));
    await ticket.until('2026-03-02 10:00');
    await ticket.does(ask());
    await ticket.waitsFor('question-handed-over');
    await ticket.until('2026-03-03 08:00');
    await ticket.hears(message('answer'));
    await ticket.waitsFor('message-received');
    const { at: handedOverAt } = ticket.the('question-handed-over');
    const { at: answeredAt } = ticket.the('message-received');
    const dueAt = ticket.story.at('2026-03-02 17:00') + (answeredAt - handedOverAt);
    await ticket.until(dueAt - 2_000);
    expect(ticket.told('resolution-breached')).toEqual([]);
    await ticket.until(dueAt);
    expect(ticket.the('resolution-breached').at).toBe(dueAt);
  });
});

describe('silence after a question (§3.6, reading 6)', () => {
  it('lasts 27 business hours over a weekend and a holiday, with a reminder at each later opening', async () => {
    const ticket = await LiveTicket.receive(worker, {
      receivedAt: '2026-03-05 13:00',
      calendar: { holidays: [holidayOn('2026-03-09')] },
    });
    await ticket.does(classify(1));
    await ticket.does(ask());
    await ticket.waitsFor('question-handed-over');
    const silentFrom = ticket.the('question-handed-over').at - ticket.story.at('2026-03-05 13:00');
    const limit = ticket.story.at('2026-03-11 13:00') + silentFrom;
    await ticket.until(limit - 2_000);
    expect(ticket.told('client-reminded', 'closed')).toEqual([
      'client-reminded 2026-03-06 09:00',
      'client-reminded 2026-03-10 09:00',
      'client-reminded 2026-03-11 09:00',
    ]);
    await ticket.until(limit);
    await ticket.ended();
    expect(ticket.the('closed')).toMatchObject({ at: limit, because: 'client-silent', outcome: 'client-unresponsive' });
  });

  it('needs two hand-overs: with the reminders lost it ends at the opening after the second', async () => {
    const ticket = await LiveTicket.receive(worker);
    ticket.channel = ({ kind }) =>
      kind === 'reminder' ? { fate: 'failed', code: 'mailbox-full' } : { fate: 'delivered', channel: 'email' };
    await ticket.does(classify(3));
    // Asked in the evening, so that the silence ends exactly with a working day and not in the seconds of a reminder.
    await ticket.until('2026-03-02 19:00');
    await ticket.does(ask({ byPhone: true }));
    await ticket.until('2026-03-05 18:01');
    expect(ticket.told('client-reminded')).toEqual([
      'client-reminded 2026-03-03 09:00',
      'client-reminded 2026-03-04 09:00',
      'client-reminded 2026-03-05 09:00',
    ]);
    ticket.channel = () => ({ fate: 'delivered', channel: 'email' });
    expect(await around(ticket, 'closed', '2026-03-09 09:00')).toEqual(exactly(ticket, '2026-03-09 09:00'));
    expect(ticket.told('question-handed-over')).toEqual(['question-handed-over 2026-03-06 09:00']);
  });

  it('is voided by any message of a person, and not by an automatic reply (reading 5)', async () => {
    const ticket = await LiveTicket.receive(worker);
    await ticket.does(classify(3));
    await ticket.does(ask());
    await ticket.waitsFor('question-handed-over');
    await ticket.until('2026-03-03 10:00');
    await ticket.hears(message('out of office', { automatic: true }));
    expect((await ticket.ticket()).status).toBe('waiting-on-client');
    await ticket.hears(message('answer'));
    expect((await ticket.ticket()).status).toBe('work');
    await ticket.until('2026-03-05 18:00');
    expect(ticket.told('closed')).toEqual([]);
  });
});

describe('the confirmation window (§3.7, reading 7)', () => {
  async function told(): Promise<{ ticket: LiveTicket; limit: number }> {
    const ticket = await LiveTicket.receive(worker);
    await ticket.does(classify(3));
    await ticket.does(complete());
    await ticket.waitsFor('client-told');
    return { ticket, limit: ticket.the('client-told').at + 24 * 3_600_000 };
  }

  it('closes 24 hours after the client was told, and not before', async () => {
    const { ticket, limit } = await told();
    await ticket.until(limit - 2_000);
    expect(ticket.told('closed')).toEqual([]);
    await ticket.until(limit);
    await ticket.ended();
    expect(ticket.the('closed')).toMatchObject({ at: limit, because: 'no-answer', outcome: 'information-provided' });
  });

  it('counts a disagreement that was received in its last millisecond, though it arrives later (reading 20)', async () => {
    const { ticket, limit } = await told();
    ticket.leaveOnTheWay({ messageId: 'late', kind: 'disagree', hasReason: true, receivedAt: limit });
    await ticket.until(limit);
    expect(ticket.the('disagreed').at).toBe(limit);
    expect((await ticket.ticket()).status).toBe('work');
  });

  it('does not count one that was received a millisecond later', async () => {
    const { ticket, limit } = await told();
    ticket.leaveOnTheWay({ messageId: 'later', kind: 'disagree', hasReason: true, receivedAt: limit + 1 });
    await ticket.until(limit);
    await ticket.ended();
    expect(ticket.told('disagreed')).toEqual([]);
    expect(ticket.the('closed').because).toBe('no-answer');
  });

  it('waits for a judgement past its end, and a judged disagreement counts from its own receipt', async () => {
    const { ticket, limit } = await told();
    const receivedAt = limit - 3_600_000;
    await ticket.until(receivedAt);
    await ticket.hears(message('hm'), receivedAt);
    await ticket.until(limit + 7_200_000);
    expect(ticket.the('confirmation-overdue').at).toBe(limit);
    await ticket.does(judge('hm', { verdict: 'disagrees', reasonId: 'reason' }));
    const { status, resolution } = await ticket.ticket();
    expect({ status, paused: resolution.clock.pauses.at(-1)?.to }).toEqual({ status: 'work', paused: receivedAt });
  });

  it('ends with an explicit confirm, whatever else is open', async () => {
    const { ticket } = await told();
    await ticket.hears(message('hm'));
    await ticket.hears(confirm('yes'));
    expect(await ticket.ended()).toMatchObject({ closedBecause: 'confirmed' });
  });

  it('goes on unmoved while a disagreement lacks its reason, and asks for it', async () => {
    const { ticket, limit } = await told();
    await ticket.until(limit - 3_600_000);
    await ticket.hears(disagree('no', { hasReason: false }));
    await ticket.until(limit);
    await ticket.ended();
    expect(ticket.the('closed').at).toBe(limit);
    expect(ticket.letters).toContain('reason-asked client');
  });
});
