import { describe, expect, it } from '@jest/globals';

import { absorbOf } from '../../regulation/merging.ts';
import { inWork, instant, receive, wallClock } from '../support/scenario.ts';
import type { Scenario } from '../support/scenario.ts';
import {
  absorb,
  ask,
  classify,
  complete,
  escalate,
  linkClient,
  merge,
  message,
  reply,
  SYSTEM,
} from '../support/tickets.ts';

/** What another ticket of the same client tells the one it is merged into. */
const told = (other: Scenario) => ({ ...absorbOf(other.ticket), actor: SYSTEM });

describe('the ticket that is merged (reading 13)', () => {
  for (const [status, scenario] of [
    ['triage', () => receive()],
    ['work', () => inWork(3)],
    ['waiting-on-client', () => inWork(3).when('2026-03-02 09:30', ask())],
    ['escalated-to-development', () => inWork(3).when('2026-03-02 09:30', escalate())],
  ] as const) {
    it(`closes from ${status} as merged, without an outcome, and names the other`, () => {
      const merged = scenario().when('2026-03-02 10:00', merge(1023));
      expect(merged.ticket).toMatchObject({ closedBecause: 'merged', outcome: null, mergedInto: 1023 });
      expect(merged.the('closed').clause).toBe('2.3');
      expect(merged.notices.filter(({ kind }) => kind.startsWith('closed'))).toEqual([]);
    });
  }

  it('must be open and not completed', () => {
    expect(inWork(3).when('2026-03-02 10:00', complete()).refuses('2026-03-02 10:01', merge(1023))).toBe(
      'wrong-status',
    );
  });

  for (const [why, code, move] of [
    ['into itself', 'same-ticket', merge(1024)],
    ["into another client's", 'different-client', merge(1023, { intoClientId: 'client-2' })],
    ["into a stranger's", 'different-client', merge(1023, { intoClientId: null })],
    ['into a completed or closed one', 'target-not-open', merge(1023, { intoMayAbsorb: false })],
  ] as const) {
    it(`cannot be merged ${why}`, () => {
      expect(inWork(3).refuses('2026-03-02 10:00', move)).toBe(code);
    });
  }

  it('of a stranger has no client to share', () => {
    const stranger = receive({ clientId: null, agreements: [] });
    expect(stranger.refuses('2026-03-02 09:05', merge(1023, { intoClientId: null }))).toBe('client-required');
    stranger.when('2026-03-02 09:06', linkClient());
    expect(stranger.when('2026-03-02 09:07', merge(1023)).ticket).toMatchObject({ closedBecause: 'merged' });
  });
});

describe('the ticket that goes on (reading 13)', () => {
  it('keeps the earlier receipt, the earlier first response, the higher level and its own pauses', () => {
    const other = inWork(2, { number: 1023, receivedAt: '2026-03-02 08:00' })
      .when('2026-03-02 08:30', ask())
      .when('2026-03-02 09:30', message('answer'));
    const scenario = inWork(3, { receivedAt: '2026-03-02 09:00' })
      .when('2026-03-02 10:00', ask())
      .when('2026-03-02 10:30', message('answer-2'))
      .when('2026-03-02 11:00', told(other));
    expect(scenario.ticket).toMatchObject({
      receivedAt: instant('2026-03-02 08:00'),
      severity: 2,
      absorbed: [1023],
      firstResponse: { at: instant('2026-03-02 08:00') },
    });
    expect(scenario.dueAt()).toBe('2026-03-02 16:30');
    expect(scenario.the('absorbed')).toMatchObject({ from: 1023, clause: '2.3' });
  });

  it('keeps its own where they are earlier and higher', () => {
    const other = inWork(4, { number: 1025, receivedAt: '2026-03-02 09:30' });
    const scenario = inWork(2).when('2026-03-02 10:00', told(other));
    expect(scenario.ticket).toMatchObject({
      receivedAt: instant('2026-03-02 09:00'),
      severity: 2,
      firstResponse: { at: instant('2026-03-02 09:00') },
    });
    expect(scenario.dueAt()).toBe('2026-03-02 17:00');
  });

  it('in triage takes the higher level as a proposal, and no proposal gives way to any', () => {
    const other = inWork(1, { number: 1023 });
    expect(receive({ impact: 'minor' }).when('2026-03-02 09:05', told(other)).ticket).toMatchObject({
      severity: null,
      proposedSeverity: 1,
    });
    expect(receive().when('2026-03-02 09:05', told(inWork(4, { number: 1023 }))).ticket.proposedSeverity).toBe(4);
    expect(receive({ impact: 'minor' }).when('2026-03-02 09:05', absorb(1023)).ticket.proposedSeverity).toBe(3);
  });

  it('marks a resolution breach so caused, with the instant at which it fell due', () => {
    const other = receive({ number: 1023, receivedAt: '2026-03-02 06:00' });
    const scenario = inWork(1).when('2026-03-02 11:30', told(other));
    expect(scenario.breaches()).toEqual(['merge: due 2026-03-02 11:00, known 2026-03-02 11:30']);
  });

  it('finds none at the very instant, but the ordinary one when it passes', () => {
    const other = receive({ number: 1023, receivedAt: '2026-03-02 06:30' });
    const scenario = inWork(1).when('2026-03-02 11:30', told(other));
    expect(scenario.breaches()).toEqual([]);
    expect(scenario.until('2026-03-02 12:00').breaches()).toEqual([
      'time: due 2026-03-02 11:30, known 2026-03-02 11:30',
    ]);
  });

  it('adds none to a breach already there', () => {
    const other = inWork(1, { number: 1023, receivedAt: '2026-03-01 06:00' });
    const scenario = inWork(2).when('2026-03-02 18:00', told(other)).until('2026-03-04 18:00');
    expect(scenario.breaches()).toEqual(['time: due 2026-03-02 17:00, known 2026-03-02 17:00']);
  });

  it('measures everything by the calendar now in force (before reading 10), as one ticket', () => {
    const other = inWork(3, { number: 1023, receivedAt: '2026-02-27 15:00' });
    const scenario = inWork(3).when('2026-03-02 10:00', told(other));
    expect(scenario.dueAt()).toBe('2026-03-03 15:00');
  });

  it('marks a first-response breach so caused, and none where the other had answered in time', () => {
    const unanswered = receive({ number: 1023, receivedAt: '2026-03-02 08:00' });
    const late = inWork(3).when('2026-03-02 10:00', told(unanswered));
    expect(late.the('first-response-breached')).toMatchObject({ dueAt: instant('2026-03-02 08:15'), cause: 'merge' });
    const answered = receive({ number: 1023, receivedAt: '2026-03-02 08:00' }).when('2026-03-02 08:15', reply());
    expect(inWork(3).when('2026-03-02 10:00', told(answered)).happened('first-response-breached')).toEqual([]);
  });

  it('unanswered past the earlier limit is a first-response breach at once, before it when it passes', () => {
    const other = receive({ number: 1023, receivedAt: '2026-03-02 09:00' });
    const at = (merged: string) =>
      receive({ receivedAt: '2026-03-02 09:10' })
        .when(merged, told(other))
        .until('2026-03-02 09:30')
        .happened('first-response-breached')
        .map(({ dueAt, knownAt, cause }) => `${cause}: due ${wallClock(dueAt)}, known ${wallClock(knownAt)}`);
    expect(at('2026-03-02 09:15:00.001')).toEqual(['merge: due 2026-03-02 09:15, known 2026-03-02 09:15:00.001']);
    expect(at('2026-03-02 09:15')).toEqual(['time: due 2026-03-02 09:15, known 2026-03-02 09:15']);
  });

  for (const [why, code, scenario, move] of [
    ['itself', 'same-ticket', inWork(3), absorb(1024)],
    ["another client's", 'different-client', inWork(3), absorb(1023, { clientId: 'client-2' })],
    ["a stranger's", 'different-client', receive({ clientId: null, agreements: [] }), absorb(1023, { clientId: null })],
    [
      'any, completed',
      'target-not-open',
      inWork(3, { handsOver: 'by-hand' }).when('2026-03-02 09:30', complete()),
      absorb(1023),
    ],
    ['any, awaiting confirmation', 'target-not-open', inWork(3).when('2026-03-02 09:30', complete()), absorb(1023)],
    ['any, closed', 'ticket-closed', inWork(3).when('2026-03-02 09:30', merge(1022)), absorb(1023)],
  ] as const) {
    it(`refuses ${why}`, () => {
      expect(scenario.refuses('2026-03-02 10:00', move)).toBe(code);
    });
  }

  it('takes the same ticket once, however often it is asked', () => {
    const scenario = inWork(3).when('2026-03-02 10:00', absorb(1023));
    const before = scenario.ticket;
    expect(scenario.when('2026-03-02 10:05', absorb(1023)).ticket).toBe(before);
  });

  it('keeps the earliest receipt and the highest level of a whole chain', () => {
    const first = inWork(1, { number: 1021, receivedAt: '2026-03-02 08:00' });
    const second = inWork(4, { number: 1022, receivedAt: '2026-03-02 08:30' }).when('2026-03-02 09:10', told(first));
    const third = inWork(3, { number: 1023 }).when('2026-03-02 09:20', told(second));
    expect(third.ticket).toMatchObject({ receivedAt: instant('2026-03-02 08:00'), severity: 1, absorbed: [1022] });
    expect(third.dueAt()).toBe('2026-03-02 13:00');
  });

  it('goes on by its own status: waiting stays waiting, and classifying later still changes the level', () => {
    const scenario = inWork(3).when('2026-03-02 10:00', ask()).when('2026-03-02 10:30', absorb(1023));
    expect(scenario.ticket.status).toBe('waiting-on-client');
    expect(scenario.when('2026-03-02 10:40', classify(4)).ticket.severity).toBe(4);
  });
});
