/** Lets at most so many through at once; the others wait in order. */
export class Turnstile {
  readonly #atOnce: number;
  readonly #waiting: (() => void)[] = [];
  readonly #inside = new Set<Promise<unknown>>();

  constructor(atOnce: number) {
    this.#atOnce = atOnce;
  }

  async pass<T>(what: () => Promise<T>): Promise<T> {
    while (this.#inside.size >= this.#atOnce) {
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
      });
    }
    const running = what();
    this.#inside.add(running);
    try {
      return await running;
    } finally {
      this.#inside.delete(running);
      this.#waiting.shift()?.();
    }
  }

  /** Resolves once nobody is inside or waits. */
  async empty(): Promise<void> {
    while (this.#inside.size > 0) await Promise.allSettled(this.#inside);
  }
}
