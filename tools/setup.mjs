/**
 * What `npm start` and `npm test` do first: makes what a fresh clone lacks, and says so. With nothing to do it is silent
 * and takes a tenth of a second. It imports no package, because there may be none yet; it is called by the script lines
 * themselves, because npm skips `prestart` and `pretest` where scripts are switched off.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { releaseLock, takeLock } from './pid-lock.mjs';
import { PlainFailure } from './plain-failure.mjs';
import { provideNodeModules } from './setup/node-modules.mjs';
import { providePrismaClient } from './setup/prisma-client.mjs';
import { provideTemporalCli } from './setup/temporal-cli.mjs';

const OLDEST_NODE = [20, 19];
const root = fileURLToPath(new URL('..', import.meta.url));
const say = (/** @type {string} */ line) => process.stdout.write(`${line}\n`);

try {
  refuseOldNode();
  const environmentFile = path.join(root, '.env');
  if (existsSync(environmentFile)) process.loadEnvFile(environmentFile);
  await alone(path.join(root, '.data', 'setup.lock'), async () => {
    await provideNodeModules({ root, say });
    await providePrismaClient({ root, say });
    await provideTemporalCli({ say });
  });
} catch (error) {
  if (!(error instanceof PlainFailure)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

function refuseOldNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_NODE;
  if (major < oldestMajor || (major === oldestMajor && minor < oldestMinor)) {
    throw new PlainFailure(`Node ${OLDEST_NODE.join('.')} or newer is needed; this is ${process.versions.node}.`);
  }
}

/**
 * Two set-ups at once (a test run beside a start) would install into one folder: the second waits for the first.
 * @param {string} lock
 * @param {() => Promise<void>} work
 */
async function alone(lock, work) {
  let told = false;
  for (let holder = takeLock(lock); holder !== null; holder = takeLock(lock)) {
    if (!told) say(`Another set-up is at work here (process ${holder}): waiting for it ...`);
    told = true;
    await sleep(200);
  }
  try {
    await work();
  } finally {
    releaseLock(lock);
  }
}
