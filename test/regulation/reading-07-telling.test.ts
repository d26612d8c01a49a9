import { describe, expect, it } from '@jest/globals';

import { inWork, instant, wallClock } from '../support/scenario.ts';
import type { Scenario } from '../support/scenario.ts';
import {
  complete,
  confirm,
  delivered,
  disagree,
  failed,
  judge,
  message,
  resend,
  returnToWork,
  toldByPhone,
} from '../support/tickets.ts';

const byHand = { handsOver: 'by-hand' } as const;

/** Completed on Monday at 10:00 with information, and not told yet. */
function completed(): Scenario {
  return inWork(3, byHand).when('2026-03-02 10:00', complete());
}

/** The same, told at 10:05. */
function told(): Scenario {
  const scenario = completed();
  return scenario.when('2026-03-02 10:05', delivered(scenario.notice('completion')));
}

describe('when telling fails on every channel (reading 7)', () => {
  const failing = () => {
    const scenario = completed();
    return scenario.when('2026-03-02 10:10', failed(scenario.notice('completion')));
  };

  it('the window does not start: an alarm at once and at each opening', () => {
    const scenario = failing();
    expect(scenario.ticket.status).toBe('completed');
    expect(scenario.told('completion-undeliverable')).toEqual(['completion-undeliverable on-duty']);
    scenario.until('2026-03-09 09:00');
    expect(scenario.happened('not-told-alarmed').map(({ at }) => wallClock(at))).toEqual([
      '2026-03-03 09:00',
      '2026-03-04 09:00',
      '2026-03-05 09:00',
      '2026-03-06 09:00',
      '2026-03-09 09:00',
    ]);
    expect(scenario.told('not-told-alarm')).toEqual(Array.from({ length: 5 }, () => 'not-told-alarm on-duty'));
  });

  it('the agent sends it again: no alarm while it is under way, the window from its hand-over', () => {
    const scenario = failing();
    scenario.when('2026-03-02 12:00', resend(scenario.notice('completion')));
    expect(scenario.until('2026-03-03 10:00').happened('not-told-alarmed')).toEqual([]);
    scenario.when('2026-03-03 10:00', delivered(scenario.notice('completion')));
    expect(scenario.next()).toBe('confirmation-limit at 2026-03-04 10:00');
  });

  it('sent again in vain it raises the alarms again', () => {
    const scenario = failing();
    scenario.when('2026-03-02 12:00', resend(scenario.notice('completion')));
    scenario.when('2026-03-02 12:10', failed(scenario.notice('completion')));
    expect(scenario.next()).toBe('not-told-alarm at 2026-03-03 09:00');
  });

  it('the agent tells him by telephone: the window from the call, which no bounce voids', () => {
    const scenario = failing();
    const letter = scenario.notice('completion');
    scenario.when('2026-03-02 11:00', toldByPhone()).when('2026-03-02 11:30', failed(letter));
    expect(scenario.ticket).toMatchObject({ status: 'awaiting-confirmation', toldBy: null });
    expect(scenario.the('client-told')).toMatchObject({ noticeId: null, noteId: 'phone-note' });
    expect(scenario.next()).toBe('confirmation-limit at 2026-03-03 11:00');
  });

  it('the agent takes it back to work: the clock goes on from that act', () => {
    const scenario = failing().when('2026-03-02 12:00', returnToWork());
    expect(scenario.ticket.status).toBe('work');
    expect(scenario.dueAt()).toBe('2026-03-04 11:00');
  });
});

describe('a bounce after he seemed to be told (reading 7)', () => {
  it('voids the window: back to completed, not told', () => {
    const scenario = told();
    scenario.when('2026-03-03 10:05', failed(scenario.notice('completion')));
    expect(scenario.ticket).toMatchObject({
      status: 'completed',
      telling: { failedAt: instant('2026-03-03 10:05'), lastAlarmAt: null },
    });
    expect(scenario.until('2026-03-20 10:00').ticket.status).toBe('completed');
  });

  it('keeps the messages that wait for judgement, and forgets that the 24 hours had passed', () => {
    const scenario = told().when('2026-03-02 11:00', message('hm')).until('2026-03-04 10:00');
    scenario.when('2026-03-04 10:00', failed(scenario.notice('completion')));
    expect(scenario.ticket).toMatchObject({ status: 'completed', completion: { unjudged: [{ messageId: 'hm' }] } });
    expect(scenario.when('2026-03-04 10:10', judge('hm')).ticket.status).toBe('completed');
  });

  it('of the first of two completions voids nothing', () => {
    const scenario = told();
    const first = scenario.notice('completion');
    scenario.when('2026-03-02 11:00', disagree('no')).when('2026-03-02 12:00', complete());
    scenario.when('2026-03-02 12:01', delivered(scenario.notice('completion')));
    scenario.when('2026-03-02 12:02', failed(first));
    expect(scenario.ticket).toMatchObject({ status: 'awaiting-confirmation', toldAt: instant('2026-03-02 12:01') });
    expect(scenario.told('notice-undeliverable')).toEqual(['notice-undeliverable on-duty']);
  });

  it('of the first letter voids nothing when he was told by the one sent again', () => {
    const scenario = completed();
    const first = scenario.notice('completion');
    scenario.when('2026-03-02 10:10', resend(first)).when('2026-03-02 10:11', delivered(scenario.notice('completion')));
    expect(scenario.when('2026-03-02 10:12', failed(first)).ticket.status).toBe('awaiting-confirmation');
  });

  it('after closing changes nothing; the ticket keeps the letters whose bounce is still worth an alarm', () => {
    const scenario = told();
    const letter = scenario.notice('completion');
    scenario.when('2026-03-02 11:00', confirm('yes'));
    expect(scenario.refuses('2026-03-02 12:00', failed(letter))).toBe('ticket-closed');
    expect(scenario.ticket).toMatchObject({ completionNoticeIds: [letter] });
  });
});

describe("an agent's own return to work (reading 7)", () => {
  it('resumes the clock from that act, and a later confirmation is an ordinary message', () => {
    const scenario = told().when('2026-03-02 12:00', returnToWork());
    expect(scenario.dueAt()).toBe('2026-03-04 11:00');
    expect(scenario.when('2026-03-02 13:00', confirm('yes')).ticket.status).toBe('work');
  });
});
