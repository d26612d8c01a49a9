import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { applyMigrations } from '../../prisma/migrate.ts';
import { ensureCalendar, ensureDemoData } from '../demo-data.ts';
import { PlainFailure } from '../plain-failure.mjs';
import { findTemporalCli } from '../setup/temporal-cli.mjs';
import type { ChildPlan } from './child.ts';
import { apiPlan, mailSinkPlan, postgresPlan, temporalPlan, workerPlan } from './plans.ts';
import { isPortFree } from './ports.ts';
import { keepSecrets } from './secrets.ts';
import type { StackSettings } from './stack-settings.ts';
import type { Supervisor } from './supervisor.ts';
import { prepareNamespace } from './temporal-namespace.ts';
import { writeWhole } from './write-whole.ts';

/** Where people and tests find what has been started. */
export interface StackAddresses {
  api: string;
  temporalUi: string | null;
  mail: string | null;
}

/** Brings everything up in order, each once the one before it serves. */
export async function startStack(
  settings: StackSettings,
  supervisor: Supervisor,
  say: (line: string) => void,
): Promise<StackAddresses> {
  const { dataFolder, ports, given } = settings;
  mkdirSync(dataFolder, { recursive: true });
  await supervisor.begin();
  await refuseBusyPorts(settings);
  const secrets = keepSecrets(dataFolder);

  const databaseUrl = given.databaseUrl ?? (await startPostgres());
  const applied = await applyMigrations(databaseUrl).catch((error: Error) => {
    throw new PlainFailure(`The database schema cannot be brought up to date: ${error.message.trim()}`);
  });
  if (applied.length > 0)
    say(`Database schema brought up to date (${applied.length === 1 ? '1 script' : `${applied.length} scripts`}).`);
  await ensureCalendar(databaseUrl);
  if (settings.demonstration && (await ensureDemoData(databaseUrl, dataFolder)))
    say('Demonstration clients, staff and products put in.');

  const temporalAddress = given.temporalAddress ?? (await startTemporal());
  await prepareNamespace({
    address: temporalAddress,
    namespace: settings.temporalNamespace,
    isOurs: given.temporalAddress === null,
  });

  const smtpUrl = given.smtpUrl ?? (await startMailSink());
  const addresses: StackAddresses = {
    api: settings.publicUrl,
    temporalUi: given.temporalAddress === null ? `http://127.0.0.1:${ports.temporalUi}` : null,
    mail: given.smtpUrl === null ? `http://127.0.0.1:${ports.mailPages}` : null,
  };
  const env: Record<string, string> = {
    DATABASE_URL: databaseUrl,
    TEMPORAL_ADDRESS: temporalAddress,
    TEMPORAL_NAMESPACE: settings.temporalNamespace,
    TEMPORAL_TASK_QUEUE: settings.taskQueue,
    ...(addresses.temporalUi === null ? {} : { TEMPORAL_UI_URL: addresses.temporalUi }),
    PUBLIC_URL: settings.publicUrl,
    LINK_SECRET: process.env['LINK_SECRET'] || secrets.linkSecret,
    SESSION_SECRET: process.env['SESSION_SECRET'] || secrets.sessionSecret,
    SMTP_URL: smtpUrl,
    HOST: settings.host,
    PORT: String(ports.api),
    REHEARSAL: settings.rehearsal,
  };
  await Promise.all([workerPlan(env), apiPlan(env)].map(started));
  writeWhole(path.join(dataFolder, 'addresses.json'), addresses);
  return addresses;

  async function startPostgres(): Promise<string> {
    const { plan, url, createDatabase } = await postgresPlan(settings, secrets);
    await started(plan);
    await createDatabase();
    return url;
  }

  async function startTemporal(): Promise<string> {
    const program = findTemporalCli();
    if (program === null) throw new PlainFailure('The Temporal server is missing: run npm start, which provides it.');
    await started(temporalPlan(settings, program));
    return `127.0.0.1:${ports.temporal}`;
  }

  async function startMailSink(): Promise<string> {
    await started(mailSinkPlan(settings));
    return `smtp://127.0.0.1:${ports.mailSmtp}`;
  }

  async function started(plan: ChildPlan): Promise<void> {
    const from = Date.now();
    await supervisor.start(plan);
    say(`${plan.title} serves (${((Date.now() - from) / 1_000).toFixed(1)} s).`);
  }
}

/** One sentence before anything is started, instead of a stack trace in some log afterwards. */
async function refuseBusyPorts({ ports, given }: StackSettings): Promise<void> {
  const wanted = [
    { what: 'the API', setting: 'PORT', port: ports.api },
    ...(given.databaseUrl === null ? [{ what: 'PostgreSQL', setting: 'POSTGRES_PORT', port: ports.postgres }] : []),
    ...(given.temporalAddress === null
      ? [
          { what: 'Temporal', setting: 'TEMPORAL_PORT', port: ports.temporal },
          { what: 'the Temporal UI', setting: 'TEMPORAL_UI_PORT', port: ports.temporalUi },
        ]
      : []),
    ...(given.smtpUrl === null
      ? [
          { what: 'the mailbox (SMTP)', setting: 'MAIL_SINK_SMTP_PORT', port: ports.mailSmtp },
          { what: "the mailbox's pages", setting: 'MAIL_SINK_HTTP_PORT', port: ports.mailPages },
        ]
      : []),
  ];
  for (const { what, setting, port } of wanted) {
    if (!(await isPortFree(port))) {
      throw new PlainFailure(
        `Port ${port} (${what}) is used by another program. Stop that program, or choose another port with ${setting}.`,
      );
    }
  }
}
