import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { buildApi, INTEGRATION_TOKEN } from '../support/api.ts';
import type { Ask, TestApi } from '../support/api.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { createCompany } from '../support/company.ts';
import { switchablePort } from '../support/switchable-port.ts';
import type { SwitchablePort } from '../support/switchable-port.ts';
import { tokenHashOf } from '../../prisma/integration-tokens.ts';

const REQUEST = {
  product: 'siroca-lis',
  subject: 'CANARY-SUBJECT',
  description: 'CANARY-TEXT',
  contact: { name: 'CANARY-NAME', email: 'canary@address.example', phone: '+996700000777' },
};

describe('while PostgreSQL is down', () => {
  let database: TestDatabase;
  let postgres: SwitchablePort;
  let api: TestApi;
  let cookie: string;
  let link: string;
  const lines: string[] = [];
  beforeAll(async () => {
    database = await createTestDatabase();
    const url = new URL(database.url);
    postgres = await switchablePort(url.host);
    url.host = postgres.address;
    const logger = pino({ level: 'trace' }, { write: (line: string) => lines.push(line) });
    api = await buildApi({ databaseUrl: url.href, logger });
    await createCompany(api.db);
    await api.db.integrationToken.create({ data: { name: 'tests', tokenHash: tokenHashOf(INTEGRATION_TOKEN) } });
    cookie = await api.cookieOf('agent');
    const { trackingUrl } = (await api.ask({ method: 'POST', url: '/v1/requests', body: REQUEST })).json();
    link = `/v1/client/${trackingUrl.split('/').at(-1)}`;
  });
  afterAll(async () => {
    await postgres.on();
    await api.close();
    await postgres.off();
    await database.drop();
  });

  const asks = (): Ask[] => [
    { method: 'POST', url: '/v1/requests', body: REQUEST, key: 'outage' },
    {
      method: 'POST',
      url: '/v1/intake/email',
      token: INTEGRATION_TOKEN,
      body: { externalId: 'outage', from: { address: 'canary@address.example' }, text: 'CANARY-TEXT' },
    },
    { method: 'POST', url: '/v1/session', body: { email: 'canary@address.example', password: 'CANARY-PASSWORD' } },
    { url: '/v1/session', headers: { cookie } },
    { url: '/v1/tickets', headers: { cookie } },
    { url: link },
    { method: 'POST', url: `${link}/commands`, body: { type: 'answer', text: 'CANARY-TEXT' } },
  ];

  it('everything answers 503 with Retry-After and nothing is acknowledged, then goes on as before', async () => {
    const before = await api.db.ticketRequest.count();
    await postgres.off();
    for (const ask of asks()) {
      const response = await api.ask(ask);
      expect([ask.url, response.statusCode, response.json().code]).toEqual([ask.url, 503, 'unavailable']);
      expect(Number(response.headers['retry-after'])).toBeGreaterThan(0);
    }
    const ready = await api.ask({ url: '/health/ready' });
    expect([ready.statusCode, ready.json()]).toEqual([503, { status: 'not-ready', down: ['postgresql', 'temporal'] }]);
    expect((await api.ask({ url: '/health/live' })).statusCode).toBe(200);
    await postgres.on();
    const again = await api.ask(asks()[0]!);
    expect(again.statusCode).toBe(202);
    expect(await api.db.ticketRequest.count()).toBe(before + 1);
    expect((await api.ask({ url: '/v1/session', headers: { cookie } })).statusCode).toBe(200);
  });

  it('no line of the log has a word, an address, a password or a link of anybody (S34)', () => {
    expect(lines.length).toBeGreaterThan(5);
    const everything = lines.join('\n');
    const token = link.split('/').at(-1)!;
    for (const secret of [
      'CANARY',
      'canary@address',
      '+996700000777',
      token,
      INTEGRATION_TOKEN,
      cookie.slice(10, 30),
    ]) {
      expect(everything).not.toContain(secret);
    }
  });
});

describe('GET /health/ready', () => {
  it('names Temporal when it is down, and PostgreSQL not', async () => {
    const api = await buildApi();
    const response = await api.ask({ url: '/health/ready' });
    expect([response.statusCode, response.json()]).toEqual([503, { status: 'not-ready', down: ['temporal'] }]);
    await api.close();
  });
});
