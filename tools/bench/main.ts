import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { createDatabase } from '../../prisma/client.ts';
import { startBenchStack } from './bench-stack.ts';
import { benchBusinessTime } from './business-time.ts';
import { benchIntake } from './intake.ts';
import { benchLifecycles } from './lifecycles.ts';
import { benchWorkerMemory } from './worker-memory.ts';

/** `npm run bench`: figures of this machine, told side by side and never judged. */
const EMPTY_QUEUE = 'bench-empty';

benchBusinessTime();

console.log('\nStarting a system of its own, in a folder that is thrown away ...');
const stack = await startBenchStack();
try {
  Runtime.install({
    shutdownSignals: [],
    logger: { log() {}, trace() {}, debug() {}, info() {}, warn() {}, error: console.error },
  });
  const db = createDatabase(stack.databaseUrl, { connections: 16 });
  const connection = await Connection.connect({ address: stack.temporalAddress });
  const native = await NativeConnection.connect({ address: stack.temporalAddress });
  const worker = await Worker.create({
    connection: native,
    taskQueue: EMPTY_QUEUE,
    workflowsPath: fileURLToPath(new URL('./empty-workflow.ts', import.meta.url)),
  });
  const client = new Client({ connection });
  await worker.runUntil(async () => {
    await benchLifecycles(
      { client, db, taskQueue: stack.taskQueue, emptyQueue: EMPTY_QUEUE },
      { rounds: 3, perRound: 200 },
    );
  });
  await benchIntake(stack);
  await benchWorkerMemory(stack, client);
  await native.close();
  await connection.close();
  await db.$disconnect();
} finally {
  await stack.stop();
}
