import { describe, expect, it } from '@jest/globals';

import { holidayOn, workingCalendar } from '../support/calendars.ts';
import { inWork, wallClock } from '../support/scenario.ts';
import type { Scenario } from '../support/scenario.ts';
import {
  ask,
  assign,
  automaticReply,
  delivered,
  markAbusive,
  message,
  note,
  postpone,
  reply,
  take,
  toldByPhone,
} from '../support/tickets.ts';

function remindersOf(scenario: Scenario): string[] {
  return scenario
    .happened('client-reminded')
    .map(({ at, announced }) => `${wallClock(at)}${announced ? '' : ' unsent'}`);
}

describe('silence closes the ticket after three working days (§3.6, reading 6)', () => {
  for (const [asked, limit, reminders] of [
    ['2026-03-02 09:00', '2026-03-04 18:00', ['2026-03-03 09:00', '2026-03-04 09:00']],
    ['2026-03-02 10:00', '2026-03-05 10:00', ['2026-03-03 09:00', '2026-03-04 09:00', '2026-03-05 09:00']],
    [
      '2026-03-02 17:59:59.999',
      '2026-03-05 17:59:59.999',
      ['2026-03-03 09:00', '2026-03-04 09:00', '2026-03-05 09:00'],
    ],
    ['2026-03-02 18:00', '2026-03-05 18:00', ['2026-03-03 09:00', '2026-03-04 09:00', '2026-03-05 09:00']],
    ['2026-03-05 12:00', '2026-03-10 12:00', ['2026-03-06 09:00', '2026-03-09 09:00', '2026-03-10 09:00']],
    ['2026-03-07 12:00', '2026-03-11 18:00', ['2026-03-09 09:00', '2026-03-10 09:00', '2026-03-11 09:00']],
    ['2026-03-03 00:30', '2026-03-05 18:00', ['2026-03-04 09:00', '2026-03-05 09:00']],
  ] as const) {
    it(`asked at ${asked}: closed at ${limit}, reminded at each later opening before it`, () => {
      const scenario = inWork(3, { receivedAt: '2026-03-02 09:00' }).when(asked, ask()).until('2026-03-12 18:00');
      expect(scenario.ticket).toMatchObject({
        status: 'closed',
        closedBecause: 'client-silent',
        outcome: 'client-unresponsive',
        mergedInto: null,
      });
      expect(wallClock(scenario.the('closed').at)).toBe(limit);
      expect(remindersOf(scenario)).toEqual(reminders);
      expect(scenario.told('closed-silent')).toEqual(['closed-silent client']);
    });
  }

  for (const severity of [1, 2, 3, 4] as const) {
    it(`takes 27 business hours at level ${severity} too, not 27 hours around the clock`, () => {
      const scenario = inWork(severity).when('2026-03-02 10:00', ask());
      expect(scenario.until('2026-03-05 09:59:59.999').ticket.status).toBe('waiting-on-client');
      expect(scenario.until('2026-03-05 10:00').ticket.status).toBe('closed');
    });
  }

  it('takes public holidays as no working days (§2.4)', () => {
    const calendar = workingCalendar({ holidays: [holidayOn('2026-03-03')] });
    const scenario = inWork(3, { calendar }).when('2026-03-02 10:00', ask()).until('2026-03-20 09:00');
    expect(wallClock(scenario.the('closed').at)).toBe('2026-03-06 10:00');
    expect(remindersOf(scenario)).toEqual(['2026-03-04 09:00', '2026-03-05 09:00', '2026-03-06 09:00']);
  });

  it('is not put off by notes, replies, handing over, putting off or machine mail', () => {
    const scenario = inWork(3)
      .when('2026-03-02 10:00', ask())
      .when('2026-03-03 10:00', note())
      .when('2026-03-03 11:00', reply())
      .when('2026-03-03 12:00', take())
      .when('2026-03-03 13:00', assign('agent-2'))
      .when('2026-03-03 14:00', postpone())
      .when('2026-03-03 15:00', automaticReply('out-of-office'))
      .when('2026-03-03 16:00', markAbusive('first-message'))
      .until('2026-03-05 10:00');
    expect(wallClock(scenario.the('closed').at)).toBe('2026-03-05 10:00');
  });

  it('is not put off by a second question either', () => {
    const scenario = inWork(3)
      .when('2026-03-02 10:00', ask())
      .when('2026-03-04 17:00', ask())
      .until('2026-03-05 10:00');
    expect(scenario.ticket.status).toBe('closed');
  });
});

describe("a person's message voids the silence (reading 6)", () => {
  it("at the limit's own instant, and a new question starts a new one", () => {
    const scenario = inWork(3).when('2026-03-02 10:00', ask()).when('2026-03-05 10:00', message('answer'));
    expect(scenario.until('2026-03-05 12:00').ticket.status).toBe('work');
    scenario.when('2026-03-05 12:00', ask()).until('2026-03-20 18:00');
    expect(wallClock(scenario.the('closed').at)).toBe('2026-03-10 12:00');
  });
});

describe('closing needs two questions or reminders handed over (§3.6 "repeated", reading 6)', () => {
  const onlyTheFirst = () => {
    const scenario = inWork(3, { handsOver: 'by-hand' }).when('2026-03-02 10:00', ask());
    return scenario.when('2026-03-02 10:00', delivered(scenario.notice('question')));
  };

  it('goes on reminding and does not close while there was one alone', () => {
    const scenario = onlyTheFirst().until('2026-03-12 18:00');
    expect(scenario.ticket.status).toBe('waiting-on-client');
    expect(remindersOf(scenario)).toHaveLength(8);
  });

  for (const [second, closed] of [
    ['2026-03-05 09:59:59.999', '2026-03-05 10:00'],
    ['2026-03-05 10:00', '2026-03-05 10:00'],
    ['2026-03-05 10:00:00.001', '2026-03-06 09:00'],
    ['2026-03-06 18:00', '2026-03-09 09:00'],
    ['2026-03-09 08:59:59.999', '2026-03-09 09:00'],
    ['2026-03-09 09:00', '2026-03-10 09:00'],
  ] as const) {
    it(`with the second at ${second} it closes at ${closed}`, () => {
      const scenario = onlyTheFirst().until('2026-03-05 09:00');
      scenario.when(second, delivered(scenario.notice('reminder'))).until('2026-03-20 18:00');
      expect(wallClock(scenario.the('closed').at)).toBe(closed);
      expect(remindersOf(scenario)).not.toContain(closed);
      expect(remindersOf(scenario)).not.toContain(`${closed} unsent`);
    });
  }

  it('counts a repeat by telephone, and not the same letter twice', () => {
    const scenario = onlyTheFirst().when('2026-03-03 10:00', toldByPhone());
    expect(scenario.next()).toBe('client-reminder at 2026-03-04 09:00');
    expect(wallClock(scenario.until('2026-03-20 18:00').the('closed').at)).toBe('2026-03-05 10:00');
    const twice = onlyTheFirst();
    twice.when('2026-03-02 10:01', delivered(twice.notice('question'))).until('2026-03-12 18:00');
    expect(twice.ticket.status).toBe('waiting-on-client');
  });

  it('nothing handed over: no silence, no reminder, no closing', () => {
    const scenario = inWork(3, { handsOver: 'by-hand' }).when('2026-03-02 10:00', ask()).until('2026-03-20 18:00');
    expect(scenario.ticket.status).toBe('waiting-on-client');
    expect(remindersOf(scenario)).toEqual([]);
  });
});

describe('reminders after an outage (reading 9)', () => {
  it('send the newest alone: an overtaken one is recorded and not sent', () => {
    const scenario = inWork(3).when('2026-03-02 10:00', ask()).workersReturn('2026-03-04 12:00');
    expect(remindersOf(scenario)).toEqual(['2026-03-03 09:00 unsent', '2026-03-04 09:00']);
    expect(scenario.told('reminder')).toHaveLength(1);
    expect(wallClock(scenario.until('2026-03-05 10:00').the('closed').at)).toBe('2026-03-05 10:00');
  });

  it('send none together with the closing', () => {
    const scenario = inWork(3).when('2026-03-02 10:00', ask()).until('2026-03-03 09:00');
    scenario.workersReturn('2026-03-05 11:00');
    expect(scenario.the('closed').at).toBe(Date.parse('2026-03-05T10:00+06:00'));
    expect(remindersOf(scenario)).toEqual(['2026-03-03 09:00', '2026-03-04 09:00 unsent', '2026-03-05 09:00 unsent']);
  });

  it('send none at the very instant of the closing, and the last one a millisecond before', () => {
    const back = (at: string) => {
      const scenario = inWork(3).when('2026-03-02 10:00', ask()).until('2026-03-03 09:00').workersReturn(at);
      return scenario.happened('client-reminded').at(-1)?.announced;
    };
    expect(back('2026-03-05 09:59:59.999')).toBe(true);
    expect(back('2026-03-05 10:00')).toBe(false);
  });

  it('do not let silence close on one hand-over because no worker was there to remind', () => {
    const scenario = inWork(3).when('2026-03-02 10:00', ask()).workersReturn('2026-03-06 12:00');
    expect(scenario.ticket.status).toBe('waiting-on-client');
    expect(remindersOf(scenario).at(-1)).toBe('2026-03-06 09:00');
    expect(wallClock(scenario.until('2026-03-20 18:00').the('closed').at)).toBe('2026-03-09 09:00');
  });
});
