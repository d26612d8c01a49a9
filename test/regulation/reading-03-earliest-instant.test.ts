import { describe, expect, it } from '@jest/globals';

import { holidayOn, hoursOn, workingCalendar } from '../support/calendars.ts';
import { inWork } from '../support/scenario.ts';
import { ask, complete, message } from '../support/tickets.ts';

describe('the resolution limit from receipt (§2.6)', () => {
  for (const [severity, receivedAt, due] of [
    [1, '2026-03-02 09:00', '2026-03-02 14:00'],
    [1, '2026-03-07 23:30', '2026-03-08 04:30'],
    [2, '2026-03-02 09:00', '2026-03-02 17:00'],
    [2, '2026-03-06 20:00', '2026-03-07 04:00'],
    [3, '2026-03-02 09:00', '2026-03-03 18:00'],
    [3, '2026-03-02 08:59:59.999', '2026-03-03 18:00'],
    [3, '2026-03-02 09:00:00.001', '2026-03-04 09:00:00.001'],
    [3, '2026-03-02 17:59:59.999', '2026-03-04 17:59:59.999'],
    [3, '2026-03-02 18:00', '2026-03-04 18:00'],
    [3, '2026-03-05 10:00', '2026-03-09 10:00'],
    [3, '2026-03-06 18:00', '2026-03-10 18:00'],
    [3, '2026-03-07 12:00', '2026-03-10 18:00'],
    [4, '2026-03-02 09:00', '2026-03-06 18:00'],
    [4, '2026-03-04 10:00', '2026-03-11 10:00'],
    [4, '2026-03-08 23:59:59.999', '2026-03-13 18:00'],
  ] as const) {
    it(`is used up at level ${severity} at ${due} after receipt at ${receivedAt} (reading 3)`, () => {
      expect(inWork(severity, { receivedAt }).dueAt()).toBe(due);
    });
  }

  it('leaves out public holidays and counts a worked Saturday at level 3, neither at level 1 (§2.4, reading 15)', () => {
    const calendar = workingCalendar({
      holidays: [holidayOn('2026-03-09')],
      overrides: [hoursOn('2026-03-07', ['09:00-13:00'])],
    });
    expect(inWork(3, { receivedAt: '2026-03-06 17:00', calendar }).dueAt()).toBe('2026-03-11 13:00');
    expect(inWork(1, { receivedAt: '2026-03-08 20:00', calendar }).dueAt()).toBe('2026-03-09 01:00');
  });
});

describe("an act at the deadline's own instant (reading 3)", () => {
  for (const [severity, due, late] of [
    [1, '2026-03-02 14:00', '2026-03-02 14:00:00.001'],
    [2, '2026-03-02 17:00', '2026-03-02 17:00:00.001'],
    [3, '2026-03-03 18:00', '2026-03-03 18:00:00.001'],
    [4, '2026-03-06 18:00', '2026-03-06 18:00:00.001'],
  ] as const) {
    it(`completes level ${severity} in time at ${due}, and too late a millisecond after`, () => {
      const inTime = inWork(severity).when(due, complete()).until('2026-03-20 18:00');
      expect(inTime.breaches()).toEqual([]);
      expect(inWork(severity).when(late, complete()).breaches()).toEqual([`time: due ${due}, known ${due}`]);
    });
  }

  it('is late in the closed hours after a limit that ended with the working day', () => {
    const scenario = inWork(3).when('2026-03-04 08:00', complete());
    expect(scenario.breaches()).toEqual(['time: due 2026-03-03 18:00, known 2026-03-03 18:00']);
  });

  it('is a question in time: a limit used up exactly as the pause begins is a breach only once the clock goes on', () => {
    const waiting = inWork(1).when('2026-03-02 14:00', ask()).until('2026-03-02 16:00');
    expect(waiting.breaches()).toEqual([]);
    expect(waiting.when('2026-03-02 17:00', message('answer')).breaches()).toEqual([
      'resumption: due 2026-03-02 14:00, known 2026-03-02 17:00',
    ]);
  });
});
