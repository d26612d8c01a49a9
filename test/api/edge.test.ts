import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildApi, INTEGRATION_TOKEN } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { createCompany } from '../support/company.ts';

const REQUEST = { product: 'siroca-lis', subject: 'Тема', description: 'Описание', contact: { name: 'Имя' } };
const MAIL = { externalId: 'x', from: { address: 'a@b.example' }, text: 'Текст' };

describe('the edge of the API', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await buildApi({
      env: { PUBLIC_REQUESTS_PER_MINUTE: '3', INTAKE_REQUESTS_PER_MINUTE: '3', CLIENT_LINK_REQUESTS_PER_MINUTE: '3' },
    });
    await createCompany(api.db);
  });
  afterAll(() => api.close());

  /** Says something to the API's socket and gives back all that it answers. */
  async function raw(bytes: string): Promise<string> {
    if (!api.app.server.listening) await api.app.listen({ host: '127.0.0.1', port: 0 });
    const { port } = api.app.server.address() as AddressInfo;
    return new Promise((resolve, reject) => {
      let answer = '';
      const socket = connect(port, '127.0.0.1', () => socket.end(bytes));
      socket
        .setEncoding('utf8')
        .on('data', (part) => {
          answer += String(part);
        })
        .on('error', reject)
        .on('close', () => resolve(answer));
    });
  }

  for (const [what, bytes, status] of [
    ['what is no HTTP', 'HELLO\r\n\r\n', 400],
    ['NUL in a header', 'GET /v1/session HTTP/1.1\r\nHost: x\r\nCookie: a\0b\r\n\r\n', 400],
    ['two lengths', 'POST /v1/requests HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}', 400],
    ['headers larger than any', `GET / HTTP/1.1\r\nHost: x\r\nX: ${'y'.repeat(40_000)}\r\n\r\n`, 431],
  ] as const) {
    it(`answers ${what} with ${status} problem+json and closes the connection`, async () => {
      const answer = await raw(bytes);
      expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
      expect(answer).toContain('Content-Type: application/problem+json');
      expect(JSON.parse(answer.split('\r\n\r\n')[1] ?? '')).toMatchObject({ status, code: 'invalid-request' });
    });
  }

  it('refuses a body over the limit though its length is not told', async () => {
    const chunk = `${(100_000).toString(16)}\r\n${'x'.repeat(100_000)}\r\n`;
    const head =
      'POST /v1/requests HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n';
    const answer = await raw(`${head}${chunk.repeat(12)}0\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
  });

  it('lets nobody frame its answers, sniff their type, keep them or learn their address (S32)', async () => {
    for (const url of ['/v1/session', '/v1/client/x', '/v1/nothing', '/health/live', '/docs/json']) {
      const { headers } = await api.ask({ url });
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
      });
    }
    for (const url of ['/v1/session', '/v1/client/x', '/v1/nothing', '/nothing']) {
      expect((await api.ask({ url })).headers['cache-control']).toBe('no-store');
    }
  });

  it('builds links from its settings, whatever Host asks for (S24)', async () => {
    const response = await api.ask({
      method: 'POST',
      url: '/v1/requests',
      body: REQUEST,
      headers: { host: 'evil.example', 'x-forwarded-host': 'evil.example' },
    });
    expect(response.json().trackingUrl).toMatch(/^http:\/\/support\.example\//);
  });

  it('holds a source to its requests a minute, says when to come again, and other sources as before', async () => {
    const file = (remoteAddress: string) =>
      api.app.inject({ method: 'POST', url: '/v1/requests', payload: REQUEST, remoteAddress });
    for (let i = 0; i < 3; i += 1) expect((await file('192.0.2.1')).statusCode).toBe(202);
    const refused = await file('192.0.2.1');
    expect([refused.statusCode, refused.json().code]).toEqual([429, 'too-many-requests']);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect((await file('192.0.2.2')).statusCode).toBe(202);
  });

  it('believes no X-Forwarded-For while no proxy is trusted (S21)', async () => {
    const file = (forwarded: string) =>
      api.app.inject({
        method: 'POST',
        url: '/v1/requests',
        payload: REQUEST,
        remoteAddress: '192.0.2.3',
        headers: { 'x-forwarded-for': forwarded },
      });
    for (let i = 0; i < 3; i += 1) expect((await file(`198.51.100.${i}`)).statusCode).toBe(202);
    expect((await file('198.51.100.9')).statusCode).toBe(429);
  });

  it('holds an integration to its messages a minute by its token, not by its source', async () => {
    const bring = (token: string, remoteAddress: string) =>
      api.app.inject({
        method: 'POST',
        url: '/v1/intake/email',
        payload: MAIL,
        headers: { authorization: `Bearer ${token}` },
        remoteAddress,
      });
    for (let i = 0; i < 3; i += 1) expect((await bring(INTEGRATION_TOKEN, `192.0.2.${10 + i}`)).statusCode).toBe(202);
    expect((await bring(INTEGRATION_TOKEN, '192.0.2.20')).statusCode).toBe(429);
    expect((await bring('another', '192.0.2.10')).statusCode).toBe(401);
  });

  it('describes every route of /v1 with what it takes and how it refuses', async () => {
    const { paths } = (await api.ask({ url: '/docs/json' })).json();
    for (const path of [
      '/v1/requests',
      '/v1/intake/{channel}',
      '/v1/calls',
      '/v1/session',
      '/v1/client/{token}/commands',
    ]) {
      expect(paths[path].post.requestBody.content['application/json'].schema).toBeDefined();
      expect(Object.keys(paths[path].post.responses)).toEqual(expect.arrayContaining(['4XX', '5XX']));
    }
    const page = await api.ask({ url: '/docs/' });
    expect([page.statusCode, page.headers['content-type']]).toEqual([200, expect.stringContaining('text/html')]);
  });
});
