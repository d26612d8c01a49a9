import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { EventView } from '../../api/events-view.ts';
import { createTicketGateway } from '../../api/ticket-gateway.ts';
import type { TicketView } from '../../api/ticket-view.ts';
import { ticketWorkflowId } from '../../workflows/ticket-messages.ts';
import { buildApi, createStaff, NOWHERE } from '../support/api.ts';
import { startDesk } from '../support/desk.ts';
import type { Desk } from '../support/desk.ts';
import { AGENT_ID, CLIENT_ID, CONTACT_ID, DEVELOPER_ID, seedMessage } from '../support/recorded-ticket.ts';
import { connectTemporal } from '../support/temporal.ts';

let desk: Desk;

beforeAll(async () => {
  desk = await startDesk();
});

afterAll(() => desk.close());

const codeOf = (response: { statusCode: number; json(): unknown }) => [
  response.statusCode,
  (response.json() as { code?: string }).code,
];

async function eventsOf(number: number): Promise<EventView[]> {
  const response = await desk.ask({ url: `/v1/tickets/${number}/events`, as: 'agent' });
  return response.json<{ items: EventView[] }>().items;
}

/** A message of the client, committed and dispatched as intake does it. */
async function clientSays(number: number, text: string): Promise<string> {
  const id = randomUUID();
  const row = await desk.db.ticketRequest.findUniqueOrThrow({ where: { number } });
  const receivedAt = new Date(Date.now() + Number(row.rehearsalOffsetMs));
  await seedMessage(desk.db, { id, ticketNumber: number, text, receivedAt });
  desk.dispatcher.soon(number);
  return id;
}

describe('the acts of staff', () => {
  it('bring a ticket from triage to closed, each recorded before its answer', async () => {
    const number = await desk.newTicket({ impact: 'degraded' });
    const vendor = await desk.db.vendor.create({ data: { name: 'Zebra' } });
    const acts: [as: 'agent' | 'head' | 'developer' | 'administrator', body: object, status: string][] = [
      ['agent', { type: 'link-client', clientId: CLIENT_ID, contactId: CONTACT_ID }, 'triage'],
      ['agent', { type: 'put-ahead', reason: 'Просит директор.' }, 'triage'],
      ['agent', { type: 'take' }, 'triage'],
      ['agent', { type: 'classify', severity: 3, productId: 'siroca-lis', affectedUsers: 4 }, 'work'],
      ['head', { type: 'classify', severity: 2, reason: 'Стало хуже.' }, 'work'],
      ['head', { type: 'assign', staffId: AGENT_ID, reason: 'Ближе к делу.' }, 'work'],
      ['head', { type: 'assign', staffId: null }, 'work'],
      ['agent', { type: 'reply', text: 'Здравствуйте! Смотрим.', attachmentIds: [] }, 'work'],
      ['administrator', { type: 'note', text: 'Принтер старый.' }, 'work'],
      ['agent', { type: 'postpone', reason: 'needs-development', text: 'Нужна доработка.' }, 'work'],
      ['agent', { type: 'escalate', diagnosis: 'Ошибка драйвера.' }, 'escalated-to-development'],
      [
        'developer',
        {
          type: 'record-development-decision',
          decision: 'planned',
          text: 'Исправим.',
          releaseName: 'Siroca LIS 5.2',
          targetDate: '2034-06-01',
        },
        'escalated-to-development',
      ],
      ['developer', { type: 'return-to-work', reason: 'Готово раньше.' }, 'work'],
      ['agent', { type: 'ask-client', text: 'Какой принтер?', missing: ['steps'], byPhone: true }, 'waiting-on-client'],
      ['agent', { type: 'return-to-work' }, 'work'],
      [
        'agent',
        { type: 'complete', outcome: 'not-our-software', text: 'Дело в принтере.', vendorId: vendor.id },
        'completed',
      ],
    ];
    let revision = (await desk.ticket(number)).revision;
    for (const [as, body, status] of acts) {
      const response = await desk.act(number, as, body, { ifMatch: `"${revision}"` });
      const answer = response.json<TicketView>();
      expect([body, response.statusCode]).toEqual([body, 200]);
      // What the client has been told by now is an event of the system's, and may have come already.
      expect([status, ...(status === 'completed' ? ['awaiting-confirmation'] : [])]).toContain(answer.status);
      expect(answer.revision).toBe(revision + 1);
      const row = await desk.db.ticket.findUniqueOrThrow({ where: { number } });
      expect(row.version).toBeGreaterThanOrEqual(answer.version);
      revision = answer.revision;
    }
    const awaiting = await desk.becomes(number, (ticket) => ticket.status === 'awaiting-confirmation');
    expect(awaiting.outcome).toBe('not-our-software');

    const messageId = await clientSays(number, 'Спасибо, помогло.');
    const said = await desk.becomes(number, (ticket) => ticket.unjudged.length > 0);
    expect(said.unjudged.map((one) => one.messageId)).toEqual([messageId]);
    await desk.acts(number, 'agent', { type: 'mark-abusive', messageId, reason: 'Это была проверка.' });
    const closed = await desk.acts(number, 'agent', { type: 'judge-message', messageId, verdict: 'confirms' });
    expect(closed).toMatchObject({ status: 'closed', closedBecause: 'confirmed', outcome: 'not-our-software' });

    const events = await eventsOf(number);
    const bodies = (type: string) =>
      events.filter((one) => one.type === type).flatMap((one) => one.texts.map((t) => t.body));
    expect(bodies('put-ahead')).toEqual(['Просит директор.']);
    expect(bodies('classified')).toEqual(['Стало хуже.']);
    expect(bodies('assigned')).toEqual(['Ближе к делу.']);
    expect(bodies('escalated')).toEqual(['Ошибка драйвера.']);
    expect(bodies('development-decided')).toEqual(['Исправим.']);
    expect(bodies('returned-to-work')).toEqual(['Готово раньше.']);
    expect(bodies('completed')).toEqual(['Дело в принтере.']);
    expect(events.find((one) => one.type === 'development-decided')?.sentence).toBe(
      'Разработчики запланировали исправление; обновление: Siroca LIS 5.2; к 2034-06-01.',
    );
    expect(events.find((one) => one.type === 'completed')?.sentence).toContain('поддержка производителя: Zebra');
  });

  it('tell the client by telephone what no letter brought, and send a letter again (reading 7)', async () => {
    const number = await desk.newTicket();
    await desk.acts(number, 'agent', { type: 'classify', severity: 3 });
    desk.mail.treat('aigul@ak-suu.example', { refuse: 550 });
    await desk.acts(number, 'agent', { type: 'complete', outcome: 'information-provided', text: 'Перезагрузите.' });
    await desk.becomes(number, (ticket) => ticket.allowed.some(({ type }) => type === 'told-by-phone'));
    const [noticeId] = (await desk.ticket(number)).resendable;
    await eventually(async () => (await eventsOf(number)).some(({ type }) => type === 'telling-failed'));
    await desk.acts(number, 'agent', { type: 'resend-notice', noticeId });
    const told = await desk.acts(number, 'agent', { type: 'told-by-phone', note: 'Сказал Айгуль.' });
    expect(told.status).toBe('awaiting-confirmation');
    desk.mail.treat('aigul@ak-suu.example', 'accept');
  });

  it('leave no word of a person in the history of the workflow (docs/architecture.md)', async () => {
    const number = await desk.newTicket();
    const CANARY = 'канарейка';
    await desk.acts(number, 'agent', { type: 'classify', severity: 3, reason: CANARY });
    await desk.acts(number, 'agent', { type: 'reply', text: CANARY });
    await desk.acts(number, 'agent', { type: 'complete', outcome: 'coming-update', text: CANARY, releaseName: CANARY });
    const { client, connection } = await connectTemporal();
    const { events = [] } = await client.workflow.getHandle(ticketWorkflowId(number)).fetchHistory();
    const words = wordsIn(events);
    expect(words).toContain('"coming-update"');
    expect(words).not.toContain(CANARY);
    await connection.close();
  });
});

describe('an engineer in the Temporal UI', () => {
  it('assigns by signal with the rights of the head; what is no id of staff is recorded as refused', async () => {
    const number = await desk.newTicket();
    const { client, connection } = await connectTemporal();
    const handle = client.workflow.getHandle(ticketWorkflowId(number));
    await handle.signal('assign', { staffId: 'bakyt' });
    await handle.signal('assign', { staffId: AGENT_ID });
    const assigned = await desk.becomes(number, (ticket) => ticket.assigneeId === AGENT_ID);
    expect((await desk.act(number, 'agent', { type: 'note', text: 'Идёт дальше.' })).statusCode).toBe(200);
    const events = (await eventsOf(number)).filter(({ version }) => version !== null && version <= assigned.version);
    expect(events.map(({ type, actor }) => [type, actor.kind])).toEqual([
      ['ticket-received', 'client'],
      ['act-refused', 'engineer'],
      ['assigned', 'engineer'],
    ]);
    await connection.close();
  });
});

describe('If-Match', () => {
  it('refuses the act of whoever has not seen the latest act, and passes by what the system did', async () => {
    const number = await desk.newTicket();
    const { revision } = await desk.acts(number, 'agent', { type: 'classify', severity: 3 });
    const asked = await desk.acts(number, 'agent', { type: 'ask-client', text: 'Какой?' });
    // The hand-over of the question is an event, and nobody's act.
    const later = await desk.becomes(number, (ticket) => ticket.version > asked.version);
    expect(later.revision).toBe(revision + 1);
    const stale = await desk.act(number, 'agent', { type: 'take' }, { ifMatch: `"${revision}"` });
    expect(codeOf(stale)).toEqual([412, 'stale-revision']);
    const seen = await desk.act(number, 'agent', { type: 'take' }, { ifMatch: `"${later.revision}"` });
    expect(seen.statusCode).toBe(200);
  });

  it('takes a revision in quotes and nothing else', async () => {
    const number = await desk.newTicket();
    for (const ifMatch of ['1', 'W/"1"', '*', '"1", "2"', '"01"', '"-1"', '""', '"9999999999"']) {
      const response = await desk.act(number, 'agent', { type: 'take' }, { ifMatch });
      expect([ifMatch, ...codeOf(response)]).toEqual([ifMatch, 400, 'invalid-if-match']);
    }
    expect((await desk.ticket(number)).assigneeId).toBeNull();
  });

  it('lets one of two who saw the same revision act, and tells the other', async () => {
    const number = await desk.newTicket();
    const both = await Promise.all([
      desk.act(number, 'agent', { type: 'note', text: 'Мой.' }, { ifMatch: '"1"' }),
      desk.act(number, 'head', { type: 'note', text: 'Нет, мой.' }, { ifMatch: '"1"' }),
    ]);
    expect(both.map(({ statusCode }) => statusCode).sort((a, b) => a - b)).toEqual([200, 412]);
    expect((await desk.ticket(number)).revision).toBe(2);
  });

  it('is not needed: of two who take a ticket at once one gets it', async () => {
    const number = await desk.newTicket();
    const both = await Promise.all([
      desk.act(number, 'agent', { type: 'take' }),
      desk.act(number, 'head', { type: 'take' }),
    ]);
    const answers = both.map(codeOf).sort(([a], [b]) => Number(a) - Number(b));
    expect(answers).toEqual([
      [200, undefined],
      [409, 'already-assigned'],
    ]);
  });
});

describe('an Idempotency-Key', () => {
  it('gives the same answer again and acts once', async () => {
    const number = await desk.newTicket();
    const body = { type: 'note', text: 'Раз.' };
    const first = await desk.act(number, 'agent', body, { key: 'once' });
    await desk.acts(number, 'agent', { type: 'note', text: 'Между.' });
    const again = await desk.act(number, 'agent', body, { key: 'once' });
    expect(again.json()).toEqual(first.json());
    expect((await eventsOf(number)).filter(({ type }) => type === 'noted')).toHaveLength(2);
  });

  it('acts once for five who send it at once', async () => {
    const number = await desk.newTicket();
    const body = { type: 'note', text: 'Раз.' };
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => desk.act(number, 'agent', body, { key: 'at-once' })));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 200, 200]);
    expect((await eventsOf(number)).filter(({ type }) => type === 'noted')).toHaveLength(1);
    expect(await desk.db.staffText.count({ where: { ticketNumber: number } })).toBe(1);
  });

  it('gives the answer of an act whose answer was lost, also when the act has closed the ticket', async () => {
    const number = await desk.newTicket();
    const body = { type: 'decline', reason: 'not-a-request', text: 'Это реклама.' };
    await desk.act(number, 'agent', body, { key: 'lost' });
    // As if the process had died between the act and the record of its answer.
    await desk.db.idempotencyRecord.updateMany({ where: { key: 'lost' }, data: { status: 0 } });
    const again = await desk.act(number, 'agent', body, { key: 'lost' });
    expect([again.statusCode, again.json<TicketView>().status]).toEqual([200, 'closed']);
  });

  it('is refused with another body, and is free for another ticket and another person', async () => {
    const number = await desk.newTicket();
    await desk.act(number, 'agent', { type: 'note', text: 'Раз.' }, { key: 'mine' });
    const other = await desk.act(number, 'agent', { type: 'note', text: 'Два.' }, { key: 'mine' });
    expect(codeOf(other)).toEqual([422, 'idempotency-key-reused']);
    const byHead = await desk.act(number, 'head', { type: 'note', text: 'Два.' }, { key: 'mine' });
    const elsewhere = await desk.act(await desk.newTicket(), 'agent', { type: 'note', text: 'Два.' }, { key: 'mine' });
    expect([byHead.statusCode, elsewhere.statusCode]).toEqual([200, 200]);
  });

  it('has a refusal judged anew', async () => {
    const number = await desk.newTicket();
    const body = { type: 'escalate', diagnosis: 'Ошибка драйвера.' };
    expect(codeOf(await desk.act(number, 'agent', body, { key: 'anew' }))).toEqual([409, 'wrong-status']);
    await desk.acts(number, 'agent', { type: 'classify', severity: 3 });
    expect((await desk.act(number, 'agent', body, { key: 'anew' })).statusCode).toBe(200);
  });
});

describe('what an act names', () => {
  it('must exist and belong to the ticket', async () => {
    const number = await desk.newTicket();
    await desk.acts(number, 'agent', { type: 'classify', severity: 3 });
    const stranger = await desk.newTicket();
    const { firstMessageId } = await desk.db.ticketRequest.findUniqueOrThrow({ where: { number: stranger } });
    const notice = await desk.db.notice.findFirstOrThrow({ where: { ticketNumber: stranger } });
    const otherClient = await desk.db.client.create({ data: { name: 'Школа № 1' } });
    const unlinked = await desk.db.contact.create({ data: { fullName: 'Никто' } });
    const gone = await desk.db.staff.create({
      data: { email: 'gone@siroca.example', name: 'Ушедший', role: 'agent', passwordHash: '', active: false },
    });
    const nobody = randomUUID();
    const cases: [body: object, code: string][] = [
      [{ type: 'link-client', clientId: nobody }, 'unknown-reference'],
      [{ type: 'link-client', clientId: CLIENT_ID, contactId: nobody }, 'unknown-reference'],
      [{ type: 'link-client', clientId: otherClient.id, contactId: CONTACT_ID }, 'unknown-reference'],
      [{ type: 'link-client', clientId: CLIENT_ID, contactId: unlinked.id }, 'unknown-reference'],
      [{ type: 'classify', severity: 3, productId: 'no-such-product' }, 'unknown-product'],
      [{ type: 'assign', staffId: nobody }, 'unknown-reference'],
      [{ type: 'assign', staffId: DEVELOPER_ID }, 'unknown-reference'],
      [{ type: 'assign', staffId: gone.id }, 'unknown-reference'],
      [{ type: 'complete', outcome: 'not-our-software', text: 'x', vendorId: nobody }, 'unknown-reference'],
      [{ type: 'resend-notice', noticeId: notice.id }, 'unknown-reference'],
      [{ type: 'resend-notice', noticeId: `${number}:1:client:nothing` }, 'unknown-reference'],
      [{ type: 'judge-message', messageId: firstMessageId, verdict: 'neither' }, 'unknown-reference'],
      [{ type: 'mark-abusive', messageId: firstMessageId, reason: 'x' }, 'unknown-reference'],
      [{ type: 'mark-abusive', messageId: nobody, reason: 'x' }, 'unknown-reference'],
      [{ type: 'reply', text: 'x', attachmentIds: [nobody] }, 'not-yet-available'],
    ];
    const before = await desk.ticket(number);
    for (const [body, code] of cases) {
      const response = await desk.act(number, 'head', body);
      expect([body, ...codeOf(response)]).toEqual([body, 422, code]);
    }
    expect((await desk.ticket(number)).version).toBe(before.version);
    expect(await desk.db.staffText.count({ where: { ticketNumber: number } })).toBe(0);
  });

  it('keeps who wrote when the client alone is named', async () => {
    const number = await desk.newTicket();
    const kept = await desk.acts(number, 'agent', { type: 'link-client', clientId: CLIENT_ID });
    expect(kept.contactId).toBe(CONTACT_ID);
    const other = await desk.db.client.create({ data: { name: 'Школа № 2' } });
    const moved = await desk.acts(number, 'agent', { type: 'link-client', clientId: other.id });
    expect([moved.clientId, moved.contactId, moved.agreementStanding]).toEqual([other.id, CONTACT_ID, 'none']);
    const refused = await desk.act(number, 'agent', { type: 'classify', severity: 3 });
    expect(codeOf(refused)).toEqual([409, 'no-valid-agreement']);
  });

  it('judges by the agreements as they stand at the act, not as they stood at intake (§1.3)', async () => {
    const client = await desk.db.client.create({ data: { name: 'Школа № 3' } });
    const number = await desk.newTicket();
    await desk.acts(number, 'agent', { type: 'link-client', clientId: client.id });
    expect(codeOf(await desk.act(number, 'agent', { type: 'classify', severity: 3 }))[1]).toBe('no-valid-agreement');
    await desk.db.agreement.create({
      data: {
        clientId: client.id,
        number: 'Л-3',
        kind: 'licence',
        validFrom: new Date('2020-01-01'),
        allProducts: true,
      },
    });
    const classified = await desk.acts(number, 'agent', { type: 'classify', severity: 3 });
    expect([classified.status, classified.agreementStanding]).toEqual(['work', 'valid']);
  });

  it('is asked by telephone alone when there is no address to ask at (reading 5)', async () => {
    const number = await desk.newTicket();
    const client = await desk.db.client.create({ data: { name: 'Школа № 4' } });
    const contact = await desk.db.contact.create({ data: { clientId: client.id, fullName: 'Без почты' } });
    await desk.acts(number, 'agent', { type: 'link-client', clientId: client.id, contactId: contact.id });
    const refused = await desk.act(number, 'agent', { type: 'ask-client', text: 'Какой?' });
    expect(codeOf(refused)).toEqual([409, 'no-address']);
    const asked = await desk.act(number, 'agent', { type: 'ask-client', text: 'Какой?', byPhone: true });
    expect(asked.statusCode).toBe(200);
  });

  it('is a target date that the working calendar reaches (reading 19)', async () => {
    const number = await desk.newTicket();
    await desk.acts(number, 'agent', { type: 'classify', severity: 3 });
    await desk.acts(number, 'agent', { type: 'escalate', diagnosis: 'x' });
    const plan = (targetDate: string) =>
      desk.act(number, 'head', { type: 'record-development-decision', decision: 'planned', text: 'x', targetDate });
    expect(codeOf(await plan('2035-01-01'))).toEqual([409, 'beyond-calendar']);
    expect(codeOf(await plan('2019-12-31'))).toEqual([409, 'target-in-the-past']);
    expect(codeOf(await plan('2020-01-01'))).toEqual([409, 'target-in-the-past']);
    expect((await plan('2034-12-31')).statusCode).toBe(200);
  });
});

describe('a body that no act has', () => {
  const bodies: [what: string, body: unknown][] = [
    ['no type', {}],
    ['an unknown type', { type: 'reopen' }],
    ['a type that is no text', { type: { not: 'take' } }],
    ['a field more', { type: 'take', staffId: AGENT_ID }],
    ['a raised role', { type: 'reply', text: 'x', role: 'head' }],
    ['no text', { type: 'reply' }],
    ['a blank text', { type: 'reply', text: ' \n\t' }],
    ['a text that is a number', { type: 'reply', text: 5 }],
    ['a text that is too long', { type: 'reply', text: 'x'.repeat(20_001) }],
    ['NUL in a text', { type: 'reply', text: 'x\0' }],
    ['a severity that is a text', { type: 'classify', severity: '3' }],
    ['a severity out of range', { type: 'classify', severity: 5 }],
    ['half a user', { type: 'classify', severity: 3, affectedUsers: 0.5 }],
    ['a blank reason', { type: 'put-ahead', reason: '' }],
    ['no staffId', { type: 'assign' }],
    ['a staffId that is no id', { type: 'assign', staffId: 'bakyt' }],
    ['the outcome of silence', { type: 'complete', outcome: 'client-unresponsive', text: 'x' }],
    [
      'a vendor beside another outcome',
      { type: 'complete', outcome: 'information-provided', text: 'x', vendorId: AGENT_ID },
    ],
    [
      'a release beside another outcome',
      { type: 'complete', outcome: 'not-our-software', text: 'x', releaseName: '5' },
    ],
    [
      'a date that is none',
      { type: 'record-development-decision', decision: 'planned', text: 'x', targetDate: '2026-02-30' },
    ],
    [
      'a plan that is declined',
      { type: 'record-development-decision', decision: 'declined', text: 'x', releaseName: '5' },
    ],
    ['an unknown verdict', { type: 'judge-message', messageId: AGENT_ID, verdict: 'maybe' }],
    ['an unknown missing part', { type: 'ask-client', text: 'x', missing: ['patience'] }],
    ['a list', [{ type: 'take' }]],
  ];
  let number: number;
  beforeAll(async () => {
    number = await desk.newTicket();
  });
  for (const [what, body] of bodies) {
    it(`is refused for ${what}`, async () => {
      const response = await desk.act(number, 'head', body as object);
      expect([response.statusCode, response.json<{ code: string }>().code]).toEqual([
        400,
        what === 'NUL in a text' ? 'nul-character' : 'invalid-request',
      ]);
      expect((await desk.ticket(number)).version).toBe(1);
    });
  }
});

describe('when there is no workflow to ask', () => {
  it('a note on a closed ticket is a remark, by every role, once for a key', async () => {
    const number = await desk.newTicket();
    await desk.acts(number, 'agent', { type: 'decline', reason: 'out-of-scope', text: 'Нет.' });
    for (const as of ['agent', 'head', 'developer', 'administrator'] as const) {
      const body = { type: 'note', text: `Пометка: ${as}` };
      const first = await desk.act(number, as, body, { key: `remark-of-${as}` });
      const again = await desk.act(number, as, body, { key: `remark-of-${as}` });
      expect([first.statusCode, again.statusCode]).toEqual([200, 200]);
    }
    const remarks = (await eventsOf(number)).filter(({ version }) => version === null);
    expect(remarks.map(({ type, texts }) => [type, texts[0]?.body])).toEqual([
      ['remark', 'Пометка: agent'],
      ['remark', 'Пометка: head'],
      ['remark', 'Пометка: developer'],
      ['remark', 'Пометка: administrator'],
    ]);
  });

  it('says 404 for an unknown ticket', async () => {
    expect(codeOf(await desk.act(2_147_483_647, 'agent', { type: 'take' }))).toEqual([404, 'not-found']);
  });

  it('wait for a request that was accepted this moment, and then know whose it is', async () => {
    const accepted = await desk.ask({
      method: 'POST',
      url: '/v1/requests',
      body: {
        product: 'siroca-lis',
        subject: 'Не печатает',
        description: 'Принтер молчит.',
        contact: { name: 'Асанова Айгуль', email: 'aigul@ak-suu.example' },
      },
    });
    const { number } = accepted.json<{ number: number }>();
    const response = await desk.act(number, 'agent', { type: 'classify', severity: 3 });
    expect([response.statusCode, response.json<TicketView>()]).toMatchObject([
      200,
      { status: 'work', clientId: CLIENT_ID },
    ]);
  });

  it('asks to come again for a request whose workflow is still to be started', async () => {
    const { number } = await desk.db.ticketRequest.create({
      data: {
        edition: '2023-03-31',
        channel: 'email',
        receivedAt: new Date(),
        agreements: [],
        subject: 'Позже',
        firstMessageId: randomUUID(),
        leasedUntil: new Date(Date.now() + 3_600_000),
      },
    });
    const response = await desk.act(number, 'agent', { type: 'take' });
    expect(codeOf(response)).toEqual([503, 'not-yet-started']);
    expect(response.headers['retry-after']).toBe('1');
  });

  it('does not pretend to know: the same key tells once Temporal answers again', async () => {
    const number = await desk.newTicket();
    const connection = Connection.lazy({ address: NOWHERE });
    const gateway = createTicketGateway({ client: new Client({ connection }), taskQueue: 'none', answerWithinMs: 300 });
    const cutOff = await buildApi({ databaseUrl: desk.settings.databaseUrl, gateway });
    await createStaff(desk.db, 'agent');
    const body = { type: 'reply', text: 'Здравствуйте!' };
    const url = `/v1/tickets/${number}/commands`;
    const unknown = await cutOff.ask({ method: 'POST', url, as: 'agent', body, key: 'come-again' });
    expect(codeOf(unknown)).toEqual([503, 'not-known-whether-applied']);
    expect(unknown.headers['retry-after']).toBe('2');
    const other = await cutOff.ask({ method: 'POST', url, as: 'agent', body: { type: 'take' }, key: 'come-again' });
    expect(codeOf(other)).toEqual([422, 'idempotency-key-reused']);
    const known = await desk.act(number, 'agent', body, { key: 'come-again' });
    expect(known.statusCode).toBe(200);
    expect((await eventsOf(number)).filter(({ type }) => type === 'replied')).toHaveLength(1);
    expect(await desk.db.staffText.count({ where: { ticketNumber: number } })).toBe(1);
    await cutOff.close();
    await connection.close();
  });
});

async function eventually(isSo: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 400; tries += 1) {
    if (await isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('it did not become so');
}

/** Everything in a history that is text, the payloads' bytes read as UTF-8. */
function wordsIn(value: unknown): string {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8');
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(wordsIn).join('\n');
  return typeof value === 'object' && value !== null ? Object.values(value).map(wordsIn).join('\n') : '';
}
