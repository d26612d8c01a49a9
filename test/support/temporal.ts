import { randomBytes } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { fromTestRun } from './test-run.ts';

export interface TestTemporal {
  connection: Connection;
  client: Client;
  address: string;
}

/** A connection to the Temporal server of the run, where every workflow may have its own time. Close it at the end. */
export async function connectTemporal(): Promise<TestTemporal> {
  const address = fromTestRun('TEST_TEMPORAL_ADDRESS');
  const connection = await Connection.connect({ address });
  return { connection, client: new Client({ connection }), address };
}

/** A task queue of one test's own, so that files which share the server do not take each other's work. */
export function uniqueTaskQueue(prefix: string): string {
  return `${prefix}-${randomBytes(6).toString('hex')}`;
}

/** The program of the server, for a test that needs one with other settings. */
export function temporalProgram(): string {
  return fromTestRun('TEMPORAL_CLI');
}
