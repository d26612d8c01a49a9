import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PROBLEM_CODES } from '../../api/errors.ts';
import { buildApi, INTEGRATION_TOKEN } from '../support/api.ts';
import type { Ask, TestApi } from '../support/api.ts';
import { createCompany } from '../support/company.ts';
import { tableContents } from '../support/table-contents.ts';

const REQUEST = {
  product: 'siroca-lis',
  subject: 'Тема',
  description: 'Описание',
  contact: { name: 'Имя', email: 'a@b.example' },
};
const MAIL = { externalId: 'x', from: { address: 'a@b.example' }, text: 'Текст' };
const CALL = { kind: 'request', receivedAt: '2026-11-24T00:00:00Z', from: '0555123456', text: 'Текст' };
const SIGN_IN = { email: 'a@b.example', password: 'x' };

const json = { 'content-type': 'application/json' };
const request = (body: unknown, more: Partial<Ask> = {}): Ask => ({
  method: 'POST',
  url: '/v1/requests',
  body,
  ...more,
});
const mail = (body: unknown, more: Partial<Ask> = {}): Ask => ({
  method: 'POST',
  url: '/v1/intake/email',
  token: INTEGRATION_TOKEN,
  body,
  ...more,
});
const call = (body: unknown): Ask => ({ method: 'POST', url: '/v1/calls', as: 'agent', body });
const signIn = (body: unknown): Ask => ({ method: 'POST', url: '/v1/session', body });

const deep = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;

/** What a client may send wrongly: each is refused with this status and this code, and changes nothing. */
const BAD_INPUTS: readonly (readonly [
  what: string,
  ask: Ask | ((link: string) => Ask),
  status: number,
  code: string,
])[] = [
  // What is no JSON, or none that can be taken.
  ['no body at all', { method: 'POST', url: '/v1/requests' }, 400, 'invalid-request'],
  ['an empty JSON body', request('', { headers: json }), 400, 'not-json'],
  ['half of a JSON body', request('{"product": "sir'), 400, 'not-json'],
  ['JSON with a comment', request('{/* */}'), 400, 'not-json'],
  ['NaN', request('{"affectedUsers": NaN}'), 400, 'not-json'],
  ['__proto__', request('{"__proto__": {"role": "head"}, "product": "siroca-lis"}'), 400, 'not-json'],
  ['constructor.prototype', request('{"constructor": {"prototype": {"role": "head"}}}'), 400, 'not-json'],
  ['a body of null', request('null'), 400, 'invalid-request'],
  ['a body that is a list', request('[]'), 400, 'invalid-request'],
  ['a body that is a text', request('"x"'), 400, 'invalid-request'],
  ['nesting 100,000 deep', request(deep(100_000)), 400, 'too-deeply-nested'],
  ['nesting 33 deep in a field', request(`{"contact": ${deep(33)}}`), 400, 'too-deeply-nested'],
  ['a body over 1 MiB', request({ ...REQUEST, description: 'x'.repeat(1_100_000) }), 413, 'body-too-large'],
  ['a text over its limit', request({ ...REQUEST, description: 'x'.repeat(200_001) }), 400, 'invalid-request'],
  [
    'a form',
    request('a=b', { headers: { 'content-type': 'application/x-www-form-urlencoded' } }),
    415,
    'unsupported-content-type',
  ],
  [
    'multipart',
    request('--x--', { headers: { 'content-type': 'multipart/form-data; boundary=x' } }),
    415,
    'unsupported-content-type',
  ],
  [
    'multipart to another route',
    mail('--x--', { headers: { 'content-type': 'multipart/form-data; boundary=x' } }),
    415,
    'unsupported-content-type',
  ],
  ['plain text', request('{}', { headers: { 'content-type': 'text/plain' } }), 415, 'unsupported-content-type'],
  [
    'a content type that is none',
    request('{}', { headers: { 'content-type': '\tapplication/json{' } }),
    415,
    'unsupported-content-type',
  ],

  // Characters.
  ['NUL in a text', request({ ...REQUEST, description: 'a\0b' }), 400, 'nul-character'],
  ['NUL in a key', request({ ...REQUEST, 'a\0b': 1 }), 400, 'nul-character'],
  ['NUL deep in a body', request({ ...REQUEST, contact: { name: '\0' } }), 400, 'nul-character'],
  ['NUL in an address', { url: '/v1/client/%00' }, 400, 'nul-character'],
  ['NUL in a query', { url: '/v1/tickets?q=%00', as: 'agent' }, 400, 'nul-character'],
  ['a lone high surrogate', request(JSON.stringify(REQUEST).replace('Описание', '\\ud83d')), 400, 'lone-surrogate'],
  ['a lone low surrogate', mail(JSON.stringify(MAIL).replace('Текст', 'x\\ude00')), 400, 'lone-surrogate'],
  [
    'surrogates the wrong way round',
    mail(JSON.stringify(MAIL).replace('Текст', '\\ude00\\ud83d')),
    400,
    'lone-surrogate',
  ],
  ['an address that is no UTF-8', { url: '/v1/client/%ff' }, 400, 'bad-url'],
  ['an address with half a percent', { url: '/v1/client/%z' }, 400, 'bad-url'],
  ['a very long address', { url: `/v1/client/${'a'.repeat(5_000)}` }, 400, 'bad-url'],
  ['an address where nothing is', { url: '/v1/nothing' }, 404, 'no-such-route'],
  ['a method that is not taken', { method: 'PATCH', url: '/v1/requests', body: REQUEST }, 404, 'no-such-route'],

  // The public form.
  ['an unknown key', request({ ...REQUEST, severity: 1 }), 400, 'invalid-request'],
  [
    'an unknown key inside',
    request({ ...REQUEST, contact: { ...REQUEST.contact, clientId: 'x' } }),
    400,
    'invalid-request',
  ],
  ['no product', request({ ...REQUEST, product: undefined }), 400, 'invalid-request'],
  ['an unknown product', request({ ...REQUEST, product: 'siroca-xyz' }), 422, 'unknown-product'],
  ['a product that is a number', request({ ...REQUEST, product: 5 }), 400, 'invalid-request'],
  ['a product that is a filter', request({ ...REQUEST, product: { not: '' } }), 400, 'invalid-request'],
  ['a subject in a list', request({ ...REQUEST, subject: ['x'] }), 400, 'invalid-request'],
  ['a subject of spaces', request({ ...REQUEST, subject: ' \r\n ' }), 400, 'invalid-request'],
  ['an empty description', request({ ...REQUEST, description: ' ' }), 400, 'invalid-request'],
  ['a frequency that is none', request({ ...REQUEST, frequency: 'daily' }), 400, 'invalid-request'],
  ['an impact that is none', request({ ...REQUEST, impact: 1 }), 400, 'invalid-request'],
  ['affected users as a text', request({ ...REQUEST, affectedUsers: '5' }), 400, 'invalid-request'],
  ['affected users with a fraction', request({ ...REQUEST, affectedUsers: 1.5 }), 400, 'invalid-request'],
  [
    'affected users beyond counting',
    request(JSON.stringify({ ...REQUEST, affectedUsers: 0 }).replace('0', '1e999')),
    400,
    'invalid-request',
  ],
  ['fewer than no users', request({ ...REQUEST, affectedUsers: -1 }), 400, 'invalid-request'],
  ['no contact', request({ ...REQUEST, contact: null }), 400, 'invalid-request'],
  ['an e-mail that is none', request({ ...REQUEST, contact: { name: 'x', email: 'nobody' } }), 400, 'invalid-request'],
  [
    'two e-mail addresses',
    request({ ...REQUEST, contact: { name: 'x', email: 'a@b.example,c@d.example' } }),
    400,
    'invalid-request',
  ],
  [
    'a header in an e-mail',
    request({ ...REQUEST, contact: { name: 'x', email: 'a@b.example\r\nBcc: c@d.example' } }),
    400,
    'invalid-request',
  ],
  ['an Idempotency-Key of spaces', request(REQUEST, { key: 'a b' }), 400, 'invalid-idempotency-key'],
  ['an Idempotency-Key that is too long', request(REQUEST, { key: 'k'.repeat(201) }), 400, 'invalid-idempotency-key'],
  ['an Idempotency-Key in Cyrillic', request(REQUEST, { key: 'ÐºÐ»' }), 400, 'invalid-idempotency-key'],

  // Integrations.
  ['no token', { ...mail(MAIL), token: '' }, 401, 'invalid-integration-token'],
  [
    'a wrong token, before the body is looked at',
    { ...mail({ nonsense: true }), token: 'wrong' },
    401,
    'invalid-integration-token',
  ],
  ['basic authorization', mail(MAIL, { headers: { authorization: 'Basic eDp5' } }), 401, 'invalid-integration-token'],
  ['an unofficial channel', mail(MAIL, { url: '/v1/intake/whatsapp' }), 422, 'not-an-official-channel'],
  [
    'an unofficial channel named like a part of every object',
    mail(MAIL, { url: '/v1/intake/toString' }),
    422,
    'not-an-official-channel',
  ],
  ['no external id', mail({ ...MAIL, externalId: undefined }), 400, 'invalid-request'],
  ['an empty external id', mail({ ...MAIL, externalId: ' ' }), 400, 'invalid-request'],
  ['no sender', mail({ ...MAIL, from: undefined }), 400, 'invalid-request'],
  ['a sender that is a text', mail({ ...MAIL, from: 'a@b.example' }), 400, 'invalid-request'],
  ['automatic as a text', mail({ ...MAIL, automatic: 'true' }), 400, 'invalid-request'],
  ['a receipt that is no instant', mail({ ...MAIL, receivedAt: 'yesterday' }), 400, 'invalid-request'],
  ['a receipt without zone', mail({ ...MAIL, receivedAt: '2026-11-24T10:00:00' }), 400, 'invalid-request'],
  ['a receipt on a day that is none', mail({ ...MAIL, receivedAt: '2026-02-30T10:00:00Z' }), 400, 'invalid-request'],
  ['a receipt as a number', mail({ ...MAIL, receivedAt: 1_795_000_000_000 }), 400, 'invalid-request'],
  ['a receipt in the future', mail({ ...MAIL, receivedAt: '2999-01-01T00:00:00Z' }), 422, 'received-in-the-future'],
  ['a receipt long ago', mail({ ...MAIL, receivedAt: '2020-01-01T00:00:00Z' }), 422, 'received-too-long-ago'],
  ['an unknown product of a mail', mail({ ...MAIL, product: 'x' }), 422, 'unknown-product'],

  // Calls.
  ['a call without its moment', call({ ...CALL, receivedAt: undefined }), 400, 'invalid-request'],
  ['a call in the future', call({ ...CALL, receivedAt: '2999-01-01T00:00:00Z' }), 422, 'received-in-the-future'],
  ['a call long ago', call({ ...CALL, receivedAt: '2020-01-01T00:00:00Z' }), 422, 'received-too-long-ago'],
  [
    'a call about no ticket',
    call({ ...CALL, receivedAt: new Date().toISOString(), ticketNumber: 999_999 }),
    422,
    'unknown-reference',
  ],
  ['a call about ticket 0', call({ ...CALL, ticketNumber: 0 }), 400, 'invalid-request'],
  ['a call about a ticket beyond numbers', call({ ...CALL, ticketNumber: 1e12 }), 400, 'invalid-request'],
  ['a call by nobody', { ...call(CALL), as: undefined } as unknown as Ask, 401, 'not-signed-in'],
  ['a call by a developer', { ...call(CALL), as: 'developer' }, 403, 'wrong-role'],

  // Signing in.
  ['no password', signIn({ email: 'a@b.example' }), 400, 'invalid-request'],
  ['a password that is a filter', signIn({ email: 'a@b.example', password: { not: '' } }), 400, 'invalid-request'],
  ['an e-mail that is a list', signIn({ ...SIGN_IN, email: ['agent@siroca.example'] }), 400, 'invalid-request'],
  ['a role asked for', signIn({ ...SIGN_IN, role: 'head' }), 400, 'invalid-request'],
  ['a wrong password', signIn(SIGN_IN), 401, 'wrong-credentials'],
  ['a page of another site', { ...signIn(SIGN_IN), headers: { origin: 'https://evil.example' } }, 403, 'cross-site'],

  // The client link.
  ['an empty link', { url: '/v1/client/' }, 404, 'unknown-link'],
  ['a link of spaces', { url: '/v1/client/%20%20' }, 404, 'unknown-link'],
  ['a link that is a path', { url: '/v1/client/..%2f..%2fetc' }, 404, 'unknown-link'],
  ['a link cut by one letter', (link) => ({ url: link.slice(0, -1) }), 404, 'unknown-link'],
  ['a query where none is taken', (link) => ({ url: `${link}/nothing` }), 404, 'no-such-route'],
  ['no command', (link) => ({ method: 'POST', url: `${link}/commands`, body: {} }), 400, 'invalid-request'],
  [
    'an act of staff by a link',
    (link) => ({ method: 'POST', url: `${link}/commands`, body: { type: 'complete' } }),
    400,
    'invalid-request',
  ],
  [
    'an act that is a list',
    (link) => ({ method: 'POST', url: `${link}/commands`, body: { type: ['confirm'] } }),
    400,
    'invalid-request',
  ],
  [
    'an answer without text',
    (link) => ({ method: 'POST', url: `${link}/commands`, body: { type: 'answer', text: ' ' } }),
    400,
    'invalid-request',
  ],
  [
    'a confirmation with more',
    (link) => ({ method: 'POST', url: `${link}/commands`, body: { type: 'confirm', ticketNumber: 1 } }),
    400,
    'invalid-request',
  ],
  [
    'files with an answer',
    (link) => ({
      method: 'POST',
      url: `${link}/commands`,
      body: { type: 'answer', text: 'x', attachmentIds: ['01930000-0000-7000-8000-000000000001'] },
    }),
    422,
    'not-yet-available',
  ],
  [
    'an act with a mangled link',
    { method: 'POST', url: '/v1/client/xyz/commands', body: { type: 'confirm' } },
    404,
    'unknown-link',
  ],
];

describe('what a client sends wrongly', () => {
  let api: TestApi;
  let link: string;
  let before: Record<string, string>;
  beforeAll(async () => {
    api = await buildApi();
    await createCompany(api.db);
    const filed = await api.ask({ method: 'POST', url: '/v1/requests', body: REQUEST });
    link = `/v1/client/${filed.json().trackingUrl.split('/').at(-1)}`;
    for (const role of ['agent', 'developer'] as const) await api.cookieOf(role);
    before = await tableContents(api.db);
  });
  afterAll(() => api.close());

  for (const [what, ask, status, code] of BAD_INPUTS) {
    it(`is refused with ${status} ${code} and changes nothing: ${what}`, async () => {
      const response = await api.ask(typeof ask === 'function' ? ask(link) : ask);
      expect([response.statusCode, response.json().code]).toEqual([status, code]);
      expect(response.headers['content-type']).toMatch(/^application\/problem\+json/);
      const { type, title, detail, instance, status: told } = response.json();
      expect({ type, told }).toEqual({ type: `urn:siroca-support:problem:${code}`, told: status });
      expect(detail).toMatch(/^.{15,}$/su);
      expect(title.length).toBeGreaterThan(5);
      expect(instance).toMatch(/^urn:request:/);
      expect(PROBLEM_CODES).toContain(code);
      expect(response.body.length).toBeLessThan(5_000);
      expect(await tableContents(api.db)).toEqual(before);
    });
  }

  it('is told in which place it was wrong', async () => {
    const response = await api.ask(request({ ...REQUEST, contact: { name: 'x', email: 'nobody' }, impact: 'huge' }));
    expect(
      response
        .json()
        .errors.map((one: { path: string }) => one.path)
        .sort(),
    ).toEqual(['body/contact/email', 'body/impact']);
  });
});
