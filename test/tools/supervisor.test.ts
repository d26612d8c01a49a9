import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { identityOf } from '../../tools/process-identity.mjs';
import { ROOT } from '../../tools/stack/stack-settings.ts';
import { Supervisor } from '../../tools/stack/supervisor.ts';
import { supervisedChild } from '../support/supervised-child.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'siroca-supervisor-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('the supervisor of the local stack', () => {
  it('brings back a process that was killed, and says so', async () => {
    const said: string[] = [];
    const supervisor = new Supervisor(folder, (line) => said.push(line));
    await supervisor.begin();
    await supervisor.start(supervisedChild('one', folder));
    const before = pidOf('one');
    process.kill(before, 'SIGKILL');
    await until(() => said.includes('Process one serves again.'));
    expect(said).toEqual(['Process one ended by SIGKILL: starting it again ...', 'Process one serves again.']);
    expect(pidOf('one')).not.toBe(before);
    expect(isRunning(pidOf('one'))).toBe(true);
    await supervisor.stop();
  });

  it('stops the last started first, each by the signal it likes, and leaves none', async () => {
    const supervisor = new Supervisor(folder, () => {});
    await supervisor.begin();
    for (const name of ['one', 'two', 'three']) await supervisor.start(supervisedChild(name, folder));
    const pids = ['one', 'two', 'three'].map(pidOf);
    await supervisor.stop();
    expect(readFileSync(path.join(folder, 'stopped'), 'utf8')).toBe('three two one ');
    expect(pids.filter(isRunning)).toEqual([]);
    expect(readFileSync(path.join(folder, 'processes.json'), 'utf8').trim()).toBe('{}');
  });

  it('shows the last words of a process that ends before it is ready', async () => {
    const supervisor = new Supervisor(folder, () => {});
    await supervisor.begin();
    const broken = { ...supervisedChild('one', folder), args: ['-e', 'console.log("no such disk"); process.exit(3)'] };
    await expect(supervisor.start(broken)).rejects.toThrow(
      /^Process one ended with code 3 before it was ready\.[^]*no such disk/,
    );
    await supervisor.stop();
  });

  it('starts nothing any more once it was told to stop', async () => {
    const supervisor = new Supervisor(folder, () => {});
    await supervisor.begin();
    await supervisor.stop();
    await expect(supervisor.start(supervisedChild('late', folder))).rejects.toThrow('being stopped');
  });

  it('leaves no process behind when it is killed', async () => {
    const supervisor = await superviseTwo();
    const pids = [pidOf('one'), pidOf('two'), pidOf('guard')];
    supervisor.kill('SIGKILL');
    await until(() => !pids.some(isRunning));
    expect(readFileSync(path.join(folder, 'stopped'), 'utf8').trim().split(' ').toSorted()).toEqual(['one', 'two']);
  });

  it('ends what an earlier one left when it was killed together with its guard', async () => {
    const supervisor = await superviseTwo();
    const pids = [pidOf('one'), pidOf('two')];
    process.kill(pidOf('guard'), 'SIGSTOP');
    const guard = pidOf('guard');
    supervisor.kill('SIGKILL');
    process.kill(guard, 'SIGKILL');
    await until(() => !isRunning(guard));
    expect(pids.filter(isRunning)).toEqual(pids);
    const next = new Supervisor(folder, () => {});
    await next.begin();
    expect(pids.filter(isRunning)).toEqual([]);
    await next.stop();
  });
});

async function superviseTwo() {
  const program = path.join(ROOT, 'test', 'support', 'supervise-two.ts');
  const supervisor = spawn(process.execPath, ['--import', 'tsx', program, folder], {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  await once(supervisor, 'message');
  return supervisor;
}

function pidOf(name: string): number {
  const processes = JSON.parse(readFileSync(path.join(folder, 'processes.json'), 'utf8')) as Record<string, number>;
  return processes[name] ?? 0;
}

function isRunning(pid: number): boolean {
  return identityOf(pid) !== null;
}

/** Waits as long as the test may take: how fast the machine is proves nothing. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await sleep(20);
}
