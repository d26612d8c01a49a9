import type { Instant } from '../regulation/instant.ts';
import type { Refusal } from '../regulation/refusal.ts';

/** The instants a command carries: its own, and when the ticket learned of it. */
export interface Times {
  at: Instant;
  knownAt: Instant;
}

/** Something that waits to be applied. */
export interface Turn {
  at: Instant;
  /** @throws HorizonExceeded before anything has changed, so that it can be taken again under a longer calendar */
  take: (times: Times) => void;
  /** For acts of staff, who need an answer also when the calendar cannot be made long enough. */
  refuse?: (refusal: Refusal) => void;
  /** A new calendar is what ends the waiting for a longer one, so it does not wait for it. */
  isCalendar?: true;
}

/** What waits to be applied, taken by instants whatever order it came in; of one instant, first come first served (reading 20). */
export class Turns {
  readonly #waiting: Turn[] = [];

  get count(): number {
    return this.#waiting.length;
  }

  add(turn: Turn): void {
    const before = this.#waiting.findLastIndex((other) => other.at <= turn.at);
    this.#waiting.splice(before + 1, 0, turn);
  }

  get next(): Turn | null {
    return this.#waiting[0] ?? null;
  }

  /** Takes a turn and forgets it; one that throws keeps its place. */
  take(turn: Turn, now: Instant): void {
    turn.take({ at: turn.at, knownAt: Math.max(now, turn.at) });
    this.#waiting.splice(this.#waiting.indexOf(turn), 1);
  }

  get calendar(): Turn | null {
    return this.#waiting.find((turn) => turn.isCalendar === true) ?? null;
  }

  /** Answers all who wait for an answer with the same refusal, and says how many they were. */
  refuseAll(refusal: Refusal): number {
    const answered = this.#waiting.filter((turn) => turn.refuse !== undefined);
    for (const turn of answered) {
      turn.refuse?.(refusal);
      this.#waiting.splice(this.#waiting.indexOf(turn), 1);
    }
    return answered.length;
  }
}
