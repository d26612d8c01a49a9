import type { Instant } from '../regulation/instant.ts';

/**
 * Counts failures by name (an account, a source) over a sliding window, in this process's memory. It holds back
 * guessing; it is no record.
 */
export class FailedAttempts {
  readonly #most: number;
  readonly #windowMs: number;
  readonly #failures = new Map<string, Instant[]>();

  constructor({ most, windowMs }: { most: number; windowMs: number }) {
    this.#most = most;
    this.#windowMs = windowMs;
  }

  /** Seconds to wait before another attempt is heard, or null. */
  waitSeconds(name: string, now: Instant): number | null {
    const recent = this.#recent(name, now);
    const [oldest] = recent;
    if (oldest === undefined || recent.length < this.#most) return null;
    return Math.max(1, Math.ceil((oldest + this.#windowMs - now) / 1_000));
  }

  failed(name: string, now: Instant): void {
    if (this.#failures.size >= MOST_NAMES) this.#forgetOld(now);
    this.#failures.set(name, [...this.#recent(name, now), now].slice(-this.#most));
  }

  succeeded(name: string): void {
    this.#failures.delete(name);
  }

  #recent(name: string, now: Instant): Instant[] {
    return (this.#failures.get(name) ?? []).filter((at) => at > now - this.#windowMs);
  }

  #forgetOld(now: Instant): void {
    for (const name of this.#failures.keys()) {
      if (this.#recent(name, now).length === 0) this.#failures.delete(name);
    }
    // Full of fresh names: an attack by many names. The oldest go, so that memory stays bounded.
    for (const name of this.#failures.keys()) {
      if (this.#failures.size < MOST_NAMES) return;
      this.#failures.delete(name);
    }
  }
}

const MOST_NAMES = 10_000;
