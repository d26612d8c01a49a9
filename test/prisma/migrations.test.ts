import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { applyMigrations, MIGRATIONS_FOLDER } from '../../prisma/migrate.ts';
import { schemaDifference } from '../../prisma/schema-difference.ts';
import { createEmptyDatabase, type TestDatabase } from '../support/database.ts';

describe('the migrations of this project', () => {
  it('end in the schema that the code is written against', async () => {
    const stored = await readFile(path.join(MIGRATIONS_FOLDER, 'schema.prisma'), 'utf8');
    const present = await readFile(path.join(MIGRATIONS_FOLDER, '..', 'schema.prisma'), 'utf8');
    const difference = await schemaDifference(stored, present);
    expect(difference).toContain('This is an empty migration.');
  });
});

describe('applying migrations', () => {
  let database: TestDatabase;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'siroca-migrations-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('makes an empty database whole, and does nothing the second time', async () => {
    database = await createEmptyDatabase();
    const first = await applyMigrations(database.url);
    expect(first).toContain('20261124000000_init');
    expect(await applyMigrations(database.url)).toEqual([]);
    expect(await select(database.url, 'select count(*)::int as n from staff')).toEqual([{ n: 0 }]);
    await database.drop();
  });

  it('applies each script once when three processes start together', async () => {
    database = await createEmptyDatabase();
    const applied = await Promise.all([1, 2, 3].map(() => applyMigrations(database.url)));
    expect(applied.flat().filter((name) => name.endsWith('_init'))).toHaveLength(1);
    expect(await select(database.url, 'select count(*)::int as n from _prisma_migrations')).toEqual([
      { n: applied.flat().length },
    ]);
    await database.drop();
  });

  it('sends the body of a function whole, semicolons and all', async () => {
    database = await createEmptyDatabase();
    const scripts = await scriptsFolder('function', {
      '1_function': `create function two() returns int language plpgsql as $$ begin perform 1; return 2; end; $$;`,
    });
    await applyMigrations(database.url, scripts);
    expect(await select(database.url, 'select two() as n')).toEqual([{ n: 2 }]);
    await database.drop();
  });

  it('rolls a failing script back, says why, and refuses to go on afterwards', async () => {
    database = await createEmptyDatabase();
    const scripts = await scriptsFolder('failing', {
      '1_good': 'create table kept (id int);',
      '2_bad': 'create table lost (id int); create table lost (id int);',
    });
    await expect(applyMigrations(database.url, scripts)).rejects.toThrow(/relation "lost" already exists[^]*2_bad/);
    await expect(applyMigrations(database.url, scripts)).rejects.toThrow(/P3009|2_bad/);
    const tables = await select(
      database.url,
      `select table_name from information_schema.tables where table_name in ('kept', 'lost')`,
    );
    expect(tables).toEqual([{ table_name: 'kept' }]);
    await database.drop();
  });

  async function scriptsFolder(name: string, scripts: Record<string, string>): Promise<string> {
    const place = path.join(folder, name);
    for (const [directory, sql] of Object.entries(scripts)) {
      await mkdir(path.join(place, directory), { recursive: true });
      await writeFile(path.join(place, directory, 'migration.sql'), sql);
    }
    await writeFile(path.join(place, 'migration_lock.toml'), 'provider = "postgresql"\n');
    return place;
  }
});

async function select(url: string, query: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(query)).rows;
  } finally {
    await client.end();
  }
}
