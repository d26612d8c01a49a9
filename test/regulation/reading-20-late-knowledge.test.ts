import { describe, expect, it } from '@jest/globals';

import { decide } from '../../regulation/decide.ts';
import { closesTicket } from '../../regulation/deadlines.ts';
import { DEADLINE_KINDS } from '../../regulation/vocabulary.ts';
import { inWork, instant, receive, wallClock } from '../support/scenario.ts';
import type { Scenario } from '../support/scenario.ts';
import {
  ask,
  call,
  classify,
  complete,
  confirm,
  delivered,
  disagree,
  escalate,
  message,
  returnToWork,
  SYSTEM,
  tieUpdate,
  updateEnded,
  updateStarted,
} from '../support/tickets.ts';

describe('a fact learned late is applied with its own instant (reading 20)', () => {
  it('a call entered afterwards ends the waiting when it took place', () => {
    const scenario = inWork(1)
      .when('2026-03-02 10:00', ask())
      .learns('2026-03-02 12:00', '2026-03-02 10:30', call('call'));
    expect(scenario.ticket.status).toBe('work');
    expect(scenario.dueAt()).toBe('2026-03-02 14:30');
    expect(scenario.the('message-received')).toMatchObject({
      at: instant('2026-03-02 10:30'),
      knownAt: instant('2026-03-02 12:00'),
    });
  });

  it('ends a waiting of its own instant, and none that began after it', () => {
    const learned = (at: string) =>
      inWork(1).when('2026-03-02 10:00', ask()).learns('2026-03-02 11:00', at, message('answer')).ticket.status;
    expect(learned('2026-03-02 10:00')).toBe('work');
    expect(learned('2026-03-02 09:59:59.999')).toBe('waiting-on-client');
  });

  it('ends a waiting that has ended otherwise since, at its own instant', () => {
    for (const since of [returnToWork(), escalate(), complete()]) {
      const scenario = inWork(1).when('2026-03-02 10:00', ask()).when('2026-03-02 12:00', since);
      const { status } = scenario.ticket;
      scenario.learns('2026-03-02 12:30', '2026-03-02 10:30', message('answer'));
      expect(scenario.ticket.status).toBe(status);
      expect(scenario.ticket.resolution.clock.pauses[0]).toMatchObject({ to: instant('2026-03-02 10:30') });
      expect(scenario.the('message-received').effect).toBe('ends-waiting');
    }
    const atTheHandOver = inWork(1)
      .when('2026-03-02 10:00', ask())
      .when('2026-03-02 11:00', returnToWork())
      .learns('2026-03-02 12:30', '2026-03-02 10:00', message('answer'));
    expect(atTheHandOver.dueAt()).toBe('2026-03-02 14:00');
    const asked = inWork(1)
      .when('2026-03-02 10:00', ask())
      .when('2026-03-02 11:00', returnToWork())
      .when('2026-03-02 12:00', ask())
      .learns('2026-03-02 12:30', '2026-03-02 10:30', message('answer'));
    expect(asked.ticket.status).toBe('waiting-on-client');
    expect(asked.when('2026-03-02 13:00', message('second answer')).dueAt()).toBe('2026-03-02 15:30');
  });

  it('leaves a waiting that it fell before or behind', () => {
    for (const at of ['2026-03-02 09:59:59.999', '2026-03-02 12:00']) {
      const scenario = inWork(1)
        .when('2026-03-02 10:00', ask())
        .when('2026-03-02 12:00', returnToWork())
        .learns('2026-03-02 12:30', at, message('answer'));
      expect(scenario.dueAt()).toBe('2026-03-02 16:00');
      expect(scenario.the('message-received').effect).toBe('none');
    }
  });

  it('the limit it uncovers is recorded at its own instant, without a late warning', () => {
    const scenario = inWork(1)
      .when('2026-03-02 10:00', ask())
      .learns('2026-03-02 20:00', '2026-03-02 10:30', message('answer'));
    expect(scenario.until('2026-03-02 20:00').breaches()).toEqual([
      'time: due 2026-03-02 14:30, known 2026-03-02 20:00',
    ]);
    expect(scenario.told('resolution-warning')).toEqual([]);
  });

  it('the limit it uncovers behind a later act is recorded too', () => {
    const scenario = inWork(3)
      .when('2026-03-02 10:00', ask())
      .when('2026-03-02 18:00', classify(1))
      .learns('2026-03-02 20:00', '2026-03-02 10:30', message('answer'));
    expect(scenario.breaches()).toEqual(['resumption: due 2026-03-02 14:30, known 2026-03-02 20:00']);
  });

  it('does not let a warning come that an act had skipped as past (reading 9)', () => {
    const scenario = inWork(3)
      .when('2026-03-02 09:10', tieUpdate('update-1'))
      .when('2026-03-02 09:20', updateStarted('update-1'))
      .when('2026-03-02 13:00', classify(1))
      .learns('2026-03-02 13:30', '2026-03-02 09:21', updateEnded('update-1'))
      .until('2026-03-02 14:01');
    expect(scenario.happened('resolution-warned')).toEqual([]);
    expect(scenario.breachedAt()).toBe('2026-03-02 14:01');
  });

  it('an end of an update learned of late lets the breach fall at its own instant', () => {
    const scenario = inWork(1)
      .when('2026-03-02 09:10', tieUpdate('update-1'))
      .when('2026-03-02 09:20', updateStarted('update-1'))
      .when('2026-03-02 18:00', complete())
      .learns('2026-03-02 19:00', '2026-03-02 10:20', updateEnded('update-1'))
      .until('2026-03-02 19:00');
    expect(scenario.breaches()).toEqual(['time: due 2026-03-02 15:00, known 2026-03-02 19:00']);
  });

  it('undoes no recorded breach: a start learned of late leaves it, and nothing is announced twice', () => {
    const scenario = inWork(1)
      .when('2026-03-02 09:10', tieUpdate('update-1'))
      .learns('2026-03-02 15:00', '2026-03-02 10:00', updateStarted('update-1'))
      .when('2026-03-02 16:00', updateEnded('update-1'))
      .until('2026-03-03 18:00');
    expect(scenario.breaches()).toEqual(['time: due 2026-03-02 14:00, known 2026-03-02 14:00']);
  });

  it('undoes no closing: what comes then is refused, and opens the follow-up (reading 12)', () => {
    const closed = inWork(3).when('2026-03-02 10:00', complete()).until('2026-03-03 10:00');
    expect(closed.refuses('2026-03-03 10:01', confirm('late-yes'))).toBe('ticket-closed');
    expect(closed.ticket).toMatchObject({ closedBecause: 'no-answer' });
  });

  it('a disagreement received within the window and learned of before the closing goes first', () => {
    const scenario = inWork(3).when('2026-03-02 10:00', complete()).until('2026-03-03 09:59');
    scenario.learns('2026-03-03 10:00', '2026-03-02 20:00', disagree('no'));
    expect(scenario.ticket.status).toBe('work');
    expect(scenario.until('2026-03-04 08:00').dueAt()).toBe('2026-03-04 17:00');
  });
});

describe('deadlines and acts go in the order of their instants (reading 20)', () => {
  it('a deadline before an act has fired before it, one at its instant has not', () => {
    const scenario = inWork(1).when('2026-03-02 14:00', returnsNothing());
    expect(scenario.breaches()).toEqual([]);
    expect(inWork(1).when('2026-03-02 14:00:00.001', returnsNothing()).breaches()).toHaveLength(1);
  });

  it('an answer at the limit of silence, a confirmation at the end of the window, a reply at 15 minutes are in time', () => {
    const silent = inWork(3).when('2026-03-02 10:00', ask()).when('2026-03-05 10:00', message('answer'));
    expect(silent.ticket.status).toBe('work');
    const window = inWork(3).when('2026-03-02 10:00', complete()).when('2026-03-03 10:00', confirm('yes'));
    expect(window.ticket).toMatchObject({ closedBecause: 'confirmed' });
  });

  for (const kind of DEADLINE_KINDS) {
    it(`${closesTicket(kind) ? 'asks the records for messages on their way before' : 'asks nothing before'} ${kind}`, () => {
      expect(closesTicket(kind)).toBe(kind === 'silence-limit' || kind === 'confirmation-limit');
    });
  }
});

describe('news of a deadline that is not due changes nothing (reading 20)', () => {
  const quiet = (scenario: Scenario, type: (typeof DEADLINE_KINDS)[number], dueAt: string, knownAt = dueAt) => {
    const [due, known] = [instant(dueAt), instant(knownAt)];
    const command = { type, dueAt: due, actor: SYSTEM, at: due, knownAt: known } as const;
    return decide(command, scenario.ticket, scenario.calendar);
  };

  it('above all it closes nothing: too early, of another value, of another status', () => {
    const waiting = inWork(3).when('2026-03-02 10:00', ask()).until('2026-03-05 09:30');
    expect(quiet(waiting, 'silence-limit', '2026-03-05 10:00', '2026-03-05 09:59:59.999')).toEqual({ events: [] });
    expect(quiet(waiting, 'silence-limit', '2026-03-05 09:00')).toEqual({ events: [] });
    expect(quiet(waiting, 'silence-limit', '2026-03-05 10:00')).toMatchObject({ events: [{ type: 'closed' }] });
    const awaiting = inWork(3).when('2026-03-02 10:00', complete());
    expect(quiet(awaiting, 'confirmation-limit', '2026-03-03 10:00', '2026-03-03 09:59:59.999')).toEqual({
      events: [],
    });
    expect(quiet(awaiting, 'silence-limit', '2026-03-05 10:00')).toEqual({ events: [] });
    expect(quiet(inWork(3), 'confirmation-limit', '2026-03-03 10:00')).toEqual({ events: [] });
  });

  it('none fires twice for one value', () => {
    const scenario = receive().until('2026-03-02 09:10');
    expect(quiet(scenario, 'first-response-warning', '2026-03-02 09:15', '2026-03-02 09:12')).toEqual({ events: [] });
    expect(scenario.happened('first-response-warned').map(({ at }) => wallClock(at))).toEqual(['2026-03-02 09:10']);
  });
});

/** An act that moves nothing. */
function returnsNothing() {
  return delivered('1024:1:client:receipt');
}
