/**
 * Prints `N passed, N failed` from jest's JSON result (the argument). A file that could not be run counts as one failure.
 * The exit status is 1 when anything failed or nothing ran.
 */
import { readFileSync } from 'node:fs';

/** @returns {{ passed: number, failed: number }} */
function count() {
  try {
    const result = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8'));
    return { passed: result.numPassedTests, failed: result.numFailedTests + result.numRuntimeErrorTestSuites };
  } catch {
    return { passed: 0, failed: 0 };
  }
}

const { passed, failed } = count();
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = passed > 0 && failed === 0 ? 0 : 1;
