import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createDatabase, databaseCodes, isDatabaseDown, isUniqueViolation } from '../../prisma/client.ts';
import type { Database } from '../../prisma/client.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { switchablePort } from '../support/switchable-port.ts';
import type { SwitchablePort } from '../support/switchable-port.ts';

let testDatabase: TestDatabase;
let port: SwitchablePort;
let db: Database;
beforeAll(async () => {
  testDatabase = await createTestDatabase();
  const url = new URL(testDatabase.url);
  port = await switchablePort(url.host);
  url.host = port.address;
  db = createDatabase(url.href);
  await db.product.create({ data: { id: 'lis', name: 'LIS' } });
});
afterAll(async () => {
  await db.$disconnect();
  await port.off();
  await testDatabase.drop();
});

/** What a query failed with. */
async function failure(query: Promise<unknown>): Promise<unknown> {
  return query.then(
    () => {
      throw new Error('it did not fail');
    },
    (error: unknown) => error,
  );
}

/** Counts products as soon as a query gets through; a connection of before may still be taken for a living one. */
async function countedAgain(): Promise<number> {
  for (;;) {
    try {
      return await db.product.count();
    } catch (error) {
      if (!isDatabaseDown(error)) throw error;
    }
  }
}

it('knows a row with the same key, by Prisma and by SQL', async () => {
  const again = { data: { id: 'lis', name: 'another' } };
  for (const query of [db.product.create(again), db.$executeRaw`INSERT INTO products VALUES ('lis', 'another')`]) {
    const error = await failure(query);
    expect([isUniqueViolation(error), isDatabaseDown(error)]).toEqual([true, false]);
  }
});

it('takes no other refusal for that', async () => {
  const error = await failure(db.$executeRaw`INSERT INTO products VALUES ('mis', NULL)`);
  expect([isUniqueViolation(error), isDatabaseDown(error)]).toEqual([false, false]);
  expect(databaseCodes(error)).toContain('23502');
  expect(isDatabaseDown(new Error('something else'))).toBe(false);
});

it('knows a connection that broke while it was asked, and goes on with a new one', async () => {
  for (const query of [
    () => db.$queryRaw`SELECT pg_sleep(30)::text`,
    () => db.$transaction(async (transaction) => transaction.$queryRaw`SELECT pg_sleep(30)::text`),
  ]) {
    const failing = failure(query());
    for (let isAsked = false; !isAsked;) {
      const [asked] = await db.$queryRaw<{ count: number }[]>`
        SELECT count(*)::int AS count FROM pg_stat_activity
        WHERE datname = current_database() AND query LIKE 'SELECT pg_sleep%' AND state = 'active'`;
      isAsked = (asked?.count ?? 0) > 0;
    }
    await port.off();
    expect(isDatabaseDown(await failing)).toBe(true);
    await port.on();
    expect(await countedAgain()).toBe(1);
  }
});

it('knows a database that is not there, by every kind of query', async () => {
  await port.off();
  for (const query of [
    db.product.count(),
    db.$queryRaw`SELECT 1`,
    db.$transaction(async (transaction) => transaction.product.count()),
  ]) {
    expect(isDatabaseDown(await failure(query))).toBe(true);
  }
  await port.on();
  expect(await countedAgain()).toBe(1);
});

it('knows a server that ends its connections to stop', async () => {
  const error = await failure(db.$queryRaw`SELECT pg_terminate_backend(pg_backend_pid())`);
  expect([isDatabaseDown(error), databaseCodes(error).includes('57P01')]).toEqual([true, true]);
});

it('quotes no source line and no value of a refused row in an error (docs/architecture.md)', async () => {
  const error = await failure(db.product.create({ data: { id: 'lis', name: 'КАНАРЕЙКА' } }));
  expect(String(error)).not.toMatch(/КАНАРЕЙКА|client\.test/);
  expect(databaseCodes(error).join()).not.toContain('КАНАРЕЙКА');
});
