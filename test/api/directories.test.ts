import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ROLES } from '../../regulation/vocabulary.ts';
import type { Role } from '../../regulation/vocabulary.ts';
import { buildApi, createStaff } from '../support/api.ts';
import type { Ask, TestApi } from '../support/api.ts';

let api: TestApi;
let clientId: string;

beforeAll(async () => {
  api = await buildApi();
  await api.db.product.createMany({
    data: [
      { id: 'siroca-lis', name: 'Siroca LIS' },
      { id: 'e-school', name: 'E-School' },
    ],
  });
  for (const role of ROLES) await createStaff(api.db, role);
  clientId = (await post<{ id: string }>('clients', { name: 'Лаборатория «Ак-Суу»' })).id;
});

afterAll(() => api.close());

interface Refused {
  code: string;
  detail: string;
}

async function asked<Body>(what: Ask, status: number): Promise<Body> {
  const response = await api.ask(what);
  expect([what.url, response.statusCode, response.statusCode < 400 ? '' : response.body]).toEqual([
    what.url,
    status,
    expect.any(String),
  ]);
  return response.json<Body>();
}

const get = <Body>(url: string, as: Role = 'administrator') => asked<Body>({ url: `/v1/${url}`, as }, 200);
const post = <Body>(directory: string, body: unknown, as: Role = 'administrator') =>
  asked<Body>({ method: 'POST', url: `/v1/${directory}`, as, body }, 201);
const patch = <Body>(url: string, body: unknown, as: Role = 'administrator') =>
  asked<Body>({ method: 'PATCH', url: `/v1/${url}`, as, body }, 200);

async function refusal(what: Ask): Promise<[status: number, code: string]> {
  const response = await api.ask(what);
  expect(response.json<Refused>().detail.length).toBeGreaterThan(10);
  return [response.statusCode, response.json<Refused>().code];
}

/** A body that adds an entry, another one at each call. */
const bodies: Record<string, () => object> = {
  clients: () => ({ name: `Клиент ${randomUUID()}` }),
  contacts: () => ({ fullName: 'Асанова Айгуль', clientId, email: `${randomUUID()}@ak-suu.example` }),
  agreements: () => ({
    clientId,
    number: randomUUID(),
    kind: 'licence',
    validFrom: '2026-01-01',
    validTo: '2026-12-31',
    productIds: ['siroca-lis'],
  }),
  products: () => ({ id: `product-${randomUUID()}`, name: 'Продукт' }),
  vendors: () => ({ name: `Поставщик ${randomUUID()}` }),
  staff: () => ({
    email: `${randomUUID()}@siroca.example`,
    name: 'Новый',
    role: 'agent',
    password: 'двенадцать знаков',
  }),
  tokens: () => ({ name: `token ${randomUUID()}` }),
};

const READERS: Record<string, readonly Role[]> = {
  clients: ROLES,
  contacts: ROLES,
  agreements: ROLES,
  products: ROLES,
  vendors: ROLES,
  staff: ['administrator'],
  tokens: ['administrator'],
};
const WRITERS: Record<string, { adds: readonly Role[]; changes: readonly Role[] }> = {
  clients: { adds: ['head', 'administrator'], changes: ['head', 'administrator'] },
  contacts: { adds: ['agent', 'head', 'administrator'], changes: ['head', 'administrator'] },
  agreements: { adds: ['head', 'administrator'], changes: ['head', 'administrator'] },
  products: { adds: ['head', 'administrator'], changes: ['head', 'administrator'] },
  vendors: { adds: ['head', 'administrator'], changes: ['head', 'administrator'] },
  staff: { adds: ['administrator'], changes: ['administrator'] },
  tokens: { adds: ['administrator'], changes: ['administrator'] },
};

describe('who may read and write', () => {
  for (const [directory, make] of Object.entries(bodies)) {
    it(`${directory}: each role as the contract says, and nobody without signing in`, async () => {
      for (const role of ROLES) {
        const read = await api.ask({ url: `/v1/${directory}`, as: role });
        const mayRead = READERS[directory]!.includes(role);
        expect(['reads', role, read.statusCode]).toEqual(['reads', role, mayRead ? 200 : 403]);

        const added = await api.ask({ method: 'POST', url: `/v1/${directory}`, as: role, body: make() });
        const mayAdd = WRITERS[directory]!.adds.includes(role);
        expect(['adds', role, added.statusCode]).toEqual(['adds', role, mayAdd ? 201 : 403]);

        // With an id that is of nothing: whoever may change is told so.
        const id = directory === 'products' ? 'no-such-product' : randomUUID();
        const body = { agreements: { number: 'Л-2' }, tokens: { revoked: true }, contacts: { fullName: 'Х' } }[
          directory
        ];
        const url = `/v1/${directory}/${id}`;
        const changed = await api.ask({ method: 'PATCH', url, as: role, body: body ?? { name: 'Х' } });
        const mayChange = WRITERS[directory]!.changes.includes(role);
        expect(['changes', role, changed.statusCode]).toEqual(['changes', role, mayChange ? 404 : 403]);
      }
      expect((await api.ask({ url: `/v1/${directory}` })).statusCode).toBe(401);
      expect((await api.ask({ method: 'POST', url: `/v1/${directory}`, body: make() })).statusCode).toBe(401);
    });
  }
});

describe('a directory', () => {
  for (const [directory, make] of Object.entries(bodies)) {
    it(`${directory} keeps who added and changed what, without secrets (§1.2)`, async () => {
      const added = await post<{ id: string; name?: string }>(directory, make());
      const change = { agreements: { number: 'Л-9' }, tokens: { revoked: true }, contacts: { fullName: 'Другая' } }[
        directory
      ];
      const changed = await patch<object>(`${directory}/${added.id}`, change ?? { name: 'Другое имя' });
      const administratorId = await createStaff(api.db, 'administrator');
      const changes = await api.db.directoryChange.findMany({
        where: { directory, entryId: added.id },
        orderBy: { at: 'asc' },
      });
      expect(changes.map((one) => one.staffId)).toEqual([administratorId, administratorId]);
      expect(changes[1]?.entry).toEqual(changed);
      expect(JSON.stringify(changes)).not.toMatch(/password|argon2|"token"|tokenHash/);
    });

    it(`${directory} is read in pages that give each entry once`, async () => {
      const created = [];
      for (let i = 0; i < 3; i += 1) created.push((await post<{ id: string }>(directory, make())).id);
      const whole = await get<{ items: { id: string }[]; nextCursor: string | null }>(`${directory}?limit=100`);
      const walked: string[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const page: typeof whole = await get(`${directory}?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`);
        walked.push(...page.items.map(({ id }) => id));
        cursor = page.nextCursor;
      }
      expect(walked).toEqual(whole.items.map(({ id }) => id));
      expect(new Set(walked).size).toBe(walked.length);
      expect(walked).toEqual(expect.arrayContaining(created));
    });

    it(`${directory} takes no cursor, key or body that it does not know`, async () => {
      const url = `/v1/${directory}`;
      const as = 'administrator';
      expect(await refusal({ url: `${url}?cursor=garbage`, as })).toEqual([400, 'bad-cursor']);
      expect(await refusal({ url: `${url}?limit=0`, as })).toEqual([400, 'invalid-request']);
      expect(await refusal({ url: `${url}?unknown=1`, as })).toEqual([400, 'invalid-request']);
      const before = await get<{ items: unknown[] }>(`${directory}?limit=100`);
      for (const body of [
        {},
        [],
        { ...make(), unknown: 1 },
        { ...make(), id: 5 },
        { ...make(), createdAt: '2026-01-01' },
      ]) {
        expect(await refusal({ method: 'POST', url, as, body })).toEqual([400, 'invalid-request']);
      }
      expect(await get<{ items: unknown[] }>(`${directory}?limit=100`)).toEqual(before);
    });
  }

  for (const directory of ['clients', 'contacts', 'agreements', 'products', 'vendors']) {
    it(`${directory} adds nothing twice under one Idempotency-Key`, async () => {
      const body = bodies[directory]!();
      const add = () => api.ask({ method: 'POST', url: `/v1/${directory}`, as: 'head', body, key: `add-${directory}` });
      const answers = await Promise.all([add(), add(), add()]);
      expect(answers.map(({ statusCode }) => statusCode)).toEqual([201, 201, 201]);
      expect(new Set(answers.map((one) => one.body)).size).toBe(1);
      const other = { method: 'POST', url: `/v1/${directory}`, as: 'head', key: `add-${directory}` } as const;
      const again = await refusal({ ...other, body: bodies[directory]!() });
      expect(again).toEqual([422, 'idempotency-key-reused']);
    });
  }
});

describe('clients', () => {
  it('are found by a part of their name, and read alone', async () => {
    const { items } = await get<{ items: { id: string; name: string }[] }>(
      `clients?q=${encodeURIComponent('ак-суу')}`,
      'agent',
    );
    expect(items.map(({ id }) => id)).toEqual([clientId]);
    expect(await get(`clients/${clientId}`, 'developer')).toEqual(items[0]);
    expect(await refusal({ url: `/v1/clients/${randomUUID()}`, as: 'agent' })).toEqual([404, 'not-found']);
    expect(await refusal({ url: '/v1/clients/1', as: 'agent' })).toEqual([400, 'invalid-request']);
  });
});

describe('contacts', () => {
  it('keep addresses in one form, and no two share one (reading 17)', async () => {
    const contact = await post<{ id: string }>('contacts', {
      fullName: '  Асанов\tБакыт ',
      clientId,
      email: 'Bakyt@Ak-Suu.example',
      phone: '0555 12-34-56',
      telegramChatId: '777000',
      language: 'ky',
      authorised: true,
      preferredChannel: 'telegram',
    });
    expect(contact).toMatchObject({
      fullName: 'Асанов Бакыт',
      email: 'bakyt@ak-suu.example',
      phone: '+996555123456',
      telegramChatId: '777000',
      language: 'ky',
      authorised: true,
      preferredChannel: 'telegram',
    });
    for (const taken of [
      { email: 'BAKYT@ak-suu.example' },
      { phone: '+996 555 123456' },
      { telegramChatId: '777000' },
    ]) {
      const what = {
        method: 'POST',
        url: '/v1/contacts',
        as: 'agent',
        body: { fullName: 'Другой', ...taken },
      } as const;
      expect(await refusal(what)).toEqual([409, 'already-exists']);
    }
    const other = await post<{ id: string }>('contacts', { fullName: 'Другой' }, 'agent');
    const url = `/v1/contacts/${other.id}`;
    expect(await refusal({ method: 'PATCH', url, as: 'head', body: { email: 'bakyt@ak-suu.example' } })).toEqual([
      409,
      'already-exists',
    ]);
  });

  it('change field by field; null takes an address away', async () => {
    const { id } = await post<{ id: string }>('contacts', { fullName: 'Икс', clientId, email: 'x@ak-suu.example' });
    expect(await patch(`contacts/${id}`, { phone: '0700 000 001' }, 'head')).toMatchObject({
      email: 'x@ak-suu.example',
      phone: '+996700000001',
      clientId,
    });
    expect(await patch(`contacts/${id}`, { email: null, clientId: null }, 'head')).toMatchObject({
      fullName: 'Икс',
      email: null,
      phone: '+996700000001',
      clientId: null,
    });
  });

  it('are of a client that there is, with addresses that are addresses', async () => {
    const bad: [body: object, answer: [number, string]][] = [
      [{ clientId: randomUUID() }, [422, 'unknown-reference']],
      [{ email: 'nobody' }, [400, 'invalid-request']],
      [{ email: 'a@b.example, c@d.example' }, [400, 'invalid-request']],
      [{ phone: '12' }, [400, 'invalid-request']],
      [{ telegramChatId: '-100' }, [400, 'invalid-request']],
      [{ language: 'de' }, [400, 'invalid-request']],
      [{ preferredChannel: 'whatsapp' }, [400, 'invalid-request']],
    ];
    for (const [fields, answer] of bad) {
      const body = { fullName: 'Икс', ...fields };
      expect([fields, await refusal({ method: 'POST', url: '/v1/contacts', as: 'agent', body })]).toEqual([
        fields,
        answer,
      ]);
    }
  });

  it('are found by client and by a part of name or address', async () => {
    const byClient = await get<{ items: { clientId: string }[] }>(`contacts?clientId=${clientId}&limit=100`, 'agent');
    expect(new Set(byClient.items.map((one) => one.clientId))).toEqual(new Set([clientId]));
    const byPhone = await get<{ items: { phone: string }[] }>('contacts?q=555123', 'agent');
    expect(byPhone.items.map(({ phone }) => phone)).toEqual(['+996555123456']);
  });
});

describe('agreements', () => {
  it('cover named products or all, from one date to another or without end (§1.3)', async () => {
    const named = await post<{ id: string }>('agreements', {
      clientId,
      number: 'С-7',
      kind: 'sublicence',
      validFrom: '2026-02-28',
      validTo: '2026-02-28',
      productIds: ['e-school', 'siroca-lis'],
    });
    expect(named).toMatchObject({
      validFrom: '2026-02-28',
      validTo: '2026-02-28',
      productIds: ['e-school', 'siroca-lis'],
    });
    const all = await patch(`agreements/${named.id}`, { validTo: null, productIds: null }, 'head');
    expect(all).toMatchObject({ number: 'С-7', validTo: null, productIds: null });
    const one = await patch(`agreements/${named.id}`, { productIds: ['e-school'] }, 'head');
    expect(one).toMatchObject({ productIds: ['e-school'] });
    const { items } = await get<{ items: { id: string }[] }>(`agreements?clientId=${clientId}&limit=100`, 'agent');
    expect(items.map(({ id }) => id)).toContain(named.id);
    expect((await get<{ items: unknown[] }>(`agreements?clientId=${randomUUID()}`, 'agent')).items).toEqual([]);
  });

  it('are refused reversed, for nothing, of nobody, and on dates that are none', async () => {
    const good = bodies['agreements']!();
    const bad: [fields: object, answer: [number, string]][] = [
      [{ validFrom: '2027-01-01' }, [400, 'invalid-request']],
      [{ validFrom: '2026-02-30' }, [400, 'invalid-request']],
      [{ validTo: 'soon' }, [400, 'invalid-request']],
      [{ productIds: [] }, [400, 'invalid-request']],
      [{ productIds: ['no-such-product'] }, [422, 'unknown-product']],
      [{ clientId: randomUUID() }, [422, 'unknown-reference']],
      [{ kind: 'gift' }, [400, 'invalid-request']],
    ];
    for (const [fields, answer] of bad) {
      const body = { ...good, ...fields };
      expect([fields, await refusal({ method: 'POST', url: '/v1/agreements', as: 'head', body })]).toEqual([
        fields,
        answer,
      ]);
    }
    const { id } = await post<{ id: string }>('agreements', good);
    for (const body of [{ validTo: '2025-12-31' }, { validFrom: '2027-01-01' }]) {
      const url = `/v1/agreements/${id}`;
      expect(await refusal({ method: 'PATCH', url, as: 'head', body })).toEqual([400, 'invalid-request']);
    }
  });
});

describe('products and vendors', () => {
  it('have unique ids and names', async () => {
    const product = { id: 'siroca-lis', name: 'Ещё один' };
    expect(await refusal({ method: 'POST', url: '/v1/products', as: 'head', body: product })).toEqual([
      409,
      'already-exists',
    ]);
    await post('vendors', {
      name: 'Zebra',
      phone: '+1 866 230 9494',
      email: 'help@zebra.example',
      website: 'https://zebra.example',
    });
    expect(await refusal({ method: 'POST', url: '/v1/vendors', as: 'head', body: { name: 'Zebra' } })).toEqual([
      409,
      'already-exists',
    ]);
  });

  it('take ids and addresses of their form alone', async () => {
    for (const id of ['Siroca', 'siroca lis', '-x', 'x-', 'a--b', '', '../x', 'x'.repeat(101)]) {
      const what = { method: 'POST', url: '/v1/products', as: 'head', body: { id, name: 'x' } } as const;
      expect([id, await refusal(what)]).toEqual([id, [400, 'invalid-request']]);
    }
    for (const website of ['javascript:alert(1)', 'file:///etc/passwd', 'zebra.example', '']) {
      const what = { method: 'POST', url: '/v1/vendors', as: 'head', body: { name: randomUUID(), website } } as const;
      expect([website, await refusal(what)]).toEqual([website, [400, 'invalid-request']]);
    }
  });
});

describe('staff', () => {
  it('are listed with the open tickets that they have, without their passwords', async () => {
    const { items } = await get<{ items: Record<string, unknown>[] }>('staff?limit=100');
    expect(Object.keys(items[0]!).sort()).toEqual(
      ['active', 'createdAt', 'email', 'id', 'language', 'name', 'openTickets', 'role'].sort(),
    );
    expect(JSON.stringify(items)).not.toContain('argon2');
  });

  it('may be assigned to when they are active agents or heads, whoever asks', async () => {
    const gone = await post<{ id: string }>('staff', { ...bodies['staff']!(), name: 'Ушедший' });
    await patch(`staff/${gone.id}`, { active: false });
    const { items } = await get<{ items: { id: string; role: string }[] }>('assignees', 'developer');
    expect(new Set(items.map(({ role }) => role))).toEqual(new Set(['agent', 'head']));
    expect(items.map(({ id }) => id)).not.toContain(gone.id);
  });

  it('sign in with the password that an administrator gave, until they are made inactive or it changes', async () => {
    const email = `${randomUUID()}@siroca.example`;
    const password = 'двенадцать знаков';
    const { id } = await post<{ id: string }>('staff', {
      email: email.toUpperCase(),
      name: 'Новый',
      role: 'agent',
      password,
    });
    const signIn = (words: string) => api.ask({ method: 'POST', url: '/v1/session', body: { email, password: words } });
    const cookieOf = async (words: string) => {
      const [cookie] = (await signIn(words)).cookies;
      return `${cookie!.name}=${cookie!.value}`;
    };
    const whoAmI = async (cookie: string) => (await api.ask({ url: '/v1/session', headers: { cookie } })).statusCode;
    const first = await cookieOf(password);
    expect(await whoAmI(first)).toBe(200);
    await patch(`staff/${id}`, { password: 'другие двенадцать' });
    expect(await whoAmI(first)).toBe(401);
    expect((await signIn(password)).statusCode).toBe(401);
    const second = await cookieOf('другие двенадцать');
    expect(await whoAmI(second)).toBe(200);
    await patch(`staff/${id}`, { active: false });
    expect(await whoAmI(second)).toBe(401);
    expect((await signIn('другие двенадцать')).statusCode).toBe(401);
  });

  it('have one e-mail each, a known role and a password of twelve characters', async () => {
    const bad: [fields: object, answer: [number, string]][] = [
      [{ email: 'HEAD@siroca.example' }, [409, 'already-exists']],
      [{ email: 'head' }, [400, 'invalid-request']],
      [{ role: 'owner' }, [400, 'invalid-request']],
      [{ password: 'x'.repeat(11) }, [400, 'invalid-request']],
      [{ active: false }, [400, 'invalid-request']],
    ];
    for (const [fields, answer] of bad) {
      const body = { ...bodies['staff']!(), ...fields };
      const what = { method: 'POST', url: '/v1/staff', as: 'administrator', body } as const;
      expect([fields, await refusal(what)]).toEqual([fields, answer]);
    }
  });

  it('always have an active administrator, also when two remove each other at once', async () => {
    const own = await buildApi();
    const administratorId = await createStaff(own.db, 'administrator');
    const change = (id: string, body: object) =>
      own.ask({ method: 'PATCH', url: `/v1/staff/${id}`, as: 'administrator', body });
    for (const body of [{ active: false }, { role: 'head' }, { active: false, role: 'agent' }]) {
      const response = await change(administratorId, body);
      expect([body, response.statusCode, response.json<Refused>().code]).toEqual([body, 409, 'last-administrator']);
    }
    expect((await change(administratorId, { name: 'Новое имя' })).statusCode).toBe(200);
    const second = await own.ask({
      method: 'POST',
      url: '/v1/staff',
      as: 'administrator',
      body: { email: 'second@siroca.example', name: 'Второй', role: 'administrator', password: 'двенадцать знаков' },
    });
    const [cookie] = (
      await own.ask({
        method: 'POST',
        url: '/v1/session',
        body: { email: 'second@siroca.example', password: 'двенадцать знаков' },
      })
    ).cookies;
    const answers = await Promise.all([
      change(second.json<{ id: string }>().id, { active: false }),
      own.ask({
        method: 'PATCH',
        url: `/v1/staff/${administratorId}`,
        headers: { cookie: `${cookie!.name}=${cookie!.value}` },
        body: { active: false },
      }),
    ]);
    // Whoever is second stays, or is no longer signed in.
    const statuses = answers.map(({ statusCode }) => statusCode).sort((a, b) => a - b);
    expect(statuses[0]).toBe(200);
    expect([401, 409]).toContain(statuses[1]);
    expect(await own.db.staff.count({ where: { role: 'administrator', active: true } })).toBe(1);
    await own.close();
  });
});

describe('tokens', () => {
  it('are shown once, open intake, and are revoked for good', async () => {
    const made = await post<{ id: string; token: string }>('tokens', { name: 'Почта' });
    expect(made.token).toMatch(/^[\w-]{43}$/);
    const { items } = await get<{ items: object[] }>('tokens?limit=100');
    expect(JSON.stringify(items)).not.toContain(made.token);
    const kept = await api.db.integrationToken.findUniqueOrThrow({ where: { id: made.id } });
    expect(JSON.stringify(kept)).not.toContain(made.token);
    expect(JSON.stringify(await api.db.idempotencyRecord.findMany())).not.toContain(made.token);

    const bring = (externalId: string) =>
      api.ask({
        method: 'POST',
        url: '/v1/intake/email',
        token: made.token,
        body: { externalId, from: { address: 'a@b.example' }, text: 'Не работает' },
      });
    expect((await bring('one')).statusCode).toBe(202);
    const revoked = await patch<{ revokedAt: string }>(`tokens/${made.id}`, { revoked: true });
    expect((await bring('two')).statusCode).toBe(401);
    expect(await patch(`tokens/${made.id}`, { revoked: true })).toEqual(revoked);
    const again = {
      method: 'PATCH',
      url: `/v1/tokens/${made.id}`,
      as: 'administrator',
      body: { revoked: false },
    } as const;
    expect(await refusal(again)).toEqual([400, 'invalid-request']);
    expect(await refusal({ method: 'POST', url: '/v1/tokens', as: 'administrator', body: { name: 'Почта' } })).toEqual([
      409,
      'already-exists',
    ]);
  });
});
