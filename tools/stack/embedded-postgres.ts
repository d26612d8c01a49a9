import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { PlainFailure } from '../plain-failure.mjs';
import { commandLineOf } from './command-line.ts';
import { reachableFolder, reachableNative, serverIdentity, type Identity } from './reachable.ts';

const MAJOR_VERSION = '18';

/** A cluster on disk that is ready to be started, and how. */
export interface PostgresCluster {
  file: string;
  dataFolder: string;
  identity: Identity;
}

/**
 * Makes (once) a PostgreSQL cluster for `folder`, with `password` for its superuser `postgres`, and settles what an
 * earlier process of it may have left. As root the data may have to live elsewhere: where `nobody` can reach it.
 */
export async function prepareCluster(folder: string, password: string): Promise<PostgresCluster> {
  const identity = serverIdentity();
  const native = reachableNative(identity);
  const dataFolder = reachableFolder(folder, identity);
  const cluster = { file: path.join(native, 'bin', 'postgres'), dataFolder, identity };
  if (existsSync(path.join(dataFolder, 'PG_VERSION'))) {
    refuseForeignCluster(dataFolder, identity);
    await endOrphan(dataFolder);
  } else {
    createCluster(native, dataFolder, identity, password);
  }
  return cluster;
}

/** The arguments of the server: one loopback port, no socket file. */
export function postgresArguments(
  cluster: PostgresCluster,
  port: number,
  settings: Record<string, string> = {},
): string[] {
  const all = { listen_addresses: '127.0.0.1', unix_socket_directories: '', max_connections: '200', ...settings };
  return [
    '-D',
    cluster.dataFolder,
    '-p',
    String(port),
    ...Object.entries(all).flatMap(([key, value]) => ['-c', `${key}=${value}`]),
  ];
}

export function postgresUrl(port: number, password: string, database: string): string {
  return `postgresql://postgres:${password}@127.0.0.1:${port}/${database}`;
}

/** True once the server answers a query. */
export async function postgresAnswers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch (error) {
    if ((error as { code?: string }).code === '28P01') {
      throw new PlainFailure(
        'PostgreSQL refuses the password kept beside its data: they belong to different installations.',
      );
    }
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

export async function createDatabaseIfMissing(adminUrl: string, name: string): Promise<void> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (rowCount === 0) await client.query(`create database "${name}"`);
  } finally {
    await client.end();
  }
}

function createCluster(native: string, dataFolder: string, identity: Identity, password: string): void {
  // Made aside and renamed: a cluster that exists is whole.
  const unfinished = `${dataFolder}.new`;
  const passwordFile = path.join(path.dirname(dataFolder), `.password-${randomBytes(6).toString('hex')}`);
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { mode: 0o700 });
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (identity.uid !== undefined && identity.gid !== undefined) {
    chownSync(unfinished, identity.uid, identity.gid);
    chownSync(passwordFile, identity.uid, identity.gid);
  }
  const made = spawnSync(
    path.join(native, 'bin', 'initdb'),
    [
      '-D',
      unfinished,
      '--username=postgres',
      '--auth=scram-sha-256',
      `--pwfile=${passwordFile}`,
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
    ],
    { ...identity, cwd: '/', encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } },
  );
  rmSync(passwordFile, { force: true });
  if (made.status !== 0) {
    rmSync(unfinished, { recursive: true, force: true });
    throw new PlainFailure(`PostgreSQL's data could not be made: ${made.error?.message ?? made.stderr.trim()}`);
  }
  if (existsSync(dataFolder)) rmSync(dataFolder, { recursive: true });
  renameSync(unfinished, dataFolder);
}

function refuseForeignCluster(dataFolder: string, identity: Identity): void {
  const owner = statSync(dataFolder).uid;
  const self = identity.uid ?? process.getuid?.();
  if (self !== undefined && owner !== self) {
    throw new PlainFailure(
      `The data in ${dataFolder} belongs to another user (uid ${owner}). Start as the user who made it, or set DATA_DIR to another folder.`,
    );
  }
  const version = readFileSync(path.join(dataFolder, 'PG_VERSION'), 'utf8').trim();
  if (version !== MAJOR_VERSION) {
    throw new PlainFailure(
      `The data in ${dataFolder} was made by PostgreSQL ${version}, and this is PostgreSQL ${MAJOR_VERSION}. Set DATA_DIR to another folder.`,
    );
  }
}

/**
 * After a kill of everything the server may still run, or its pid file may name a process that is somebody else's by
 * now, which PostgreSQL alone would take for a running server.
 */
async function endOrphan(dataFolder: string): Promise<void> {
  const pidFile = path.join(dataFolder, 'postmaster.pid');
  if (!existsSync(pidFile)) return;
  const pid = Number(readFileSync(pidFile, 'utf8').split('\n')[0]);
  if (!Number.isInteger(pid) || pid <= 1 || !commandLineOf(pid).includes(dataFolder)) {
    rmSync(pidFile, { force: true });
    return;
  }
  process.kill(pid, 'SIGINT');
  for (let waitedMs = 0; existsSync(pidFile); waitedMs += 50) {
    if (waitedMs > 30_000) {
      throw new PlainFailure(`An earlier PostgreSQL (process ${pid}) does not stop. End it and start again.`);
    }
    await sleep(50);
  }
}
