import { beforeAll, describe, expect, it } from '@jest/globals';
import { DeterminismViolationError } from '@temporalio/workflow';
import type { WorkflowBundleWithSourceMap } from '@temporalio/worker';

import { keptHistories, recordedIn, replay, replayBundle } from '../support/ticket-replay.ts';
import { TICKET_LIVES } from '../support/ticket-lives.ts';

let bundle: WorkflowBundleWithSourceMap;
beforeAll(async () => {
  bundle = await replayBundle('../../workflows/ticket.ts');
});

describe('histories that are kept', () => {
  const kept = keptHistories();

  it('go every path (npm run histories:record)', () => {
    const paths = Object.keys(TICKET_LIVES).map((name) => name.replaceAll(/\W+/g, '-'));
    expect(kept.map(({ name }) => name).sort()).toEqual(paths.sort());
  });

  for (const { name, history } of kept) {
    it(`are replayed, and would record today what they recorded then: ${name}`, async () => {
      expect(await replay(history, bundle)).toEqual(recordedIn(history));
    });
  }
});

describe('the replay', () => {
  it('catches a workflow that does something else', async () => {
    const changed = await replayBundle('./workflow-variants/asks-twice.ts');
    const [first] = keptHistories();
    await expect(replay(first!.history, changed)).rejects.toThrow(DeterminismViolationError);
  });

  it('catches rules that decide something else, which Temporal alone does not see', async () => {
    const changed = await replayBundle('./workflow-variants/warns-late.ts');
    const { history } = keptHistories().find(({ name }) => name === 'late-at-every-limit')!;
    expect(await replay(history, changed)).not.toEqual(recordedIn(history));
  });
});
