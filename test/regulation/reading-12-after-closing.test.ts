import { describe, expect, it } from '@jest/globals';

import { allowedActs } from '../../regulation/decide.ts';
import { inWork, receive } from '../support/scenario.ts';
import type { Scenario } from '../support/scenario.ts';
import {
  absorb,
  ask,
  assign,
  automaticReply,
  classify,
  complete,
  confirm,
  decline,
  delivered,
  disagree,
  escalate,
  failed,
  HEAD,
  judge,
  linkClient,
  markAbusive,
  merge,
  message,
  note,
  plan,
  postpone,
  publish,
  putAhead,
  reply,
  resend,
  returnToWork,
  take,
  tieUpdate,
  toldByPhone,
  updateEnded,
  updateStarted,
} from '../support/tickets.ts';
import { workingCalendar } from '../support/calendars.ts';

const CLOSED: readonly (readonly [string, () => Scenario])[] = [
  ['confirmed', () => inWork(3).when('2026-03-02 10:00', complete()).when('2026-03-02 11:00', confirm('yes'))],
  ['no-answer', () => inWork(3).when('2026-03-02 10:00', complete()).until('2026-03-03 10:00')],
  ['client-silent', () => inWork(3).when('2026-03-02 10:00', ask()).until('2026-03-05 10:00')],
  ['declined', () => receive().when('2026-03-02 09:05', decline())],
  ['merged', () => inWork(3).when('2026-03-02 10:00', merge(1023))],
];

const AFTERWARDS = [
  message('thanks'),
  automaticReply('out-of-office'),
  confirm('late-yes'),
  disagree('late-no'),
  returnToWork(),
  take(),
  assign('agent-2'),
  reply(),
  note(),
  ask(),
  classify(1),
  decline(),
  linkClient(),
  escalate(),
  plan(),
  postpone(),
  complete(),
  resend('1024:3:client:completion'),
  toldByPhone(),
  judge('thanks'),
  putAhead(),
  markAbusive('thanks'),
  merge(1022),
  tieUpdate('update-1'),
  delivered('1024:3:client:completion'),
  failed('1024:3:client:completion'),
  publish(workingCalendar({}, 2)),
  updateStarted('update-1'),
  updateEnded('update-1'),
  absorb(1022),
];

describe('nothing reopens a ticket (§3.7, reading 12)', () => {
  for (const [because, closed] of CLOSED) {
    it(`closed as ${because}: every act and every piece of news is refused, and nothing falls due`, () => {
      const scenario = closed();
      expect(scenario.ticket).toMatchObject({ status: 'closed', closedBecause: because });
      for (const move of AFTERWARDS) expect(scenario.refuses('2026-03-06 10:00', move)).toBe('ticket-closed');
      expect(scenario.next()).toBeNull();
      expect(allowedActs(scenario.ticket, HEAD)).toEqual([]);
    });
  }

  for (const [because, closed] of CLOSED.filter(([reason]) => reason === 'declined' || reason === 'merged')) {
    it(`${because} ends without an outcome (§3.6)`, () => {
      expect(closed().ticket).toMatchObject({ outcome: null });
    });
  }

  it('a follow-up is a ticket of its own with its own receipt, linked to the first', () => {
    const followUp = receive({ number: 1025, receivedAt: '2026-03-06 10:00', followUpOf: 1024 });
    expect(followUp.ticket).toMatchObject({ followUpOf: 1024, status: 'triage', severity: null });
    expect(followUp.next()).toBe('first-response-warning at 2026-03-06 10:10');
  });
});
