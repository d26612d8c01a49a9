import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeToken } from '../../channels/client-link.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../regulation/instant.ts';
import { buildApi, INTEGRATION_TOKEN } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { CONTACT, createCompany } from '../support/company.ts';
import type { TestCompany } from '../support/company.ts';
import { recordedStory } from '../support/recorded-story.ts';
import { ask, classify, complete, confirm } from '../support/tickets.ts';

const NOW_SKEW_MS = 5_000;

describe('POST /v1/intake/{channel}', () => {
  let api: TestApi;
  let company: TestCompany;
  beforeAll(async () => {
    api = await buildApi();
    company = await createCompany(api.db);
  });
  afterAll(() => api.close());

  let nextId = 0;
  const mail = (overrides: object = {}) => {
    nextId += 1;
    return {
      account: 'support@siroca.com',
      externalId: `<${nextId}@mail.example>`,
      from: { address: CONTACT.email, name: 'Аида Асанова' },
      subject: 'Не печатает',
      text: 'Принтер молчит.',
      ...overrides,
    };
  };
  const chat = (overrides: object = {}) =>
    mail({ account: 'bot', from: { address: CONTACT.telegramChatId }, ...overrides });
  const bring = (body: object, { channel = 'email', key }: { channel?: string; key?: string } = {}) =>
    api.ask({
      method: 'POST',
      url: `/v1/intake/${channel}`,
      body,
      token: INTEGRATION_TOKEN,
      ...(key === undefined ? {} : { key }),
    });
  const requestOf = (number: number) =>
    api.db.ticketRequest.findUniqueOrThrow({ where: { number }, include: { messages: { orderBy: { seq: 'asc' } } } });
  const replyToken = (number: number, keyVersion = 1) =>
    makeToken(api.settings.linkSecret, { purpose: 'reply', ticketNumber: number, keyVersion });
  const story = (number: number) => recordedStory(api.db, number, company);

  for (const channel of ['email', 'telegram', 'web-form', 'web-chat', 'phone']) {
    it(`registers a message of the official channel ${channel} (§2.1)`, async () => {
      const response = await bring(mail(), { channel });
      expect([response.statusCode, response.json().duplicate]).toEqual([202, false]);
      expect((await requestOf(response.json().number)).channel).toBe(channel);
    });
  }

  it('refuses a channel that is not official, names those that are, and registers nothing (§2.2)', async () => {
    const before = await api.db.ticketRequest.count();
    for (const channel of ['whatsapp', 'skype', 'Email', 'constructor']) {
      const response = await bring(mail(), { channel });
      expect([response.statusCode, response.json().code]).toEqual([422, 'not-an-official-channel']);
      for (const official of ['+996 755 979 805', '+996 312 979 805', 'support@siroca.com', '@Siroca_Technology_bot']) {
        expect(response.json().detail).toContain(official);
      }
    }
    expect(await api.db.ticketRequest.count()).toBe(before);
  });

  it('refuses a token that is missing, wrong or revoked', async () => {
    await api.db.integrationToken.create({
      data: { name: 'old', tokenHash: '0'.repeat(64), revokedAt: new Date() },
    });
    for (const token of [undefined, 'wrong', '', 'a b']) {
      const response = await api.ask({
        method: 'POST',
        url: '/v1/intake/email',
        body: mail(),
        ...(token === undefined ? {} : { token }),
      });
      expect([response.statusCode, response.json().code]).toEqual([401, 'invalid-integration-token']);
    }
  });

  it('lets the first body of an external id win, whatever comes under it later', async () => {
    const first = mail();
    const { number } = (await bring(first)).json();
    const again = await bring({
      ...first,
      text: 'Другой текст',
      receivedAt: '2020-01-01T00:00:00Z',
      product: 'no-such',
    });
    expect([again.statusCode, again.json()]).toEqual([202, { number, duplicate: true }]);
    expect((await requestOf(number)).messages.map((message) => message.text)).toEqual(['Принтер молчит.']);
  });

  it('tells the same external id of two accounts and of two channels apart', async () => {
    const one = mail();
    const numbers = [
      (await bring(one)).json().number,
      (await bring({ ...one, account: 'other@siroca.com' })).json().number,
      (await bring(one, { channel: 'web-form' })).json().number,
    ];
    expect(new Set(numbers).size).toBe(3);
  });

  it('makes one ticket when twenty callers bring the same message at once', async () => {
    const body = mail();
    const before = await api.db.ticketRequest.count();
    const answers = await Promise.all(Array.from({ length: 20 }, () => bring(body)));
    expect(answers.map((answer) => answer.statusCode)).toEqual(answers.map(() => 202));
    expect(new Set(answers.map((answer) => answer.json().number)).size).toBe(1);
    expect(answers.filter((answer) => answer.json().duplicate === false)).toHaveLength(1);
    expect(await api.db.ticketRequest.count()).toBe(before + 1);
  });

  it('repeats its answer for the same Idempotency-Key, and refuses another body under it', async () => {
    const body = mail();
    const first = await bring(body, { key: 'mail-1' });
    expect((await bring(body, { key: 'mail-1' })).body).toBe(first.body);
    const other = await bring(mail(), { key: 'mail-1' });
    expect([other.statusCode, other.json().code]).toEqual([422, 'idempotency-key-reused']);
  });

  it('takes the receipt that it is told, up to 7 days back and a minute of another clock ahead (reading 4)', async () => {
    const now = Date.now();
    for (const [back, expected] of [
      [7 * DAY_MS - MINUTE_MS, now - 7 * DAY_MS + MINUTE_MS],
      [0, now],
      [-MINUTE_MS / 2, now],
    ] as const) {
      const { number } = (await bring(mail({ receivedAt: new Date(now - back).toISOString() }))).json();
      const { receivedAt } = await requestOf(number);
      expect(Math.abs(receivedAt.getTime() - expected)).toBeLessThan(NOW_SKEW_MS);
      expect(receivedAt.getTime()).toBeLessThanOrEqual(Date.now());
    }
  });

  for (const [code, back] of [
    ['received-too-long-ago', 7 * DAY_MS + MINUTE_MS],
    ['received-in-the-future', -2 * MINUTE_MS],
  ] as const) {
    it(`refuses a receipt with ${code} (reading 4)`, async () => {
      const response = await bring(mail({ receivedAt: new Date(Date.now() - back).toISOString() }));
      expect([response.statusCode, response.json().code]).toEqual([422, code]);
    });
  }

  it('selects the contact by mail address, chat or number, and calls a stranger unverified (§1.3, reading 17)', async () => {
    for (const [channel, address, known] of [
      ['email', CONTACT.email.toUpperCase(), true],
      ['telegram', CONTACT.telegramChatId, true],
      ['phone', '0555123456', true],
      ['email', 'stranger@mail.example', false],
      ['telegram', '+996555123456', false],
      ['phone', 'hidden', false],
    ] as const) {
      const { number } = (await bring(mail({ from: { address } }), { channel })).json();
      const expected = known ? company : { contactId: null, clientId: null };
      expect(await requestOf(number)).toMatchObject(expected);
    }
  });

  it('gives a message without subject the first line of its text', async () => {
    const { number } = (
      await bring(chat({ subject: undefined, text: '\n Не грузится\nсовсем' }), { channel: 'telegram' })
    ).json();
    expect((await requestOf(number)).subject).toBe('Не грузится');
  });

  it('joins a message with a reply token to its ticket, whoever sent it (readings 17 and 21)', async () => {
    const { number } = (await bring(mail())).json();
    const answer = await bring(
      mail({ from: { address: 'colleague@clinic.example' }, replyToken: replyToken(number).toUpperCase() }),
    );
    expect(answer.json()).toEqual({ number, duplicate: false });
    expect((await requestOf(number)).messages).toHaveLength(2);
  });

  it('makes a new request of a mail whose token is mangled, of another purpose or revoked: nothing is lost (§2.3)', async () => {
    const { number } = (await bring(mail())).json();
    const ofLink = makeToken(api.settings.linkSecret, { purpose: 'client-link', ticketNumber: number, keyVersion: 1 });
    for (const token of [
      '',
      ' ',
      replyToken(number).slice(1),
      `${replyToken(number)}a`,
      ofLink,
      replyToken(number, 2),
      replyToken(999_999),
    ]) {
      const answer = await bring(mail({ replyToken: token }));
      expect(answer.statusCode).toBe(202);
      expect(answer.json().number).not.toBe(number);
    }
    expect((await requestOf(number)).messages).toHaveLength(1);
  });

  it('joins no mail by its sender or its subject alone: that is a new request (readings 17 and 21)', async () => {
    const { number } = (await bring(mail())).json();
    await (
      await story(number)
    ).tell((told) => told.when('2026-03-02 09:05', classify(2)).when('2026-03-02 09:10', ask()));
    expect((await bring(mail({ subject: `Re: №${number}` }))).json().number).not.toBe(number);
  });

  it('joins a chat message to the only ticket that waits on its sender (reading 21)', async () => {
    const from = { address: '700200' };
    const { number } = (await bring(chat({ from }), { channel: 'telegram' })).json();
    const tale = await story(number);
    await tale.tell((told) => told.when('2026-03-02 09:05', classify(2)));
    const apart = (await bring(chat({ from }), { channel: 'telegram' })).json().number;
    expect(apart).not.toBe(number);
    await tale.tell((told) => told.when('2026-03-02 09:10', ask()));
    expect((await bring(chat({ from }), { channel: 'telegram' })).json().number).toBe(number);
    expect((await bring(chat({ from: { address: '700201' } }), { channel: 'telegram' })).json().number).not.toBe(
      number,
    );
  });

  it('joins a chat message to nothing when two tickets wait on its sender (reading 21)', async () => {
    const from = { address: 'session-1' };
    const numbers: number[] = [];
    for (let i = 0; i < 2; i += 1) {
      numbers.push((await bring(chat({ from }), { channel: 'web-chat' })).json().number);
    }
    for (const number of numbers) {
      const tale = await story(number);
      await tale.tell((told) => told.when('2026-03-02 09:05', classify(2)).when('2026-03-02 09:10', complete()));
    }
    const { number } = (await bring(chat({ from }), { channel: 'web-chat' })).json();
    expect(numbers).not.toContain(number);
  });

  it('lets a web chat join no ticket of the contact whose address is typed into it (reading 17)', async () => {
    const { number } = (await bring(mail())).json();
    await (
      await story(number)
    ).tell((told) => told.when('2026-03-02 09:05', classify(2)).when('2026-03-02 09:10', ask()));
    const typed = await bring(chat({ from: { address: CONTACT.email } }), { channel: 'web-chat' });
    expect(typed.json().number).not.toBe(number);
  });

  it('keeps the bytes of what a machine wrote, and opens no ticket for it (reading 5)', async () => {
    const before = await api.db.ticketRequest.count();
    const answer = await bring(mail({ automatic: true, text: 'Я в отпуске.' }));
    expect([answer.statusCode, answer.json()]).toEqual([202, { number: null, duplicate: false }]);
    expect(await api.db.ticketRequest.count()).toBe(before);
    const kept = await api.db.original.findMany();
    expect(kept.some(({ bytes }) => Buffer.from(bytes).toString().includes('Я в отпуске.'))).toBe(true);
  });

  it('files what a machine wrote on the ticket of its token (reading 5)', async () => {
    const { number } = (await bring(mail())).json();
    expect((await bring(mail({ automatic: true, replyToken: replyToken(number) }))).json().number).toBe(number);
    const { messages } = await requestOf(number);
    expect(messages.at(-1)).toMatchObject({ automatic: true, dispatchedAt: null });
  });

  describe('after the closing (reading 12)', () => {
    async function closedTicket(): Promise<number> {
      const { number } = (await bring(mail())).json();
      await (
        await story(number)
      ).tell((told) =>
        told
          .when('2026-03-02 09:05', classify(2))
          .when('2026-03-02 10:00', complete())
          .when('2026-03-02 10:05', confirm('the-confirmation')),
      );
      return number;
    }

    it('opens a follow-up with its own receipt, linked both ways, its agreement judged anew', async () => {
      const closed = await closedTicket();
      const before = Date.now();
      const { number } = (await bring(mail({ replyToken: replyToken(closed), text: 'Опять не печатает' }))).json();
      expect(number).not.toBe(closed);
      const followUp = await requestOf(number);
      expect(followUp).toMatchObject({
        followUpOf: closed,
        ...company,
        productId: 'siroca-lis',
        subject: 'Не печатает',
        impact: null,
      });
      expect(followUp.receivedAt.getTime()).toBeGreaterThanOrEqual(before);
      expect(followUp.agreements).toHaveLength(1);
      const message = (await requestOf(closed)).messages.at(-1)!;
      expect(message).toMatchObject({
        id: followUp.firstMessageId,
        followUpNumber: number,
        text: 'Опять не печатает',
        dispatchedAt: null,
      });
    });

    it('joins further messages to the open follow-up, also those to its own predecessor', async () => {
      const closed = await closedTicket();
      const { number } = (await bring(mail({ replyToken: replyToken(closed) }))).json();
      expect((await bring(mail({ replyToken: replyToken(closed) }))).json().number).toBe(number);
      await (
        await story(number)
      ).tell((told) =>
        told
          .when('2026-03-03 09:05', classify(2))
          .when('2026-03-03 10:00', complete())
          .when('2026-03-03 10:05', confirm('again')),
      );
      const second = (await bring(mail({ replyToken: replyToken(number) }))).json().number;
      expect((await requestOf(second)).followUpOf).toBe(number);
      expect((await bring(mail({ replyToken: replyToken(closed) }))).json().number).toBe(second);
    });

    it('opens one follow-up when twenty messages come at once', async () => {
      const closed = await closedTicket();
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => bring(mail({ replyToken: replyToken(closed) }))),
      );
      expect(new Set(answers.map((answer) => answer.json().number)).size).toBe(1);
      expect(await api.db.ticketRequest.count({ where: { followUpOf: closed } })).toBe(1);
    });

    it('files what a machine wrote on the closed ticket and opens nothing for it', async () => {
      const closed = await closedTicket();
      const answer = await bring(mail({ replyToken: replyToken(closed), automatic: true }));
      expect(answer.json()).toEqual({ number: closed, duplicate: false });
      expect(await api.db.ticketRequest.count({ where: { followUpOf: closed } })).toBe(0);
      const message = (await requestOf(closed)).messages.at(-1)!;
      expect([message.dispatchedAt, message.settledAt]).toEqual([expect.any(Date), expect.any(Date)]);
    });
  });

  it('takes a message on a rehearsed ticket with the time of that ticket in rehearsal', async () => {
    const { number } = (await bring(mail())).json();
    await api.db.ticketRequest.update({ where: { number }, data: { rehearsalOffsetMs: 27 * HOUR_MS } });
    await bring(mail({ replyToken: replyToken(number) }));
    const { receivedAt } = (await requestOf(number)).messages.at(-1)!;
    expect(Math.abs(receivedAt.getTime() - Date.now() - 27 * HOUR_MS)).toBeLessThan(NOW_SKEW_MS);
  });
});
