import type { NoticeFate } from '../activities/ticket-activities.ts';
import type { Instant } from '../regulation/instant.ts';
import type { Notice } from '../regulation/notices.ts';

/** A notice whose fate is not known yet, and since when it has been tried; null before its first try. */
export interface Unsettled {
  notice: Notice;
  since: Instant | null;
}

/** Hands notices to their channels, beside the loop: a dead channel never holds a clock. */
export class Sender {
  readonly #send: (notice: Notice, since: Instant) => Promise<NoticeFate>;
  readonly #onFate: (notice: Notice, fate: NoticeFate) => void;
  readonly #unsettled: Map<string, Unsettled>;
  readonly #running = new Set<string>();

  constructor({
    unsettled,
    send,
    onFate,
  }: {
    /** What an earlier run has left; it is started again under the same keys. */
    unsettled: readonly Unsettled[];
    /** Resolves when the fate is known; a failure that lasts is a fate, not an error. */
    send: (notice: Notice, since: Instant) => Promise<NoticeFate>;
    onFate: (notice: Notice, fate: NoticeFate) => void;
  }) {
    this.#send = send;
    this.#onFate = onFate;
    this.#unsettled = new Map(unsettled.map((one) => [one.notice.id, one]));
  }

  get unsettled(): Unsettled[] {
    return [...this.#unsettled.values()];
  }

  get isRunning(): boolean {
    return this.#running.size > 0;
  }

  owe(notices: readonly Notice[]): void {
    for (const notice of notices) this.#unsettled.set(notice.id, { notice, since: null });
  }

  /** Starts every notice whose row is in the database and that is not on its way already. */
  start(recordedVersion: number, now: Instant): void {
    for (const { notice, since } of this.#unsettled.values()) {
      if (notice.version > recordedVersion || this.#running.has(notice.id)) continue;
      this.#running.add(notice.id);
      void this.#settle(notice, since ?? now);
    }
  }

  async #settle(notice: Notice, since: Instant): Promise<void> {
    this.#unsettled.set(notice.id, { notice, since });
    const fate = await this.#send(notice, since);
    this.#running.delete(notice.id);
    this.#unsettled.delete(notice.id);
    this.#onFate(notice, fate);
  }
}
