import type { Instant } from './instant.ts';

/** A setting that cannot be used: thrown at start or when a definition is compiled, never while a ticket is handled. */
export class InvalidSetting extends Error {
  override readonly name = 'InvalidSetting';
  /** The name of the setting at fault, as its owner knows it. */
  readonly setting: string;

  constructor(setting: string, reason: string) {
    super(`${setting}: ${reason}`);
    this.setting = setting;
  }
}

/**
 * A question about an instant that the calendar does not cover. Nothing is guessed beyond the horizon, and nothing is
 * clamped to it: the caller has the calendar extended so that it goes past `needed`, and asks again.
 */
export class HorizonExceeded extends Error {
  override readonly name = 'HorizonExceeded';
  /** An instant that the calendar must cover; the answer may lie further off, so extending may be needed again. */
  readonly needed: Instant;
  /** The horizon asked, `[from, to)`. */
  readonly from: Instant;
  readonly to: Instant;

  constructor({ needed, from, to }: { needed: Instant; from: Instant; to: Instant }) {
    super(`the calendar covers ${iso(from)} to ${iso(to)}, and ${iso(needed)} is needed`);
    this.needed = needed;
    this.from = from;
    this.to = to;
  }
}

/** Ends a `switch` over a union: it does not compile while a case is missing, and a value from outside is a bug. */
export function assertNever(value: never): never {
  throw new Error(`unforeseen case: ${JSON.stringify(value)}`);
}

function iso(t: Instant): string {
  return Math.abs(t) <= 8.64e15 ? new Date(t).toISOString() : String(t);
}
