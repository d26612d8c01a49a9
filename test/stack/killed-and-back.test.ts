import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { JsonHistory } from '../support/history-payloads.ts';
import { stackPlace } from '../support/stack.ts';
import type { StackPlace } from '../support/stack.ts';
import { blow, UNLIMITED } from '../support/storm/blow.ts';
import { gathered, markedHistories, quiet } from '../support/storm/evidence.ts';
import type { Evidence } from '../support/storm/evidence.ts';
import { extentOf } from '../support/storm/extent.ts';
import { killInTurn } from '../support/storm/killings.ts';
import { objectionsTo } from '../support/storm/objections.ts';
import { PLANTED_FAULTS } from '../support/storm/planted-faults.ts';
import { SeededRandom } from '../support/storm/seeded-random.ts';
import { Storm } from '../support/storm/storm.ts';
import { recordedIn, replay, replayBundle } from '../support/ticket-replay.ts';

/** STORM_SEED gives another storm. */
const SEED = Number(process.env['STORM_SEED'] ?? 20_230_331);

let place: StackPlace;
let evidence: Evidence;
let marked: JsonHistory[];

beforeAll(async () => {
  place = await stackPlace(UNLIMITED);
  const stack = await place.start();
  const storm = await Storm.over({ api: stack.addresses.api, dataFolder: place.dataFolder }, new SeededRandom(SEED));
  await blow(storm, () => killInTurn(stack, storm, { timesEach: 2 }));
  await quiet(stack);
  const { unanswered, silent, unconfirmed, unsolved } = storm.record.left;
  await Promise.all([
    ...unanswered.slice(0, 3).map((number) => storm.advance(number, 'PT20M')),
    ...silent.slice(0, 3).map((number) => storm.advance(number, 'P21D')),
    ...unconfirmed.slice(0, 3).map((number) => storm.advance(number, 'P2D')),
    ...unsolved.slice(0, 3).map((number) => storm.advance(number, 'P21D')),
  ]);
  await quiet(stack);
  evidence = await gathered({ stack, dataFolder: place.dataFolder, asked: storm.record });
  marked = await markedHistories(stack, 25);
}, 900_000);
afterAll(() => place.remove());

describe('a stream of requests, answers and acts, while worker, API, Temporal and PostgreSQL are killed in turn', () => {
  it('loses nothing, doubles nothing, and has each deadline at its own instant', () => {
    expect(objectionsTo(evidence)).toEqual([]);
  });

  it('has had everything in it that it is to prove', () => {
    expect(Object.entries(extentOf(evidence)).filter(([, times]) => times === 0)).toEqual([]);
  });

  it('leaves histories that replay, also where a killed worker has left its mark', async () => {
    const bundle = await replayBundle('../../workflows/ticket.ts');
    expect(marked.length).toBeGreaterThan(0);
    for (const history of marked) expect(await replay(history, bundle)).toEqual(recordedIn(history));
  }, 120_000);

  it.each(PLANTED_FAULTS)('would not pass if $fault', ({ plant, objection }) => {
    const planted = structuredClone(evidence);
    plant(planted);
    expect(objectionsTo(planted).join('\n')).toMatch(objection);
  });
});
