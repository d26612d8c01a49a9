import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DAY_MS, MINUTE_MS } from '../../regulation/instant.ts';
import { buildApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { CONTACT, createCompany } from '../support/company.ts';
import type { TestCompany } from '../support/company.ts';
import { recordedStory } from '../support/recorded-story.ts';
import { classify, complete, confirm } from '../support/tickets.ts';

describe('POST /v1/calls', () => {
  let api: TestApi;
  let company: TestCompany;
  beforeAll(async () => {
    api = await buildApi();
    company = await createCompany(api.db);
  });
  afterAll(() => api.close());

  const call = (overrides: object = {}) => ({
    kind: 'request',
    receivedAt: new Date(Date.now() - MINUTE_MS).toISOString(),
    from: '0555 123 456',
    text: 'Не открывается журнал.\nПросили перезвонить.',
    ...overrides,
  });
  const enter = (
    body: object,
    { as = 'agent' as const, key }: { as?: 'agent' | 'head' | 'developer'; key?: string } = {},
  ) => api.ask({ method: 'POST', url: '/v1/calls', body, as, ...(key === undefined ? {} : { key }) });

  it('registers a call as a request of the contact whose number it is, received at the moment of the call (§3.1, reading 4)', async () => {
    const body = call({ product: 'siroca-lis' });
    const response = await enter(body);
    expect([response.statusCode, response.json().receivedAt]).toEqual([202, body.receivedAt]);
    const row = await api.db.ticketRequest.findUniqueOrThrow({ where: { number: response.json().number } });
    expect(row).toMatchObject({
      ...company,
      channel: 'phone',
      subject: 'Не открывается журнал.',
      contactPhone: CONTACT.phone,
      contactEmail: CONTACT.email,
      receivedAt: new Date(body.receivedAt),
      missing: ['steps', 'screenshots', 'frequency'],
    });
  });

  it('logs a consultation with who took it, and makes no ticket (§3.1, §1.2)', async () => {
    const before = await api.db.ticketRequest.count();
    const response = await enter(call({ kind: 'consultation' }), { as: 'head' });
    expect([response.statusCode, response.json().number]).toEqual([202, null]);
    const logged = await api.db.consultation.findUniqueOrThrow({ where: { id: response.json().consultationId } });
    const head = await api.db.staff.findUniqueOrThrow({ where: { email: 'head@siroca.example' } });
    expect(logged).toMatchObject({ staffId: head.id, contactId: company.contactId, fromAddress: '0555 123 456' });
    expect(await api.db.ticketRequest.count()).toBe(before);
  });

  it('files a call about a ticket as the client’s message on it', async () => {
    const { number } = (await enter(call())).json();
    const response = await enter(call({ ticketNumber: number, text: 'Заработало.' }));
    expect([response.statusCode, response.json().number]).toEqual([202, number]);
    const messages = await api.db.message.findMany({ where: { ticketNumber: number }, orderBy: { seq: 'asc' } });
    expect(messages.map(({ text, channel }) => [text, channel]).at(-1)).toEqual(['Заработало.', 'phone']);
  });

  it('opens the follow-up when the call is about a closed ticket (reading 12)', async () => {
    const { number } = (await enter(call())).json();
    await (
      await recordedStory(api.db, number, company)
    ).tell((told) =>
      told
        .when('2026-03-02 09:05', classify(2, { productId: 'siroca-lis' }))
        .when('2026-03-02 10:00', complete())
        .when('2026-03-02 10:05', confirm('said-so')),
    );
    const response = await enter(call({ ticketNumber: number }));
    const followUp = await api.db.ticketRequest.findUniqueOrThrow({ where: { number: response.json().number } });
    expect(followUp).toMatchObject({ followUpOf: number, channel: 'phone' });
  });

  it('enters a call once for the same Idempotency-Key', async () => {
    const body = call();
    const before = await api.db.ticketRequest.count();
    const answers = [await enter(body, { key: 'call-1' }), await enter(body, { key: 'call-1' })];
    expect(answers[1]!.body).toBe(answers[0]!.body);
    expect(await api.db.ticketRequest.count()).toBe(before + 1);
  });

  it('keeps the keys of two members of staff apart', async () => {
    const body = call();
    const numbers = [await enter(body, { key: 'call-2' }), await enter(body, { key: 'call-2', as: 'head' })].map(
      (answer) => answer.json().number,
    );
    expect(numbers[0]).not.toBe(numbers[1]);
  });

  for (const [code, overrides, status] of [
    ['received-in-the-future', { receivedAt: new Date(Date.now() + 3 * MINUTE_MS).toISOString() }, 422],
    ['received-too-long-ago', { receivedAt: new Date(Date.now() - 7 * DAY_MS - MINUTE_MS).toISOString() }, 422],
    ['unknown-product', { product: 'no-such' }, 422],
    ['unknown-reference', { ticketNumber: 999_999 }, 422],
    ['invalid-request', { kind: 'consultation', ticketNumber: 1 }, 400],
    ['invalid-request', { kind: 'order' }, 400],
    ['invalid-request', { from: ' ' }, 400],
  ] as const) {
    it(`refuses ${JSON.stringify(Object.keys(overrides))} with ${code} and enters nothing`, async () => {
      const before = [await api.db.ticketRequest.count(), await api.db.consultation.count()];
      const response = await enter(call(overrides));
      expect([response.statusCode, response.json().code]).toEqual([status, code]);
      expect([await api.db.ticketRequest.count(), await api.db.consultation.count()]).toEqual(before);
    });
  }

  it('is for agents and the head alone', async () => {
    const asDeveloper = await enter(call(), { as: 'developer' });
    expect([asDeveloper.statusCode, asDeveloper.json().code]).toEqual([403, 'wrong-role']);
    const anonymous = await api.ask({ method: 'POST', url: '/v1/calls', body: call() });
    expect([anonymous.statusCode, anonymous.json().code]).toEqual([401, 'not-signed-in']);
  });
});
