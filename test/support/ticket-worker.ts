import { fileURLToPath } from 'node:url';

import { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import type { WorkerOptions, WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { Client, Connection } from '@temporalio/client';
import type { TicketActivities } from '../../activities/ticket-activities.ts';
import { createTicketGateway } from '../../api/ticket-gateway.ts';
import type { TicketGateway } from '../../api/ticket-gateway.ts';
import { InMemoryEffects } from './in-memory-effects.ts';
import { uniqueTaskQueue } from './temporal.ts';

// Letters that fail are part of the stories; only what should never happen is shown.
Runtime.install({ logger: new DefaultLogger('ERROR') });

/** The workflow code as a worker runs it, made once for each process. */
export const ticketBundle = once(() => bundle('../../workflows/ticket.ts'));

/** Histories that are kept in the repository name no machine. */
const IDENTITY = 'test';

/** Workers that run tickets with effects in memory, and the gateway through which tests speak with the tickets. */
export interface TicketWorker {
  client: Client;
  gateway: TicketGateway;
  effects: InMemoryEffects;
  taskQueue: string;
  /** Has no worker while something is done; tickets and their clocks go on without one. */
  without<T>(done: () => Promise<T>): Promise<T>;
  /** Stops the worker and closes the connections. */
  close(): Promise<void>;
}

export async function startTicketWorker(
  address: string,
  options: Partial<Pick<WorkerOptions, 'maxCachedWorkflows'>> = {},
): Promise<TicketWorker> {
  const connection = await Connection.connect({ address });
  const native = await NativeConnection.connect({ address });
  const client = new Client({ connection, identity: IDENTITY });
  const taskQueue = uniqueTaskQueue('tickets');
  const effects = new InMemoryEffects();
  let running: { worker: Worker; ended: Promise<void> } | null = null;

  async function start(): Promise<void> {
    const worker = await Worker.create({
      connection: native,
      identity: IDENTITY,
      taskQueue,
      workflowBundle: await ticketBundle(),
      activities: activitiesOver(effects),
      stickyQueueScheduleToStartTimeout: '1 second',
      shutdownGraceTime: '1 second',
      ...options,
    });
    running = { worker, ended: worker.run() };
  }

  async function stop(): Promise<void> {
    running?.worker.shutdown();
    await running?.ended;
    running = null;
  }

  await start();
  return {
    client,
    gateway: createTicketGateway({ client, taskQueue, publicUrl: 'http://support.example' }),
    effects,
    taskQueue,
    async without(done) {
      await stop();
      try {
        return await done();
      } finally {
        await start();
      }
    },
    async close() {
      await stop();
      await native.close();
      await connection.close();
    },
  };
}

/** Activities as plain functions, as a worker wants them. */
export function activitiesOver(effects: TicketActivities): TicketActivities & Record<string, unknown> {
  return {
    recordTicket: (record) => effects.recordTicket(record),
    sendNotice: (notice) => effects.sendNotice(notice),
    loadCalendar: (request) => effects.loadCalendar(request),
    messagesOnTheWay: (request) => effects.messagesOnTheWay(request),
  };
}

/** A bundle of another file of workflows, by its path from here. */
export function bundle(path: string): Promise<WorkflowBundleWithSourceMap> {
  return bundleWorkflowCode({
    logger: new DefaultLogger('ERROR'),
    workflowsPath: fileURLToPath(new URL(path, import.meta.url)),
  });
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}
