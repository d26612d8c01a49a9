import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { stackPlace, until } from '../support/stack.ts';
import type { Stack, StackPlace } from '../support/stack.ts';
import { processesOf } from '../support/stack-processes.ts';
import { blow, UNLIMITED } from '../support/storm/blow.ts';
import { gathered, quiet } from '../support/storm/evidence.ts';
import type { Evidence } from '../support/storm/evidence.ts';
import { extentOf } from '../support/storm/extent.ts';
import { dueSoon } from '../support/storm/killings.ts';
import { objectionsTo } from '../support/storm/objections.ts';
import { SeededRandom } from '../support/storm/seeded-random.ts';
import { Storm } from '../support/storm/storm.ts';

const SEED = Number(process.env['STORM_SEED'] ?? 20_261_124);
const MIDDLE_WITHIN_MS = 120_000;

let place: StackPlace;
let stack: Stack;

beforeAll(async () => {
  place = await stackPlace(UNLIMITED);
  stack = await place.start();
}, 300_000);
afterAll(() => place.remove());

describe('everything killed at once in the middle of a stream', () => {
  let evidence: Evidence;

  beforeAll(async () => {
    const { api } = stack.addresses;
    const storm = await Storm.over({ api, dataFolder: place.dataFolder }, new SeededRandom(SEED));
    const { record } = storm;
    await blow(storm, async () => {
      await until(() => record.accepted.length >= 15 && record.commanded.length >= 15, {
        withinMs: MIDDLE_WITHIN_MS,
        what: () => `the storm does not begin: ${record.accepted.length} messages, ${record.commanded.length} acts`,
      });
      const lastDueAt = await dueSoon(storm);
      const killedAt = Date.now();
      await stack.killAll();
      await pause(Math.max(0, lastDueAt - Date.now()) + 1);
      stack = await place.start();
      record.killings.push({ process: 'everything', killedAt, backAt: Date.now() });
    });
    await quiet(stack);
    evidence = await gathered({ stack, dataFolder: place.dataFolder, asked: record });
  }, 600_000);

  it('is gone on with at the next start: nothing lost, nothing doubled, deadlines at their own instants', () => {
    expect(objectionsTo(evidence)).toEqual([]);
  });

  it('has fallen on calls under way, and on deadlines', () => {
    expect(evidence.asked.repeats).toBeGreaterThan(0);
    expect(extentOf(evidence)['first responses that fell due while no worker was there']).toBeGreaterThan(0);
  });
});

describe('npm start', () => {
  it('says so when the system is running already, and leaves it alone', async () => {
    const supervisor = stack.pidOf('supervisor');
    const { code, output } = await place.startAnother();
    expect(code).toBe(0);
    expect(output).toContain(`It is already running (process ${supervisor}).`);
    expect(output).toContain(stack.addresses.api);
    expect((await fetch(`${stack.addresses.api}/health/ready`)).status).toBe(200);
  });

  it('leaves nothing running when its supervisor alone is killed', async () => {
    stack.kill('supervisor');
    await stack.gone();
    expect(processesOf(place.dataFolder)).toEqual([]);
  }, 120_000);

  it('ends what was left when its supervisor and its guard were killed together', async () => {
    stack = await place.start();
    const orphan = stack.pidOf('api');
    const supervisor = stack.pidOf('supervisor');
    const guard = stack.pidOf('guard');
    for (const pid of [supervisor, guard]) process.kill(pid, 'SIGKILL');
    await until(() => processesOf(place.dataFolder).every(({ pid }) => pid !== supervisor && pid !== guard), {
      withinMs: 60_000,
      what: () => 'the killed do not die',
    });
    expect(processesOf(place.dataFolder).map(({ pid }) => pid)).toContain(orphan);
    stack = await place.start();
    expect(processesOf(place.dataFolder).map(({ pid }) => pid)).not.toContain(orphan);
    expect((await fetch(`${stack.addresses.api}/health/ready`)).status).toBe(200);
    expect(await stack.stop()).toBe(0);
    await stack.gone();
  }, 300_000);
});
