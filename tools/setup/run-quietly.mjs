import { spawn } from 'node:child_process';
import { PlainFailure } from '../plain-failure.mjs';

const STILL_AT_IT_EVERY_MS = 30_000;

/**
 * Runs a program whose output matters only when it fails; says now and then that it is still at work.
 * @param {{ file: string, args: string[], cwd: string, env: NodeJS.ProcessEnv, say: (line: string) => void, failure: string }} run
 * `failure`: the sentence that the last lines of output are put under.
 */
export async function runQuietly({ file, args, cwd, env, say, failure }) {
  const startedAt = Date.now();
  const progress = setInterval(() => {
    say(`  still at it after ${Math.round((Date.now() - startedAt) / 1_000)} s`);
  }, STILL_AT_IT_EVERY_MS);
  let told = '';
  try {
    const child = spawn(file, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (/** @type {string} */ chunk) => {
        told += chunk;
      });
    }
    const code = await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    if (code !== 0) throw new PlainFailure(`${failure}\n${told.trim().split('\n').slice(-15).join('\n')}`);
  } finally {
    clearInterval(progress);
  }
}
