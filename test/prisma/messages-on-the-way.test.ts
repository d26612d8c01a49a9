import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createDatabase } from '../../prisma/client.ts';
import type { Database } from '../../prisma/client.ts';
import { unnamedMessages } from '../../prisma/messages-on-the-way.ts';
import { recordBatch } from '../../prisma/ticket-records.ts';
import { bishkek } from '../support/calendars.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import {
  batchOf,
  receiveRecorded,
  seedDirectories,
  seedMessage,
  seedRequest,
  wordsId,
} from '../support/recorded-ticket.ts';
import { message } from '../support/tickets.ts';

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

const TEN = '2026-03-02 10:00';

async function said(
  ticketNumber: number,
  receivedAt: string,
  overrides: Partial<Parameters<typeof seedMessage>[1]> = {},
): Promise<string> {
  const id = wordsId();
  const at = new Date(bishkek(receivedAt));
  await seedMessage(db, { id, ticketNumber, text: 'Спасибо.', receivedAt: at, ...overrides });
  return id;
}

async function onTheWay(ticketNumber: number, receivedBy = TEN): Promise<string[]> {
  const messages = await unnamedMessages(db, { ticketNumber, receivedBy: bishkek(receivedBy) });
  return messages.map(({ id }) => id);
}

it('finds what a person said up to the instant, the instant included (reading 20)', async () => {
  const { number } = await seedRequest(db);
  const inTime = await said(number, TEN, { act: 'disagree', hasReason: true, channel: 'web-form' });
  await said(number, '2026-03-02 10:00:00.001');
  expect(await unnamedMessages(db, { ticketNumber: number, receivedBy: bishkek(TEN) })).toEqual([
    { id: inTime, act: 'disagree', hasReason: true, channel: 'web-form', contactId: null, receivedAt: bishkek(TEN) },
  ]);
});

it('gives them in the order of receipt, and of commitment at the same instant', async () => {
  const { number } = await seedRequest(db);
  const third = await said(number, '2026-03-02 09:50');
  const first = await said(number, '2026-03-02 09:40');
  const fourth = await said(number, '2026-03-02 09:50');
  const second = await said(number, '2026-03-02 09:45');
  expect(await onTheWay(number)).toEqual([first, second, third, fourth]);
});

it('leaves out the request itself, automatic replies, and what the ticket has taken up', async () => {
  const request = await seedRequest(db);
  await said(request.number, '2026-03-02 09:10', { automatic: true });
  const taken = await said(request.number, '2026-03-02 09:20');
  const waiting = await said(request.number, '2026-03-02 09:30');
  expect(await onTheWay(request.number)).toEqual([taken, waiting]);
  await recordBatch(db, batchOf(receiveRecorded(request).when('2026-03-02 09:20', message(taken))));
  expect(await onTheWay(request.number)).toEqual([waiting]);
});

it('keeps tickets apart, also where one message joined a follow-up (reading 12)', async () => {
  const closed = await seedRequest(db);
  const late = await said(closed.number, '2026-03-02 09:30');
  const followUp = await seedRequest(db);
  await db.message.update({ where: { id: late }, data: { followUpNumber: followUp.number } });
  expect(await onTheWay(closed.number)).toEqual([]);
  expect(await onTheWay(followUp.number)).toEqual([late]);
});

it('takes a verdict on the closed ticket for a message of its follow-up, in the time of that one (readings 7 and 12)', async () => {
  const closed = await seedRequest(db);
  await db.ticketRequest.update({ where: { number: closed.number }, data: { rehearsalOffsetMs: 27 * 3_600_000 } });
  const followUp = await seedRequest(db);
  const late = await said(closed.number, '2026-03-03 12:30', { act: 'disagree', hasReason: true });
  await db.message.update({ where: { id: late }, data: { followUpNumber: followUp.number } });
  const receivedBy = bishkek('2026-03-02 09:30');
  expect(await unnamedMessages(db, { ticketNumber: followUp.number, receivedBy })).toMatchObject([
    { id: late, act: 'message', receivedAt: receivedBy },
  ]);
  expect(await unnamedMessages(db, { ticketNumber: followUp.number, receivedBy: receivedBy - 1 })).toEqual([]);
});
