import { describe, expect, it } from '@jest/globals';

import { POSTPONE_REASONS } from '../../regulation/vocabulary.ts';
import { inWork, instant } from '../support/scenario.ts';
import { ask, complete, escalate, postpone } from '../support/tickets.ts';

describe('postponing (§3.4, reading 22)', () => {
  for (const reason of POSTPONE_REASONS) {
    it(`for ${reason} is recorded and told, and changes neither status nor clock`, () => {
      const scenario = inWork(3);
      const before = scenario.ticket;
      scenario.when('2026-03-02 10:00', postpone({ reason }));
      expect(scenario.ticket).toEqual({ ...before, version: before.version + 1, revision: before.revision + 1 });
      expect(scenario.the('postponed')).toMatchObject({ reason, textId: 'postpone-text', clause: '3.4' });
      expect(scenario.told('postponed')).toEqual(['postponed client']);
      expect(scenario.dueAt()).toBe('2026-03-03 18:00');
    });
  }

  it('leaves a waiting and an escalation as they are, and is no answer to a completion', () => {
    const waiting = inWork(3).when('2026-03-02 10:00', ask()).when('2026-03-02 11:00', postpone());
    expect(waiting.ticket).toMatchObject({
      status: 'waiting-on-client',
      waiting: { silence: { startedAt: instant('2026-03-02 10:00') } },
    });
    const escalated = inWork(3).when('2026-03-02 10:00', escalate()).when('2026-03-02 11:00', postpone());
    expect(escalated.ticket.status).toBe('escalated-to-development');
    expect(inWork(3).when('2026-03-02 10:00', complete()).refuses('2026-03-02 11:00', postpone())).toBe('wrong-status');
  });
});
