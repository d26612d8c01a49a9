import path from 'node:path';
import type { ChildPlan } from './child.ts';
import {
  createDatabaseIfMissing,
  postgresAnswers,
  postgresArguments,
  postgresUrl,
  prepareCluster,
} from './embedded-postgres.ts';
import { acceptsConnections } from './ports.ts';
import type { StackSecrets } from './secrets.ts';
import { ROOT, type StackSettings } from './stack-settings.ts';
import { temporalAnswers } from './temporal-namespace.ts';
import { temporalArguments } from './temporal-server.ts';

const DATABASE = 'siroca_support';

/** Our own PostgreSQL: the process, and the address that the others are given. */
export async function postgresPlan(
  { dataFolder, ports }: StackSettings,
  { databasePassword }: StackSecrets,
): Promise<{ plan: ChildPlan; url: string; createDatabase: () => Promise<void> }> {
  const folder = path.join(dataFolder, 'postgres');
  const cluster = await prepareCluster(folder, databasePassword);
  const adminUrl = postgresUrl(ports.postgres, databasePassword, 'postgres');
  return {
    plan: {
      name: 'postgres',
      title: 'PostgreSQL',
      file: cluster.file,
      args: postgresArguments(cluster, ports.postgres),
      identity: cluster.identity,
      stopSignal: 'SIGINT',
      beforeStart: () => prepareCluster(folder, databasePassword),
      isReady: () => postgresAnswers(adminUrl),
    },
    url: postgresUrl(ports.postgres, databasePassword, DATABASE),
    createDatabase: () => createDatabaseIfMissing(adminUrl, DATABASE),
  };
}

/** Our own Temporal server, on a file. */
export function temporalPlan({ dataFolder, ports, temporalNamespace }: StackSettings, program: string): ChildPlan {
  return {
    name: 'temporal',
    title: 'Temporal',
    file: program,
    args: temporalArguments({
      port: ports.temporal,
      uiPort: ports.temporalUi,
      databaseFile: path.join(dataFolder, 'temporal.sqlite'),
      namespace: temporalNamespace,
    }),
    stopSignal: 'SIGTERM',
    isReady: async () =>
      (await acceptsConnections(ports.temporal)) &&
      (await temporalAnswers(`127.0.0.1:${ports.temporal}`, temporalNamespace)),
  };
}

/** The mail server whose letters go no further. */
export function mailSinkPlan({ dataFolder, ports }: StackSettings): ChildPlan {
  return ours('mail-sink', 'Mailbox', 'tools/mail-sink.ts', {
    DATA_DIR: dataFolder,
    MAIL_SINK_SMTP_PORT: String(ports.mailSmtp),
    MAIL_SINK_HTTP_PORT: String(ports.mailPages),
  });
}

export function workerPlan(env: Record<string, string>): ChildPlan {
  return ours('worker', 'Worker', 'worker/main.ts', env);
}

export function apiPlan(env: Record<string, string>): ChildPlan {
  return ours('api', 'API', 'api/server.ts', env);
}

/** A program of this repository: it says `ready` by itself, and lives in UTC. */
function ours(name: string, title: string, entry: string, env: Record<string, string>): ChildPlan {
  return {
    name,
    title,
    file: process.execPath,
    args: ['--disable-warning=ExperimentalWarning', '--import', 'tsx', path.join(ROOT, entry)],
    env: { ...env, TZ: 'UTC' },
    stopSignal: 'SIGTERM',
    isReady: 'message',
  };
}
