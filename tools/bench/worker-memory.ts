import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import type { BenchStack } from './bench-stack.ts';
import { sendRequest } from './intake.ts';
import { manyAtOnce } from './many-at-once.ts';

const WARM_UP = 100;
const STEPS = [300, 300];

/** Prints how the worker's resident memory grows with tickets that are open and in its cache. */
export async function benchWorkerMemory(stack: BenchStack, client: Client): Promise<void> {
  await openTickets(stack, client, WARM_UP);
  let before = await restingBytes(stack.workerPid);
  const rows: { 'tickets more': number; 'MB more': number; 'kB a ticket': number }[] = [];
  for (const count of STEPS) {
    await openTickets(stack, client, count);
    const after = await restingBytes(stack.workerPid);
    const more = after - before;
    rows.push({
      'tickets more': count,
      'MB more': round(more / 1_048_576),
      'kB a ticket': round(more / 1_024 / count),
    });
    before = after;
  }
  console.log(
    '\nMemory of the worker process, resident, as open tickets are added (garbage is not collected on purpose)',
  );
  console.table(rows);
}

async function openTickets({ api, intakeToken }: BenchStack, client: Client, count: number): Promise<void> {
  const numbers: number[] = [];
  await manyAtOnce({ count, atOnce: 16 }, async () => void numbers.push(await sendRequest(api, intakeToken)));
  const last = Math.max(...numbers);
  for (let waitedMs = 0; waitedMs < 60_000; waitedMs += 200) {
    try {
      await client.workflow.getHandle(`ticket-${last}`).describe();
      return;
    } catch {
      await sleep(200);
    }
  }
  throw new Error(`the workflow of ticket ${last} has not been started within a minute`);
}

/** Resident memory once it has stopped moving. */
async function restingBytes(pid: number): Promise<number> {
  let last = residentBytes(pid);
  for (let quiet = 0, waitedMs = 0; quiet < 6 && waitedMs < 30_000; waitedMs += 500) {
    await sleep(500);
    const now = residentBytes(pid);
    quiet = Math.abs(now - last) < 1_048_576 ? quiet + 1 : 0;
    last = now;
  }
  return last;
}

function residentBytes(pid: number): number {
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' }).trim()) * 1_024;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
