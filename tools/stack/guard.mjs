/**
 * A process of its own that outlives a killed parent by a moment. The parent holds a pipe to it and tells the process
 * groups it has started (`+ pid signal`) and ended (`- pid`). When the pipe closes, whatever is left is ended: first by
 * the signal it likes, then by force.
 */
import { createInterface } from 'node:readline';

const PATIENCE_MS = 3_000;

/** @type {Map<number, NodeJS.Signals>} */
const groups = new Map();

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, () => {});

createInterface({ input: process.stdin })
  .on('line', (line) => {
    const [sign, pid, signal] = line.split(' ');
    if (sign === '+') groups.set(Number(pid), /** @type {NodeJS.Signals} */ (signal));
    else groups.delete(Number(pid));
  })
  .on('close', endAll);

function endAll() {
  for (const [pid, signal] of groups) send(pid, signal);
  const forceAt = Date.now() + PATIENCE_MS;
  const timer = setInterval(() => {
    for (const pid of groups.keys()) if (!send(pid, 0)) groups.delete(pid);
    if (groups.size === 0) clearInterval(timer);
    else if (Date.now() >= forceAt) for (const pid of groups.keys()) send(pid, 'SIGKILL');
  }, 50);
}

/**
 * Signals a whole group; false when nobody is left in it.
 * @param {number} pid
 * @param {NodeJS.Signals | 0} signal
 */
function send(pid, signal) {
  try {
    process.kill(-pid, signal);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}
