/** The typed database client, generated from prisma/schema.prisma when that has changed. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runQuietly } from './run-quietly.mjs';

/**
 * @param {{ root: string, say: (line: string) => void }} place
 */
export async function providePrismaClient({ root, say }) {
  const command = path.join(root, 'node_modules', 'prisma', 'package.json');
  const wanted = createHash('sha256')
    .update(readFileSync(path.join(root, 'prisma', 'schema.prisma')))
    .update(readFileSync(command))
    .digest('hex');
  const stamp = path.join(root, 'prisma', 'generated', '.made-from');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  say('Generating the database client ...');
  await runQuietly({
    file: process.execPath,
    args: [path.join(root, 'node_modules', 'prisma', 'build', 'index.js'), 'generate'],
    cwd: root,
    // Generating needs no engine; naming any program keeps Prisma from downloading one.
    env: {
      ...process.env,
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
      CHECKPOINT_DISABLE: '1',
    },
    say,
    failure: 'The database client could not be generated:',
  });
  writeFileSync(stamp, wanted);
}
