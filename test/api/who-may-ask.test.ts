import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ROLES } from '../../regulation/vocabulary.ts';
import type { Role } from '../../regulation/vocabulary.ts';
import { buildApi } from '../support/api.ts';
import type { Ask, TestApi } from '../support/api.ts';
import { seedCalendar } from '../support/desk.ts';

let api: TestApi;

beforeAll(async () => {
  api = await buildApi({ env: { REHEARSAL: 'on' } });
  await seedCalendar(api.db);
});

afterAll(() => api.close());

const SUPPORT: readonly Role[] = ['agent', 'head'];
const LEADS: readonly Role[] = ['head', 'administrator'];
const ADMINISTRATOR: readonly Role[] = ['administrator'];

/** Whom every address of the API is for; `own` are those that strangers, clients and integrations ask too. */
const AUDIENCES: Readonly<Record<string, readonly Role[] | 'own'>> = {
  'POST /v1/session': 'own',
  'GET /v1/session': ROLES,
  'DELETE /v1/session': 'own',
  'POST /v1/requests': 'own',
  'POST /v1/intake/{channel}': 'own',
  'POST /v1/calls': SUPPORT,
  'GET /v1/client/{token}': 'own',
  'GET /v1/client/{token}/messages': 'own',
  'GET /v1/client/{token}/deadlines': 'own',
  'POST /v1/client/{token}/commands': 'own',
  'GET /v1/tickets': ROLES,
  'GET /v1/tickets/{number}': ROLES,
  'GET /v1/tickets/{number}/events': ROLES,
  'GET /v1/tickets/{number}/messages': ROLES,
  'GET /v1/tickets/{number}/deadlines': ROLES,
  // Each act has roles of its own: test/api/refusals.test.ts.
  'POST /v1/tickets/{number}/commands': ROLES,
  'POST /v1/queue/next': ['agent'],
  'GET /v1/calendar': ROLES,
  'POST /v1/calendar': LEADS,
  'POST /v1/calendar/preview': LEADS,
  'POST /v1/rehearsal/tickets/{number}/advance': ROLES,
  'GET /v1/clients': ROLES,
  'GET /v1/clients/{id}': ROLES,
  'POST /v1/clients': LEADS,
  'PATCH /v1/clients/{id}': LEADS,
  'GET /v1/contacts': ROLES,
  'POST /v1/contacts': ['agent', 'head', 'administrator'],
  'PATCH /v1/contacts/{id}': LEADS,
  'GET /v1/agreements': ROLES,
  'POST /v1/agreements': LEADS,
  'PATCH /v1/agreements/{id}': LEADS,
  'GET /v1/products': ROLES,
  'POST /v1/products': LEADS,
  'PATCH /v1/products/{id}': LEADS,
  'GET /v1/vendors': ROLES,
  'POST /v1/vendors': LEADS,
  'PATCH /v1/vendors/{id}': LEADS,
  'GET /v1/assignees': ROLES,
  'GET /v1/staff': ADMINISTRATOR,
  'POST /v1/staff': ADMINISTRATOR,
  'PATCH /v1/staff/{id}': ADMINISTRATOR,
  'GET /v1/tokens': ADMINISTRATOR,
  'POST /v1/tokens': ADMINISTRATOR,
  'PATCH /v1/tokens/{id}': ADMINISTRATOR,
};

/** Asks at an address whose parts are of nothing, with a body that nothing takes: who may not is told before that. */
function askAt(route: string): Ask {
  const [method = '', path = ''] = route.split(' ');
  const url = path.replace('{number}', '2147483647').replace('{id}', '01930000-0000-7000-8000-0000000000ff');
  return { method: method as 'GET', url, ...(method === 'GET' || method === 'DELETE' ? {} : { body: { unknown: 1 } }) };
}

async function answerTo(what: Ask): Promise<[status: number, code: string | undefined]> {
  const response = await api.ask(what);
  return [response.statusCode, response.statusCode < 400 ? undefined : response.json<{ code: string }>().code];
}

describe('whom an address is for (§1.2)', () => {
  it('is said here of every address that the API has', async () => {
    const { paths } = (await api.ask({ url: '/docs/json' })).json<{ paths: Record<string, Record<string, unknown>> }>();
    const routes = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(routes.filter((route) => route.includes(' /v1/')).sort()).toEqual(Object.keys(AUDIENCES).sort());
  });

  for (const [route, audience] of Object.entries(AUDIENCES)) {
    if (audience === 'own') continue;
    const others = ROLES.filter((role) => !audience.includes(role));
    it(`${route}: ${audience.join(', ')}${others.length === 0 ? '' : `, and not ${others.join(', ')}`}`, async () => {
      expect(await answerTo(askAt(route))).toEqual([401, 'not-signed-in']);
      expect(await answerTo({ ...askAt(route), headers: { cookie: 'session=forged.signature' } })).toEqual([
        401,
        'not-signed-in',
      ]);
      for (const as of others)
        expect([as, ...(await answerTo({ ...askAt(route), as }))]).toEqual([as, 403, 'wrong-role']);
      for (const as of audience) {
        const [status] = await answerTo({ ...askAt(route), as });
        expect([as, [401, 403].includes(status)]).toEqual([as, false]);
      }
    });
  }
});
