import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { MIGRATIONS_FOLDER } from '../prisma/migrate.ts';
import { schemaDifference } from '../prisma/schema-difference.ts';

const SCHEMA = fileURLToPath(new URL('../prisma/schema.prisma', import.meta.url));
/** The schema that all migrations together make; the next difference is taken from it. */
const PREVIOUS_SCHEMA = path.join(MIGRATIONS_FOLDER, 'schema.prisma');

/**
 * `npm run db:diff -- <name>` writes the next migration: what changed in schema.prisma since the last one. Needs no
 * database. Read the script before committing it, and add by hand what a Prisma schema cannot say (checks, triggers).
 */
const name = process.argv[2];
if (name === undefined || !/^[a-z][a-z0-9_]*$/.test(name)) {
  console.error('Say what the migration does in small letters: npm run db:diff -- tickets_remember_their_vendor');
  process.exit(2);
}
const present = await readFile(SCHEMA, 'utf8');
const previous = existsSync(PREVIOUS_SCHEMA) ? await readFile(PREVIOUS_SCHEMA, 'utf8') : null;
const script = await schemaDifference(previous, present);
if (script.trim() === '' || script.includes('This is an empty migration')) {
  console.log('schema.prisma has not changed since the last migration: nothing to write.');
} else {
  const folder = path.join(MIGRATIONS_FOLDER, `${timestamp()}_${name}`);
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'migration.sql'), script);
  await writeFile(PREVIOUS_SCHEMA, present);
  console.log(`Written: ${path.relative(process.cwd(), path.join(folder, 'migration.sql'))}`);
}

/** The instant in UTC as 20261124150000: migrations are applied in the order of their names. */
function timestamp(): string {
  return new Date().toISOString().replace(/\D/g, '').slice(0, 14);
}
