import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SearchAttributePair } from '@temporalio/common';
import type { DeadlineKind } from '../../regulation/vocabulary.ts';
import { TICKET_SEARCH_ATTRIBUTES } from '../../workflows/search-attributes.ts';
import { payloadValue } from '../support/history-payloads.ts';
import { eventually, LiveTicket } from '../support/live-ticket.ts';
import { fromTestRun } from '../support/test-run.ts';
import { startTicketWorker } from '../support/ticket-worker.ts';
import type { TicketWorker } from '../support/ticket-worker.ts';
import { ask, assign, classify, complete, confirm, message } from '../support/tickets.ts';

let worker: TicketWorker;
beforeAll(async () => {
  worker = await startTicketWorker(fromTestRun('TEST_TEMPORAL_ADDRESS'));
});
afterAll(async () => {
  await worker.close();
});

/** The attributes that lists filter by, as plain values. */
async function attributes(ticket: LiveTicket): Promise<Record<string, unknown>> {
  const { typedSearchAttributes } = await worker.client.workflow.getHandle(ticket.workflowId).describe();
  const pairs: SearchAttributePair[] = typedSearchAttributes.getAll();
  return Object.fromEntries(pairs.map(({ key, value }) => [key.name, value]));
}

describe('what lists in the Temporal UI filter by', () => {
  it('is there from the start, before any worker has seen the ticket', async () => {
    await worker.without(async () => {
      const ticket = await LiveTicket.receive(worker, { impact: 'stopped' });
      expect(await attributes(ticket)).toEqual({
        TicketStatus: 'triage',
        Severity: 1,
        Client: 'client-1',
        Product: 'siroca-lis',
        Channel: 'email',
        NextDeadlineAt: new Date(ticket.story.at('2026-03-02 09:10')),
        Breached: false,
      });
    });
  });

  it('follows the ticket, and is unset when nothing falls due', async () => {
    const ticket = await LiveTicket.receive(worker);
    await ticket.until('2026-03-02 09:20');
    await ticket.does(classify(4));
    await ticket.does(assign('agent-2'));
    expect(await attributes(ticket)).toMatchObject({
      TicketStatus: 'work',
      Severity: 4,
      Assignee: 'agent-2',
      Breached: true,
      NextDeadlineAt: new Date(ticket.story.at('2026-03-05 15:45')),
    });
    await ticket.does(assign(null));
    await ticket.does(complete());
    await ticket.waitsFor('client-told');
    await ticket.hears(confirm('yes'));
    await ticket.ended();
    const closed = await attributes(ticket);
    expect(closed['TicketStatus']).toBe('closed');
    expect(Object.keys(closed)).not.toContain('Assignee');
    expect(Object.keys(closed)).not.toContain('NextDeadlineAt');
  });

  it('is written only when it changes', async () => {
    const ticket = await LiveTicket.receive(worker);
    await ticket.hears(message('one'));
    await ticket.hears(message('two'));
    await ticket.rests();
    expect(await ticket.eventTypes()).not.toContain('UpsertWorkflowSearchAttributes');
  });

  it('finds tickets by any of them', async () => {
    const ticket = await LiveTicket.receive(worker, { clientId: `client-${Date.now()}` });
    const { clientId } = await ticket.ticket();
    const query = `TicketStatus = 'triage' AND Severity = 2 AND Breached = false AND Client = '${clientId}'`;
    await eventually(async () => (await worker.client.workflow.count(query)).count === 1, 'it is not found');
    expect(TICKET_SEARCH_ATTRIBUTES.map(({ name }) => name).sort()).toEqual(
      ['TicketStatus', 'Severity', 'Client', 'Product', 'Channel', 'Assignee', 'NextDeadlineAt', 'Breached'].sort(),
    );
  });
});

describe('what an engineer reads of a ticket', () => {
  /** The details as the UI asks for them. */
  async function details(ticket: LiveTicket): Promise<string> {
    const metadata = await worker.client.workflow
      .getHandle(ticket.workflowId)
      .query<{ currentDetails?: string }>('__temporal_workflow_metadata');
    return metadata.currentDetails ?? '';
  }

  it('says where it stands, what falls due and what that does, and what may be done', async () => {
    const ticket = await LiveTicket.receive(worker);
    ticket.channel = ({ kind }) => (kind === 'reply' ? 'busy' : { fate: 'delivered', channel: 'email' });
    await ticket.does(classify(3));
    await ticket.does(ask());
    await ticket.waitsFor('question-handed-over');
    await ticket.rests();
    const text = await details(ticket);
    expect(text).toContain(`### Ticket ${ticket.number}: waiting on the client`);
    expect(text).toContain('severity 3 · client `client-1` · product `siroca-lis` · email');
    expect(text).toContain('| resolution | paused |');
    expect(text).toContain(
      '**Next:** client-reminder at Tue 2026-03-03 09:00 reminds the client of the question (§3.6).',
    );
    expect(text).toContain('`return-to-work`');
    expect(text).toContain('all 4 events are in the database; no notice is on its way');
  });

  it('says what is on its way, and what the database does not have yet', async () => {
    const ticket = await LiveTicket.receive(worker);
    ticket.channel = () => 'busy';
    await ticket.does(classify(3));
    expect(await details(ticket)).toContain(`notices on their way: \`${ticket.number}:1:client:receipt\``);
    worker.effects.databaseIsDown = true;
    try {
      await ticket.hears(message('one'));
      await eventually(async () => (await ticket.view()).ticket?.version === 3, 'the message is not applied');
      expect(await details(ticket)).toContain('**1 of 3 events are not in the database yet**');
    } finally {
      worker.effects.databaseIsDown = false;
    }
  });

  it('says how a closed ticket has ended', async () => {
    const ticket = await LiveTicket.receive(worker);
    await ticket.does(classify(3));
    await ticket.does(complete());
    await ticket.waitsFor('client-told');
    await ticket.hears(confirm('yes'));
    await ticket.ended();
    expect(await details(ticket)).toContain(
      `### Ticket ${ticket.number}: closed: confirmed, information-provided, Mon 2026-03-02 09:00`,
    );
  });

  it('has a line for every timer and every activity, in words', async () => {
    const ticket = await LiveTicket.receive(worker);
    await ticket.rests();
    await ticket.does(classify(3));
    await ticket.rests();
    const summaries = (await ticket.summaries()).filter((line) => line !== null);
    expect(summaries).toEqual(
      expect.arrayContaining([
        'load the calendar in force',
        'record event 1',
        'send receipt to client',
        'first-response-warning at Mon 2026-03-02 09:10',
        'record event 2',
        'send classified to client',
      ]),
    );
    expect(await ticket.summaries()).not.toContain(null);
  });

  it('has a title without personal text, and links to what is behind it', async () => {
    const ticket = await LiveTicket.receive(worker);
    const { raw } = await worker.client.workflow.getHandle(ticket.workflowId).describe();
    const { summary, details: link } = raw.executionConfig?.userMetadata ?? {};
    const text = (payload: typeof summary) =>
      payloadValue({ data: Buffer.from(payload?.data ?? new Uint8Array()).toString('base64') });
    expect(text(summary)).toBe(`№${ticket.number} · siroca-lis · email`);
    expect(text(link)).toContain(`(http://support.example/v1/tickets/${ticket.number}/deadlines)`);
  });

  it('names the next deadline of each kind in words', async () => {
    const kinds: DeadlineKind[] = ['first-response-warning', 'resolution-warning', 'confirmation-limit'];
    const ticket = await LiveTicket.receive(worker);
    const next = async () => /\*\*Next:\*\* (\S+)/.exec(await details(ticket))?.[1];
    await ticket.rests();
    const seen = [await next()];
    await ticket.does(classify(3));
    seen.push(await next());
    await ticket.does(complete());
    await ticket.waitsFor('client-told');
    await ticket.rests();
    seen.push(await next());
    expect(seen).toEqual(kinds);
  });
});
