import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Guard } from './guard.ts';
import { PlainFailure } from '../plain-failure.mjs';

/** A log longer than this is put aside (one generation) when its process starts again. */
const LOG_LIMIT_BYTES = 20 * 1024 * 1024;
const READY_POLL_MS = 50;

/** A long-running process of the stack: how to start it, how to see that it serves, how to stop it. */
export interface ChildPlan {
  /** Its key in processes.json and the name of its log. */
  name: string;
  /** As a person says it: `PostgreSQL`. */
  title: string;
  file: string;
  args: string[];
  env?: Record<string, string>;
  identity?: { uid?: number; gid?: number };
  stopSignal: NodeJS.Signals;
  /** `message`: it says `ready` over IPC. Otherwise asked again and again until true. */
  isReady: 'message' | (() => Promise<boolean>);
  /** Run before each start: settles what an earlier run may have left. */
  beforeStart?: () => Promise<unknown>;
}

export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** One start of a plan, in its own process group, with its output in `<folder>/<name>.log`. */
export class Child {
  readonly plan: ChildPlan;
  readonly pid: number;
  readonly logFile: string;
  /** Settles when the process has ended. */
  readonly ended: Promise<Exit>;
  readonly #process: ChildProcess;
  readonly #logStart: number;
  #exit: Exit | undefined;
  #saidReady = false;

  private constructor(plan: ChildPlan, launched: ChildProcess, log: { file: string; start: number }, guard: Guard) {
    const pid = launched.pid;
    if (pid === undefined) throw new PlainFailure(`${plan.title} could not be started (${plan.file}).`);
    this.plan = plan;
    this.pid = pid;
    this.logFile = log.file;
    this.#logStart = log.start;
    this.#process = launched;
    guard.add(pid, plan.stopSignal);
    this.ended = new Promise((resolve) => {
      launched.once('exit', (code, signal) => {
        this.#exit = { code, signal };
        guard.remove(pid);
        resolve(this.#exit);
      });
    });
    launched.on('message', (message) => {
      if (message === 'ready') this.#saidReady = true;
    });
  }

  static async start(plan: ChildPlan, options: { logs: string; guard: Guard }): Promise<Child> {
    await plan.beforeStart?.();
    mkdirSync(options.logs, { recursive: true });
    const file = path.join(options.logs, `${plan.name}.log`);
    if (existsSync(file) && statSync(file).size > LOG_LIMIT_BYTES) renameSync(file, `${file}.1`);
    const log = openSync(file, 'a');
    const start = statSync(file).size;
    try {
      const launched = spawn(plan.file, plan.args, {
        ...plan.identity,
        ...(plan.identity?.uid === undefined ? {} : { cwd: '/' }),
        env: { ...process.env, ...plan.env },
        detached: true,
        stdio: plan.isReady === 'message' ? ['ignore', log, log, 'ipc'] : ['ignore', log, log],
      });
      launched.on('error', () => {});
      return new Child(plan, launched, { file, start }, options.guard);
    } finally {
      closeSync(log);
    }
  }

  /** Returns once the process serves; throws when it ends first or is not ready in time. */
  async becomesReady(withinMs: number): Promise<void> {
    const lateAt = Date.now() + withinMs;
    while (!(await this.#isReady())) {
      if (this.#exit !== undefined) {
        throw new PlainFailure(
          `${this.plan.title} ended ${describeExit(this.#exit)} before it was ready.\n${this.#lastWords()}`,
        );
      }
      if (Date.now() > lateAt) {
        throw new PlainFailure(
          `${this.plan.title} is not ready after ${Math.round(withinMs / 1_000)} seconds.\n${this.#lastWords()}`,
        );
      }
      await sleep(READY_POLL_MS);
    }
  }

  /** Asks it to stop, and after `graceMs` ends its whole group by force. */
  async stop(graceMs: number): Promise<void> {
    if (this.#exit === undefined) {
      this.#process.kill(this.plan.stopSignal);
      const late = new AbortController();
      const force = sleep(graceMs, undefined, { signal: late.signal }).then(
        () => this.#signalGroup('SIGKILL'),
        () => {},
      );
      await this.ended;
      late.abort();
      await force;
    }
    // What the process itself may have started and left.
    this.#signalGroup('SIGKILL');
  }

  async #isReady(): Promise<boolean> {
    if (this.#exit !== undefined) return false;
    if (this.plan.isReady === 'message') return this.#saidReady;
    return (await this.plan.isReady()) && this.#exit === undefined;
  }

  #signalGroup(signal: NodeJS.Signals): void {
    try {
      process.kill(-this.pid, signal);
    } catch {
      // Nobody is left in the group.
    }
  }

  #lastWords(): string {
    const written = readFileSync(this.logFile).subarray(this.#logStart).toString('utf8').trim();
    const last = written.split('\n').slice(-12);
    return [`The last lines of ${this.logFile}:`, ...last.map((line) => `  ${line}`)].join('\n');
  }
}

export function describeExit({ code, signal }: Exit): string {
  return signal === null ? `with code ${code}` : `by ${signal}`;
}
