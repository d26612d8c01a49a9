/** Remembers the newest entries up to a limit, in the order in which they came; plain data outside, so that it can be carried. */
export class Remembered<V> {
  readonly #entries: Map<string, V>;
  readonly #limit: number;

  constructor(limit: number, entries: readonly (readonly [string, V])[]) {
    this.#limit = limit;
    this.#entries = new Map(entries);
  }

  has(id: string): boolean {
    return this.#entries.has(id);
  }

  get(id: string): V | undefined {
    return this.#entries.get(id);
  }

  add(id: string, value: V): void {
    this.#entries.set(id, value);
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= this.#limit) return;
      this.#entries.delete(oldest);
    }
  }

  entries(): [string, V][] {
    return [...this.#entries];
  }
}
