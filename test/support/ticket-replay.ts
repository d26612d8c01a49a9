import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { bundleWorkflowCode, DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import type { InjectedSinks, WorkflowBundleWithSourceMap } from '@temporalio/worker';
import type { TicketRecord } from '../../activities/ticket-activities.ts';
import { payloadValue } from './history-payloads.ts';
import type { JsonHistory } from './history-payloads.ts';
import type { ReplaySinks } from './recording-interceptors.ts';

Runtime.install({
  logger: new DefaultLogger('ERROR'),
  telemetryOptions: { logging: { filter: 'ERROR', forward: {} } },
});

const HISTORIES = new URL('../workflows/histories/', import.meta.url);

/** The recorded histories of the repository, by the name of the path that each has gone. */
export function keptHistories(): { name: string; history: JsonHistory }[] {
  return readdirSync(HISTORIES).map((file) => ({
    name: file.replace(/\.json$/, ''),
    history: JSON.parse(readFileSync(new URL(file, HISTORIES), 'utf8')) as JsonHistory,
  }));
}

/** A bundle of workflows, by path from here, that shows what it would record. */
export function replayBundle(path: string): Promise<WorkflowBundleWithSourceMap> {
  return bundleWorkflowCode({
    logger: new DefaultLogger('ERROR'),
    workflowsPath: fileURLToPath(new URL(path, import.meta.url)),
    workflowInterceptorModules: [fileURLToPath(new URL('./recording-interceptors.ts', import.meta.url))],
  });
}

/**
 * Replays a history and gives what today's rules would record on the way.
 * @throws DeterminismViolationError when today's workflow would do something else than the history says
 */
export async function replay(
  history: JsonHistory,
  workflowBundle: WorkflowBundleWithSourceMap,
): Promise<TicketRecord[]> {
  const records: TicketRecord[] = [];
  const sinks: InjectedSinks<ReplaySinks> = {
    replay: { recorded: { fn: (_, record) => void records.push(record), callDuringReplay: true } },
  };
  await Worker.runReplayHistory({ workflowBundle, sinks }, structuredClone(history));
  return records;
}

/** What was recorded when the history was made. */
export function recordedIn({ events }: JsonHistory): TicketRecord[] {
  return events
    .map((event) => event.activityTaskScheduledEventAttributes)
    .filter((scheduled) => scheduled?.activityType?.name === 'recordTicket')
    .map((scheduled) => payloadValue(scheduled?.input?.payloads?.[0]) as TicketRecord);
}
