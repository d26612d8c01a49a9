import { describe, expect, it } from '@jest/globals';

import { holidayOn, workingCalendar } from '../support/calendars.ts';
import { inWork, instant } from '../support/scenario.ts';
import type { Scenario } from '../support/scenario.ts';
import { automaticReply, complete, confirm, delivered, disagree, judge, message } from '../support/tickets.ts';

const byHand = { handsOver: 'by-hand' } as const;

/** Completed on Monday at 10:00 with information, and not told yet. */
function completed(): Scenario {
  return inWork(3, byHand).when('2026-03-02 10:00', complete());
}

/** The same, told at 10:05. */
function told(): Scenario {
  const scenario = completed();
  return scenario.when('2026-03-02 10:05', delivered(scenario.notice('completion')));
}

describe('the confirmation window (§3.7, reading 7)', () => {
  it('runs 24 hours from the moment the client was told, not from the completion', () => {
    const scenario = told();
    expect(scenario.ticket).toMatchObject({ status: 'awaiting-confirmation', toldAt: instant('2026-03-02 10:05') });
    expect(scenario.next()).toBe('confirmation-limit at 2026-03-03 10:05');
    expect(scenario.until('2026-03-03 10:04:59.999').ticket.status).toBe('awaiting-confirmation');
    scenario.until('2026-03-03 10:05');
    expect(scenario.ticket).toMatchObject({
      status: 'closed',
      closedBecause: 'no-answer',
      outcome: 'information-provided',
      closedAt: instant('2026-03-03 10:05'),
    });
    expect(scenario.told('closed-no-answer')).toEqual(['closed-no-answer client']);
  });

  it('runs over nights, weekends and holidays: the hours are consecutive', () => {
    const calendar = workingCalendar({ holidays: [holidayOn('2026-03-07')] });
    const scenario = inWork(3, { calendar }).when('2026-03-06 17:59', complete()).until('2026-03-07 17:59');
    expect(scenario.ticket.status).toBe('closed');
  });

  it('does not run while he has not been told', () => {
    const scenario = completed().until('2026-03-20 10:00');
    expect(scenario.ticket.status).toBe('completed');
    expect(scenario.next()).toBeNull();
  });

  it('is recorded at its own instant, however late a worker comes', () => {
    const scenario = told().workersReturn('2026-03-05 12:00');
    expect(scenario.the('closed')).toMatchObject({
      at: instant('2026-03-03 10:05'),
      knownAt: instant('2026-03-05 12:00'),
    });
  });
});

describe('an explicit confirmation (reading 7)', () => {
  for (const at of ['2026-03-02 10:05', '2026-03-03 10:04:59.999', '2026-03-03 10:05']) {
    it(`closes at once at ${at}, the last instant of the window included`, () => {
      const scenario = told().when(at, confirm('yes'));
      expect(scenario.ticket).toMatchObject({
        status: 'closed',
        closedBecause: 'confirmed',
        outcome: 'information-provided',
        closedAt: instant(at),
      });
      expect(scenario.the('closed').messageId).toBe('yes');
      expect(scenario.told('closed-confirmed')).toEqual(['closed-confirmed client']);
    });
  }

  it('closes also before the letter was handed over', () => {
    expect(completed().when('2026-03-02 10:01', confirm('yes')).ticket).toMatchObject({ closedBecause: 'confirmed' });
  });

  it('closes whatever else is open: an unjudged message, a disagreement without a reason', () => {
    const scenario = told()
      .when('2026-03-02 11:00', message('thanks'))
      .when('2026-03-02 11:10', disagree('no', { hasReason: false }))
      .when('2026-03-02 11:20', confirm('yes'));
    expect(scenario.ticket).toMatchObject({ status: 'closed', closedBecause: 'confirmed' });
  });

  it('is an ordinary message before completion', () => {
    const scenario = inWork(3).when('2026-03-02 10:00', confirm('early'));
    expect(scenario.ticket.status).toBe('work');
    expect(scenario.the('message-received').effect).toBe('none');
    expect(scenario.told('client-wrote')).toEqual(['client-wrote on-duty']);
  });
});

describe('an explicit disagreement (reading 7)', () => {
  it('with a reason puts the ticket back to work, and the client and staff are told', () => {
    const scenario = told().when('2026-03-03 10:05', disagree('no'));
    expect(scenario.ticket.status).toBe('work');
    expect(scenario.told('back-to-work', 'client-disagreed')).toEqual([
      'back-to-work client',
      'client-disagreed on-duty',
    ]);
  });

  it('without a reason is asked for it, and the window goes on unmoved', () => {
    const scenario = told().when('2026-03-02 20:00', disagree('no', { hasReason: false }));
    expect(scenario.ticket.status).toBe('awaiting-confirmation');
    expect(scenario.told('reason-asked')).toEqual(['reason-asked client']);
    expect(scenario.next()).toBe('confirmation-limit at 2026-03-03 10:05');
    expect(scenario.until('2026-03-03 10:05').ticket).toMatchObject({ closedBecause: 'no-answer' });
  });

  it('is an ordinary message before completion', () => {
    const scenario = inWork(3).when('2026-03-02 10:00', disagree('early'));
    expect(scenario.the('message-received').effect).toBe('none');
  });

  it('before he was told puts it back to work too', () => {
    expect(completed().when('2026-03-02 10:01', disagree('no')).ticket.status).toBe('work');
  });
});

describe('a message in his own words (reading 7)', () => {
  it('from completion on waits for judgement; a machine’s mail does not', () => {
    const scenario = completed()
      .when('2026-03-02 10:00', message('at-once'))
      .when('2026-03-02 10:01', automaticReply('out-of-office'));
    expect(scenario.ticket).toMatchObject({
      completion: { unjudged: [{ messageId: 'at-once', receivedAt: instant('2026-03-02 10:00') }] },
    });
    expect(scenario.happened('message-received').map(({ effect }) => effect)).toEqual(['to-be-judged', 'none']);
  });

  it('received before the completion and learned of after it is an ordinary one (reading 20)', () => {
    const scenario = told().learns('2026-03-02 10:30', '2026-03-02 09:59:59.999', message('earlier'));
    expect(scenario.the('message-received').effect).toBe('none');
    expect(scenario.until('2026-03-03 10:05').ticket.status).toBe('closed');
  });

  it('unjudged at the end of the 24 hours raises one alarm and holds the closing', () => {
    const scenario = told().when('2026-03-03 10:05', message('well')).until('2026-03-10 10:00');
    expect(scenario.ticket).toMatchObject({
      status: 'awaiting-confirmation',
      limitPassedAt: instant('2026-03-03 10:05'),
    });
    expect(scenario.told('judgement-overdue')).toEqual(['judgement-overdue on-duty']);
    expect(scenario.next()).toBeNull();
  });

  it('one millisecond too late finds the ticket closed', () => {
    expect(told().refuses('2026-03-03 10:05:00.001', message('late'))).toBe('ticket-closed');
  });

  it('judged as a confirmation closes at the judgement', () => {
    const scenario = told()
      .when('2026-03-02 11:00', message('works, thank you'))
      .when('2026-03-02 15:00', judge('works, thank you', { verdict: 'confirms' }));
    expect(scenario.ticket).toMatchObject({ closedBecause: 'confirmed', closedAt: instant('2026-03-02 15:00') });
    expect(scenario.the('closed').messageId).toBe('works, thank you');
  });

  it('judged as neither within the window lets it go on to its end', () => {
    const scenario = told()
      .when('2026-03-02 11:00', message('a question'))
      .when('2026-03-02 15:00', judge('a question'));
    expect(scenario.ticket.status).toBe('awaiting-confirmation');
    expect(scenario.until('2026-03-03 10:05').ticket).toMatchObject({ closedBecause: 'no-answer' });
  });

  for (const [at, status] of [
    ['2026-03-03 10:05', 'awaiting-confirmation'],
    ['2026-03-03 10:05:00.001', 'closed'],
  ] as const) {
    it(`judged as neither at ${at}, at the end of the 24 hours, leaves the ticket ${status}`, () => {
      const scenario = told().when('2026-03-02 11:00', message('hm')).when(at, judge('hm'));
      expect(scenario.ticket.status).toBe(status);
      expect(scenario.until('2026-03-03 10:06').ticket).toMatchObject({ status: 'closed', closedBecause: 'no-answer' });
    });
  }

  it('several: each must be judged; after the 24 hours the last "neither" closes', () => {
    const scenario = told()
      .when('2026-03-02 11:00', message('one'))
      .when('2026-03-02 12:00', message('two'))
      .when('2026-03-04 09:00', judge('two'));
    expect(scenario.ticket.status).toBe('awaiting-confirmation');
    expect(scenario.when('2026-03-04 09:10', judge('one')).ticket).toMatchObject({ closedBecause: 'no-answer' });
  });

  it('judged as a disagreement counts from its own receipt, and needs a reason', () => {
    const scenario = told().when('2026-03-02 12:00', message('still broken'));
    expect(scenario.refuses('2026-03-02 15:00', judge('still broken', { verdict: 'disagrees' }))).toBe(
      'reason-required',
    );
    scenario.when('2026-03-02 15:00', judge('still broken', { verdict: 'disagrees', reasonId: 'reason' }));
    expect(scenario.ticket.status).toBe('work');
    expect(scenario.dueAt()).toBe('2026-03-04 11:00');
    expect(scenario.told('back-to-work')).toEqual(['back-to-work client']);
  });

  it('judged as a disagreement after the 24 hours puts it back to work all the same', () => {
    const scenario = told()
      .when('2026-03-02 12:00', message('still broken'))
      .when('2026-03-04 12:00', judge('still broken', { verdict: 'disagrees', reasonId: 'reason' }));
    expect(scenario.ticket.status).toBe('work');
    expect(scenario.dueAt()).toBe('2026-03-04 11:00');
  });

  it('judged late over a limit used up meanwhile finds the breach at its own instant, without a warning', () => {
    const scenario = inWork(1)
      .when('2026-03-02 12:00', complete())
      .when('2026-03-02 12:30', message('still broken'))
      .when('2026-03-02 18:00', judge('still broken', { verdict: 'disagrees', reasonId: 'reason' }))
      .until('2026-03-03 18:00');
    expect(scenario.breaches()).toEqual(['resumption: due 2026-03-02 14:30, known 2026-03-02 18:00']);
    expect(scenario.told('resolution-warning')).toEqual([]);
  });

  it('only a message that waits can be judged, and once', () => {
    const scenario = told().when('2026-03-02 11:00', message('hm'));
    expect(scenario.refuses('2026-03-02 11:10', judge('another'))).toBe('nothing-to-judge');
    scenario.when('2026-03-02 11:20', judge('hm'));
    expect(scenario.refuses('2026-03-02 11:30', judge('hm'))).toBe('nothing-to-judge');
  });

  it('may be judged before he was told, too', () => {
    const scenario = completed().when('2026-03-02 10:01', message('ok'));
    scenario.when('2026-03-02 10:02', judge('ok', { verdict: 'confirms' }));
    expect(scenario.ticket).toMatchObject({ closedBecause: 'confirmed' });
  });
});
