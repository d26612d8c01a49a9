import { setTimeout as pause } from 'node:timers/promises';
import { MINUTE_MS } from '../../../regulation/instant.ts';
import type { Stack, StackProcess } from '../stack.ts';
import type { Storm } from './storm.ts';

/** What is killed in turn, by the name that the supervisor calls it. */
const TITLES = { worker: 'Worker', api: 'API', temporal: 'Temporal', postgres: 'PostgreSQL' } as const;

/** Kills each of the four so many times, in an order and at moments of the seed, and waits until each is back. */
export async function killInTurn(stack: Stack, storm: Storm, { timesEach }: { timesEach: number }): Promise<void> {
  const { random } = storm;
  const names = Object.keys(TITLES) as (keyof typeof TITLES)[];
  const times = new Map<StackProcess, number>();
  for (const name of random.shuffled(Array.from({ length: timesEach }, () => names).flat())) {
    const time = (times.get(name) ?? 0) + 1;
    times.set(name, time);
    await pause(random.between(1_000, 4_000));
    if (name === 'worker') await dueSoon(storm);
    const killedAt = Date.now();
    stack.kill(name);
    const isBack = new AbortController();
    const falling = name === 'worker' ? fallDue(storm, isBack.signal) : Promise.resolve();
    await Promise.all([stack.isBack(TITLES[name], time).finally(() => isBack.abort()), falling]);
    storm.record.killings.push({ process: name, killedAt, backAt: Date.now() });
  }
}

/**
 * Brings requests whose first response falls due within the next seconds (§2.6), until some were accepted before that;
 * tells when the last one falls due.
 */
export async function dueSoon(storm: Storm): Promise<number> {
  for (;;) {
    const last = 4_000;
    const lastDueAt = Date.now() + last;
    await Promise.all(
      [500, 1_000, 1_500, 2_500, last].map((ms) => storm.brings({ channel: 'email', receivedAt: dueIn(ms) })),
    );
    if (Date.now() < lastDueAt - 500) return lastDueAt;
  }
}

/** First responses fall due one after another, until told to end. */
async function fallDue(storm: Storm, signal: AbortSignal): Promise<void> {
  for (; !signal.aborted; await pause(200)) await storm.brings({ channel: 'email', receivedAt: dueIn(100) });
}

function dueIn(ms: number): number {
  return Date.now() - 15 * MINUTE_MS + ms;
}
