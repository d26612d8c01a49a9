import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { holderOf, releaseLock, takeLock } from '../../tools/pid-lock.mjs';
import { identityOf } from '../../tools/process-identity.mjs';

let folder: string;
let lock: string;
let other: ChildProcess;

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'siroca-lock-'));
  lock = path.join(folder, 'deep', 'the.lock');
  other = spawn('sleep', ['600'], { stdio: 'ignore' });
  await once(other, 'spawn');
});
afterEach(async () => {
  await end(other);
  rmSync(folder, { recursive: true });
});

describe('a lock file with a pid', () => {
  it('is taken when nobody has it, and free again once released', () => {
    expect(takeLock(lock)).toBeNull();
    expect(holderOf(lock)).toBe(process.pid);
    releaseLock(lock);
    expect(existsSync(lock)).toBe(false);
  });

  it('names the living process that holds it, and is not released by another', () => {
    const holder = other.pid ?? 0;
    expect(takeLock(lock)).toBeNull();
    writeFileSync(lock, `${holder} ${identityOf(holder)}\n`);
    expect(takeLock(lock)).toBe(holder);
    releaseLock(lock);
    expect(holderOf(lock)).toBe(holder);
  });

  it('is no lock once its process has been killed', async () => {
    const holder = other.pid ?? 0;
    expect(takeLock(lock)).toBeNull();
    writeFileSync(lock, `${holder} ${identityOf(holder)}\n`);
    await end(other);
    expect(takeLock(lock)).toBeNull();
  });

  it('is no lock when its number belongs to a later process', () => {
    expect(takeLock(lock)).toBeNull();
    writeFileSync(lock, `${other.pid} began-at-another-time\n`);
    expect(takeLock(lock)).toBeNull();
    expect(holderOf(lock)).toBe(process.pid);
  });

  it('is no lock when it was cut off while being written', () => {
    expect(takeLock(lock)).toBeNull();
    writeFileSync(lock, '');
    expect(takeLock(lock)).toBeNull();
  });
});

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}
