import { describe, expect, it } from '@jest/globals';

import { inWork } from '../support/scenario.ts';
import { complete, disagree } from '../support/tickets.ts';

describe('after a disagreement the clock goes on with what was left (§3.7, reading 8)', () => {
  for (const [severity, completedAt, disagreedAt, due] of [
    [1, '2026-03-02 13:00', '2026-03-03 08:00', '2026-03-03 09:00'],
    [2, '2026-03-02 16:59', '2026-03-03 08:00', '2026-03-03 08:01'],
    [3, '2026-03-03 17:00', '2026-03-04 10:00', '2026-03-04 11:00'],
    [3, '2026-03-03 17:00', '2026-03-03 20:00', '2026-03-04 10:00'],
    [4, '2026-03-02 10:00', '2026-03-02 10:00:00.001', '2026-03-09 09:00:00.001'],
  ] as const) {
    it(`level ${severity}, completed ${completedAt}, disagreed ${disagreedAt}: due ${due}`, () => {
      const scenario = inWork(severity).when(completedAt, complete()).when(disagreedAt, disagree('no'));
      expect(scenario.dueAt()).toBe(due);
      expect(scenario.breaches()).toEqual([]);
    });
  }

  it('opens a window of its own with every completion', () => {
    const scenario = inWork(2)
      .when('2026-03-02 10:00', complete())
      .when('2026-03-03 09:00', disagree('no'))
      .when('2026-03-03 11:00', complete());
    expect(scenario.next()).toBe('confirmation-limit at 2026-03-04 11:00');
    scenario.when('2026-03-04 11:00', disagree('no again')).when('2026-03-04 12:00', complete());
    expect(scenario.next()).toBe('confirmation-limit at 2026-03-05 12:00');
    expect(scenario.until('2026-03-05 12:00').ticket).toMatchObject({ status: 'closed', closedBecause: 'no-answer' });
  });
});

describe('after a disagreement with nothing left (reading 8)', () => {
  it('the deadline stays in the past and a breach already there is announced no second time', () => {
    const scenario = inWork(1)
      .when('2026-03-02 15:00', complete())
      .when('2026-03-02 16:00', disagree('no'))
      .until('2026-03-02 23:00');
    expect(scenario.dueAt()).toBe('2026-03-02 14:00');
    expect(scenario.breaches()).toEqual(['time: due 2026-03-02 14:00, known 2026-03-02 14:00']);
    expect(scenario.told('resolution-breach')).toHaveLength(1);
  });

  it('a first breach is recorded at the resumption: completed at the very end, then disagreed', () => {
    const scenario = inWork(1).when('2026-03-02 14:00', complete()).when('2026-03-02 16:00', disagree('no'));
    expect(scenario.breaches()).toEqual(['resumption: due 2026-03-02 14:00, known 2026-03-02 16:00']);
    expect(scenario.told('resolution-breach')).toEqual(['resolution-breach on-duty']);
  });

  it('one millisecond left falls due one millisecond later', () => {
    const scenario = inWork(1).when('2026-03-02 13:59:59.999', complete()).when('2026-03-02 16:00', disagree('no'));
    expect(scenario.breaches()).toEqual([]);
    expect(scenario.next()).toBe('resolution-due at 2026-03-02 16:00:00.001');
  });

  it('the second disagreement announces nothing either', () => {
    const scenario = inWork(1)
      .when('2026-03-02 14:00', complete())
      .when('2026-03-02 16:00', disagree('no'))
      .when('2026-03-02 17:00', complete())
      .when('2026-03-02 18:00', disagree('no again'))
      .until('2026-03-03 18:00');
    expect(scenario.breaches()).toHaveLength(1);
  });
});
