import { Runtime } from '@temporalio/worker';
import closeWithGrace from 'close-with-grace';
import { createTicketActivities } from '../activities/create-ticket-activities.ts';
import { closeChannelSenders, createChannelSenders } from '../channels/index.ts';
import { createDatabase } from '../prisma/client.ts';
import { InvalidSetting } from '../regulation/errors.ts';
import { createLog, temporalLogger } from './log.ts';
import { readWorkerSettings } from './settings.ts';
import type { WorkerSettings } from './settings.ts';
import { startTicketWorker } from './ticket-worker.ts';
import type { RunningTicketWorker } from './ticket-worker.ts';

/** More than the worker itself takes to let go of what runs. */
const GRACE_MS = 20_000;

/**
 * The worker as a process: `node --import tsx worker/main.ts`. It waits for Temporal, and lets its activities wait for
 * PostgreSQL and the mail server. What it cannot go on without ends it with one line; whoever supervises starts it anew.
 */
const settings = settingsOrExit();
const log = createLog(settings.logLevel);
Runtime.install({
  logger: temporalLogger(log),
  telemetryOptions: { logging: { forward: {}, filter: 'temporalio_client=WARN,temporalio_sdk_core=WARN,ERROR' } },
  shutdownSignals: [],
});

const db = createDatabase(settings.databaseUrl);
const senders = createChannelSenders({ email: { smtpUrl: settings.smtpUrl, from: settings.mailFrom } });
const activities = createTicketActivities({
  db,
  senders,
  publicUrl: settings.publicUrl,
  linkSecret: settings.linkSecret,
  mailFrom: settings.mailFrom,
  log,
});
const stopping = new AbortController();
let worker: RunningTicketWorker | null = null;

closeWithGrace({ delay: GRACE_MS, logger: log }, async () => {
  stopping.abort();
  await worker?.stop();
  await closeChannelSenders(senders);
  await db.$disconnect();
});

try {
  worker = await startTicketWorker(settings.temporal, { activities, log, signal: stopping.signal });
  log.info({ taskQueue: settings.temporal.taskQueue }, 'worker ready');
  process.send?.('ready');
  // The channel to a parent is for that word alone; it must not keep the process alive.
  process.channel?.unref();
  await worker.ended;
} catch (error) {
  if (!stopping.signal.aborted) {
    log.fatal({ error }, 'the worker cannot go on');
    process.exit(1);
  }
}

function settingsOrExit(): WorkerSettings {
  try {
    return readWorkerSettings(process.env);
  } catch (error) {
    if (!(error instanceof InvalidSetting)) throw error;
    console.error(`The worker cannot start with these settings:\n${error.message}`);
    return process.exit(1);
  }
}
