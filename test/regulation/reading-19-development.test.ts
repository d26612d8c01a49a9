import { describe, expect, it } from '@jest/globals';

import { holidayOn, hoursOn, workingCalendar } from '../support/calendars.ts';
import { inWork, instant, wallClock } from '../support/scenario.ts';
import type { Scenario } from '../support/scenario.ts';
import {
  AGENT,
  ask,
  complete,
  DEVELOPER,
  escalate,
  HEAD,
  message,
  plan,
  publish,
  returnToWork,
} from '../support/tickets.ts';

const escalated = (): Scenario => inWork(3).when('2026-03-02 10:00', escalate());
const targetsOf = (scenario: Scenario): string[] =>
  scenario
    .happened('development-target-warned', 'development-target-missed')
    .map(({ type, at }) => `${type} ${wallClock(at)}`);

describe('with development (§1.4, reading 19)', () => {
  it('is told to the client, and the diagnosis is kept', () => {
    const scenario = escalated();
    expect(scenario.ticket).toMatchObject({
      status: 'escalated-to-development',
      escalatedAt: instant('2026-03-02 10:00'),
      diagnosisId: 'diagnosis-text',
      plan: null,
    });
    expect(scenario.told('escalated')).toEqual(['escalated client']);
  });

  it('planned leaves the ticket there, until it is completed as a coming update', () => {
    const scenario = escalated().when('2026-03-02 15:00', plan());
    expect(scenario.ticket).toMatchObject({
      status: 'escalated-to-development',
      plan: { decidedAt: instant('2026-03-02 15:00'), releaseId: 'release-1', targetDate: null },
    });
    expect(scenario.told('development-decided')).toEqual(['development-decided on-duty']);
    scenario.when('2026-03-20 10:00', complete({ outcome: 'coming-update', releaseId: 'release-1' }));
    expect(scenario.until('2026-03-21 10:00').ticket).toMatchObject({
      closedBecause: 'no-answer',
      outcome: 'coming-update',
    });
    expect(scenario.breaches()).toEqual([]);
  });

  it('declined returns it to work with the reason, and the clock goes on with what was left', () => {
    const scenario = escalated().when('2026-03-04 10:00', plan({ decision: 'declined', releaseId: null }));
    expect(scenario.ticket.status).toBe('work');
    expect(scenario.dueAt()).toBe('2026-03-05 18:00');
    expect(scenario.the('development-decided')).toMatchObject({ decision: 'declined', textId: 'plan-text' });
  });

  it('returned to work by an agent, the head or the developer himself', () => {
    for (const actor of [AGENT, HEAD, DEVELOPER]) {
      expect(escalated().when('2026-03-02 11:00', returnToWork({ actor })).ticket.status).toBe('work');
    }
  });

  it("a developer returns from escalation alone, not what waits for the client's word", () => {
    const waiting = inWork(3).when('2026-03-02 10:00', ask());
    expect(waiting.refuses('2026-03-02 11:00', returnToWork({ actor: DEVELOPER }))).toBe('wrong-status');
    const completed = inWork(3).when('2026-03-02 10:00', complete());
    expect(completed.refuses('2026-03-02 11:00', returnToWork({ actor: DEVELOPER }))).toBe('wrong-status');
  });

  it('development and the head decide, agents do not', () => {
    expect(escalated().refuses('2026-03-02 11:00', plan({ actor: AGENT }))).toBe('wrong-role');
    expect(escalated().when('2026-03-02 11:00', plan({ actor: HEAD })).ticket).toMatchObject({
      plan: { releaseId: 'release-1' },
    });
  });

  it("a client's message changes nothing and is seen", () => {
    const scenario = escalated().when('2026-03-02 12:00', message('any news?'));
    expect(scenario.ticket.status).toBe('escalated-to-development');
    expect(scenario.told('client-wrote')).toEqual(['client-wrote on-duty']);
  });

  it('a plan needs a release or a date', () => {
    expect(escalated().refuses('2026-03-02 11:00', plan({ releaseId: null }))).toBe('target-required');
    expect(
      escalated().when('2026-03-02 11:00', plan({ releaseId: null, targetDate: '2026-03-20' })).ticket,
    ).toMatchObject({
      plan: { targetDate: '2026-03-20' },
    });
  });
});

describe('the target date (reading 19)', () => {
  for (const [targetDate, warned, due] of [
    ['2026-03-05', '2026-03-04 09:00', '2026-03-05 18:00'],
    ['2026-03-09', '2026-03-06 09:00', '2026-03-09 18:00'],
    ['2026-03-08', '2026-03-06 09:00', '2026-03-08 18:00'],
  ] as const) {
    it(`${targetDate} falls due at 18:00 and is warned of at the opening of the working day before`, () => {
      const scenario = escalated().when('2026-03-02 15:00', plan({ targetDate })).until('2026-03-20 18:00');
      expect(targetsOf(scenario)).toEqual([`development-target-warned ${warned}`, `development-target-missed ${due}`]);
      expect(scenario.told('development-target-warning', 'development-target-missed')).toEqual([
        'development-target-warning on-duty',
        'development-target-missed on-duty',
      ]);
      expect(scenario.ticket.status).toBe('escalated-to-development');
    });
  }

  it('is warned of before a holiday on the last working day', () => {
    const calendar = workingCalendar({ holidays: [holidayOn('2026-03-04')] });
    const scenario = inWork(3, { calendar }).when('2026-03-02 10:00', escalate());
    scenario.when('2026-03-02 11:00', plan({ targetDate: '2026-03-05' })).until('2026-03-05 18:00');
    expect(targetsOf(scenario)[0]).toBe('development-target-warned 2026-03-03 09:00');
  });

  it('is warned of at the first opening of that day, and where the calendar has only just begun', () => {
    const overrides = [hoursOn('2026-01-07', ['09:00-12:00', '13:00-18:00'])];
    const scenario = inWork(3, { receivedAt: '2026-01-05 09:00', calendar: workingCalendar({ overrides }) });
    scenario.when('2026-01-05 10:00', escalate()).when('2026-01-05 11:00', plan({ targetDate: '2026-01-08' }));
    expect(scenario.next()).toBe('development-target-warning at 2026-01-07 09:00');
  });

  it('is not warned of when no working day lies before it in the calendar', () => {
    const scenario = inWork(3, { receivedAt: '2026-01-01 09:00' }).when('2026-01-01 09:30', escalate());
    scenario.when('2026-01-01 09:40', plan({ targetDate: '2026-01-01' }));
    expect(scenario.next()).toBe('development-target-due at 2026-01-01 18:00');
  });

  it('is not warned of when that opening is past at the decision, on the instant it is', () => {
    const decided = (at: string) =>
      targetsOf(
        escalated()
          .when(at, plan({ targetDate: '2026-03-05' }))
          .until('2026-03-05 18:00'),
      );
    expect(decided('2026-03-04 09:00')[0]).toBe('development-target-warned 2026-03-04 09:00');
    expect(decided('2026-03-04 09:00:00.001')).toEqual(['development-target-missed 2026-03-05 18:00']);
  });

  it('must be still to come', () => {
    expect(escalated().refuses('2026-03-02 18:00', plan({ targetDate: '2026-03-02' }))).toBe('target-in-the-past');
    expect(
      escalated()
        .when('2026-03-02 17:59:59.999', plan({ targetDate: '2026-03-02' }))
        .next(),
    ).toBe('development-target-due at 2026-03-02 18:00');
    expect(escalated().refuses('2026-03-03 09:00', plan({ targetDate: '2026-03-02' }))).toBe('target-in-the-past');
  });

  it('is past before the calendar begins too, where no longer one would help', () => {
    expect(escalated().refuses('2026-03-03 09:00', plan({ targetDate: '2001-01-01' }))).toBe('target-in-the-past');
  });

  it('moved by a new decision is warned of and due anew', () => {
    const scenario = escalated()
      .when('2026-03-02 15:00', plan({ targetDate: '2026-03-05' }))
      .when('2026-03-05 10:00', plan({ targetDate: '2026-03-12' }))
      .until('2026-03-20 18:00');
    expect(targetsOf(scenario)).toEqual([
      'development-target-warned 2026-03-04 09:00',
      'development-target-warned 2026-03-11 09:00',
      'development-target-missed 2026-03-12 18:00',
    ]);
  });

  it('follows the calendar, and met by completing is not missed', () => {
    const scenario = escalated().when('2026-03-02 15:00', plan({ targetDate: '2026-03-05' }));
    scenario.when('2026-03-02 16:00', publish(workingCalendar({ holidays: [holidayOn('2026-03-04')] }, 2)));
    expect(scenario.next()).toBe('development-target-warning at 2026-03-03 09:00');
    scenario.when('2026-03-05 18:00', complete({ outcome: 'coming-update', releaseId: 'release-1' }));
    expect(targetsOf(scenario.until('2026-03-06 10:00'))).toEqual(['development-target-warned 2026-03-03 09:00']);
  });

  it('binds no ticket that has returned to work', () => {
    const scenario = escalated()
      .when('2026-03-02 15:00', plan({ targetDate: '2026-03-05' }))
      .when('2026-03-02 16:00', returnToWork());
    expect(targetsOf(scenario.until('2026-03-20 18:00'))).toEqual([]);
  });
});
