import { describe, expect, it } from '@jest/globals';

import { nextDeadline, recordedDeadlines } from '../../regulation/deadlines.ts';
import { inWork, instant, receive, wallClock } from '../support/scenario.ts';
import type { Scenario } from '../support/scenario.ts';
import { absorb, ask, classify, complete, linkClient, message, note, reply, take } from '../support/tickets.ts';

function warningsOf(scenario: Scenario): string[] {
  return scenario
    .happened('first-response-warned', 'resolution-warned')
    .map(({ type, at, announced }) => `${type} ${wallClock(at)}${announced ? '' : ' unsent'}`);
}

describe('the first response (§2.6, reading 9)', () => {
  it('is warned of at exactly 10 minutes and breached at exactly 15, around the clock', () => {
    const scenario = receive({ receivedAt: '2026-03-07 23:50' }).until('2026-03-07 23:59:59.999');
    expect(warningsOf(scenario)).toEqual([]);
    expect(warningsOf(scenario.until('2026-03-08 00:00'))).toEqual(['first-response-warned 2026-03-08 00:00']);
    expect(scenario.until('2026-03-08 00:04:59.999').ticket.firstResponse.breaches).toEqual([]);
    expect(scenario.until('2026-03-08 00:05').ticket.firstResponse.breaches).toEqual([
      {
        dueAt: instant('2026-03-08 00:05'),
        knownAt: instant('2026-03-08 00:05'),
        cause: 'time',
        superseded: false,
      },
    ]);
    expect(scenario.told('first-response-warning', 'first-response-breach')).toEqual([
      'first-response-warning on-duty',
      'first-response-breach on-duty',
    ]);
  });

  it('at its own instant is in time, and at the warning’s instant unwarned', () => {
    const warned = receive().when('2026-03-02 09:15', reply()).until('2026-03-02 10:00');
    expect(warningsOf(warned)).toEqual(['first-response-warned 2026-03-02 09:10']);
    expect(warned.ticket.firstResponse).toMatchObject({ at: instant('2026-03-02 09:15'), breaches: [] });
    expect(warningsOf(receive().when('2026-03-02 09:10', reply()).until('2026-03-02 10:00'))).toEqual([]);
  });

  it('a millisecond late is a breach, and stays one', () => {
    const scenario = receive().when('2026-03-02 09:15:00.001', reply()).until('2026-03-03 10:00');
    expect(scenario.ticket.firstResponse.breaches).toHaveLength(1);
  });

  it('learned of after its breach is recorded and never warned of together with it', () => {
    const scenario = receive().workersReturn('2026-03-02 09:40');
    expect(warningsOf(scenario)).toEqual(['first-response-warned 2026-03-02 09:10 unsent']);
    expect(scenario.the('first-response-breached')).toMatchObject({
      at: instant('2026-03-02 09:15'),
      knownAt: instant('2026-03-02 09:40'),
    });
    expect(scenario.told('first-response-warning', 'first-response-breach')).toEqual(['first-response-breach on-duty']);
  });

  it('learned of between warning and breach is still worth a warning, at the breach no more', () => {
    expect(receive().workersReturn('2026-03-02 09:14:59.999').told('first-response-warning')).toHaveLength(1);
    expect(receive().workersReturn('2026-03-02 09:15').told('first-response-warning')).toEqual([]);
  });

  it('moved back by merging warns no more when the warning’s instant is past', () => {
    const moved = (at: string) =>
      receive({ receivedAt: '2026-03-02 09:04' })
        .when(at, absorb(1023, { receivedAt: instant('2026-03-02 09:00') }))
        .until('2026-03-02 09:30');
    expect(warningsOf(moved('2026-03-02 09:10'))).toEqual(['first-response-warned 2026-03-02 09:10']);
    expect(warningsOf(moved('2026-03-02 09:10:00.001'))).toEqual([]);
    expect(moved('2026-03-02 09:12').the('first-response-breached').dueAt).toBe(instant('2026-03-02 09:15'));
  });
});

describe('the resolution warning at 75 % of the limit (reading 9)', () => {
  for (const [severity, warned] of [
    [1, '2026-03-02 12:45'],
    [2, '2026-03-02 15:00'],
    [3, '2026-03-03 13:30'],
    [4, '2026-03-05 15:45'],
  ] as const) {
    it(`comes at level ${severity} at ${warned}, by the level's own calendar, and once`, () => {
      const before = inWork(severity).until(instant(warned) - 1);
      expect(warningsOf(before)).toEqual([]);
      expect(warningsOf(before.until('2026-03-10 18:00'))).toEqual([`resolution-warned ${warned}`]);
      expect(before.told('resolution-warning')).toEqual(['resolution-warning on-duty']);
    });
  }

  it('does not come when the ticket was completed at that instant', () => {
    expect(warningsOf(inWork(1).when('2026-03-02 12:45', complete()).until('2026-03-02 20:00'))).toEqual([]);
  });

  it('comes again for a deadline that was moved', () => {
    const scenario = inWork(1)
      .when('2026-03-02 13:00', ask())
      .when('2026-03-02 15:00', message('answer'))
      .until('2026-03-02 16:00');
    expect(scenario.the('resolution-breached').dueAt).toBe(instant('2026-03-02 16:00'));
    expect(warningsOf(scenario)).toEqual(['resolution-warned 2026-03-02 12:45']);
    const early = inWork(1).when('2026-03-02 12:45:00.001', classify(2)).until('2026-03-02 18:00');
    expect(warningsOf(early)).toEqual(['resolution-warned 2026-03-02 12:45', 'resolution-warned 2026-03-02 15:00']);
  });

  for (const [at, warned] of [
    ['2026-03-02 12:45', ['resolution-warned 2026-03-02 12:45']],
    ['2026-03-02 12:45:00.001', []],
  ] as const) {
    it(`for a deadline moved at ${at} ${warned.length > 0 ? 'comes' : 'does not come: its instant is past'}`, () => {
      expect(warningsOf(inWork(3).when(at, classify(1)).until('2026-03-02 13:59'))).toEqual(warned);
    });
  }

  it('comes once for one value, though the level went there and back', () => {
    const scenario = inWork(1)
      .when('2026-03-02 13:00', classify(2))
      .when('2026-03-02 13:30', classify(1))
      .until('2026-03-02 14:00');
    expect(warningsOf(scenario)).toEqual(['resolution-warned 2026-03-02 12:45']);
    expect(scenario.the('resolution-breached').dueAt).toBe(instant('2026-03-02 14:00'));
  });

  it('learned of after the breach is recorded and not sent', () => {
    const scenario = inWork(1).workersReturn('2026-03-02 14:00');
    expect(warningsOf(scenario)).toEqual(['resolution-warned 2026-03-02 12:45 unsent']);
    expect(scenario.told('resolution-warning', 'resolution-breach')).toEqual(['resolution-breach on-duty']);
    expect(inWork(1).workersReturn('2026-03-02 13:59:59.999').told('resolution-warning')).toHaveLength(1);
  });

  it('does not come for a client linked when its instant is past', () => {
    const linked = (at: string) =>
      receive({ receivedAt: '2026-03-02 09:00', clientId: null, agreements: [] })
        .when(at, linkClient())
        .until('2026-03-02 16:00');
    expect(warningsOf(linked('2026-03-02 15:00')).at(-1)).toBe('resolution-warned 2026-03-02 15:00');
    expect(warningsOf(linked('2026-03-02 15:00:00.001')).at(-1)).toMatch(/first-response/);
  });
});

describe('a breach (reading 9)', () => {
  it('is recorded with the deadline’s instant, whatever workers were doing then', () => {
    const scenario = inWork(1).workersReturn('2026-03-05 10:00');
    expect(scenario.breaches()).toEqual(['time: due 2026-03-02 14:00, known 2026-03-05 10:00']);
    expect(scenario.the('resolution-breached').at).toBe(instant('2026-03-02 14:00'));
  });

  it('is never erased: not by completing, nor by closing', () => {
    const scenario = inWork(1).when('2026-03-02 15:00', complete()).until('2026-03-04 15:00');
    expect(scenario.ticket.status).toBe('closed');
    expect(scenario.breaches()).toHaveLength(1);
    expect(scenario.breachedAt()).toBe('2026-03-02 14:00');
  });

  it('does not stop at what people write down: notes and assignments move no deadline', () => {
    const scenario = inWork(1).when('2026-03-02 10:00', note()).when('2026-03-02 11:00', take());
    expect(scenario.dueAt()).toBe('2026-03-02 14:00');
    expect(scenario.until('2026-03-02 14:00').breaches()).toHaveLength(1);
  });
});

describe('what falls due', () => {
  it('comes in the order of its instants, and at one instant a warning before its limit', () => {
    const scenario = receive();
    const seen: string[] = [];
    for (let next = nextDeadline(scenario.ticket, scenario.calendar); next !== null;) {
      seen.push(`${next.kind} at ${wallClock(next.at)}`);
      scenario.until(next.at);
      next = nextDeadline(scenario.ticket, scenario.calendar);
    }
    expect(seen).toEqual([
      'first-response-warning at 2026-03-02 09:10',
      'first-response-due at 2026-03-02 09:15',
      'resolution-warning at 2026-03-02 15:00',
      'resolution-due at 2026-03-02 17:00',
    ]);
  });

  it('is recorded for lists: both limits, whether provisional, the level they go by, and what comes next', () => {
    const { ticket, calendar } = receive({ impact: 'stopped' });
    expect(recordedDeadlines(ticket, calendar)).toEqual({
      firstResponseDueAt: instant('2026-03-02 09:15'),
      resolutionDueAt: instant('2026-03-02 14:00'),
      provisional: true,
      effectiveSeverity: 1,
      next: { kind: 'first-response-warning', at: instant('2026-03-02 09:10') },
    });
    const waiting = inWork(3).when('2026-03-02 10:00', ask());
    expect(recordedDeadlines(waiting.ticket, calendar)).toMatchObject({
      resolutionDueAt: null,
      provisional: false,
      effectiveSeverity: 3,
      next: { kind: 'client-reminder', at: instant('2026-03-03 09:00') },
    });
    const closed = inWork(3).when('2026-03-02 10:00', complete()).until('2026-03-03 10:00');
    expect(recordedDeadlines(closed.ticket, calendar).next).toBeNull();
  });

  it('is nothing once the ticket is closed: every deadline ends with it', () => {
    const scenario = inWork(1).when('2026-03-02 10:00', complete()).until('2026-03-03 10:00');
    expect(scenario.ticket.status).toBe('closed');
    expect(scenario.next()).toBeNull();
  });
});
