import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeToken } from '../../channels/client-link.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../regulation/instant.ts';
import { buildApi, INTEGRATION_TOKEN } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { createCompany } from '../support/company.ts';
import type { TestCompany } from '../support/company.ts';
import { setOwnTime } from '../support/desk.ts';
import { bishkek } from '../support/calendars.ts';
import { recordedStory } from '../support/recorded-story.ts';
import { ask, classify, complete, confirm, escalate, note, plan, reply } from '../support/tickets.ts';

describe('the client link', () => {
  let api: TestApi;
  let company: TestCompany;
  beforeAll(async () => {
    api = await buildApi();
    company = await createCompany(api.db);
  });
  afterAll(() => api.close());

  interface Filed {
    number: number;
    url: string;
  }
  async function file(): Promise<Filed> {
    const response = await api.ask({
      method: 'POST',
      url: '/v1/requests',
      body: {
        product: 'siroca-lis',
        subject: 'Не печатает',
        description: 'Принтер молчит.',
        contact: { name: 'Аида', email: 'aida@clinic.example' },
      },
    });
    const { number, trackingUrl } = response.json();
    return { number, url: routeOf(trackingUrl) };
  }
  /** Where the API tells programs what the page at a client's address tells him. */
  const routeOf = (trackingUrl: string) => `/v1${new URL(trackingUrl).pathname}`;
  const act = (url: string, body: object, key?: string) =>
    api.ask({ method: 'POST', url: `${url}/commands`, body, ...(key === undefined ? {} : { key }) });
  const read = async (url: string, headers: Record<string, string> = {}) => (await api.ask({ url, headers })).json();
  const messagesOf = (number: number) =>
    api.db.message.findMany({ where: { ticketNumber: number }, orderBy: { seq: 'asc' } });

  async function awaiting(filed: Filed) {
    const story = await recordedStory(api.db, filed.number, company);
    await story.tell((told) =>
      told.when('2026-03-02 09:05', classify(2)).when('2026-03-02 10:00', complete({ textId: SOLUTION })),
    );
    await setOwnTime(api.db, filed.number, bishkek('2026-03-02 11:00'));
    return story;
  }
  const SOLUTION = '01930000-0000-7000-8000-0000000000aa';

  it('shows a request that its workflow has not had yet as received', async () => {
    const { number, url } = await file();
    expect(await read(url)).toMatchObject({
      number,
      status: 'received',
      standing: expect.stringMatching(/кабыл алынды/),
      subject: 'Не печатает',
      deadlines: [],
      allowed: [{ type: 'answer', needs: ['text'] }],
      followUps: [],
    });
    expect((await read(`${url}/deadlines`)).items).toEqual([]);
    expect((await read(`${url}/messages`)).items).toMatchObject([
      { direction: 'from-client', text: 'Принтер молчит.' },
    ]);
  });

  it('tells how the ticket stands in the language that the reader asks for, else in his own (§3.3)', async () => {
    const filed = await file();
    await awaiting(filed);
    expect((await read(filed.url, { 'accept-language': 'en' })).standing).toMatch(/^The solution has been sent/);
    expect((await read(filed.url, { 'accept-language': 'ru' })).standing).toMatch(/^Решение отправлено/);
    expect((await read(filed.url)).standing).toMatch(/^Чечим жөнөтүлдү/);
  });

  it('says by when he is to answer and explains it to the millisecond (§1.5, §3.7)', async () => {
    const filed = await file();
    await awaiting(filed);
    const { deadlines, allowed } = await read(filed.url);
    expect(deadlines).toContainEqual({
      kind: 'confirmation-limit',
      dueAt: '2026-03-03T04:00:00.000Z',
      provisional: false,
    });
    expect(allowed.map((one: { type: string }) => one.type)).toEqual(['answer', 'confirm', 'disagree']);
    for (const { elapsedMs, intervals } of (await read(`${filed.url}/deadlines`)).items) {
      const counted = intervals.filter((one: { counted: boolean }) => one.counted);
      const sum = counted.reduce(
        (ms: number, one: { from: string; to: string }) => ms + Date.parse(one.to) - Date.parse(one.from),
        0,
      );
      expect(sum).toBe(elapsedMs);
    }
  });

  it('calls the deadline of a level that is only proposed provisional (reading 18)', async () => {
    const filed = await file();
    await (await recordedStory(api.db, filed.number, company)).tell((told) => told);
    await setOwnTime(api.db, filed.number, bishkek('2026-03-02 09:01'));
    const { deadlines } = await read(filed.url);
    expect(deadlines.find((one: { kind: string }) => one.kind === 'resolution-due').provisional).toBe(true);
  });

  it('shows nothing that is not the client’s: no notes, diagnoses, decisions, reasons, ids of people (S11)', async () => {
    const filed = await file();
    const staff = await api.db.staff.create({
      data: { email: 'canary@siroca.example', name: 'CANARY-NAME', role: 'agent', passwordHash: 'CANARY-HASH' },
    });
    const words: [string, string, string][] = [
      ['01930000-0000-7000-8000-0000000000a1', 'reply', 'Мы уже смотрим.'],
      ['01930000-0000-7000-8000-0000000000a2', 'ask-client', 'Какая версия?'],
      ['01930000-0000-7000-8000-0000000000b1', 'note', 'CANARY-note'],
      ['01930000-0000-7000-8000-0000000000b2', 'escalate', 'CANARY-diagnosis'],
      ['01930000-0000-7000-8000-0000000000b3', 'record-development-decision', 'CANARY-decision'],
      ['01930000-0000-7000-8000-0000000000b4', 'classify', 'CANARY-reason'],
      ['01930000-0000-7000-8000-0000000000b5', 'reply', 'CANARY-draft that no event names'],
    ];
    for (const [id, actName, body] of words) {
      await api.db.staffText.create({
        data: { id, ticketNumber: filed.number, staffId: staff.id, act: actName, field: 'text', body },
      });
    }
    const story = await recordedStory(api.db, filed.number, company);
    const text = (index: number) => words[index]![0];
    await story.tell((told) =>
      told
        .when('2026-03-02 09:05', classify(2, { reasonId: text(5) }))
        .when('2026-03-02 09:06', reply({ textId: text(0) }))
        .when('2026-03-02 09:07', note({ textId: text(2) }))
        .when('2026-03-02 09:08', escalate({ diagnosisId: text(3) }))
        .when('2026-03-02 09:09', plan({ textId: text(4), decision: 'declined' }))
        .when('2026-03-02 09:10', ask({ textId: text(1) })),
    );
    await setOwnTime(api.db, filed.number, bishkek('2026-03-02 09:30'));
    const seen: string[] = [];
    for (const path of ['', '/messages', '/deadlines']) {
      const response = await api.ask({ url: `${filed.url}${path}` });
      expect(response.statusCode).toBe(200);
      seen.push(response.body);
    }
    const everything = seen.join('\n');
    expect(everything).toContain('Мы уже смотрим.');
    expect(everything).toContain('Какая версия?');
    for (const secret of ['CANARY', company.clientId, company.contactId, staff.id, 'aida@clinic.example', 'agent-1']) {
      expect(everything).not.toContain(secret);
    }
  });

  it('commits an answer, a confirmation and a disagreement while Temporal is down (§3.7)', async () => {
    const filed = await file();
    await awaiting(filed);
    for (const [body, expected] of [
      [
        { type: 'answer', text: 'Спасибо' },
        { act: 'message', text: 'Спасибо', hasReason: false },
      ],
      [{ type: 'disagree' }, { act: 'disagree', text: '', hasReason: false }],
      [
        { type: 'disagree', reason: '  ' },
        { act: 'disagree', hasReason: false },
      ],
      [
        { type: 'disagree', reason: 'Не помогло' },
        { act: 'disagree', text: 'Не помогло', hasReason: true },
      ],
      [{ type: 'confirm' }, { act: 'confirm', text: '', hasReason: false }],
    ] as const) {
      const response = await act(filed.url, body);
      expect([response.statusCode, response.json().followUp]).toEqual([202, null]);
      const ownNow = bishkek('2026-03-02 11:00');
      expect(Date.parse(response.json().receivedAt)).toBeGreaterThanOrEqual(ownNow);
      expect(Date.parse(response.json().receivedAt)).toBeLessThan(ownNow + MINUTE_MS);
      const message = (await messagesOf(filed.number)).at(-1)!;
      expect(message).toMatchObject({ ...expected, contactId: company.contactId, dispatchedAt: null });
      expect(message.receivedAt.toISOString()).toBe(response.json().receivedAt);
    }
  });

  it('does an act once for the same Idempotency-Key, also under another link to the same ticket', async () => {
    const filed = await file();
    const first = await act(filed.url, { type: 'answer', text: 'Раз' }, 'act-1');
    const again = await act(filed.url, { type: 'answer', text: 'Раз' }, 'act-1');
    expect(again.body).toBe(first.body);
    expect((await act(filed.url, { type: 'answer', text: 'Два' }, 'act-1')).json().code).toBe('idempotency-key-reused');
    expect(await messagesOf(filed.number)).toHaveLength(2);
    const other = await file();
    expect((await act(other.url, { type: 'answer', text: 'Два' }, 'act-1')).statusCode).toBe(202);
  });

  it('opens the follow-up for an answer and a disagreement after closing, and only notes a confirmation (reading 12)', async () => {
    const filed = await file();
    const story = await awaiting(filed);
    await story.tell((told) => told.when('2026-03-02 11:00', confirm('01930000-0000-7000-8000-0000000000c1')));
    expect((await act(filed.url, { type: 'confirm' })).json().followUp).toBeNull();
    expect(await api.db.ticketRequest.count({ where: { followUpOf: filed.number } })).toBe(0);
    const opened = (await act(filed.url, { type: 'disagree', reason: 'Снова не печатает' })).json().followUp;
    expect(opened.number).toBeGreaterThan(filed.number);
    const followUp = await read(routeOf(opened.trackingUrl));
    expect(followUp).toMatchObject({ number: opened.number, status: 'received', followUpOf: filed.number });
    expect((await act(filed.url, { type: 'answer', text: 'И ещё' })).json().followUp).toBeNull();
    expect(await read(filed.url)).toMatchObject({
      status: 'closed',
      closedBecause: 'confirmed',
      followUps: [opened.number],
    });
    const said = (await read(`${routeOf(opened.trackingUrl)}/messages`)).items;
    expect(said.map((one: { text: string }) => one.text)).toEqual(['Снова не печатает', 'И ещё']);
  });

  it('changes nothing when it is read, however often (S9)', async () => {
    const filed = await file();
    await awaiting(filed);
    const state = async () =>
      JSON.stringify(
        [await api.db.ticketRequest.findMany(), await messagesOf(filed.number), await api.db.idempotencyRecord.count()],
        (_, value: unknown) => (typeof value === 'bigint' ? Number(value) : value),
      );
    const before = await state();
    for (const path of ['', '/messages', '/deadlines']) {
      for (const method of ['GET', 'HEAD'] as const) await api.ask({ method, url: `${filed.url}${path}` });
    }
    expect(await state()).toBe(before);
  });

  describe('that is none', () => {
    const secret = () => api.settings.linkSecret;
    const refusals = async (token: string) => {
      const answers = [];
      for (const path of ['', '/messages', '/deadlines'])
        answers.push(await api.ask({ url: `/v1/client/${token}${path}` }));
      answers.push(await act(`/v1/client/${token}`, { type: 'confirm' }));
      return answers.map((answer) => `${answer.statusCode} ${answer.json().code}`);
    };

    it('is not known: mangled, too long, of another purpose, of no ticket, of another secret', async () => {
      const { number } = await file();
      const content = { ticketNumber: number, keyVersion: 1 };
      const good = makeToken(secret(), { purpose: 'client-link', ...content });
      for (const token of [
        '%20',
        'x',
        good.slice(1),
        `${good}a`,
        good.toUpperCase(),
        `${good.startsWith('a') ? 'b' : 'a'}${good.slice(1)}`,
        `${good}%20`,
        makeToken(secret(), { purpose: 'reply', ...content }),
        makeToken(secret(), { purpose: 'client-link', ticketNumber: 4_000_000_000, keyVersion: 1 }),
        makeToken('another secret of thirty-two characters', { purpose: 'client-link', ...content }),
      ]) {
        expect(await refusals(token)).toEqual(Array.from({ length: 4 }, () => '404 unknown-link'));
      }
    });

    it('has been revoked by a newer key version', async () => {
      const filed = await file();
      await api.db.ticketRequest.update({ where: { number: filed.number }, data: { linkKeyVersion: 2 } });
      const token = filed.url.split('/').at(-1)!;
      expect(await refusals(token)).toEqual(Array.from({ length: 4 }, () => '410 link-revoked'));
      const newer = makeToken(secret(), { purpose: 'client-link', ticketNumber: filed.number, keyVersion: 2 });
      expect((await api.ask({ url: `/v1/client/${newer}` })).statusCode).toBe(200);
    });

    it('has expired 90 days after the closing, in the ticket’s own time', async () => {
      const filed = await file();
      const story = await awaiting(filed);
      await story.tell((told) => told.when('2026-03-02 11:00', confirm('01930000-0000-7000-8000-0000000000c2')));
      const end = bishkek('2026-03-02 11:00') + 90 * DAY_MS;
      await setOwnTime(api.db, filed.number, end - HOUR_MS);
      expect((await api.ask({ url: filed.url })).statusCode).toBe(200);
      await setOwnTime(api.db, filed.number, end);
      expect(await refusals(filed.url.split('/').at(-1)!)).toEqual(Array.from({ length: 4 }, () => '410 link-expired'));
    });

    it('is no integration token and no session', async () => {
      const filed = await file();
      const asToken = await api.ask({
        method: 'POST',
        url: '/v1/intake/email',
        body: {},
        token: filed.url.split('/').at(-1)!,
      });
      expect(asToken.statusCode).toBe(401);
      expect((await api.ask({ url: `/v1/client/${INTEGRATION_TOKEN}` })).statusCode).toBe(404);
    });
  });
});
