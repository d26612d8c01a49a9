import { describe, expect, it } from '@jest/globals';

import { clocksOf, explainDeadlines } from '../../regulation/explain.ts';
import type { Explanation } from '../../regulation/explain.ts';
import { HOUR_MS, MINUTE_MS } from '../../regulation/instant.ts';
import { hoursOn, workingCalendar } from '../support/calendars.ts';
import { inWork, instant, receive, wallClock } from '../support/scenario.ts';
import type { Scenario } from '../support/scenario.ts';
import {
  ask,
  complete,
  confirm,
  decline,
  disagree,
  escalate,
  message,
  publish,
  reply,
  tieUpdate,
  updateEnded,
  updateStarted,
} from '../support/tickets.ts';

function explained(scenario: Scenario, at: string, kind: Explanation['kind']): Explanation {
  const found = explainDeadlines(scenario.ticket, scenario.calendar, instant(at)).find((one) => one.kind === kind);
  if (found === undefined) throw new Error(`nothing explains ${kind}`);
  return found;
}

/** `from to why clause`, with a + before what counted. */
function lines({ intervals }: Explanation): string[] {
  return intervals.map(
    ({ from, to, counted, why, clause }) =>
      `${counted ? '+' : '-'} ${wallClock(from).slice(5)} to ${wallClock(to).slice(5)} ${why} §${clause}`,
  );
}

describe('the explanation of a resolution deadline (§1.5)', () => {
  it('names each interval with its clause, and what counted adds up to the time used', () => {
    const scenario = inWork(3)
      .when('2026-03-02 12:00', ask())
      .when('2026-03-02 13:00', message('answer'))
      .when('2026-03-03 10:00', escalate());
    const explanation = explained(scenario, '2026-03-03 12:00', 'resolution-due');
    expect(lines(explanation)).toEqual([
      '+ 03-02 09:00 to 03-02 12:00 counted-working-hours §2.6',
      '- 03-02 12:00 to 03-02 13:00 waiting-on-client §1.5',
      '+ 03-02 13:00 to 03-02 18:00 counted-working-hours §2.6',
      '- 03-02 18:00 to 03-03 09:00 outside-working-hours §2.4',
      '+ 03-03 09:00 to 03-03 10:00 counted-working-hours §2.6',
      '- 03-03 10:00 to 03-03 12:00 escalated-to-development §1.4',
    ]);
    expect(explanation).toMatchObject({ dueAt: null, limitMs: 18 * HOUR_MS, elapsedMs: 9 * HOUR_MS });
  });

  it('names updates at level 1 and the time between completion and disagreement', () => {
    const scenario = inWork(1)
      .when('2026-03-02 09:30', tieUpdate('update-1'))
      .when('2026-03-02 10:00', updateStarted('update-1'))
      .when('2026-03-02 11:00', updateEnded('update-1'))
      .when('2026-03-02 12:00', complete())
      .when('2026-03-02 13:00', disagree('no'));
    const explanation = explained(scenario, '2026-03-02 14:00', 'resolution-due');
    expect(lines(explanation)).toEqual([
      '+ 03-02 09:00 to 03-02 10:00 counted-around-the-clock §2.6',
      '- 03-02 10:00 to 03-02 11:00 update §2.6',
      '+ 03-02 11:00 to 03-02 12:00 counted-around-the-clock §2.6',
      '- 03-02 12:00 to 03-02 13:00 completed §3.7',
      '+ 03-02 13:00 to 03-02 14:00 counted-around-the-clock §2.6',
    ]);
    expect(explanation).toMatchObject({ dueAt: instant('2026-03-02 16:00'), elapsedMs: 3 * HOUR_MS });
  });

  it('shows hours as the calendar of those days gave them (reading 10)', () => {
    const longMonday = workingCalendar({ overrides: [hoursOn('2026-03-02', ['09:00-20:00'])] }, 2);
    const scenario = inWork(3).when('2026-03-02 19:00', publish(longMonday));
    expect(lines(explained(scenario, '2026-03-02 20:30', 'resolution-due'))).toEqual([
      '+ 03-02 09:00 to 03-02 18:00 counted-working-hours §2.6',
      '- 03-02 18:00 to 03-02 19:00 outside-working-hours §2.4',
      '+ 03-02 19:00 to 03-02 20:00 counted-working-hours §2.6',
      '- 03-02 20:00 to 03-02 20:30 outside-working-hours §2.4',
    ]);
  });

  it('ends with the ticket, and is none for a stranger', () => {
    const closed = inWork(1).when('2026-03-02 10:00', complete()).when('2026-03-02 11:00', confirm('yes'));
    expect(lines(explained(closed, '2026-03-05 10:00', 'resolution-due'))).toEqual([
      '+ 03-02 09:00 to 03-02 10:00 counted-around-the-clock §2.6',
      '- 03-02 10:00 to 03-02 11:00 completed §3.7',
    ]);
    const { ticket, calendar } = receive({ clientId: null, agreements: [] });
    expect(explainDeadlines(ticket, calendar, instant('2026-03-02 10:00')).map(({ kind }) => kind)).toEqual([
      'first-response-due',
    ]);
  });
});

describe('the explanation of the other deadlines', () => {
  it('the first response counts around the clock to the response, or to the closing', () => {
    const answered = receive({ receivedAt: '2026-03-07 23:55' }).when('2026-03-08 00:02', reply());
    expect(explained(answered, '2026-03-08 10:00', 'first-response-due')).toEqual({
      kind: 'first-response-due',
      dueAt: instant('2026-03-08 00:10'),
      limitMs: 15 * MINUTE_MS,
      elapsedMs: 7 * MINUTE_MS,
      intervals: [
        {
          from: instant('2026-03-07 23:55'),
          to: instant('2026-03-08 00:02'),
          counted: true,
          clause: '2.6',
          why: 'counted-around-the-clock',
        },
      ],
    });
    expect(explained(answered, '2026-03-07 23:58', 'first-response-due')).toMatchObject({
      elapsedMs: 3 * MINUTE_MS,
      intervals: [{ from: instant('2026-03-07 23:55'), to: instant('2026-03-07 23:58') }],
    });
    const declined = receive().when('2026-03-02 09:05', decline());
    expect(explained(declined, '2026-03-08 10:00', 'first-response-due').elapsedMs).toBe(5 * MINUTE_MS);
  });

  it('silence counts business hours at level 1 too, from the hand-over', () => {
    const scenario = inWork(1).when('2026-03-02 17:00', ask());
    const explanation = explained(scenario, '2026-03-03 10:00', 'silence-limit');
    expect(lines(explanation)).toEqual([
      '+ 03-02 17:00 to 03-02 18:00 counted-working-hours §3.6',
      '- 03-02 18:00 to 03-03 09:00 outside-working-hours §2.4',
      '+ 03-03 09:00 to 03-03 10:00 counted-working-hours §3.6',
    ]);
    expect(explanation).toMatchObject({ dueAt: instant('2026-03-05 17:00'), limitMs: 27 * HOUR_MS });
  });

  it('the confirmation window counts around the clock from the telling', () => {
    const scenario = inWork(3).when('2026-03-06 17:00', complete());
    expect(explained(scenario, '2026-03-07 03:00', 'confirmation-limit')).toMatchObject({
      dueAt: instant('2026-03-07 17:00'),
      limitMs: 24 * HOUR_MS,
      elapsedMs: 10 * HOUR_MS,
    });
  });
});

describe('the clocks as lists show them', () => {
  const clocks = (scenario: Scenario, at: string) => clocksOf(scenario.ticket, scenario.calendar, instant(at));

  for (const [state, scenario] of [
    ['running', () => inWork(1)],
    ['paused', () => inWork(1).when('2026-03-02 10:00', ask())],
    ['paused', () => inWork(1).when('2026-03-02 10:00', escalate())],
    ['stopped', () => inWork(1, { handsOver: 'by-hand' }).when('2026-03-02 10:00', complete())],
    ['stopped', () => inWork(1).when('2026-03-02 10:00', complete())],
    ['stopped', () => inWork(1).when('2026-03-02 10:00', complete()).when('2026-03-02 10:30', confirm('yes'))],
    ['not-started', () => receive({ clientId: null, agreements: [] })],
  ] as const) {
    it(`say ${state} of a ticket ${scenario().ticket.status}`, () => {
      expect(clocks(scenario(), '2026-03-02 11:00').resolution.state).toBe(state);
    });
  }

  it('say paused while a tied update is installed at level 1, running at level 3', () => {
    const updating = (severity: 1 | 3) =>
      inWork(severity)
        .when('2026-03-02 09:30', tieUpdate('update-1'))
        .when('2026-03-02 10:00', updateStarted('update-1'));
    expect(clocks(updating(1), '2026-03-02 11:00').resolution.state).toBe('paused');
    expect(clocks(updating(3), '2026-03-02 11:00').resolution.state).toBe('running');
  });

  it('say paused at the very instant of the hand-over and running at that of the answer', () => {
    const scenario = inWork(1).when('2026-03-02 10:00', ask());
    expect(clocks(scenario, '2026-03-02 09:59:59.999').resolution.state).toBe('running');
    expect(clocks(scenario, '2026-03-02 10:00').resolution.state).toBe('paused');
    scenario.when('2026-03-02 11:00', message('answer'));
    expect(clocks(scenario, '2026-03-02 10:59:59.999').resolution.state).toBe('paused');
    expect(clocks(scenario, '2026-03-02 11:00').resolution.state).toBe('running');
  });

  it('show the time used, what remains below zero once overrun, and when it was breached', () => {
    const scenario = inWork(1).until('2026-03-02 14:30');
    expect(clocks(scenario, '2026-03-02 14:30')).toEqual({
      firstResponse: { dueAt: instant('2026-03-02 09:15'), state: 'stopped', elapsedMs: 0 },
      resolution: {
        dueAt: instant('2026-03-02 14:00'),
        provisional: false,
        state: 'running',
        elapsedMs: 5.5 * HOUR_MS,
        remainingMs: -0.5 * HOUR_MS,
        breachedAt: instant('2026-03-02 14:00'),
      },
    });
  });

  it('show an unanswered request running, and late with its breach', () => {
    const scenario = receive().until('2026-03-02 09:20');
    expect(clocks(scenario, '2026-03-02 09:20').firstResponse).toEqual({
      dueAt: instant('2026-03-02 09:15'),
      state: 'running',
      elapsedMs: 20 * MINUTE_MS,
      breachedAt: instant('2026-03-02 09:15'),
    });
  });
});
