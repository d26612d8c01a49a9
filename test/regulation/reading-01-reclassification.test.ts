import { describe, expect, it } from '@jest/globals';

import { hoursOn, workingCalendar } from '../support/calendars.ts';
import { inWork, instant, receive } from '../support/scenario.ts';
import {
  ask,
  classify,
  complete,
  disagree,
  message,
  publish,
  tieUpdate,
  updateEnded,
  updateStarted,
} from '../support/tickets.ts';

describe('another level re-measures everything since receipt (reading 1)', () => {
  for (const [before, after, due] of [
    [3, 1, '2026-03-02 14:00'],
    [3, 2, '2026-03-02 17:00'],
    [1, 2, '2026-03-02 17:00'],
    [1, 3, '2026-03-03 18:00'],
    [1, 4, '2026-03-06 18:00'],
    [4, 3, '2026-03-03 18:00'],
  ] as const) {
    it(`gives level ${after} its limit from the receipt, not from the change, after level ${before} (§2.6)`, () => {
      const scenario = inWork(before).when('2026-03-02 10:30', classify(after));
      expect(scenario.dueAt()).toBe(due);
      expect(scenario.events.at(-1)).toMatchObject({ type: 'classified', dueAt: instant(due) });
    });
  }

  it('keeps pauses as pauses under the new calendar', () => {
    const waited = inWork(3).when('2026-03-02 10:00', ask()).when('2026-03-02 12:00', message('answer'));
    expect(waited.when('2026-03-02 12:30', classify(1)).dueAt()).toBe('2026-03-02 16:00');
  });

  it('credits a pause over the weekend with the hours of the level alone: none of level 3, all of level 1', () => {
    const waited = () =>
      inWork(3, { receivedAt: '2026-03-06 17:00' })
        .when('2026-03-06 18:00', ask())
        .when('2026-03-09 09:00', message('answer'));
    expect(waited().dueAt()).toBe('2026-03-10 17:00');
    expect(waited().when('2026-03-09 09:00', classify(1)).dueAt()).toBe('2026-03-09 13:00');
  });

  it('measures by the calendar now in force, also what an older one had counted (before reading 10)', () => {
    const shortMonday = workingCalendar({ overrides: [hoursOn('2026-03-02', ['09:00-12:00'])] }, 2);
    const counted = inWork(3).when('2026-03-02 15:00', publish(shortMonday));
    expect(counted.dueAt()).toBe('2026-03-04 12:00');
    expect(counted.when('2026-03-03 10:00', classify(4)).dueAt()).toBe('2026-03-09 15:00');
    expect(counted.events.at(-1)).toMatchObject({ type: 'classified', dueAt: instant('2026-03-09 15:00') });
  });

  it('leaves what an older calendar counted when the level stays and the product alone changes', () => {
    const shortMonday = workingCalendar({ overrides: [hoursOn('2026-03-02', ['09:00-12:00'])] }, 2);
    const counted = inWork(3).when('2026-03-02 15:00', publish(shortMonday));
    expect(counted.when('2026-03-03 10:00', classify(3, { productId: 'siroca-mis' })).dueAt()).toBe('2026-03-04 12:00');
  });

  it('no longer changes the level after completion', () => {
    const completed = inWork(3, { handsOver: 'by-hand' }).when('2026-03-02 10:00', complete());
    expect(completed.refuses('2026-03-02 10:01', classify(1))).toBe('wrong-status');
    const told = inWork(3).when('2026-03-02 10:00', complete());
    expect(told.ticket.status).toBe('awaiting-confirmation');
    expect(told.refuses('2026-03-02 10:01', classify(1))).toBe('wrong-status');
  });
});

describe('a limit found past by a change of level (reading 1)', () => {
  it('is a breach with the instant it fell due, the instant it became known, and the mark by reclassification', () => {
    const scenario = inWork(3).when('2026-03-02 15:00', classify(1));
    expect(scenario.breaches()).toEqual(['reclassification: due 2026-03-02 14:00, known 2026-03-02 15:00']);
    expect(scenario.the('resolution-breached')).toMatchObject({ actor: { kind: 'system' }, clause: '2.6' });
    expect(scenario.told('resolution-breach', 'resolution-warning')).toEqual(['resolution-breach on-duty']);
  });

  it('is none yet at its own instant, and an ordinary breach when that instant passes (reading 3)', () => {
    const scenario = inWork(3).when('2026-03-02 14:00', classify(1));
    expect(scenario.breaches()).toEqual([]);
    expect(scenario.until('2026-03-02 14:00').breaches()).toEqual([
      'time: due 2026-03-02 14:00, known 2026-03-02 14:00',
    ]);
  });

  it('is found one millisecond later', () => {
    const scenario = inWork(3).when('2026-03-02 14:00:00.001', classify(1));
    expect(scenario.breaches()).toEqual(['reclassification: due 2026-03-02 14:00, known 2026-03-02 14:00:00.001']);
  });

  it('is found too while the clock is paused, but not when it was used up exactly as the pause began', () => {
    const waitingSince = (asked: string) => inWork(3).when(asked, ask()).when('2026-03-02 16:00', classify(1));
    expect(waitingSince('2026-03-02 14:00').breaches()).toEqual([]);
    expect(waitingSince('2026-03-02 14:00:00.001').breaches()).toEqual([
      'reclassification: due 2026-03-02 14:00, known 2026-03-02 16:00',
    ]);
  });

  it('is an ordinary breach when the level is given for the first time', () => {
    const scenario = receive({ receivedAt: '2026-03-02 09:00' }).when('2026-03-02 15:00', classify(1));
    expect(scenario.breaches()).toEqual(['time: due 2026-03-02 14:00, known 2026-03-02 15:00']);
  });
});

describe('a breach and further levels (readings 1 and 9)', () => {
  it('announces a second breach after an easier level, and counts the ticket once, by its first', () => {
    const scenario = inWork(1).when('2026-03-02 15:00', classify(3)).until('2026-03-05 18:00');
    expect(scenario.breaches()).toEqual([
      'time: due 2026-03-02 14:00, known 2026-03-02 14:00',
      'time: due 2026-03-03 18:00, known 2026-03-03 18:00',
    ]);
    expect(scenario.told('resolution-breach')).toHaveLength(2);
    expect(scenario.happened('resolution-warned').map(({ announced }) => announced)).toEqual([true, true]);
    expect(scenario.breachedAt()).toBe('2026-03-02 14:00');
  });

  it('announces it at once when the easier limit is past too', () => {
    const scenario = inWork(1).when('2026-03-02 18:30', classify(2));
    expect(scenario.breaches()).toEqual([
      'time: due 2026-03-02 14:00, known 2026-03-02 14:00',
      'reclassification: due 2026-03-02 17:00, known 2026-03-02 18:30',
    ]);
    expect(scenario.breachedAt()).toBe('2026-03-02 14:00');
  });

  it('adds none by a harder level to a breach already there', () => {
    const scenario = inWork(3)
      .until('2026-03-03 18:00')
      .when('2026-03-04 10:00', classify(1))
      .until('2026-03-20 18:00');
    expect(scenario.breaches()).toEqual(['time: due 2026-03-03 18:00, known 2026-03-03 18:00']);
  });

  it('adds none by a harder level whose limit an update puts into the future', () => {
    const scenario = inWork(3)
      .when('2026-03-02 10:00', tieUpdate('update-1'))
      .when('2026-03-02 10:00', updateStarted('update-1'))
      .when('2026-03-04 08:00', updateEnded('update-1'))
      .when('2026-03-04 09:00', classify(2));
    expect(scenario.dueAt()).toBe('2026-03-04 15:00');
    scenario.until('2026-03-04 18:00');
    expect(scenario.breaches()).toEqual(['time: due 2026-03-03 18:00, known 2026-03-03 18:00']);
    expect(scenario.the('resolution-warned').dueAt).toBe(instant('2026-03-03 18:00'));
  });

  it('adds none when the level goes back to the one that was breached', () => {
    const scenario = inWork(1).when('2026-03-02 15:00', classify(4)).when('2026-03-02 16:00', classify(1));
    expect(scenario.until('2026-03-09 18:00').breaches()).toEqual([
      'time: due 2026-03-02 14:00, known 2026-03-02 14:00',
    ]);
  });

  it('neither adds nor forgets one when the product alone changes', () => {
    const other = classify(1, { productId: 'siroca-mis' });
    const breached = inWork(1).when('2026-03-02 15:00', other).when('2026-03-02 16:00', complete());
    expect(breached.when('2026-03-02 17:00', disagree('no')).breaches()).toHaveLength(1);
    const easier = inWork(1)
      .when('2026-03-02 15:00', classify(3))
      .when('2026-03-02 16:00', classify(3, { productId: 'siroca-mis' }));
    expect(easier.until('2026-03-03 18:00').breaches()).toHaveLength(2);
  });

  it('adds a breach by a harder level where none is there', () => {
    const scenario = inWork(4).when('2026-03-05 10:00', classify(3));
    expect(scenario.breaches()).toEqual(['reclassification: due 2026-03-03 18:00, known 2026-03-05 10:00']);
  });
});
