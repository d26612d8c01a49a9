import { describe, expect, it } from '@jest/globals';

import { bishkek, holidayOn, workingCalendar } from '../support/calendars.ts';
import { inWork, receive } from '../support/scenario.ts';
import type { Scenario } from '../support/scenario.ts';
import {
  absorb,
  ask,
  assign,
  complete,
  confirm,
  decline,
  disagree,
  ENGINEER,
  escalate,
  failed,
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
  tieUpdate,
  updateEnded,
  updateStarted,
} from '../support/tickets.ts';

const T = '2026-03-02 10:00';
const LATER = '2026-03-02 11:00';

const byHand = { handsOver: 'by-hand' } as const;
const refusal = { type: 'record-refusal', act: 'assign', code: 'already-assigned', actor: ENGINEER } as const;

/** Lives in which every kind of fact happens, and the clause that stands beside each in the audit trail. */
const LIVES: readonly (readonly [string, () => Scenario, Record<string, string>])[] = [
  [
    'an unverified request',
    () => receive({ clientId: null }).when(T, linkClient()),
    {
      'ticket-received': '2.3',
      'first-response-warned': '2.6',
      'first-response-breached': '2.6',
      'client-linked': '1.3',
    },
  ],
  [
    'one declined for want of an agreement',
    () => receive().when(T, decline({ reason: 'no-valid-agreement' })),
    { declined: '1.3' },
  ],
  ['one declined as out of scope', () => receive().when(T, decline()), { declined: '3.4' }],
  [
    'one left in triage',
    () => receive().until('2026-03-02 17:00'),
    { 'resolution-alarmed': '2.6', 'resolution-warned': '2.6' },
  ],
  [
    'the desk',
    () =>
      inWork(3)
        .when(T, reply())
        .when(T, note())
        .when(T, assign('agent-2'))
        .when(T, putAhead())
        .when(T, markAbusive('m'))
        .when(T, postpone())
        .when(T, refusal),
    {
      classified: '2.5',
      replied: '3.1',
      noted: '1.2',
      assigned: '1.2',
      'put-ahead': '2.3',
      'marked-abusive': '3.3',
      postponed: '3.4',
      'act-refused': '1.2',
    },
  ],
  [
    'a waiting',
    () => inWork(3).when(T, ask()).until('2026-03-03 09:00').when('2026-03-03 10:00', message('answer')),
    {
      'client-asked': '3.2',
      'question-handed-over': '3.6',
      'client-reminded': '3.6',
      'message-received': '3.1',
    },
  ],
  ['a waiting given up', () => inWork(3).when(T, ask()).when(LATER, returnToWork()), { 'returned-to-work': '3.6' }],
  [
    'a waiting in vain',
    () => {
      const scenario = inWork(3).when(T, ask());
      return scenario.when(LATER, failed(scenario.notice('question')));
    },
    { 'question-undeliverable': '3.6' },
  ],
  ['silence', () => inWork(3).when(T, ask()).until('2026-03-05 10:00'), { closed: '3.6' }],
  [
    'an escalation',
    () =>
      inWork(3)
        .when(T, escalate())
        .when(T, plan({ targetDate: '2026-03-04' }))
        .until('2026-03-04 18:00')
        .when('2026-03-05 10:00', returnToWork()),
    {
      escalated: '1.4',
      'development-decided': '1.4',
      'development-target-warned': '1.4',
      'development-target-missed': '1.4',
      'returned-to-work': '1.4',
    },
  ],
  [
    'an update',
    () =>
      inWork(1)
        .when(T, tieUpdate('u'))
        .when(T, updateStarted('u'))
        .when(LATER, updateEnded('u'))
        .until('2026-03-02 15:00'),
    {
      'tied-to-update': '2.7',
      'update-started': '2.7',
      'update-ended': '2.7',
      'resolution-breached': '2.6',
    },
  ],
  [
    'a calendar',
    () => inWork(3).when(T, publish(workingCalendar({ holidays: [holidayOn('2026-03-03')] }, 2))),
    { 'calendar-changed': '2.4' },
  ],
  [
    'a merging',
    () =>
      inWork(3)
        .when(T, absorb(1, { receivedAt: bishkek('2026-03-02 08:00') }))
        .when(LATER, merge(2)),
    { absorbed: '2.3', closed: '2.3' },
  ],
  [
    'a disagreement',
    () =>
      inWork(3)
        .when(T, complete())
        .when(T, disagree('a', { hasReason: false }))
        .when(LATER, disagree('b')),
    {
      completed: '3.6',
      'client-told': '3.7',
      'disagreed-without-reason': '3.7',
      disagreed: '3.7',
    },
  ],
  [
    'a completion taken back',
    () => inWork(3).when(T, complete()).when(LATER, returnToWork()),
    { 'returned-to-work': '3.7' },
  ],
  ['a confirmation', () => inWork(3).when(T, complete()).when(LATER, confirm('yes')), { closed: '3.7' }],
  [
    'a word to be judged',
    () =>
      inWork(3)
        .when(T, complete())
        .when(LATER, message('m'))
        .until('2026-03-04 10:00')
        .when('2026-03-04 10:00', judge('m')),
    {
      'confirmation-overdue': '3.7',
      'message-judged': '3.7',
      closed: '3.7',
    },
  ],
  [
    'telling in vain',
    () => {
      const scenario = inWork(3, byHand).when(T, complete());
      scenario.when(T, failed(scenario.notice('classified'))).when(T, failed(scenario.notice('completion')));
      return scenario.until('2026-03-03 09:00').when('2026-03-03 10:00', resend(scenario.notice('completion')));
    },
    { 'notice-undeliverable': '2.1', 'telling-failed': '3.7', 'not-told-alarmed': '3.7', 'notice-resent': '3.7' },
  ],
];

describe('the clause beside each fact (§1.5)', () => {
  for (const [what, life, clauses] of LIVES) {
    it(`in ${what}`, () => {
      const { events } = life();
      const told = Object.fromEntries(
        Object.keys(clauses).map((type) => [type, events.findLast((one) => one.type === type)?.clause]),
      );
      expect(told).toEqual(clauses);
    });
  }
});
