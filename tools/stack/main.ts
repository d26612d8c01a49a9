import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { releaseLock, takeLock } from '../pid-lock.mjs';
import { PlainFailure } from '../plain-failure.mjs';
import { parentGone } from './parent-gone.ts';
import { readStackSettings, ROOT } from './stack-settings.ts';
import { startStack, type StackAddresses } from './start-stack.ts';
import { Supervisor } from './supervisor.ts';
import { toldToStop } from './told-to-stop.ts';

/** `npm start` after its set-up: the whole system on this machine, until Ctrl-C. */
export async function main(): Promise<void> {
  // A terminal that is gone, or a reader who has seen enough, is no reason to stop in disorder.
  process.stdout.on('error', () => {});
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
  const atOnce = () => {
    supervisor.abandon();
    process.exit(1);
  };
  const told = Promise.race([toldToStop({ signals: process, nowMs: Date.now, atOnce }), parentGone()]);
  // Held while the stack is up: nothing else may be keeping this process alive.
  const alive = setInterval(() => {}, 2 ** 30);
  const up = startStack(settings, supervisor, say);
  try {
    if ((await Promise.race([up, told])) !== undefined) {
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
