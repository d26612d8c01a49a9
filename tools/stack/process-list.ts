import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { identityOf } from '../process-identity.mjs';
import { writeWhole } from './write-whole.ts';

interface Listed {
  pid: number;
  identity: string | null;
}

/**
 * `processes.json` in the data folder: the name of each running process and its pid, for people and tests. Beside it, in
 * `processes-began.json`, is when each began, so that a later start knows its own leftovers from strangers that got the
 * same number.
 */
export class ProcessList {
  readonly #file: string;
  readonly #beganFile: string;
  readonly #listed = new Map<string, Listed>();

  constructor(dataFolder: string) {
    this.#file = path.join(dataFolder, 'processes.json');
    this.#beganFile = path.join(dataFolder, 'processes-began.json');
  }

  /** Ends what an earlier stack has left running when it was killed together with its guard. */
  async endLeftovers(): Promise<void> {
    const left = Object.entries(this.#read())
      .filter(([name]) => name !== 'supervisor')
      .map(([, listed]) => listed)
      .filter(({ pid, identity }) => identity !== null && identityOf(pid) === identity);
    for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
      for (const { pid, identity } of left) if (identityOf(pid) === identity) signalGroup(pid, signal);
      for (let waitedMs = 0; waitedMs < 5_000; waitedMs += 50) {
        if (left.every(({ pid, identity }) => identityOf(pid) !== identity)) return;
        await sleep(50);
      }
    }
  }

  add(name: string, pid: number): void {
    this.#listed.set(name, { pid, identity: identityOf(pid) });
    this.#write();
  }

  remove(name: string): void {
    this.#listed.delete(name);
    this.#write();
  }

  #read(): Record<string, Listed> {
    if (!existsSync(this.#beganFile)) return {};
    return JSON.parse(readFileSync(this.#beganFile, 'utf8')) as Record<string, Listed>;
  }

  #write(): void {
    writeWhole(this.#beganFile, Object.fromEntries(this.#listed));
    writeWhole(this.#file, Object.fromEntries([...this.#listed].map(([name, { pid }]) => [name, pid])));
  }
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // It has ended meanwhile.
  }
}
