import { describe, expect, it } from '@jest/globals';

import { clocksOf } from '../../regulation/explain.ts';
import { inWork, instant, receive, wallClock } from '../support/scenario.ts';
import {
  absorb,
  ask,
  classify,
  complete,
  escalate,
  linkClient,
  message,
  note,
  postpone,
  reply,
  returnToWork,
} from '../support/tickets.ts';

describe('triage (§2.5, reading 18)', () => {
  it('ends by classifying, which needs a product', () => {
    const scenario = receive({ productId: null });
    expect(scenario.refuses('2026-03-02 09:05', classify(3))).toBe('product-required');
    scenario.when('2026-03-02 09:06', classify(3, { productId: 'siroca-mis', impact: 'minor', affectedUsers: 12 }));
    expect(scenario.ticket).toMatchObject({
      status: 'work',
      severity: 3,
      productId: 'siroca-mis',
      impact: 'minor',
      affectedUsers: 12,
    });
    expect(scenario.the('classified')).toMatchObject({ previousSeverity: null, clause: '2.5' });
    expect(scenario.told('classified')).toEqual(['classified client']);
    expect(scenario.notices.find(({ kind }) => kind === 'classified')?.dueAt).toBe(instant('2026-03-03 18:00'));
  });

  it('keeps what the request said of impact and users where the specialist says nothing', () => {
    const scenario = receive({ impact: 'stopped', affectedUsers: 40 }).when('2026-03-02 09:05', classify(1));
    expect(scenario.ticket).toMatchObject({ impact: 'stopped', affectedUsers: 40 });
  });

  it('lets reply and ask; completing, escalating, putting off and returning wait for the level', () => {
    const scenario = receive().when('2026-03-02 09:01', reply()).when('2026-03-02 09:02', ask());
    expect(scenario.ticket.status).toBe('triage');
    for (const move of [complete(), escalate(), postpone(), returnToWork()]) {
      expect(scenario.refuses('2026-03-02 09:03', move)).toBe('wrong-status');
    }
    expect(scenario.when('2026-03-02 09:04', message('answer')).the('message-received').effect).toBe('none');
  });

  it('tells everyone at once of a request whose impact is critical', () => {
    expect(receive({ impact: 'stopped' }).told('critical-received', 'receipt')).toEqual([
      'receipt client',
      'critical-received on-duty',
    ]);
    expect(receive({ impact: 'degraded' }).told('critical-received')).toEqual([]);
  });
});

describe('provisional deadlines in triage (reading 18)', () => {
  for (const [impact, warned, alarmed] of [
    ['stopped', '2026-03-02 12:45', '2026-03-02 14:00'],
    ['degraded', '2026-03-02 15:00', '2026-03-02 17:00'],
    ['minor', '2026-03-03 13:30', '2026-03-03 18:00'],
    ['reporting', '2026-03-05 15:45', '2026-03-06 18:00'],
    [null, '2026-03-02 15:00', '2026-03-02 17:00'],
  ] as const) {
    it(`are those of the proposed level for ${impact ?? 'no known impact'}, with an alarm and no breach`, () => {
      const scenario = receive({ impact }).until('2026-03-10 18:00');
      expect(scenario.happened('resolution-warned').map(({ at, provisional }) => [wallClock(at), provisional])).toEqual(
        [[warned, true]],
      );
      expect(wallClock(scenario.the('resolution-alarmed').at)).toBe(alarmed);
      expect(scenario.breaches()).toEqual([]);
      const { resolution } = clocksOf(scenario.ticket, scenario.calendar, instant(alarmed));
      expect(resolution).toMatchObject({ provisional: true, dueAt: instant(alarmed), remainingMs: 0 });
    });
  }

  it('are shown as final once classified', () => {
    expect(clocksOf(inWork(3).ticket, inWork(3).calendar, instant('2026-03-02 10:00')).resolution.provisional).toBe(
      false,
    );
    expect(
      inWork(1)
        .until('2026-03-02 14:00')
        .happened('resolution-warned')
        .map(({ provisional }) => provisional),
    ).toEqual([false]);
  });

  it('become a breach at classification when they were past', () => {
    const scenario = receive({ impact: 'stopped' }).when('2026-03-02 15:00', classify(1));
    expect(scenario.breaches()).toEqual(['time: due 2026-03-02 14:00, known 2026-03-02 15:00']);
    expect(scenario.told('resolution-alarm', 'resolution-breach')).toEqual([
      'resolution-alarm on-duty',
      'resolution-breach on-duty',
    ]);
  });

  it('are alarmed of once for each value, whatever is done meanwhile', () => {
    const late = receive({ clientId: null, agreements: [] }).when('2026-03-02 18:00', linkClient());
    late.when('2026-03-02 18:05', reply()).when('2026-03-02 18:10', note()).until('2026-03-03 18:00');
    expect(late.happened('resolution-alarmed')).toHaveLength(1);
    const merged = receive()
      .when('2026-03-02 18:00', absorb(1023, { severity: 1 }))
      .when('2026-03-02 18:05', reply());
    expect(merged.happened('resolution-alarmed').map(({ dueAt }) => wallClock(dueAt))).toEqual([
      '2026-03-02 17:00',
      '2026-03-02 14:00',
    ]);
  });

  it('classified at the very instant: the alarm may come first, and the breach still comes', () => {
    const scenario = receive({ impact: 'stopped' }).until('2026-03-02 14:00').when('2026-03-02 14:00', classify(1));
    expect(scenario.happened('resolution-alarmed')).toHaveLength(1);
    expect(scenario.breaches()).toEqual([]);
    expect(scenario.until('2026-03-02 14:00').breaches()).toEqual([
      'time: due 2026-03-02 14:00, known 2026-03-02 14:00',
    ]);
  });

  it('warned of in triage are not warned of again at the same level', () => {
    const scenario = receive({ impact: 'stopped' }).when('2026-03-02 13:00', classify(1)).until('2026-03-02 14:00');
    expect(scenario.happened('resolution-warned')).toHaveLength(1);
    expect(scenario.breaches()).toEqual(['time: due 2026-03-02 14:00, known 2026-03-02 14:00']);
  });
});
