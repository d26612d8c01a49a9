import { setTimeout as pause } from 'node:timers/promises';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { pino } from 'pino';
import { createTicketActivities } from '../../activities/create-ticket-activities.ts';
import { connectTicketGateway } from '../../api/ticket-gateway.ts';
import type { TicketGateway } from '../../api/ticket-gateway.ts';
import { closeChannelSenders, createChannelSenders } from '../../channels/index.ts';
import { createDatabase } from '../../prisma/client.ts';
import type { TicketEvent } from '../../regulation/events.ts';
import { startTicketWorker } from '../../worker/ticket-worker.ts';
import type { RunningTicketWorker } from '../../worker/ticket-worker.ts';
import { buildApi } from './api.ts';
import type { Ask, TestApi } from './api.ts';
import { createCompany } from './company.ts';
import type { TestCompany } from './company.ts';
import { createTestDatabase } from './database.ts';
import { startMailServer } from './mail-server.ts';
import type { MailServer } from './mail-server.ts';
import { switchablePort } from './switchable-port.ts';
import { fromTestRun } from './test-run.ts';
import { uniqueTaskQueue } from './temporal.ts';

/** The API, a worker and a mail server over a database of their own and the run's Temporal server. */
export interface LiveStack {
  api: TestApi;
  company: TestCompany;
  mail: MailServer;
  gateway: TicketGateway;
  /** Cuts the API off from Temporal, and joins it again. */
  temporal: { off(): Promise<void>; on(): Promise<void> };
  worker: { stop(): Promise<void>; start(): Promise<void> };
  /** The API's log, one object a line. */
  logged: Record<string, unknown>[];
  /** The recorded events of a ticket, in order. */
  eventsOf(number: number): Promise<TicketEvent[]>;
  /** Asks the database until it is so; fails after twenty seconds. */
  until<T>(what: () => Promise<T | null | undefined | false>): Promise<T>;
  /** The same call of the API, which must succeed. */
  does<T = Record<string, unknown>>(what: Ask): Promise<T>;
  close(): Promise<void>;
}

Runtime.install({ logger: new DefaultLogger('ERROR') });

const QUIET = pino({ level: 'silent' });

export async function startLiveStack(): Promise<LiveStack> {
  const database = await createTestDatabase();
  const port = await switchablePort(fromTestRun('TEST_TEMPORAL_ADDRESS'));
  const taskQueue = uniqueTaskQueue('live');
  const mail = await startMailServer();
  const logged: Record<string, unknown>[] = [];
  const logger = pino({ level: 'info', base: null }, { write: (line: string) => logged.push(JSON.parse(line)) });
  const connected = await connectTicketGateway({
    address: port.address,
    namespace: 'default',
    taskQueue,
  });
  const { gateway } = connected;
  const api = await buildApi({ databaseUrl: database.url, gateway, logger, env: { REHEARSAL: 'on' } });
  const company = await createCompany(api.db);
  // Numbers of tickets are names of workflows, and the server of the run is shared.
  const first = (Date.now() % 1_000_000) * 1_000 + Math.floor(Math.random() * 1_000);
  await api.db.$executeRawUnsafe(`ALTER SEQUENCE ticket_requests_number_seq RESTART WITH ${first + 1}`);

  const workerDb = createDatabase(database.url);
  const senders = createChannelSenders({ email: { smtpUrl: mail.url, from: 'support@siroca.com' } });
  const activities = createTicketActivities({
    db: workerDb,
    senders,
    publicUrl: api.settings.publicUrl,
    linkSecret: api.settings.linkSecret,
    mailFrom: 'support@siroca.com',
    log: QUIET,
  });
  const stopping = new AbortController();
  let running: RunningTicketWorker | null = null;
  const worker = {
    async start() {
      running ??= await startTicketWorker(
        { address: fromTestRun('TEST_TEMPORAL_ADDRESS'), namespace: 'default', taskQueue },
        { activities, log: QUIET, signal: stopping.signal },
      );
    },
    async stop() {
      await running?.stop();
      running = null;
    },
  };
  await worker.start();
  api.dispatcher.start();

  return {
    api,
    company,
    mail,
    gateway,
    temporal: port,
    worker,
    logged,
    async eventsOf(number) {
      const rows = await api.db.ticketEvent.findMany({ where: { ticketNumber: number }, orderBy: { version: 'asc' } });
      return rows.map((row) => row.event as unknown as TicketEvent);
    },
    async until(what) {
      for (let tries = 0; tries < 400; tries += 1) {
        const so = await what();
        if (so !== null && so !== undefined && so !== false) return so;
        await pause(50);
      }
      throw new Error(`it did not become so: ${what.toString()}`);
    },
    async does<T>(what: Ask) {
      const response = await api.ask(what);
      if (response.statusCode >= 300) throw new Error(`${what.url}: ${response.statusCode} ${response.body}`);
      return response.json<T>();
    },
    async close() {
      await api.close();
      await worker.stop();
      await port.off();
      await connected.close();
      await closeChannelSenders(senders);
      await mail.stop();
      await workerDb.$disconnect();
      await database.drop();
    },
  };
}
