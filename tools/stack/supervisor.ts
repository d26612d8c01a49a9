import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PlainFailure } from '../plain-failure.mjs';
import { Child, describeExit, type ChildPlan } from './child.ts';
import { Guard } from './guard.ts';
import { ProcessList } from './process-list.ts';

const READY_WITHIN_MS = 60_000;
const GRACE_MS = 25_000;
/** How long to wait before each further attempt to bring a process back; the last one goes on for ever. */
const AGAIN_AFTER_MS = [0, 500, 1_000, 2_000, 5_000];
/** A process that has served this long begins with a clean slate. */
const SETTLED_AFTER_MS = 60_000;

/**
 * Starts processes one after the other, brings back each that ends by itself, and stops all of them in reverse order.
 * None of them survives this process.
 */
export class Supervisor {
  readonly #logs: string;
  readonly #say: (line: string) => void;
  readonly #guard = new Guard();
  readonly #list: ProcessList;
  readonly #running = new Map<string, Child>();
  readonly #stopping = new AbortController();
  readonly #watches: Promise<void>[] = [];

  constructor(dataFolder: string, say: (line: string) => void) {
    this.#logs = path.join(dataFolder, 'logs');
    this.#say = say;
    this.#list = new ProcessList(dataFolder);
  }

  /** Settles what an earlier stack left, and takes its place. */
  async begin(): Promise<void> {
    await this.#list.endLeftovers();
    this.#list.add('supervisor', process.pid);
    if (this.#guard.pid !== undefined) this.#list.add('guard', this.#guard.pid);
  }

  /** Starts a process and returns once it serves. From then on it is kept alive. Throws once all is to stop. */
  async start(plan: ChildPlan): Promise<void> {
    const child = await this.#launch(plan);
    await child.becomesReady(READY_WITHIN_MS);
    this.#watches.push(this.#keepAlive(child));
  }

  /** Stops everything, the last started first. */
  async stop(): Promise<void> {
    this.#stopping.abort(new PlainFailure('Everything is being stopped.'));
    for (const child of [...this.#running.values()].toReversed()) {
      await child.stop(GRACE_MS);
      this.#list.remove(child.plan.name);
    }
    await Promise.all(this.#watches);
    this.#guard.close();
    this.#list.remove('guard');
    this.#list.remove('supervisor');
  }

  /** Ends everything at once: the guard does it when its pipe closes. */
  abandon(): void {
    this.#guard.close();
  }

  async #launch(plan: ChildPlan): Promise<Child> {
    this.#stopping.signal.throwIfAborted();
    const child = await Child.start(plan, { logs: this.#logs, guard: this.#guard });
    if (this.#stopping.signal.aborted) await child.stop(GRACE_MS);
    this.#stopping.signal.throwIfAborted();
    this.#running.set(plan.name, child);
    this.#list.add(plan.name, child.pid);
    return child;
  }

  async #keepAlive(first: Child): Promise<void> {
    const { plan } = first;
    let child = first;
    let attempts = 0;
    for (;;) {
      const servedFrom = Date.now();
      const exit = await child.ended;
      if (this.#stopping.signal.aborted) return;
      if (Date.now() - servedFrom > SETTLED_AFTER_MS) attempts = 0;
      this.#say(`${plan.title} ended ${describeExit(exit)}: starting it again ...`);
      const back = await this.#bringBack(plan, attempts);
      if (back === null) return;
      ({ child, attempts } = back);
      this.#say(`${plan.title} serves again.`);
    }
  }

  /** Tries until the process serves; null when everything is to stop meanwhile. */
  async #bringBack(plan: ChildPlan, attemptsBefore: number): Promise<{ child: Child; attempts: number } | null> {
    for (let attempts = attemptsBefore; ; attempts += 1) {
      const waitMs = AGAIN_AFTER_MS[Math.min(attempts, AGAIN_AFTER_MS.length - 1)] ?? 0;
      await sleep(waitMs, undefined, { signal: this.#stopping.signal }).catch(() => {});
      if (this.#stopping.signal.aborted) return null;
      try {
        const child = await this.#launch(plan);
        await child.becomesReady(READY_WITHIN_MS);
        return { child, attempts: attempts + 1 };
      } catch (error) {
        if (this.#stopping.signal.aborted) return null;
        this.#say(error instanceof Error ? error.message : String(error));
        await this.#running.get(plan.name)?.stop(GRACE_MS);
      }
    }
  }
}
