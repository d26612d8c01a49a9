import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { createTicketGateway } from '../../api/ticket-gateway.ts';
import type { TicketGateway } from '../../api/ticket-gateway.ts';
import { fileRequest } from '../../api/intake/filing.ts';
import { agreementFactsOf } from '../../prisma/agreements.ts';
import type { Database } from '../../prisma/client.ts';
import { markStarted, ticketToDispatch } from '../../prisma/dispatch.ts';
import { writeStaffTexts } from '../../prisma/staff-texts.ts';
import type { StaffAct } from '../../regulation/commands.ts';
import { ticketWorkflowId } from '../../workflows/ticket-messages.ts';
import { manyAtOnce, percentile, perSecond } from './many-at-once.ts';

const AT_ONCE = 32;

export interface LifecycleMeans {
  client: Client;
  db: Database;
  taskQueue: string;
  /** The queue on which the benchmark's own worker runs the workflow that does nothing. */
  emptyQueue: string;
}

/**
 * Prints whole lifecycles a second (receipt, classify, reply, complete, told, confirm) beside empty workflows a second
 * on the same server, taken in turns so that a noisy machine spoils both alike, and what one lifecycle costs.
 */
export async function benchLifecycles(
  means: LifecycleMeans,
  { rounds, perRound }: { rounds: number; perRound: number },
) {
  const lives = await preparedLives(means);
  await emptyWorkflows(means, perRound);
  await lives.run(perRound);
  const rows: { empties: number; lifecycles: number; ratio: number; p50: number; p95: number }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const empties = await emptyWorkflows(means, perRound * 4);
    const { rate, eachMs } = await lives.run(perRound);
    rows.push({
      empties,
      lifecycles: rate,
      ratio: rate / empties,
      p50: percentile(eachMs, 0.5),
      p95: percentile(eachMs, 0.95),
    });
  }
  console.log(
    `\nLifecycles, ${AT_ONCE} at once: start, three acts of staff, the letters handed to a mail server, a confirmation; recorded in PostgreSQL`,
  );
  console.table(
    rows.map(({ empties, lifecycles, ratio, p50, p95 }) => ({
      'empty workflows/s': round1(empties),
      'lifecycles/s': round1(lifecycles),
      ratio: Math.round(ratio * 1_000) / 1_000,
      'lifecycle p50 ms': Math.round(p50),
      'p95 ms': Math.round(p95),
    })),
  );
  await tellCost(means.client, lives.lastNumber());
}

async function emptyWorkflows({ client, emptyQueue }: LifecycleMeans, count: number): Promise<number> {
  const { allMs } = await manyAtOnce({ count, atOnce: AT_ONCE }, async () => {
    await client.workflow.execute('empty', { workflowId: `empty-${randomUUID()}`, taskQueue: emptyQueue });
  });
  return perSecond(count, allMs);
}

async function preparedLives({ client, db, taskQueue }: LifecycleMeans) {
  const gateway = createTicketGateway({ client, taskQueue, answerWithinMs: 60_000 });
  const contact = await db.contact.findFirstOrThrow({ where: { email: 'gulmira@ak-suu.example' } });
  const agent = await db.staff.findFirstOrThrow({ where: { role: 'agent' } });
  const agreements = await agreementFactsOf(db, contact.clientId);
  let last = 0;
  return {
    lastNumber: () => last,
    async run(count: number) {
      const told = watchForTold(db);
      try {
        const { eachMs, allMs } = await manyAtOnce({ count, atOnce: AT_ONCE }, async () => {
          last = await live();
        });
        return { rate: perSecond(count, allMs), eachMs };
      } finally {
        await told.stop();
      }

      async function live(): Promise<number> {
        const number = await received(db, gateway, { id: contact.id, clientId: contact.clientId });
        await act(number, {
          type: 'classify',
          severity: 3,
          impact: 'minor',
          affectedUsers: 1,
          productId: 'siroca-lis',
          reasonId: null,
          agreements,
        });
        await act(number, { type: 'reply', textId: await written(number, 'reply') });
        await act(number, {
          type: 'complete',
          outcome: 'information-provided',
          textId: await written(number, 'complete'),
          vendorId: null,
          releaseId: null,
        });
        await told.of(number);
        await gateway.clientCommand(number, {
          act: { type: 'confirm', messageId: randomUUID() },
          contactId: contact.id,
          receivedAt: Date.now(),
        });
        await client.workflow.getHandle(ticketWorkflowId(number)).result();
        return number;
      }
    },
  };

  /** What the letter of an act carries; without it there would be nothing to send. */
  async function written(number: number, type: string): Promise<string> {
    const id = randomUUID();
    const body = 'The report was filtered by mistake; the filter is off now.';
    await writeStaffTexts(db, [{ id, ticketNumber: number, staffId: agent.id, act: type, field: 'text', body }]);
    return id;
  }

  async function act(number: number, staffAct: StaffAct): Promise<void> {
    const actor = { kind: 'staff', staffId: agent.id, role: 'agent' } as const;
    const answer = await gateway.staffCommand(number, { act: staffAct, actor, expectedRevision: null }, randomUUID());
    if (answer.outcome !== 'done') throw new Error(`${staffAct.type} of ticket ${number}: ${JSON.stringify(answer)}`);
  }
}

async function received(
  db: Database,
  gateway: TicketGateway,
  contact: { id: string; clientId: string | null },
): Promise<number> {
  const externalId = `<${randomUUID()}@bench.example>`;
  const { number } = await db.$transaction((tx) =>
    fileRequest(tx, {
      incoming: {
        act: 'message',
        channel: 'email',
        account: 'support@siroca.com',
        externalId,
        contactId: contact.id,
        senderAddress: 'gulmira@ak-suu.example',
        senderName: null,
        subject: 'The report is empty',
        text: 'The monthly report has no lines since this morning.',
        hasReason: false,
        automatic: false,
        receivedAt: Date.now(),
        original: Buffer.from(externalId),
      },
      details: {
        clientId: contact.clientId,
        productId: 'siroca-lis',
        subject: 'The report is empty',
        steps: null,
        frequency: null,
        impact: null,
        affectedUsers: null,
        contactName: null,
        contactEmail: 'gulmira@ak-suu.example',
        contactPhone: null,
        organisation: null,
        language: 'ru',
      },
    }),
  );
  const { request } = await ticketToDispatch(db, number);
  await gateway.start(request);
  await markStarted(db, request);
  return number;
}

/** One query for all who wait, so that looking costs the database little. */
function watchForTold(db: Database) {
  const waiting = new Map<number, () => void>();
  const stopped = new AbortController();
  const watching = (async () => {
    while (!stopped.signal.aborted) {
      await sleep(20);
      if (waiting.size === 0) continue;
      const rows = await db.ticket.findMany({
        where: { number: { in: [...waiting.keys()] }, status: 'awaiting-confirmation' },
        select: { number: true },
      });
      for (const { number } of rows) {
        waiting.get(number)?.();
        waiting.delete(number);
      }
    }
  })();
  return {
    of: (number: number) => new Promise<void>((resolve) => waiting.set(number, resolve)),
    async stop() {
      stopped.abort();
      await watching;
    },
  };
}

/** What one lifecycle leaves in its history, and the actions that Temporal counts. */
async function tellCost(client: Client, number: number): Promise<void> {
  const { events } = await client.workflow.getHandle(ticketWorkflowId(number)).fetchHistory();
  const counts = new Map<string, number>();
  let actions = 0;
  for (const event of events ?? []) {
    const name = nameOf(event);
    counts.set(name, (counts.get(name) ?? 0) + 1);
    if (ACTIONS.some((action) => name.startsWith(action))) actions += 1;
  }
  console.log(`\nOne lifecycle (ticket ${number}): ${(events ?? []).length} history events, ${actions} actions`);
  console.table([...counts].map(([event, count]) => ({ event, count })));
}

/** What Temporal bills as an action, among what a ticket does. */
const ACTIONS = [
  'workflowExecutionStarted',
  'workflowExecutionSignaled',
  'workflowExecutionUpdateAccepted',
  'upsertWorkflowSearchAttributes',
  'timerStarted',
  'activityTaskScheduled',
  'markerRecorded',
] as const;

type HistoryEvent = NonNullable<
  Awaited<ReturnType<ReturnType<Client['workflow']['getHandle']>['fetchHistory']>>['events']
>[number];

/** The name of the filled attributes says the type; an activity's also says which. */
function nameOf(event: HistoryEvent): string {
  const scheduled = event.activityTaskScheduledEventAttributes?.activityType?.name;
  if (scheduled != null) return `activityTaskScheduled: ${scheduled}`;
  const filled = Object.entries(event).find(([key, value]) => key.endsWith('EventAttributes') && value != null);
  return filled?.[0].replace(/EventAttributes$/, '') ?? 'unknown';
}

function round1(value: number): number {
  return Math.round(value * 10) / 10;
}
