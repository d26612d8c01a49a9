/** Finds the `temporal` program, or makes it: CLI 1.9.1, which holds server 1.32.0 and its pages. */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  createWriteStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { PlainFailure } from '../plain-failure.mjs';
import { runQuietly } from './run-quietly.mjs';

export const CLI_VERSION = '1.9.1';
/** The first server that can give one workflow its own time. */
const OLDEST_SERVER = [1, 32];
const OFFICIAL_ARCHIVE = 'https://temporal.download/cli/archive';
const BUILD_FOLDER = fileURLToPath(new URL('../temporal-cli', import.meta.url));
const PROGRAM = process.platform === 'win32' ? 'temporal.exe' : 'temporal';

/**
 * Where a usable `temporal` is, without making one: the program named by TEMPORAL_CLI, else one on the PATH, else the
 * one made earlier. Null when there is none.
 * @param {NodeJS.ProcessEnv} env
 * @returns {string | null}
 */
export function findTemporalCli(env = process.env) {
  if (env.TEMPORAL_CLI) {
    const version = serverVersion(env.TEMPORAL_CLI);
    if (version === null) throw new PlainFailure(`TEMPORAL_CLI names ${env.TEMPORAL_CLI}, which does not run.`);
    if (!isNewEnough(version)) {
      throw new PlainFailure(`TEMPORAL_CLI names a program with server ${version.join('.')}; 1.32 or newer is needed.`);
    }
    return env.TEMPORAL_CLI;
  }
  const onPath = (env.PATH ?? '')
    .split(path.delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => path.join(folder, PROGRAM))
    .find((file) => existsSync(file) && isNewEnough(serverVersion(file)));
  if (onPath !== undefined) return onPath;
  const cached = cachedCli(env);
  return existsSync(cached) ? cached : null;
}

/**
 * As `findTemporalCli`, but makes the program when there is none: from the official archive, else by building it with
 * Go. Throws a `PlainFailure` when neither can be had.
 * @param {{ env?: NodeJS.ProcessEnv, say?: (line: string) => void, answerWithinMs?: number }} options
 * @returns {Promise<string>}
 */
export async function provideTemporalCli({ env = process.env, say = () => {}, answerWithinMs = 5_000 } = {}) {
  const found = findTemporalCli(env);
  if (found !== null) return found;
  const target = cachedCli(env);
  mkdirSync(path.dirname(target), { recursive: true });
  const workshop = mkdtempSync(path.join(path.dirname(target), '.making-'));
  try {
    const made = path.join(workshop, PROGRAM);
    say(`Fetching the Temporal server (CLI ${CLI_VERSION}, about 60 MB) ...`);
    const obstacle = await fetchArchive({ env, workshop, answerWithinMs });
    if (obstacle !== null) {
      say(`The official archive cannot be had (${obstacle}).`);
      await buildWithGo({ env, target: made, say });
    }
    if (!isNewEnough(serverVersion(made))) throw new PlainFailure('The Temporal server was made, but does not run.');
    // Renamed only when whole: an interrupted run leaves nothing that looks finished.
    renameSync(made, target);
    return target;
  } finally {
    rmSync(workshop, { recursive: true, force: true });
  }
}

/** @param {NodeJS.ProcessEnv} env */
function cachedCli(env) {
  const cache = env.XDG_CACHE_HOME || path.join(homedir(), '.cache');
  return path.join(cache, 'siroca-support', `temporal-cli-${CLI_VERSION}`, PROGRAM);
}

/**
 * The server inside a `temporal` program, `[1, 32, 0]`; null when it does not run.
 * @param {string} file
 */
function serverVersion(file) {
  const { status, stdout } = spawnSync(file, ['--version'], { encoding: 'utf8', timeout: 20_000 });
  const version = status === 0 ? /Server (\d+)\.(\d+)\.(\d+)/.exec(stdout) : null;
  return version === null ? null : version.slice(1).map(Number);
}

/** @param {number[] | null} version */
function isNewEnough(version) {
  if (version === null) return false;
  const [major = 0, minor = 0] = version;
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_SERVER;
  return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
}

/**
 * Null when the program is in the workshop, otherwise why not. An address that does not answer, or stops sending, is
 * given up after `answerWithinMs`.
 * @param {{ env: NodeJS.ProcessEnv, workshop: string, answerWithinMs: number }} request
 * @returns {Promise<string | null>}
 */
async function fetchArchive({ env, workshop, answerWithinMs }) {
  const platform = { linux: 'linux', darwin: 'darwin', win32: 'windows' }[/** @type {string} */ (process.platform)];
  const arch = { x64: 'amd64', arm64: 'arm64' }[/** @type {string} */ (process.arch)];
  if (platform === undefined || arch === undefined) return `there is none for ${process.platform} ${process.arch}`;
  const base = (env.TEMPORAL_ARCHIVE_URL || OFFICIAL_ARCHIVE).replace(/\/+$/, '');
  const late = new AbortController();
  const restless = setTimeout(() => late.abort(), answerWithinMs);
  try {
    const answer = await fetch(`${base}/v${CLI_VERSION}?platform=${platform}&arch=${arch}`, { signal: late.signal });
    if (!answer.ok || answer.body === null) return `it answers ${answer.status}`;
    const archive = path.join(workshop, platform === 'windows' ? 'archive.zip' : 'archive.tar.gz');
    const body = Readable.fromWeb(answer.body);
    body.on('data', () => restless.refresh());
    await pipeline(body, createWriteStream(archive), { signal: late.signal });
    const unpacked = spawnSync('tar', ['-xf', archive, '-C', workshop, PROGRAM], { encoding: 'utf8' });
    if (unpacked.error !== undefined) return 'the program tar is missing';
    const program = path.join(workshop, PROGRAM);
    if (unpacked.status !== 0 || !existsSync(program) || !statSync(program).isFile())
      return 'it is no archive of the program';
    chmodSync(program, 0o755);
    if (!isNewEnough(serverVersion(program))) {
      rmSync(program);
      return 'its program does not run here';
    }
    return null;
  } catch (error) {
    if (late.signal.aborted) return 'it does not answer in time';
    const { cause, message } = /** @type {Error & { cause?: { code?: string } }} */ (error);
    return cause?.code ?? message;
  } finally {
    clearTimeout(restless);
  }
}

/**
 * @param {{ env: NodeJS.ProcessEnv, target: string, say: (line: string) => void }} request
 */
async function buildWithGo({ env, target, say }) {
  if (spawnSync('go', ['version'], { env, stdio: 'ignore' }).status !== 0) {
    throw new PlainFailure(
      `The Temporal server is missing. Install Go 1.26.8 or newer (it is then built here), or put the Temporal CLI ${CLI_VERSION} on the PATH or in TEMPORAL_CLI.`,
    );
  }
  say('Building the Temporal server with Go: once, 3 to 5 minutes ...');
  const flags = `-s -w -X github.com/temporalio/cli/internal/temporalcli.Version=${CLI_VERSION}`;
  await runQuietly({
    file: 'go',
    args: ['build', '-trimpath', '-ldflags', flags, '-o', target, 'github.com/temporalio/cli/cmd/temporal'],
    cwd: BUILD_FOLDER,
    env: { ...env, CGO_ENABLED: '0', GOFLAGS: '-mod=readonly', GOWORK: 'off' },
    say,
    failure: 'Go could not build the Temporal server:',
  });
}
