import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The worker as `npm start` runs it: a process of its own. */
export interface WorkerProcess {
  /** Resolves when it has said that it is ready; rejects when it ends before. */
  ready: Promise<void>;
  /** Its exit code, or the signal that ended it. */
  ended: Promise<number | NodeJS.Signals | null>;
  /** Everything it has written, both streams. */
  output(): string;
  /** Its log, one object a line. */
  logged(): Record<string, unknown>[];
  kill(signal: 'SIGTERM' | 'SIGKILL'): void;
}

const MAIN = fileURLToPath(new URL('../../worker/main.ts', import.meta.url));

export function startWorkerProcess(env: Record<string, string>): WorkerProcess {
  const child: ChildProcess = fork(MAIN, [], {
    execArgv: ['--disable-warning=ExperimentalWarning', '--import', 'tsx'],
    env: { PATH: process.env['PATH'], TZ: 'UTC', ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const chunks: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => chunks.push(chunk.toString()));
  const ended = new Promise<number | NodeJS.Signals | null>((resolve) => {
    child.once('close', (code, signal) => resolve(signal ?? code));
  });
  const ready = new Promise<void>((resolve, reject) => {
    child.on('message', (message) => message === 'ready' && resolve());
    void ended.then((how) => reject(new Error(`the worker ended with ${how}: ${chunks.join('')}`)));
  });
  ready.catch(() => {});
  return {
    ready,
    ended,
    output: () => chunks.join(''),
    logged: () =>
      chunks
        .join('')
        .split('\n')
        .filter((line) => line.startsWith('{'))
        .map((line) => JSON.parse(line) as Record<string, unknown>),
    kill: (signal) => child.kill(signal),
  };
}
