import { existsSync } from 'node:fs';
import path from 'node:path';
import { applyMigrations } from '../prisma/migrate.ts';
import { ensureCalendar } from './demo-data.ts';
import { ROOT } from './stack/stack-settings.ts';

/** `npm run db:migrate` brings the database of DATABASE_URL to the newest schema; `npm start` does it by itself. */
const environmentFile = path.join(ROOT, '.env');
if (existsSync(environmentFile)) process.loadEnvFile(environmentFile);
const url = process.env['DATABASE_URL'];
if (url === undefined || url === '') {
  console.error('DATABASE_URL is not set: say which database, postgresql://user:password@host:port/name.');
  process.exitCode = 2;
} else {
  const applied = await applyMigrations(url);
  await ensureCalendar(url);
  for (const name of applied) console.log(`applied ${name}`);
  if (applied.length === 0) console.log('The database has the newest schema already.');
}
