import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createDatabase } from '../../prisma/client.ts';
import type { Database } from '../../prisma/client.ts';
import { namesOf, recordBatch, RecordedOtherwise } from '../../prisma/ticket-records.ts';
import type { RecordedBatch } from '../../prisma/ticket-records.ts';
import { bishkek } from '../support/calendars.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { AGENT_ID, batchOf, receiveRecorded, seedDirectories, seedRequest } from '../support/recorded-ticket.ts';
import { assign, classify, complete, confirm, disagree, message, note, postpone, reply } from '../support/tickets.ts';

let testDatabase: TestDatabase;
let db: Database;
beforeAll(async () => {
  testDatabase = await createTestDatabase();
  db = createDatabase(testDatabase.url);
  await seedDirectories(db);
});
afterAll(async () => {
  await db.$disconnect();
  await testDatabase.drop();
});

/** A ticket in work, and the same ticket confirmed, as two batches of one life. */
async function twoBatches(): Promise<{ number: number; first: RecordedBatch; second: RecordedBatch }> {
  const request = await seedRequest(db);
  const scenario = receiveRecorded(request)
    .when('2026-03-02 09:05', classify(3))
    .when('2026-03-02 09:06', assign(AGENT_ID));
  const first = batchOf(scenario);
  scenario.when('2026-03-02 10:00', complete({ textId: 'answer' })).when('2026-03-02 11:00', confirm('confirmation'));
  return { number: request.number, first, second: batchOf(scenario, first.ticket.version + 1) };
}

/** Everything recorded of a ticket, without the time of recording. */
async function recorded(number: number) {
  const [events, ticket, notices] = await Promise.all([
    db.ticketEvent.findMany({ where: { ticketNumber: number }, orderBy: { version: 'asc' } }),
    db.ticket.findUnique({ where: { number }, omit: { recordedAt: true } }),
    db.notice.findMany({ where: { ticketNumber: number }, orderBy: { id: 'asc' }, omit: { recordedAt: true } }),
  ]);
  return { events, ticket, notices };
}

it('records the events, what they owe, and the ticket after them', async () => {
  const { number, first } = await twoBatches();
  await recordBatch(db, first);
  const { events, ticket, notices } = await recorded(number);
  expect(events.map(({ event }) => event)).toEqual(first.events);
  expect(events[1]).toMatchObject({
    version: 2,
    type: 'classified',
    at: new Date(bishkek('2026-03-02 09:05')),
    knownAt: new Date(bishkek('2026-03-02 09:05')),
    clause: '2.5',
    actor: { kind: 'staff', staffId: 'agent-1', role: 'agent' },
    names: ['classify-reason'],
  });
  expect(notices.map(({ notice }) => notice)).toEqual(first.notices.toSorted((a, b) => (a.id < b.id ? -1 : 1)));
  expect(ticket).toMatchObject({
    status: 'work',
    version: 3,
    severity: 3,
    effectiveSeverity: 3,
    assigneeId: AGENT_ID,
    resolutionDueAt: new Date(bishkek('2026-03-03 18:00')),
    firstRespondedAt: new Date(bishkek('2026-03-02 09:05')),
    nextDeadlineKind: 'resolution-warning',
    breached: false,
    closedAt: null,
    state: first.ticket,
  });
});

it('keeps the millisecond of every instant', async () => {
  const request = await seedRequest(db);
  const at = bishkek('2026-03-02 09:05') + 789;
  await recordBatch(db, batchOf(receiveRecorded(request).when(at, classify(1))));
  const { events, ticket } = await recorded(request.number);
  expect([events[1]?.at.getTime(), ticket?.firstRespondedAt?.getTime()]).toEqual([at, at]);
});

it('comes to the same end by a repeat, by an older batch after a newer one, and by both at once', async () => {
  const { number, first, second } = await twoBatches();
  await recordBatch(db, first);
  await recordBatch(db, second);
  const inOrder = await recorded(number);
  expect(inOrder.ticket).toMatchObject({
    status: 'closed',
    closedBecause: 'confirmed',
    version: second.ticket.version,
  });
  for (const batch of [second, first]) {
    await recordBatch(db, batch);
    expect(await recorded(number)).toEqual(inOrder);
  }

  const other = await twoBatches();
  const both = [other.first, other.second];
  await Promise.all([...both, ...both, ...both, ...both].map((batch) => recordBatch(db, batch)));
  const atOnce = await recorded(other.number);
  expect(atOnce.ticket).toEqual({ ...inOrder.ticket, number: other.number, state: other.second.ticket });
  expect(atOnce.events).toHaveLength(inOrder.events.length);
  expect(atOnce.notices).toHaveLength(inOrder.notices.length);
});

it('takes a batch that overlaps what is there', async () => {
  const { number, first, second } = await twoBatches();
  await recordBatch(db, first);
  await recordBatch(db, {
    ...second,
    events: [...first.events, ...second.events],
    notices: [...first.notices, ...second.notices],
  });
  const { events, ticket } = await recorded(number);
  expect(events).toHaveLength(second.ticket.version);
  expect(ticket?.version).toBe(second.ticket.version);
});

it.each<{ what: string; changed: (batch: RecordedBatch) => RecordedBatch }>([
  {
    what: 'event 2',
    changed: (batch) => ({ ...batch, events: batch.events.map((event) => ({ ...event, at: event.at + 1 })) }),
  },
  {
    what: 'version 3',
    changed: (batch) => ({ ...batch, ticket: { ...batch.ticket, productId: 'another' } }),
  },
  {
    what: 'notice',
    changed: (batch) => ({ ...batch, notices: batch.notices.map((notice) => ({ ...notice, textId: 'another' })) }),
  },
])('fails loudly and writes nothing when $what is there with another content', async ({ what, changed }) => {
  const { number, first, second } = await twoBatches();
  await recordBatch(db, first);
  const before = await recorded(number);
  const other = changed(first);
  const longer = { ...other, events: [...other.events, ...second.events] };
  await expect(recordBatch(db, longer)).rejects.toThrow(RecordedOtherwise);
  await expect(recordBatch(db, longer)).rejects.toThrow(what);
  expect(await recorded(number)).toEqual(before);
});

it('finds another content also when the first is not yet committed while the second is written', async () => {
  const { first } = await twoBatches();
  const other = { ...first, events: first.events.map((event) => ({ ...event, knownAt: event.knownAt + 1 })) };
  let second: Promise<unknown> = Promise.resolve();
  await db.$transaction(async (transaction) => {
    await recordBatch(transaction, first);
    second = recordBatch(db, other).catch((error: unknown) => error);
    for (;;) {
      const [waiting] = await db.$queryRaw<{ count: number }[]>`
        SELECT count(*)::int AS count FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock'`;
      if (waiting?.count === 1) return;
    }
  });
  expect(await second).toBeInstanceOf(RecordedOtherwise);
});

it('says that a breach counts, and no longer once a calendar has superseded it (reading 10)', async () => {
  const request = await seedRequest(db);
  const batch = batchOf(receiveRecorded(request).when('2026-03-02 09:05', classify(1)).until('2026-03-02 15:00'));
  await recordBatch(db, batch);
  expect((await recorded(request.number)).ticket?.breached).toBe(true);
  const superseded = {
    ...batch.ticket,
    version: batch.ticket.version + 1,
    resolution: {
      ...batch.ticket.resolution,
      breaches: batch.ticket.resolution.breaches.map((breach) => ({ ...breach, superseded: true })),
    },
  };
  await recordBatch(db, { ...batch, ticket: superseded });
  expect((await recorded(request.number)).ticket?.breached).toBe(false);
});

it('names every message and text of an event, and nothing else', async () => {
  const request = await seedRequest(db);
  const scenario = receiveRecorded(request)
    .when('2026-03-02 09:05', classify(3))
    .when('2026-03-02 09:06', reply({ textId: 'reply' }))
    .when('2026-03-02 09:07', note({ textId: 'note' }))
    .when('2026-03-02 09:08', postpone({ textId: 'postponed' }))
    .when('2026-03-02 09:09', message('answer'))
    .when('2026-03-02 10:00', complete({ textId: 'completion' }))
    .when('2026-03-02 11:00', disagree('disagreement'));
  const names = scenario.events.flatMap(namesOf);
  expect(names).toEqual([
    request.messageId,
    'classify-reason',
    'reply',
    'note',
    'postponed',
    'answer',
    'completion',
    'disagreement',
  ]);
});
