import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { releaseLock, takeLock } from '../pid-lock.mjs';
import { PlainFailure } from '../plain-failure.mjs';
import { readStackSettings, ROOT } from './stack-settings.ts';
import { startStack, type StackAddresses } from './start-stack.ts';
import { Supervisor } from './supervisor.ts';

/** `npm start` after its set-up: the whole system on this machine, until Ctrl-C. */
export async function main(): Promise<void> {
  try {
    const environmentFile = path.join(ROOT, '.env');
    if (existsSync(environmentFile)) process.loadEnvFile(environmentFile);
    const settings = readStackSettings(process.env);
    const lock = path.join(settings.dataFolder, 'start.lock');
    const holder = takeLock(lock);
    if (holder === null) {
      process.once('exit', () => releaseLock(lock));
      await runUntilToldToStop(settings);
    } else {
      say(`It is already running (process ${holder}).`);
      sayAddresses(settings.dataFolder);
    }
  } catch (error) {
    if (!(error instanceof PlainFailure)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}

async function runUntilToldToStop(settings: ReturnType<typeof readStackSettings>): Promise<void> {
  const supervisor = new Supervisor(settings.dataFolder, say);
  const told = stopSignal(() => supervisor.abandon());
  // Held while the stack is up: nothing else may be keeping this process alive.
  const alive = setInterval(() => {}, 2 ** 30);
  const up = startStack(settings, supervisor, say);
  try {
    if ((await Promise.race([up, told])) !== STOP) {
      sayAddresses(settings.dataFolder);
      say('Ctrl-C stops it. What it keeps is in the data folder, and the next start finds it again.');
      await told;
    }
    say('Stopping ...');
  } finally {
    await supervisor.stop();
    await up.catch(() => {});
    clearInterval(alive);
  }
  say('Stopped.');
}

const STOP = Symbol('stop');
const PARENT_POLL_MS = 500;

/**
 * Settles at the first signal to stop, or when the npm that started this process is gone (killed, it passes no signal
 * on); a second signal is heard by `atOnce`.
 */
function stopSignal(atOnce: () => void): Promise<typeof STOP> {
  return new Promise((resolve) => {
    const npm = process.env['npm_lifecycle_event'] === undefined ? null : process.ppid;
    setInterval(() => {
      if (npm !== null && process.ppid !== npm) resolve(STOP);
    }, PARENT_POLL_MS).unref();
    let times = 0;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        times += 1;
        if (times === 1) resolve(STOP);
        if (times > 1 && signal !== 'SIGHUP') {
          atOnce();
          process.exit(1);
        }
      });
    }
  });
}

function sayAddresses(dataFolder: string): void {
  const file = path.join(dataFolder, 'addresses.json');
  if (!existsSync(file)) return;
  const { api, temporalUi, mail } = JSON.parse(readFileSync(file, 'utf8')) as StackAddresses;
  const accounts = path.join(dataFolder, 'demo-accounts.json');
  const places: [string, string | null][] = [
    ['API', api],
    ['API reference', `${api}/docs`],
    ['Temporal UI', temporalUi],
    ['Mailbox', mail],
    ['Accounts', existsSync(accounts) ? path.relative(process.cwd(), accounts) : null],
  ];
  const lines = places.flatMap(([name, place]) => (place === null ? [] : [`  ${name.padEnd(14)} ${place}`]));
  say(['', ...lines, ''].join('\n'));
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
