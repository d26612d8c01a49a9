import { describe, expect, it } from '@jest/globals';

import { inWork } from '../support/scenario.ts';
import { assign, failed } from '../support/tickets.ts';

describe('a notice that could not be handed over', () => {
  it("is announced to staff when it was the client's", () => {
    const scenario = inWork(3);
    scenario.when('2026-03-02 10:00', failed(scenario.notice('classified')));
    expect(scenario.told('notice-undeliverable')).toEqual(['notice-undeliverable on-duty']);
  });

  it("is recorded and announced to nobody when it was staff's, so that no failure owes the next", () => {
    const scenario = inWork(3).when('2026-03-02 10:00', assign('agent-2'));
    scenario.when('2026-03-02 10:01', failed(scenario.notice('assigned')));
    expect(scenario.happened('notice-undeliverable')).toHaveLength(1);
    expect(scenario.told('notice-undeliverable')).toEqual([]);
  });
});
