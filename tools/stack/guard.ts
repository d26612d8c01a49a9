import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const GUARD = fileURLToPath(new URL('guard.mjs', import.meta.url));

/** Sees to it that no child outlives this process, however this process ends (see guard.mjs). */
export class Guard {
  readonly #groups = new Map<number, NodeJS.Signals>();
  #process: ChildProcess;
  #closed = false;

  constructor() {
    this.#process = this.#spawn();
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  /** Guards a process group by the pid of its leader; `signal` is how it likes to be ended. */
  add(pid: number, signal: NodeJS.Signals): void {
    this.#groups.set(pid, signal);
    this.#tell(`+ ${pid} ${signal}`);
  }

  remove(pid: number): void {
    this.#groups.delete(pid);
    this.#tell(`- ${pid}`);
  }

  /** Lets it go; what it still guards is ended. */
  close(): void {
    this.#closed = true;
    this.#process.stdin?.end();
  }

  #spawn(): ChildProcess {
    const child = spawn(process.execPath, [GUARD], { detached: true, stdio: ['pipe', 'ignore', 'ignore'], cwd: '/' });
    child.stdin?.on('error', () => {});
    child.unref();
    (child.stdin as { unref?: () => void } | null)?.unref?.();
    child.once('exit', () => {
      if (this.#closed) return;
      this.#process = this.#spawn();
      for (const [pid, signal] of this.#groups) this.#tell(`+ ${pid} ${signal}`);
    });
    return child;
  }

  #tell(line: string): void {
    this.#process.stdin?.write(`${line}\n`);
  }
}
