import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BenchStack } from './bench-stack.ts';
import { percentile } from './many-at-once.ts';

const PER_SECOND = 50;
const SECONDS = 20;

/** Prints how long the token route takes to answer when requests come at a fixed pace, whatever the answers do. */
export async function benchIntake({ api, intakeToken }: BenchStack): Promise<void> {
  const eachMs: number[] = [];
  const running: Promise<void>[] = [];
  const began = performance.now();
  for (let i = 0; i < PER_SECOND * SECONDS; i += 1) {
    const plannedAt = began + (i * 1_000) / PER_SECOND;
    await sleep(Math.max(0, plannedAt - performance.now()));
    // From the planned instant: a client that could not be sent in time has waited too.
    running.push(sendRequest(api, intakeToken).then(() => void eachMs.push(performance.now() - plannedAt)));
  }
  await Promise.all(running);
  console.log(
    `\nIntake: ${PER_SECOND} requests a second for ${SECONDS} s on POST /v1/intake/email, workflows started meanwhile`,
  );
  console.table([
    {
      'p50 ms': round(percentile(eachMs, 0.5)),
      'p95 ms': round(percentile(eachMs, 0.95)),
      'p99 ms': round(percentile(eachMs, 0.99)),
      'max ms': round(Math.max(...eachMs)),
    },
  ]);
}

export async function sendRequest(api: string, token: string): Promise<number> {
  const answer = await fetch(`${api}/v1/intake/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({
      externalId: `<${randomUUID()}@bench.example>`,
      from: { address: `user-${randomUUID()}@bench.example`, name: 'Bench' },
      subject: 'The report is empty',
      text: 'The monthly report has no lines since this morning.',
      product: 'siroca-lis',
    }),
  });
  if (answer.status !== 202) throw new Error(`intake answered ${answer.status}: ${await answer.text()}`);
  const { number } = (await answer.json()) as { number: number };
  return number;
}

function round(ms: number): number {
  return Math.round(ms * 10) / 10;
}
