import { setTimeout as pause } from 'node:timers/promises';
import { intake, LIVES } from './lives.ts';
import type { Storm } from './storm.ts';

const LIVES_AT_ONCE = 6;
/** A breath between one thing and the next: the storm is to last, not to be as dense as the machine allows. */
const BREATH_MS = 400;

/**
 * Lets the storm blow while something happens, and until each life has been lived at least once, however slow the machine;
 * returns once all that was begun has come to its end.
 */
export async function blow(storm: Storm, during: () => Promise<void>): Promise<void> {
  const deck = storm.random.shuffled(LIVES);
  let next = 0;
  const happened = new AbortController();
  const failed = new AbortController();
  const isOver = (): boolean => failed.signal.aborted || (happened.signal.aborted && next >= deck.length);
  const happening = async (): Promise<void> => {
    await during();
    happened.abort();
  };
  const lane = async (what: () => Promise<void>): Promise<void> => {
    for (; !isOver(); await pause(BREATH_MS)) await what();
  };
  const live = (): Promise<void> => {
    const life = deck[next % deck.length];
    next += 1;
    return life === undefined ? Promise.resolve() : life(storm);
  };
  const lanes = [...Array.from({ length: LIVES_AT_ONCE }, () => lane(live)), lane(intake(storm))];
  const all = [happening(), ...lanes];
  for (const one of all) one.catch(() => failed.abort());
  // A failure ends the others first, so that nobody is left calling a stack that is gone.
  await Promise.allSettled(all);
  await Promise.all(all);
}

/** What a stack is to be started with: all of a storm comes from one address. */
export const UNLIMITED = { PUBLIC_REQUESTS_PER_MINUTE: '100000', CLIENT_LINK_REQUESTS_PER_MINUTE: '100000' };
