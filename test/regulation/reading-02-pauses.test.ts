import { describe, expect, it } from '@jest/globals';

import { resolutionElapsedMs } from '../../regulation/resolution.ts';
import { HOUR_MS } from '../../regulation/instant.ts';
import { inWork, instant } from '../support/scenario.ts';
import type { Scenario, When } from '../support/scenario.ts';
import {
  ask,
  classify,
  complete,
  delivered,
  disagree,
  escalate,
  message,
  plan,
  reply,
  returnToWork,
  tieUpdate,
  updateEnded,
  updateStarted,
} from '../support/tickets.ts';

function usedMs(scenario: Scenario, at: When): number {
  return resolutionElapsedMs(scenario.ticket, scenario.calendar, instant(at));
}

describe('what the resolution clock leaves out (§1.5, reading 2)', () => {
  it('runs from receipt to completion', () => {
    const scenario = inWork(1).when('2026-03-02 11:00', complete());
    expect(usedMs(scenario, '2026-03-02 10:59:59.999')).toBe(2 * HOUR_MS - 1);
    expect(usedMs(scenario, '2026-03-02 11:00')).toBe(2 * HOUR_MS);
    expect(usedMs(scenario, '2026-03-03 11:00')).toBe(2 * HOUR_MS);
    expect(scenario.dueAt()).toBeNull();
  });

  it('pauses while waiting on the client, from the hand-over and not from the asking (reading 5)', () => {
    const scenario = inWork(1, { handsOver: 'by-hand' }).when('2026-03-02 10:00', ask());
    expect(scenario.dueAt()).toBe('2026-03-02 14:00');
    scenario.when('2026-03-02 10:20', delivered(scenario.notice('question')));
    expect(scenario.dueAt()).toBeNull();
    expect(scenario.when('2026-03-02 12:00', message('answer')).dueAt()).toBe('2026-03-02 15:40');
  });

  it('pauses while escalated to development, planned or not (§1.4)', () => {
    const scenario = inWork(1).when('2026-03-02 10:00', escalate()).when('2026-03-02 11:00', plan());
    expect(scenario.dueAt()).toBeNull();
    expect(scenario.when('2026-03-04 10:00', returnToWork()).dueAt()).toBe('2026-03-04 14:00');
  });

  it('pauses between completion and a reasoned disagreement (§3.7)', () => {
    const scenario = inWork(2).when('2026-03-02 10:00', complete()).when('2026-03-03 09:00', disagree('no'));
    expect(scenario.dueAt()).toBe('2026-03-03 16:00');
  });

  it('counts no gap when one pause takes over from another', () => {
    const scenario = inWork(1)
      .when('2026-03-02 10:00', ask())
      .when('2026-03-02 11:00', escalate())
      .when('2026-03-02 12:00', complete())
      .when('2026-03-02 13:00', disagree('no'));
    expect(scenario.dueAt()).toBe('2026-03-02 17:00');
    expect(usedMs(scenario, '2026-03-02 13:00')).toBe(HOUR_MS);
  });

  it('is paused by no status message and by no question asked in triage', () => {
    const scenario = inWork(1).when('2026-03-02 10:00', reply());
    expect(scenario.ticket.status).toBe('work');
    expect(scenario.dueAt()).toBe('2026-03-02 14:00');
  });

  it('is exact to the millisecond', () => {
    const scenario = inWork(1)
      .when('2026-03-02 10:00:00.001', ask())
      .when('2026-03-02 10:00:00.004', message('answer'));
    expect(scenario.dueAt()).toBe('2026-03-02 14:00:00.003');
    scenario.when('2026-03-02 14:00:00.003', complete());
    expect(scenario.breaches()).toEqual([]);
  });

  it('moves a level 3 deadline by the working hours of a pause alone', () => {
    const overnight = inWork(3).when('2026-03-02 18:00', ask()).when('2026-03-03 09:00', message('answer'));
    expect(overnight.dueAt()).toBe('2026-03-03 18:00');
    const longer = inWork(3).when('2026-03-02 17:00', ask()).when('2026-03-03 10:00', message('answer'));
    expect(longer.dueAt()).toBe('2026-03-04 11:00');
  });
});

describe('updates at levels 1 and 2 (§2.6, §2.7, reading 2)', () => {
  for (const [severity, due] of [
    [1, '2026-03-02 15:30'],
    [2, '2026-03-02 18:30'],
    [3, '2026-03-03 18:00'],
    [4, '2026-03-06 18:00'],
  ] as const) {
    it(`${severity < 3 ? 'leave' : 'do not leave'} the installing out at level ${severity}`, () => {
      const scenario = inWork(severity)
        .when('2026-03-02 09:30', tieUpdate('update-1'))
        .when('2026-03-02 10:00', updateStarted('update-1'))
        .when('2026-03-02 11:30', updateEnded('update-1'));
      expect(scenario.dueAt()).toBe(due);
    });
  }

  it('count from the tie when the ticket was tied after the start', () => {
    const startedAt = instant('2026-03-02 09:30');
    const scenario = inWork(1)
      .when('2026-03-02 10:00', tieUpdate('update-1', { startedAt }))
      .when('2026-03-02 11:00', updateEnded('update-1'));
    expect(scenario.dueAt()).toBe('2026-03-02 15:00');
  });

  it('leave nothing out when the update had ended before the tie', () => {
    const [startedAt, endedAt] = [instant('2026-03-02 09:10'), instant('2026-03-02 09:50')];
    const scenario = inWork(1).when('2026-03-02 10:00', tieUpdate('update-1', { startedAt, endedAt }));
    expect(scenario.dueAt()).toBe('2026-03-02 14:00');
  });

  it('leave nothing out before the actual start', () => {
    const scenario = inWork(1).when('2026-03-02 10:00', tieUpdate('update-1'));
    expect(scenario.dueAt()).toBe('2026-03-02 14:00');
    expect(scenario.when('2026-03-02 12:00', updateStarted('update-1')).dueAt()).toBeNull();
  });

  it('are kept at level 3 and count once the level is 1', () => {
    const scenario = inWork(3)
      .when('2026-03-02 09:30', tieUpdate('update-1'))
      .when('2026-03-02 10:00', updateStarted('update-1'))
      .when('2026-03-02 11:00', updateEnded('update-1'))
      .when('2026-03-02 12:00', classify(1));
    expect(scenario.dueAt()).toBe('2026-03-02 15:00');
  });

  it('begin and end once: news told again changes nothing, and news of a foreign update neither', () => {
    const scenario = inWork(1)
      .when('2026-03-02 09:30', tieUpdate('update-1'))
      .when('2026-03-02 10:00', updateStarted('update-1'))
      .when('2026-03-02 11:00', updateEnded('update-1'));
    const before = scenario.ticket;
    scenario.when('2026-03-02 11:10', updateStarted('update-1')).when('2026-03-02 11:10', updateEnded('update-1'));
    scenario.when('2026-03-02 11:10', updateStarted('update-2')).when('2026-03-02 11:10', updateEnded('update-2'));
    expect(scenario.ticket).toBe(before);
    expect(scenario.refuses('2026-03-02 11:20', tieUpdate('update-1'))).toBe('already-tied');
  });
});

describe('overlapping pauses count once (reading 2)', () => {
  const withUpdateAndWaiting = (update: [string, string], waiting: [string, string]): Scenario => {
    const scenario = inWork(1).when('2026-03-02 09:05', tieUpdate('update-1'));
    const told = [
      [update[0], updateStarted('update-1')],
      [update[1], updateEnded('update-1')],
      [waiting[0], ask()],
      [waiting[1], message('answer')],
    ] as const;
    for (const [at, move] of told.toSorted((a, b) => (a[0] < b[0] ? -1 : 1))) scenario.when(`2026-03-02 ${at}`, move);
    return scenario;
  };
  for (const [how, update, waiting, due] of [
    ['waiting within the update', ['10:00', '13:00'], ['11:00', '12:00'], '17:00'],
    ['the update within the waiting', ['11:00', '12:00'], ['10:00', '13:00'], '17:00'],
    ['the update first', ['10:00', '12:00'], ['11:00', '13:00'], '17:00'],
    ['the waiting first', ['11:00', '13:00'], ['10:00', '12:00'], '17:00'],
    ['touching', ['10:00', '11:00'], ['11:00', '12:00'], '16:00'],
    ['apart', ['10:00', '11:00'], ['12:00', '13:00'], '16:00'],
  ] as const) {
    it(`as one: ${how}`, () => {
      expect(withUpdateAndWaiting([...update], [...waiting]).dueAt()).toBe(`2026-03-02 ${due}`);
    });
  }

  it('as one: two updates at the same time', () => {
    const scenario = inWork(1)
      .when('2026-03-02 09:05', tieUpdate('update-1'))
      .when('2026-03-02 09:05', tieUpdate('update-2'))
      .when('2026-03-02 10:00', updateStarted('update-1'))
      .when('2026-03-02 10:30', updateStarted('update-2'))
      .when('2026-03-02 11:00', updateEnded('update-1'));
    expect(scenario.dueAt()).toBeNull();
    expect(scenario.when('2026-03-02 12:00', updateEnded('update-2')).dueAt()).toBe('2026-03-02 16:00');
  });
});
