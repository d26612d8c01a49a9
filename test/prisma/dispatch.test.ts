import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { publishCalendar } from '../../prisma/calendar-versions.ts';
import { createDatabase } from '../../prisma/client.ts';
import type { Database } from '../../prisma/client.ts';
import {
  leaseTicket,
  leaseTickets,
  markDispatched,
  releaseTicket,
  ticketsToTellOfCalendar,
  ticketToDispatch,
} from '../../prisma/dispatch.ts';
import { KYRGYZSTAN } from '../../regulation/calendars/kyrgyzstan.ts';
import { HOUR_MS } from '../../regulation/instant.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { record } from '../support/desk.ts';
import { receiveRecorded, seedDirectories, seedMessage, seedRequest, wordsId } from '../support/recorded-ticket.ts';
import { classify, complete, confirm } from '../support/tickets.ts';

describe('what is to be dispatched', () => {
  let own: TestDatabase;
  let db: Database;
  beforeAll(async () => {
    own = await createTestDatabase();
    db = createDatabase(own.url);
    await seedDirectories(db);
  });
  afterAll(async () => {
    await db.$disconnect();
    await own.drop();
  });

  const leaseOf = async (number: number) =>
    (await db.ticketRequest.findUniqueOrThrow({ where: { number } })).leasedUntil;

  it('is leased to one dispatcher at a time, until it is released or the lease ends', async () => {
    const { number } = await seedRequest(db);
    expect(await leaseTickets(db, 10)).toContain(number);
    expect(await leaseTickets(db, 10)).not.toContain(number);
    expect(await leaseTicket(db, number)).toBe(false);
    await releaseTicket(db, number);
    expect(await leaseTicket(db, number)).toBe(true);
    expect(await leaseTicket(db, number)).toBe(false);
    await db.ticketRequest.update({ where: { number }, data: { leasedUntil: new Date(Date.now() - 1) } });
    expect(await leaseTicket(db, number)).toBe(true);
  });

  it('is leased once when ten dispatchers ask at once, and shared out among them', async () => {
    const numbers = [];
    for (let i = 0; i < 20; i += 1) numbers.push((await seedRequest(db)).number);
    const leased = (await Promise.all(Array.from({ length: 10 }, () => leaseTickets(db, 5)))).flat();
    expect(new Set(leased).size).toBe(leased.length);
  });

  it('is nothing once every message has been dispatched', async () => {
    const { number, messageId } = await seedRequest(db);
    await markDispatched(db, messageId);
    expect(await leaseTickets(db, 100)).not.toContain(number);
    expect(await leaseOf(number)).toBeNull();
  });

  it('comes in the order of commitment, not of receipt', async () => {
    const { number, messageId } = await seedRequest(db);
    const ids = [wordsId(), wordsId(), wordsId()];
    for (const [index, id] of ids.entries()) {
      await seedMessage(db, { id, ticketNumber: number, text: '', receivedAt: new Date(Date.now() - index * HOUR_MS) });
    }
    expect((await ticketToDispatch(db, number)).messages.map(({ id }) => id)).toEqual([messageId, ...ids]);
  });

  it('goes to the follow-up with the time of that ticket when its own is rehearsed', async () => {
    const closed = await seedRequest(db);
    const followUp = await seedRequest(db);
    const id = wordsId();
    const receivedAt = new Date('2026-03-05T03:00:00.123Z');
    await seedMessage(db, { id, ticketNumber: closed.number, text: '', receivedAt });
    await db.ticketRequest.update({ where: { number: closed.number }, data: { rehearsalOffsetMs: 27 * HOUR_MS } });
    await db.ticketRequest.update({ where: { number: followUp.number }, data: { rehearsalOffsetMs: HOUR_MS } });
    await db.message.update({ where: { id }, data: { followUpNumber: followUp.number } });
    const { messages } = await ticketToDispatch(db, followUp.number);
    const given = messages.find((message) => message.id === id);
    expect(given).toMatchObject({ isForFollowUp: true, receivedAt: receivedAt.getTime() - 26 * HOUR_MS });
    expect((await ticketToDispatch(db, closed.number)).messages.map((message) => message.id)).not.toContain(id);
  });

  it('is the news of a calendar for open tickets that run by an older one, again after 30 seconds (reading 10)', async () => {
    const open = await seedRequest(db);
    await record(db, receiveRecorded(open), '2026-03-02 12:00');
    const closed = await seedRequest(db);
    await record(
      db,
      receiveRecorded(closed)
        .when('2026-03-02 09:05', classify(2))
        .when('2026-03-02 10:00', complete())
        .when('2026-03-02 10:05', confirm('confirmation')),
      '2026-03-02 12:00',
    );
    expect(await ticketsToTellOfCalendar(db, 10)).toEqual([]);
    const at = Date.parse('2026-03-01T00:00:00.456Z');
    for (const basedOn of [0, 1]) {
      await publishCalendar(db, { basedOn, definition: KYRGYZSTAN, publishedById: null, at: at + basedOn });
    }
    const { rehearsalOffsetMs } = await db.ticketRequest.findUniqueOrThrow({ where: { number: open.number } });
    const news = { number: open.number, version: 2, publishedAt: at + 1 + Number(rehearsalOffsetMs) };
    expect(await ticketsToTellOfCalendar(db, 10)).toEqual([news]);
    expect(await ticketsToTellOfCalendar(db, 10)).toEqual([]);
    const toldAgo = (ms: number) =>
      db.ticketRequest.update({ where: { number: open.number }, data: { calendarToldAt: new Date(Date.now() - ms) } });
    await toldAgo(28_000);
    expect(await ticketsToTellOfCalendar(db, 10)).toEqual([]);
    await toldAgo(30_500);
    expect(await ticketsToTellOfCalendar(db, 10)).toEqual([news]);
    await publishCalendar(db, { basedOn: 2, definition: KYRGYZSTAN, publishedById: null, at: at + 2 });
    expect(await ticketsToTellOfCalendar(db, 10)).toEqual([{ ...news, version: 3, publishedAt: news.publishedAt + 1 }]);
  });
});
