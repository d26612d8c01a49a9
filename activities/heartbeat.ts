import { asyncLocalStorage } from '@temporalio/activity';
import { SECOND_MS } from '../regulation/instant.ts';

/** Several times within the silence after which the workflow takes the worker for dead (workflows/effects.ts). */
const BEAT_EVERY_MS = 3 * SECOND_MS;

/**
 * An activity that shows that it is still at work, so that what a killed worker was at is begun anew in seconds and not
 * after the longest time that it may take. Outside of a worker nobody listens.
 */
export function withHeartbeat<Arguments extends unknown[], Result>(
  run: (...given: Arguments) => Promise<Result>,
): (...given: Arguments) => Promise<Result> {
  return async (...given) => {
    const context = asyncLocalStorage.getStore();
    const beating = setInterval(() => context?.heartbeat(), BEAT_EVERY_MS);
    try {
      return await run(...given);
    } finally {
      clearInterval(beating);
    }
  };
}
