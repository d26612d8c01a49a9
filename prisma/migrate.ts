import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { PrismaPg } from '@prisma/adapter-pg';
import { Pool } from 'pg';
import { withSchemaEngine } from './schema-engine.ts';

export const MIGRATIONS_FOLDER = fileURLToPath(new URL('migrations', import.meta.url));

/**
 * Brings a database to the newest schema and gives the names of the migrations applied now, in order. Those applied
 * before are in its table `_prisma_migrations`, as with Prisma's own command. Safe to call twice, and from several
 * processes at once: the engine takes an advisory lock. A script that fails is rolled back, and every later call is
 * refused (P3009) until a person has resolved it.
 */
export async function applyMigrations(databaseUrl: string, folder: string = MIGRATIONS_FOLDER): Promise<string[]> {
  const migrationsList = await readMigrations(folder);
  // One connection, closed at the end: the lock belongs to the connection that took it.
  const pool = new Pool({ connectionString: databaseUrl, max: 1 });
  try {
    return await withSchemaEngine(new WholeScripts(pool), async (engine) => {
      const { appliedMigrationNames } = await engine.applyMigrations({
        migrationsList,
        filters: { externalTables: [], externalEnums: [] },
      });
      return appliedMigrationNames;
    });
  } finally {
    await pool.end();
  }
}

async function readMigrations(folder: string) {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const directories = names.toSorted().map(async (name) => ({
    path: name,
    migrationFile: {
      path: 'migration.sql',
      content: { tag: 'ok' as const, value: await readFile(path.join(folder, name, 'migration.sql'), 'utf8') },
    },
  }));
  return {
    baseDir: folder,
    shadowDbInitScript: '',
    lockfile: {
      path: 'migration_lock.toml',
      content: await readFile(path.join(folder, 'migration_lock.toml'), 'utf8'),
    },
    migrationDirectories: await Promise.all(directories),
  };
}

/**
 * The PostgreSQL adapter, except that a script goes to the server whole. The original cuts it at every semicolon, which
 * breaks the body of a function and leaves half a failed script behind.
 */
class WholeScripts extends PrismaPg {
  override async connect() {
    const connection = await super.connect();
    const pool = connection.underlyingDriver();
    connection.executeScript = async (script) => {
      await pool.query(script);
    };
    return connection;
  }
}
