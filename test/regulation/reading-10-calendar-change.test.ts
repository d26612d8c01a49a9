import { describe, expect, it } from '@jest/globals';

import type { CalendarDefinition } from '../../regulation/calendar-definition.ts';
import type { WorkingCalendar } from '../../regulation/working-calendar.ts';
import { holidayOn, hoursOn, workingCalendar } from '../support/calendars.ts';
import { inWork, instant, receive, wallClock } from '../support/scenario.ts';
import { ask, classify, complete, escalate, message, publish, returnToWork } from '../support/tickets.ts';

function changed(overrides: Partial<CalendarDefinition>, version = 2): WorkingCalendar {
  return workingCalendar(overrides, version);
}

const tuesdayOff = changed({ holidays: [holidayOn('2026-03-03')] });
const saturdayWorked = changed({ overrides: [hoursOn('2026-03-07', ['09:00-18:00'])] });

describe('a published calendar counts from its publication on (§2.4, reading 10)', () => {
  for (const [what, calendar, receivedAt, due] of [
    ['a day off', tuesdayOff, '2026-03-02 09:00', '2026-03-04 18:00'],
    ['a decree that adds a Saturday', saturdayWorked, '2026-03-06 10:00', '2026-03-09 10:00'],
    [
      'a shortened day',
      changed({ overrides: [hoursOn('2026-03-03', ['09:00-17:00'])] }),
      '2026-03-02 09:00',
      '2026-03-04 10:00',
    ],
    ['a change elsewhere', changed({ holidays: [holidayOn('2026-08-31')] }), '2026-03-02 09:00', '2026-03-03 18:00'],
  ] as const) {
    it(`${what} moves the deadline of an open ticket to ${due}, with both values and the version in its history`, () => {
      const scenario = inWork(3, { receivedAt });
      const oldDueAt = instant(scenario.dueAt() ?? '');
      scenario.when(instant(receivedAt) + 3_600_000, publish(calendar));
      expect(scenario.dueAt()).toBe(due);
      expect(scenario.the('calendar-changed')).toMatchObject({
        previousVersion: 1,
        calendarVersion: 2,
        oldDueAt,
        newDueAt: instant(due),
        superseded: [],
        clause: '2.4',
        actor: { kind: 'system' },
      });
      expect(scenario.ticket.calendarVersion).toBe(2);
    });
  }

  it('leaves what was counted before it as it was counted', () => {
    const mondayShort = changed({ overrides: [hoursOn('2026-03-02', ['09:00-12:00'])] });
    for (const [published, due] of [
      ['2026-03-02 15:00', '2026-03-04 12:00'],
      ['2026-03-02 11:00', '2026-03-04 15:00'],
    ] as const) {
      const scenario = inWork(3).when(published, publish(mondayShort));
      expect(scenario.dueAt()).toBe(due);
      expect(scenario.the('calendar-changed').newDueAt).toBe(instant(due));
    }
  });

  it('leaves a limit that was used up before it where it was, at the closing of that day', () => {
    const scenario = inWork(3).when('2026-03-04 10:00', publish(changed({ holidays: [holidayOn('2026-03-05')] })));
    expect(scenario.dueAt()).toBe('2026-03-03 18:00');
    expect(scenario.the('calendar-changed')).toMatchObject({
      oldDueAt: instant('2026-03-03 18:00'),
      newDueAt: instant('2026-03-03 18:00'),
    });
    const midday = inWork(3, { receivedAt: '2026-03-02 12:00' });
    midday.when('2026-03-05 10:00', publish(changed({ holidays: [holidayOn('2026-03-06')] })));
    expect(midday.dueAt()).toBe('2026-03-04 12:00');
  });

  it('does so again and again: each calendar counts from its publication to the next', () => {
    const longTuesday = changed({ overrides: [hoursOn('2026-03-03', ['06:00-21:00'])] });
    const tuesdayHalf = changed({ overrides: [hoursOn('2026-03-03', ['09:00-13:00'])] }, 3);
    const scenario = inWork(3)
      .when('2026-03-02 18:00', publish(longTuesday))
      .when('2026-03-03 08:00', publish(tuesdayHalf));
    // Monday 9 hours; Tuesday 06:00-08:00 by the second calendar and 09:00-13:00 by the third; 3 hours are left.
    expect(scenario.dueAt()).toBe('2026-03-04 12:00');
  });

  it('leaves levels 1 and 2 alone: they count around the clock', () => {
    const scenario = inWork(2, { receivedAt: '2026-03-02 14:00' }).when('2026-03-02 15:00', publish(tuesdayOff));
    expect(scenario.the('calendar-changed')).toMatchObject({ pastHours: null });
    expect(scenario.dueAt()).toBe('2026-03-02 22:00');
  });

  it('moves the silence limit as well, and the reminders with it', () => {
    const scenario = inWork(3).when('2026-03-02 10:00', ask()).until('2026-03-03 09:00');
    scenario.when('2026-03-03 12:00', publish(changed({ holidays: [holidayOn('2026-03-04')] })));
    expect(scenario.the('calendar-changed')).toMatchObject({
      oldSilenceAt: instant('2026-03-05 10:00'),
      newSilenceAt: instant('2026-03-06 10:00'),
    });
    expect(scenario.next()).toBe('client-reminder at 2026-03-05 09:00');
    expect(scenario.until('2026-03-06 09:59:59.999').ticket.status).toBe('waiting-on-client');
    expect(scenario.until('2026-03-06 10:00').ticket.status).toBe('closed');
  });

  it('keeps the silence that was counted before it', () => {
    const mondayShort = changed({ overrides: [hoursOn('2026-03-02', ['09:00-12:00'])] });
    const scenario = inWork(1).when('2026-03-02 10:00', ask()).when('2026-03-02 10:05', ask());
    scenario.when('2026-03-02 18:00', publish(mondayShort));
    expect(scenario.the('calendar-changed')).toMatchObject({
      oldSilenceAt: instant('2026-03-05 10:00'),
      newSilenceAt: instant('2026-03-05 10:00'),
    });
    expect(wallClock(scenario.until('2026-03-20 18:00').the('closed').at)).toBe('2026-03-05 10:00');
  });

  it('warns again of a deadline that it moved, but not when the warning’s instant is past (reading 9)', () => {
    const warnings = (published: string, calendar: WorkingCalendar) =>
      inWork(3)
        .when(published, publish(calendar))
        .until('2026-03-20 18:00')
        .happened('resolution-warned')
        .map(({ at }) => wallClock(at));
    expect(warnings('2026-03-02 12:00', tuesdayOff)).toEqual(['2026-03-04 13:30']);
    const afterwards = changed({ overrides: [hoursOn('2026-03-03', ['09:00-17:00'])] });
    expect(warnings('2026-03-03 14:00', afterwards)).toEqual(['2026-03-03 13:30']);
    expect(warnings('2026-03-03 12:00', afterwards)).toEqual(['2026-03-03 13:30']);
  });

  it('changes nothing for a ticket that is closed, nor when it is older than the one in force', () => {
    const closed = inWork(3).when('2026-03-02 10:00', complete()).until('2026-03-03 10:00');
    expect(closed.refuses('2026-03-03 11:00', publish(tuesdayOff))).toBe('ticket-closed');
    const scenario = inWork(3).when('2026-03-02 12:00', publish(changed({}, 3)));
    const before = scenario.ticket;
    expect(scenario.when('2026-03-02 13:00', publish(tuesdayOff)).ticket).toBe(before);
    expect(scenario.when('2026-03-02 13:00', publish(changed({}, 3))).ticket).toBe(before);
  });

  it('counts while the clock is paused too', () => {
    const scenario = inWork(3)
      .when('2026-03-02 10:00', escalate())
      .when('2026-03-02 12:00', publish(tuesdayOff))
      .when('2026-03-02 17:00', returnToWork());
    expect(scenario.dueAt()).toBe('2026-03-05 16:00');
  });
});

describe('a calendar that is learned of late (readings 10 and 20)', () => {
  it('removes a breach recorded in between: it stays in the history as superseded and counts no longer', () => {
    const scenario = inWork(3).learns('2026-03-04 08:00', '2026-03-02 20:00', publish(tuesdayOff));
    expect(scenario.the('calendar-changed').superseded).toEqual([instant('2026-03-03 18:00')]);
    expect(scenario.breaches()).toEqual(['time: due 2026-03-03 18:00, known 2026-03-03 18:00, superseded']);
    expect(scenario.breachedAt()).toBeNull();
    expect(scenario.dueAt()).toBe('2026-03-04 18:00');
  });

  it('lets the moved deadline warn and breach anew', () => {
    const scenario = inWork(3)
      .learns('2026-03-04 08:00', '2026-03-02 20:00', publish(tuesdayOff))
      .until('2026-03-04 18:00');
    expect(scenario.breachedAt()).toBe('2026-03-04 18:00');
    expect(scenario.happened('resolution-warned').map(({ at }) => wallClock(at))).toEqual([
      '2026-03-03 13:30',
      '2026-03-04 13:30',
    ]);
  });

  for (const [published, superseded] of [
    ['2026-03-03 17:59:59.999', true],
    ['2026-03-03 18:00', false],
  ] as const) {
    it(`published at ${published} it ${superseded ? 'removes' : 'keeps'} the breach of 18:00 that day`, () => {
      const longTuesday = changed({ overrides: [hoursOn('2026-03-03', ['09:00-17:30'])] });
      const scenario = inWork(3).learns('2026-03-04 08:00', published, publish(longTuesday));
      expect(scenario.breachedAt()).toBe(superseded ? null : '2026-03-03 18:00');
    });
  }

  it('keeps the breach that it does not touch', () => {
    const elsewhere = changed({ holidays: [holidayOn('2026-08-31')] });
    const scenario = inWork(3).learns('2026-03-04 08:00', '2026-03-02 20:00', publish(elsewhere));
    expect(scenario.breaches()).toEqual(['time: due 2026-03-03 18:00, known 2026-03-03 18:00']);
    expect(scenario.the('calendar-changed').superseded).toEqual([]);
  });

  it('removes it also while the clock is paused now', () => {
    const scenario = inWork(3)
      .when('2026-03-03 19:00', ask())
      .learns('2026-03-04 12:00', '2026-03-02 20:00', publish(tuesdayOff));
    expect(scenario.breachedAt()).toBeNull();
    expect(scenario.when('2026-03-04 13:00', message('answer')).dueAt()).toBe('2026-03-05 13:00');
  });

  it('removes no breach of a level that it never counted', () => {
    const scenario = inWork(1, { receivedAt: '2026-03-02 18:00' })
      .when('2026-03-03 08:00', classify(3))
      .learns('2026-03-03 12:00', '2026-03-02 20:00', publish(tuesdayOff));
    expect(scenario.breaches()).toEqual(['time: due 2026-03-02 23:00, known 2026-03-02 23:00']);
  });

  it('finds the breach that it puts between its publication and now, with its cause', () => {
    const scenario = inWork(3, { receivedAt: '2026-03-06 09:00' }).learns(
      '2026-03-09 08:00',
      '2026-03-06 20:00',
      publish(saturdayWorked),
    );
    expect(scenario.breaches()).toEqual(['calendar: due 2026-03-07 18:00, known 2026-03-09 08:00']);
    expect(scenario.the('resolution-breached').at).toBe(instant('2026-03-07 18:00'));
    expect(scenario.until('2026-03-10 18:00').told('resolution-breach', 'resolution-warning')).toEqual([
      'resolution-breach on-duty',
    ]);
  });

  it('finds it also behind a pause that began and ended in between', () => {
    const scenario = inWork(3, { receivedAt: '2026-03-06 09:00' })
      .when('2026-03-07 19:00', ask())
      .when('2026-03-08 12:00', message('answer'))
      .learns('2026-03-09 08:00', '2026-03-06 20:00', publish(saturdayWorked));
    expect(scenario.breaches()).toEqual(['calendar: due 2026-03-07 18:00, known 2026-03-09 08:00']);
  });

  it('finds none where the Saturday ended with the limit and the client was asked right then', () => {
    const scenario = inWork(3, { receivedAt: '2026-03-06 09:00' })
      .when('2026-03-07 18:00', ask())
      .learns('2026-03-08 08:00', '2026-03-06 20:00', publish(saturdayWorked));
    expect(scenario.breaches()).toEqual([]);
  });

  it('brings a superseded breach back when a later calendar does', () => {
    const again = workingCalendar({}, 3);
    const scenario = inWork(3)
      .learns('2026-03-04 08:00', '2026-03-02 20:00', publish(tuesdayOff))
      .learns('2026-03-04 08:30', '2026-03-02 21:00', publish(again));
    expect(scenario.breachedAt()).toBe('2026-03-03 18:00');
    expect(scenario.breaches()).toEqual([
      'time: due 2026-03-03 18:00, known 2026-03-03 18:00, superseded',
      'calendar: due 2026-03-03 18:00, known 2026-03-04 08:30',
    ]);
  });

  it('raises the alarm in triage, where there is no breach yet (reading 18)', () => {
    const scenario = receive({ receivedAt: '2026-03-06 09:00', impact: 'minor' }).learns(
      '2026-03-09 08:00',
      '2026-03-06 20:00',
      publish(saturdayWorked),
    );
    expect(scenario.the('resolution-alarmed').dueAt).toBe(instant('2026-03-07 18:00'));
    expect(scenario.breaches()).toEqual([]);
  });
});
