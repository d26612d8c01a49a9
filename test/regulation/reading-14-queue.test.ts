import { describe, expect, it } from '@jest/globals';

import { effectiveSeverity } from '../../regulation/resolution.ts';
import { inWork, instant, receive } from '../support/scenario.ts';
import { ask, assign, classify, complete, ENGINEER, OTHER_AGENT, putAhead, take } from '../support/tickets.ts';

describe('the level by which a ticket stands in the queue (reading 14)', () => {
  for (const [impact, level] of [
    ['stopped', 1],
    ['degraded', 2],
    ['minor', 3],
    ['consultation', 3],
    ['reporting', 4],
    [null, 2],
  ] as const) {
    it(`is in triage the proposed one: ${level} for ${impact ?? 'no known impact'} (§2.5)`, () => {
      expect(effectiveSeverity(receive({ impact }).ticket)).toBe(level);
    });
  }

  it('is the assigned one from then on', () => {
    const scenario = receive({ impact: 'stopped' }).when('2026-03-02 09:05', classify(4));
    expect(effectiveSeverity(scenario.ticket)).toBe(4);
  });
});

describe('putting ahead (§2.3)', () => {
  it('is done once, within the level, for a stated reason, in triage and work alone', () => {
    const scenario = inWork(3).when('2026-03-02 10:00', putAhead());
    expect(scenario.ticket).toMatchObject({ putAheadAt: instant('2026-03-02 10:00'), severity: 3 });
    expect(scenario.the('put-ahead')).toMatchObject({ reasonId: 'ahead-reason', clause: '2.3' });
    expect(scenario.refuses('2026-03-02 10:01', putAhead())).toBe('already-ahead');
    expect(receive().when('2026-03-02 09:01', putAhead()).ticket.putAheadAt).toBe(instant('2026-03-02 09:01'));
    expect(inWork(3).when('2026-03-02 10:00', ask()).refuses('2026-03-02 10:01', putAhead())).toBe('wrong-status');
  });

  it('moves no deadline', () => {
    expect(inWork(3).when('2026-03-02 10:00', putAhead()).dueAt()).toBe('2026-03-03 18:00');
  });
});

describe('taking and assigning', () => {
  it('takes a ticket for oneself once: the second specialist is refused', () => {
    const scenario = inWork(3).when('2026-03-02 10:00', take());
    expect(scenario.ticket.assigneeId).toBe('agent-1');
    expect(scenario.refuses('2026-03-02 10:00', take({ actor: OTHER_AGENT }))).toBe('already-assigned');
    expect(scenario.told('assigned')).toEqual([]);
  });

  it('hands it over, tells the new assignee, and gives it back to the queue', () => {
    const scenario = inWork(3).when('2026-03-02 10:00', take()).when('2026-03-02 10:05', assign('agent-2'));
    expect(scenario.happened('assigned').at(-1)).toMatchObject({
      staffId: 'agent-2',
      previousId: 'agent-1',
      how: 'given',
    });
    expect(scenario.told('assigned')).toEqual(['assigned assignee']);
    expect(scenario.refuses('2026-03-02 10:06', assign('agent-2'))).toBe('already-assigned');
    scenario.when('2026-03-02 10:07', assign(null));
    expect(scenario.ticket.assigneeId).toBeNull();
    expect(scenario.told('assigned')).toHaveLength(1);
    expect(scenario.when('2026-03-02 10:08', take({ actor: OTHER_AGENT })).ticket.assigneeId).toBe('agent-2');
  });

  it('cannot be taken by an engineer, who is no specialist', () => {
    expect(inWork(3).refuses('2026-03-02 10:00', take({ actor: ENGINEER }))).toBe('wrong-role');
  });

  it('is possible to the end: a completed ticket may change hands', () => {
    expect(inWork(3).when('2026-03-02 10:00', complete()).when('2026-03-02 10:01', take()).ticket.assigneeId).toBe(
      'agent-1',
    );
  });
});
