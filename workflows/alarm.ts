import { CancellationScope, isCancellation, sleep } from '@temporalio/workflow';
import type { Instant } from '../regulation/instant.ts';

/**
 * The ticket's one timer. An armed timer is kept when the new deadline is later: ringing early only wakes the loop,
 * which arms it anew, and most deadlines are moved away long before they fall due.
 */
export class Alarm {
  #armed: { at: Instant; scope: CancellationScope } | null = null;
  #rang = false;

  /** Has it rung since the last arming? */
  get rang(): boolean {
    return this.#rang;
  }

  /**
   * Rings once the instant has passed: an act at the deadline's own instant is still in time (reading 3).
   * Without an instant a timer that runs is left to run out.
   */
  arm(at: Instant | null, summary: () => string): void {
    this.#rang = false;
    if (at === null || (this.#armed !== null && this.#armed.at <= at)) return;
    this.cancel();
    const scope = new CancellationScope();
    this.#armed = { at, scope };
    const delayMs = Math.max(1, at + 1 - Date.now());
    void scope.run(() => sleep(delayMs, { summary: summary() })).then(() => this.#ring(scope), unlessCancelled);
  }

  cancel(): void {
    this.#armed?.scope.cancel();
    this.#armed = null;
  }

  #ring(scope: CancellationScope): void {
    if (this.#armed?.scope !== scope) return;
    this.#armed = null;
    this.#rang = true;
  }
}

function unlessCancelled(error: unknown): void {
  if (!isCancellation(error)) throw error;
}
