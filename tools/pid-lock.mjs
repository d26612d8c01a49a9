import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { identityOf } from './process-identity.mjs';

/**
 * Takes a lock file for this process. A lock whose process has ended, however it ended, is no lock. Gives null when it
 * is taken, or the pid of the process that holds it.
 * @param {string} file
 * @returns {number | null}
 */
export function takeLock(file) {
  mkdirSync(path.dirname(file), { recursive: true });
  // Written aside and linked: whoever sees the lock sees its holder too.
  const own = `${file}.${process.pid}`;
  writeFileSync(own, `${process.pid} ${identityOf(process.pid)}\n`);
  try {
    for (;;) {
      if (linked(own, file)) return null;
      const holder = holderOf(file);
      if (holder !== null) return holder;
      rmSync(file, { force: true });
    }
  } finally {
    rmSync(own, { force: true });
  }
}

/** @param {string} file */
export function releaseLock(file) {
  if (holderOf(file) === process.pid) rmSync(file, { force: true });
}

/**
 * The living process that holds the lock, or null.
 * @param {string} file
 * @returns {number | null}
 */
export function holderOf(file) {
  try {
    const [pid, identity] = readFileSync(file, 'utf8').trim().split(' ');
    return identityOf(Number(pid)) === identity ? Number(pid) : null;
  } catch {
    return null;
  }
}

/**
 * False when the second name is taken.
 * @param {string} own
 * @param {string} file
 */
function linked(own, file) {
  try {
    linkSync(own, file);
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
    return false;
  }
}
