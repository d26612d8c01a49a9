import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, NativeConnection, Worker } from '@temporalio/worker';
import type { WorkerOptions } from '@temporalio/worker';
import type { Logger } from 'pino';
import type { TicketActivities } from '../activities/ticket-activities.ts';
import { temporalLogger } from './log.ts';

export interface TicketWorkerSettings {
  address: string;
  namespace: string;
  taskQueue: string;
}

/** How workers of this project run, wherever they are made. */
const WORKER_OPTIONS = {
  // A worker that was killed leaves its tickets to the others within a second.
  stickyQueueScheduleToStartTimeout: '1 second',
  // An idle ticket in the cache costs tens of kilobytes; too small a cache halves the rate.
  maxCachedWorkflows: 2_000,
  // Notices may take 50 of these places at most, so records always find one.
  maxConcurrentActivityTaskExecutions: 200,
  shutdownGraceTime: '10 seconds',
  shutdownForceTime: '15 seconds',
} as const satisfies Partial<WorkerOptions>;

export interface RunningTicketWorker {
  /** Resolves when the worker has been stopped; rejects when it cannot go on. */
  ended: Promise<void>;
  /** Lets what runs come to an end, for ten seconds at the most. */
  stop(): Promise<void>;
}

/** A worker of tickets; where Temporal is not there yet, it waits for it. */
export async function startTicketWorker(
  { address, namespace, taskQueue }: TicketWorkerSettings,
  { activities, log, signal }: { activities: TicketActivities; log: Logger; signal: AbortSignal },
): Promise<RunningTicketWorker> {
  const workflowBundle = await bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('../workflows/ticket.ts', import.meta.url)),
    logger: temporalLogger(log.child({}, { level: 'warn' })),
  });
  const { connection, worker } = await whenTemporalAnswers({ address, log, signal }, async () => {
    const opened = await NativeConnection.connect({ address });
    try {
      return {
        connection: opened,
        worker: await Worker.create({
          ...WORKER_OPTIONS,
          connection: opened,
          namespace,
          taskQueue,
          workflowBundle,
          activities,
        }),
      };
    } catch (error) {
      await opened.close();
      throw error;
    }
  });
  const running = worker.run();
  const ended = (async () => {
    try {
      await running;
    } finally {
      await connection.close();
    }
  })();
  return {
    ended,
    async stop() {
      if (worker.getState() === 'RUNNING') worker.shutdown();
      await ended;
    },
  };
}

/** Tries once a second, and says so once a minute. */
async function whenTemporalAnswers<Result>(
  { address, log, signal }: { address: string; log: Logger; signal: AbortSignal },
  connect: () => Promise<Result>,
): Promise<Result> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await connect();
    } catch (error) {
      if (attempt % 60 === 0) log.warn({ temporal: address, error: nameOf(error) }, 'waiting for Temporal');
      await sleep(1_000, undefined, { signal });
    }
  }
}

function nameOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : 'unknown';
}
