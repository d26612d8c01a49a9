import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client, Connection } from '@temporalio/client';
import { ticketWorkflowId } from '../../workflows/ticket-messages.ts';
import { startDesk } from '../support/desk.ts';
import type { Desk } from '../support/desk.ts';
import { historiesOf, historyOf, personalTextIn } from '../support/history-payloads.ts';
import { seedMessage } from '../support/recorded-ticket.ts';
import { connectTemporal } from '../support/temporal.ts';

/** In every text that a person writes below; no history may know it. */
const CANARY = 'kanarejka';

let desk: Desk;
let connection: Connection;
let client: Client;
beforeAll(async () => {
  desk = await startDesk();
  ({ connection, client } = await connectTemporal());
});
afterAll(async () => {
  await connection.close();
  await desk.close();
});

/** A ticket in which everybody has said something, by every way there is. */
async function talkativeTicket(): Promise<number> {
  const text = `Принтер молчит, ${CANARY}`;
  const number = await desk.newTicket();
  desk.mail.treat('aigul@ak-suu.example', { refuse: 451 });
  await desk.acts(number, 'agent', { type: 'classify', severity: 3 });
  await desk.acts(number, 'agent', { type: 'note', text });
  await desk.acts(number, 'agent', { type: 'reply', text });
  await desk.acts(number, 'agent', { type: 'classify', severity: 2, reason: text });
  await desk.acts(number, 'agent', { type: 'put-ahead', reason: text });
  desk.mail.treat('aigul@ak-suu.example', 'accept');
  await desk.acts(number, 'agent', { type: 'ask-client', text, missing: ['screenshots'] });
  await seedMessage(desk.db, { id: randomUUID(), ticketNumber: number, text, receivedAt: new Date() });
  desk.dispatcher.soon(number);
  await desk.acts(number, 'agent', { type: 'escalate', diagnosis: text });
  await desk.acts(number, 'developer', {
    type: 'record-development-decision',
    decision: 'planned',
    text,
    releaseName: `${CANARY} 2.0`,
  });
  await desk.acts(number, 'agent', { type: 'postpone', reason: 'needs-development', text });
  await desk.act(number, 'agent', { type: 'take', note: text });
  await desk.acts(number, 'agent', { type: 'complete', outcome: 'coming-update', text, releaseName: `${CANARY} 2.0` });
  return number;
}

describe('the histories in Temporal', () => {
  it('know no words, names, addresses or numbers of people', async () => {
    const number = await talkativeTicket();
    await desk.becomes(number, ({ status }) => status === 'awaiting-confirmation');
    const history = await historyOf(client, ticketWorkflowId(number));
    expect(history.events.length).toBeGreaterThan(80);
    expect(personalTextIn(history, [CANARY])).toEqual([]);
  });

  it('of this whole run know none either, as far as it has come', async () => {
    const leaks: string[] = [];
    for await (const { workflowId, history } of historiesOf(client)) {
      leaks.push(...personalTextIn(history, [CANARY]).map((text) => `${workflowId}: ${text}`));
    }
    expect(leaks).toEqual([]);
  });

  it('are searched well: a planted leak is found, wherever it stands', async () => {
    const workflowId = `leak-${randomUUID()}`;
    const handle = await client.workflow.start('a workflow that no worker knows', {
      workflowId,
      taskQueue: 'nobody',
      args: [{ contact: { email: 'aigul@ak-suu.example' } }],
      memo: { phone: '+996755979805' },
      staticSummary: 'Айгуль',
    });
    await handle.signal('anything', [`a ${CANARY}`]);
    const found = personalTextIn(await historyOf(client, workflowId), [CANARY]);
    await handle.terminate();
    await client.workflowService.deleteWorkflowExecution({
      namespace: 'default',
      workflowExecution: { workflowId },
    });
    expect(found.sort()).toEqual(['+996755979805', 'aigul@ak-suu.example', CANARY, 'Айгуль'].sort());
  });
});
