import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { applyMigrations } from '../../prisma/migrate.ts';
import { findTemporalCli } from '../../tools/setup/temporal-cli.mjs';
import { Child } from '../../tools/stack/child.ts';
import {
  createDatabaseIfMissing,
  postgresAnswers,
  postgresArguments,
  postgresUrl,
  prepareCluster,
} from '../../tools/stack/embedded-postgres.ts';
import { Guard } from '../../tools/stack/guard.ts';
import { acceptsConnections, freePort } from '../../tools/stack/ports.ts';
import { prepareNamespace, temporalAnswers } from '../../tools/stack/temporal-namespace.ts';
import { temporalArguments } from '../../tools/stack/temporal-server.ts';

const TEMPLATE = 'migrated_template';
const READY_WITHIN_MS = 60_000;

/** The servers that all test files of one run share. */
export interface TestServers {
  /** What the test files find in their environment: test/support/database.ts and temporal.ts read it. */
  env: Record<string, string>;
  stop(): Promise<void>;
}

export async function startTestServers(): Promise<TestServers> {
  const folder = mkdtempSync(path.join(tmpdir(), 'siroca-support-test-'));
  chmodSync(folder, 0o755);
  const guard = new Guard();
  const started: Child[] = [];
  const places: string[] = [];
  const stop = async () => {
    await Promise.all(started.map((child) => child.stop(5_000)));
    guard.close();
    for (const place of [...places, folder]) rmSync(place, { recursive: true, force: true });
  };
  try {
    const [postgres, temporal] = await Promise.all([startPostgres(), startTemporal()]);
    return { env: { ...postgres, ...temporal }, stop };
  } catch (error) {
    await stop();
    throw error;
  }

  async function startPostgres() {
    const port = await freePort();
    const password = randomBytes(12).toString('hex');
    const cluster = await prepareCluster(path.join(folder, 'postgres'), password);
    places.push(cluster.dataFolder);
    const adminUrl = postgresUrl(port, password, 'postgres');
    const child = await Child.start(
      {
        name: 'postgres',
        title: 'PostgreSQL',
        file: cluster.file,
        args: postgresArguments(cluster, port, { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
        identity: cluster.identity,
        stopSignal: 'SIGINT',
        isReady: () => postgresAnswers(adminUrl),
      },
      { logs: path.join(folder, 'logs'), guard },
    );
    started.push(child);
    await child.becomesReady(READY_WITHIN_MS);
    await createDatabaseIfMissing(adminUrl, TEMPLATE);
    await applyMigrations(postgresUrl(port, password, TEMPLATE));
    return { TEST_POSTGRES_URL: adminUrl, TEST_TEMPLATE_DATABASE: TEMPLATE };
  }

  async function startTemporal() {
    const cli = findTemporalCli();
    if (cli === null) throw new Error('there is no Temporal server yet: run npm test, which provides it');
    const port = await freePort();
    const address = `127.0.0.1:${port}`;
    const child = await Child.start(
      {
        name: 'temporal',
        title: 'Temporal',
        file: cli,
        args: temporalArguments({ port }),
        stopSignal: 'SIGTERM',
        isReady: async () => (await acceptsConnections(port)) && (await temporalAnswers(address, 'default')),
      },
      { logs: path.join(folder, 'logs'), guard },
    );
    started.push(child);
    await child.becomesReady(READY_WITHIN_MS);
    await prepareNamespace({ address, namespace: 'default', isOurs: true });
    return { TEST_TEMPORAL_ADDRESS: address, TEMPORAL_CLI: cli };
  }
}
