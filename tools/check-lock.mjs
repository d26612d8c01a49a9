/**
 * `npm run lock:check`: is package-lock.json whole? npm silently leaves platform packages out of a lock when it cannot
 * resolve them; the lock then works here and breaks on another system. So every optional dependency that a package of
 * the lock names must have an entry of its own.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * @typedef {{ packages: Record<string, { optionalDependencies?: Record<string, string> }> }} Lock
 * @param {Lock} lock
 * @returns {string[]} one line for each missing entry
 */
export function missingFromLock({ packages }) {
  const missing = [];
  for (const [place, { optionalDependencies = {} }] of Object.entries(packages)) {
    for (const name of Object.keys(optionalDependencies)) {
      if (!resolves(name, place, packages)) missing.push(`${name}, which ${place || 'package.json'} names`);
    }
  }
  return missing;
}

/**
 * As Node would find it: in the package's own folder, or in that of any package around it.
 * @param {string} name
 * @param {string} place
 * @param {Lock['packages']} packages
 */
function resolves(name, place, packages) {
  for (let around = place; ; around = around.slice(0, Math.max(around.lastIndexOf('/node_modules/'), 0))) {
    if (`${around === '' ? '' : `${around}/`}node_modules/${name}` in packages) return true;
    if (around === '') return false;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const file = process.argv[2] ?? path.join(path.dirname(process.argv[1]), '..', 'package-lock.json');
  const missing = missingFromLock(JSON.parse(readFileSync(file, 'utf8')));
  for (const line of missing) process.stderr.write(`package-lock.json has no entry for ${line}\n`);
  process.exitCode = missing.length === 0 ? 0 : 1;
}
