import { mkdirSync, writeFileSync } from 'node:fs';

import { TestWorkflowEnvironment } from '@temporalio/testing';
import { findTemporalCli } from '../../tools/setup/temporal-cli.mjs';
import { OWN_TIME } from '../../tools/stack/temporal-server.ts';
import { TICKET_SEARCH_ATTRIBUTES } from '../../workflows/search-attributes.ts';
import { historyOf } from '../support/history-payloads.ts';
import { LiveTicket } from '../support/live-ticket.ts';
import { TICKET_LIVES } from '../support/ticket-lives.ts';
import { startTicketWorker } from '../support/ticket-worker.ts';

/*
 * Lives every path of the lifecycle once and keeps its history for test/workflows/ticket-replay.test.ts:
 * `npm run histories:record`. Record anew only when a workflow may no longer replay the old ones, on purpose.
 */
const folder = new URL('./histories/', import.meta.url);
const path = findTemporalCli();
if (path === null) throw new Error('there is no Temporal server yet: run npm test once, which provides it');

const server = await TestWorkflowEnvironment.createLocal({
  server: {
    executable: { type: 'existing-path', path },
    log: { format: 'text', level: 'never' },
    searchAttributes: [...TICKET_SEARCH_ATTRIBUTES],
    extraArgs: OWN_TIME.flatMap((setting) => ['--dynamic-config-value', setting]),
  },
});
const worker = await startTicketWorker(server.address);
mkdirSync(folder, { recursive: true });
for (const [name, { beginning, live }] of Object.entries(TICKET_LIVES)) {
  const ticket = await LiveTicket.receive(worker, beginning);
  await live(ticket);
  const history = await historyOf(worker.client, ticket.workflowId);
  writeFileSync(new URL(`${name.replaceAll(/\W+/g, '-')}.json`, folder), `${JSON.stringify(history)}\n`);
  console.log(`${history.events.length} events: ${name}`);
}
await worker.close();
await server.teardown();
