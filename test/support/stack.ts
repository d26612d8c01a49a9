import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { postgresUrl } from '../../tools/stack/embedded-postgres.ts';
import { isPortFree } from '../../tools/stack/ports.ts';
import { ROOT } from '../../tools/stack/stack-settings.ts';
import type { StackAddresses } from '../../tools/stack/start-stack.ts';
import { processesOf } from './stack-processes.ts';

/** The names of a stack's processes, as processes.json has them. */
export type StackProcess = 'supervisor' | 'guard' | 'postgres' | 'temporal' | 'mail-sink' | 'worker' | 'api';

/** Generous: a machine that does five other things at once still passes. */
const UP_WITHIN_MS = 120_000;
const GONE_WITHIN_MS = 60_000;

/** A data folder and ports of its own, in which a stack can be started, killed, and started again. */
export interface StackPlace {
  dataFolder: string;
  env: Record<string, string>;
  /** Brings the stack up as `npm start` does after its set-up, and returns once it has told its addresses. */
  start(): Promise<Stack>;
  /** The same command once more, however it ends. */
  startAnother(): Promise<{ code: number | null; output: string }>;
  /** Ends whatever may still run of it, and forgets what it kept. */
  remove(): Promise<void>;
}

export interface Stack {
  addresses: StackAddresses & { temporal: string; database: string };
  /** Everything it has said so far. */
  output(): string;
  pidOf(name: StackProcess): number;
  /** Kills one process with SIGKILL; the supervisor, if it lives, brings it back. */
  kill(name: StackProcess): void;
  /** Returns when the supervisor has said for the `times`-th time that a process serves again. */
  isBack(title: string, times: number): Promise<void>;
  /** Ctrl-C, and the exit code. */
  stop(): Promise<number | null>;
  /** SIGKILL for everything at once: whoever watches first, so that nobody is stopped in an orderly way. */
  killAll(): Promise<void>;
  /** Returns once no process of the stack is left, nor of what it started. */
  gone(): Promise<void>;
}

export async function stackPlace(settings: Record<string, string> = {}): Promise<StackPlace> {
  const dataFolder = mkdtempSync(path.join(tmpdir(), 'siroca-support-stack-'));
  // As root, PostgreSQL runs as a user who must be able to pass.
  chmodSync(dataFolder, 0o755);
  const ports = await quietPorts(6);
  const [api, temporal, temporalUi, smtp, mailPages, postgres] = ports.map(String) as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  const env: Record<string, string> = {
    ...inherited(),
    DATA_DIR: dataFolder,
    PORT: api,
    TEMPORAL_PORT: temporal,
    TEMPORAL_UI_PORT: temporalUi,
    MAIL_SINK_SMTP_PORT: smtp,
    MAIL_SINK_HTTP_PORT: mailPages,
    POSTGRES_PORT: postgres,
    // As under npm: a stack whose parent is gone ends itself, so a test run that is killed leaves nothing behind.
    npm_lifecycle_event: 'start',
    ...settings,
  };
  const launch = (): Launched => launched(env);
  return {
    dataFolder,
    env,
    async start() {
      const running = launch();
      await running.says('Ctrl-C stops it');
      return stackOf({ running, dataFolder, ports: { temporal, postgres } });
    },
    async startAnother() {
      const running = launch();
      const code = await running.ended;
      return { code, output: running.output() };
    },
    async remove() {
      for (let left = processesOf(dataFolder); left.length > 0; left = processesOf(dataFolder)) {
        for (const { pid } of left) killPid(pid);
        await pause(20);
      }
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

function stackOf({
  running,
  dataFolder,
  ports,
}: {
  running: Launched;
  dataFolder: string;
  ports: { temporal: string; postgres: string };
}): Stack {
  const kept = (file: string): unknown => JSON.parse(readFileSync(path.join(dataFolder, file), 'utf8'));
  const pids = () => kept('processes.json') as Partial<Record<StackProcess, number>>;
  const pidOf = (name: StackProcess): number => {
    const pid = pids()[name];
    if (pid === undefined) throw new Error(`processes.json names no ${name}`);
    return pid;
  };
  const { databasePassword } = kept('secrets.json') as { databasePassword: string };
  async function gone(): Promise<void> {
    await until(() => processesOf(dataFolder).length === 0, {
      withinMs: GONE_WITHIN_MS,
      what: () => `still there: ${JSON.stringify(processesOf(dataFolder))}`,
    });
  }
  return {
    addresses: {
      ...(kept('addresses.json') as StackAddresses),
      temporal: `127.0.0.1:${ports.temporal}`,
      database: postgresUrl(Number(ports.postgres), databasePassword, 'siroca_support'),
    },
    output: () => running.output(),
    pidOf,
    kill: (name) => killPid(pidOf(name)),
    isBack: (title, times) => running.says(`${title} serves again.`, times),
    async stop() {
      running.interrupt();
      return running.ended;
    },
    async killAll() {
      const { supervisor, guard, ...others } = pids();
      for (const pid of [supervisor, guard, ...Object.values(others)]) if (pid !== undefined) killPid(pid);
      await gone();
    },
    gone,
  };
}

interface Launched {
  output(): string;
  /** Returns once it has said a text so many times; throws when it ends before. */
  says(text: string, times?: number): Promise<void>;
  interrupt(): void;
  ended: Promise<number | null>;
}

function launched(env: Record<string, string>): Launched {
  const child: ChildProcess = spawn('bash', ['-c', startCommand()], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  let hasEnded = false;
  const ended = new Promise<number | null>((resolve) => {
    child.once('close', (code) => {
      hasEnded = true;
      resolve(code);
    });
  });
  return {
    output: () => output,
    ended,
    interrupt: () => child.kill('SIGINT'),
    async says(text, times = 1) {
      await until(() => hasEnded || output.split(text).length > times, {
        withinMs: UP_WITHIN_MS,
        what: () => `it did not say "${text}":\n${output}`,
      });
      if (output.split(text).length <= times) throw new Error(`it ended before it said "${text}":\n${output}`);
    },
  };
}

/** What `npm start` runs once its set-up has nothing left to do. */
function startCommand(): string {
  const { scripts } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
    scripts: { start: string };
  };
  const [, command] = scripts.start.split('node tools/setup.mjs && ');
  if (command === undefined) throw new Error(`the start script does not begin with the set-up: ${scripts.start}`);
  return command;
}

/** The environment without a setting of ours: nothing that a developer keeps in .env for servers of his own reaches a test. */
function inherited(): Record<string, string> {
  const example = readFileSync(path.join(ROOT, '.env.example'), 'utf8');
  const settings = [...example.matchAll(/^#? ?([A-Z][A-Z_]+)=/gm)].map(([, name = '']) => name);
  const unset = settings.filter((name) => !name.startsWith('TEMPORAL_CLI')).map((name) => [name, '']);
  return { ...(process.env as Record<string, string>), ...Object.fromEntries(unset) };
}

/**
 * Ports below those that the system gives to outgoing connections: while a server of ours is dead, nothing else may be
 * given its port.
 */
async function quietPorts(count: number): Promise<number[]> {
  const ports: number[] = [];
  while (ports.length < count) {
    const port = 10_000 + Math.floor(Math.random() * 20_000);
    if (!ports.includes(port) && (await isPortFree(port))) ports.push(port);
  }
  return ports;
}

function killPid(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

/** Looks again and again until it is so. The ceiling is for a test that would never end, and no measure of speed. */
export async function until(
  isSo: () => boolean | Promise<boolean>,
  { withinMs, what }: { withinMs: number; what: () => string },
): Promise<void> {
  for (const lateAt = Date.now() + withinMs; !(await isSo()); await pause(50)) {
    if (Date.now() > lateAt) throw new Error(what());
  }
}
