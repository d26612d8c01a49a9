import type { NoticeFate } from '../activities/ticket-activities.ts';
import type { Notice } from '../regulation/notices.ts';

/** Hands notices to their channels, beside the loop: a dead channel never holds a clock. */
export class Sender {
  readonly #send: (notice: Notice) => Promise<NoticeFate>;
  readonly #onFate: (notice: Notice, fate: NoticeFate) => void;
  readonly #unsettled = new Map<string, Notice>();
  readonly #running = new Set<string>();

  constructor({
    unsettled,
    send,
    onFate,
  }: {
    unsettled: readonly Notice[];
    /** Resolves when the fate is known; a failure that lasts is a fate, not an error. */
    send: (notice: Notice) => Promise<NoticeFate>;
    onFate: (notice: Notice, fate: NoticeFate) => void;
  }) {
    this.#send = send;
    this.#onFate = onFate;
    this.owe(unsettled);
  }

  /** Notices whose fate is not known yet. */
  get unsettled(): Notice[] {
    return [...this.#unsettled.values()];
  }

  get isRunning(): boolean {
    return this.#running.size > 0;
  }

  owe(notices: readonly Notice[]): void {
    for (const notice of notices) this.#unsettled.set(notice.id, notice);
  }

  /** Starts every notice whose row is in the database and that is not on its way already. */
  start(recordedVersion: number): void {
    for (const notice of this.#unsettled.values()) {
      if (notice.version > recordedVersion || this.#running.has(notice.id)) continue;
      this.#running.add(notice.id);
      void this.#settle(notice);
    }
  }

  async #settle(notice: Notice): Promise<void> {
    const fate = await this.#send(notice);
    this.#running.delete(notice.id);
    this.#unsettled.delete(notice.id);
    this.#onFate(notice, fate);
  }
}
