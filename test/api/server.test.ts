import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createDatabase } from '../../prisma/client.ts';
import { NOWHERE } from '../support/api.ts';
import { createCompany } from '../support/company.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';

const SERVER = fileURLToPath(new URL('../../api/server.ts', import.meta.url));

describe('the API as a process', () => {
  let database: TestDatabase;
  const started: ChildProcess[] = [];
  beforeAll(async () => {
    database = await createTestDatabase();
    const db = createDatabase(database.url);
    await createCompany(db);
    await db.$disconnect();
  });
  afterAll(async () => {
    for (const child of started) child.kill('SIGKILL');
    await database.drop();
  });

  function start(env: Record<string, string>): { child: ChildProcess; output: () => string } {
    const child = fork(SERVER, [], {
      execArgv: ['--import', 'tsx'],
      env: { PATH: process.env['PATH'], ...env },
      silent: true,
    });
    started.push(child);
    let output = '';
    for (const stream of [child.stdout!, child.stderr!]) {
      stream.setEncoding('utf8').on('data', (part) => {
        output += String(part);
      });
    }
    return { child, output: () => output };
  }
  const settings = () => ({
    DATABASE_URL: database.url,
    TEMPORAL_ADDRESS: NOWHERE,
    LINK_SECRET: 'l'.repeat(32),
    SESSION_SECRET: 's'.repeat(32),
    PORT: '0',
  });
  /** The word that it is ready and the lines of its log come on different ways. */
  async function addressOf({ child, output }: { child: ChildProcess; output: () => string }): Promise<string> {
    for (;;) {
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(output());
      if (address !== null) return address[0];
      await once(child.stdout!, 'data');
    }
  }

  it('says that it is ready, takes requests without Temporal, and stops cleanly when it is told to', async () => {
    const { child, output } = start(settings());
    expect((await once(child, 'message'))[0]).toBe('ready');
    const response = await fetch(`${await addressOf({ child, output })}/v1/requests`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        product: 'siroca-lis',
        subject: 'Тема',
        description: 'CANARY',
        contact: { name: 'CANARY' },
      }),
    });
    expect(response.status).toBe(202);
    child.kill('SIGTERM');
    expect(await once(child, 'close')).toEqual([0, null]);
    expect(output()).not.toContain('CANARY');
  });

  it('starts before PostgreSQL does, and says what it waits for', async () => {
    const { child, output } = start({ ...settings(), DATABASE_URL: `postgresql://${NOWHERE}/support` });
    expect((await once(child, 'message'))[0]).toBe('ready');
    const ready = await fetch(`${await addressOf({ child, output })}/health/ready`);
    expect([ready.status, await ready.json()]).toEqual([
      503,
      { status: 'not-ready', down: ['postgresql', 'temporal'] },
    ]);
    child.kill('SIGTERM');
    expect(await once(child, 'close')).toEqual([0, null]);
  });

  it('does not start with settings that cannot be used, and names each of them', async () => {
    const { child, output } = start({ PORT: 'x', REHEARSAL: 'on', NODE_ENV: 'production' });
    expect(await once(child, 'close')).toEqual([1, null]);
    for (const name of ['DATABASE_URL', 'LINK_SECRET', 'SESSION_SECRET', 'PORT'])
      expect(output()).toContain(`${name}: `);
  });

  it('ends with one line when its port is taken', async () => {
    const first = start(settings());
    await once(first.child, 'message');
    const port = new URL(await addressOf(first)).port;
    const second = start({ ...settings(), PORT: port });
    expect(await once(second.child, 'close')).toEqual([1, null]);
    expect(second.output().trim().split('\n')).toHaveLength(1);
    expect(second.output()).toContain('EADDRINUSE');
    first.child.kill('SIGINT');
    expect(await once(first.child, 'close')).toEqual([0, null]);
  });
});
