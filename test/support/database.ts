import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { fromTestRun } from './test-run.ts';

/** A database of a test file's own. */
export interface TestDatabase {
  url: string;
  drop(): Promise<void>;
}

/** A new database with the newest schema and nothing in it, copied from the run's template in some 30 ms. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  await asAdministrator(`create database "${name}" template "${fromTestRun('TEST_TEMPLATE_DATABASE')}"`);
  return databaseNamed(name);
}

/** A new database without even a table. */
export async function createEmptyDatabase(): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  await asAdministrator(`create database "${name}"`);
  return databaseNamed(name);
}

function databaseNamed(name: string): TestDatabase {
  const url = new URL(fromTestRun('TEST_POSTGRES_URL'));
  url.pathname = name;
  return { url: url.href, drop: () => asAdministrator(`drop database "${name}" with (force)`) };
}

async function asAdministrator(statement: string): Promise<void> {
  const client = new Client({ connectionString: fromTestRun('TEST_POSTGRES_URL') });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
