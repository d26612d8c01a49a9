import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { CONTACT, createCompany } from '../support/company.ts';
import type { TestCompany } from '../support/company.ts';

const FULL = {
  product: 'siroca-lis',
  subject: 'Не печатается\r\nнаправление',
  description: 'Кнопка «Печать» ничего не делает.\nСо вчерашнего дня.',
  steps: 'Открыть пациента, нажать «Печать».',
  frequency: 'always',
  impact: 'degraded',
  affectedUsers: 12,
  contact: { name: 'Бакыт Токтогулов', email: 'Bakyt@Example.com', phone: '0700 123 456', organisation: 'Лаборатория' },
} as const;

describe('POST /v1/requests', () => {
  let api: TestApi;
  let company: TestCompany;
  beforeAll(async () => {
    api = await buildApi();
    company = await createCompany(api.db);
  });
  afterAll(() => api.close());

  const file = (body: object, more: { key?: string; headers?: Record<string, string> } = {}) =>
    api.ask({ method: 'POST', url: '/v1/requests', body, ...more });

  it('registers a full request while Temporal is down, with its original bytes (§2.3)', async () => {
    const response = await file(FULL);
    expect(response.statusCode).toBe(202);
    const { number, trackingUrl, missing, refusedAttachments } = response.json();
    expect(trackingUrl).toMatch(/^http:\/\/support\.example\/client\/[a-z2-7]{42}$/);
    expect({ missing, refusedAttachments }).toEqual({ missing: ['screenshots'], refusedAttachments: [] });
    const row = await api.db.ticketRequest.findUniqueOrThrow({
      where: { number },
      include: { messages: { include: { original: true } } },
    });
    expect(row).toMatchObject({
      edition: '2023-03-31',
      channel: 'web-form',
      clientId: null,
      contactId: null,
      productId: 'siroca-lis',
      subject: 'Не печатается направление',
      frequency: 'always',
      impact: 'degraded',
      affectedUsers: 12,
      contactEmail: 'bakyt@example.com',
      contactPhone: '+996700123456',
      language: 'ru',
      startedAt: null,
    });
    const [message] = row.messages;
    expect(message).toMatchObject({
      id: row.firstMessageId,
      act: 'message',
      text: FULL.description,
      dispatchedAt: null,
    });
    expect(Buffer.from(message!.original!.bytes).toString()).toBe(JSON.stringify(FULL));
  });

  it('registers the least that can be sent and says what is missing (§3.2)', async () => {
    const response = await file({
      product: 'e-school',
      subject: 'Вопрос',
      description: 'Как войти?',
      contact: { name: 'Айгуль' },
    });
    expect(response.statusCode).toBe(202);
    expect(response.json().missing).toEqual(['steps', 'screenshots', 'frequency', 'phone', 'email']);
  });

  it('knows the contact by his e-mail or else by his telephone, and his client with its agreements (§1.3, reading 17)', async () => {
    for (const contact of [
      { name: 'Кто-то', email: CONTACT.email.toUpperCase() },
      { name: 'Кто-то', phone: '0555 123-456' },
      { name: 'Кто-то', phone: '00996 555 123 456' },
    ]) {
      const { number } = (await file({ ...FULL, contact })).json();
      const row = await api.db.ticketRequest.findUniqueOrThrow({ where: { number } });
      expect(row).toMatchObject({ contactId: company.contactId, clientId: company.clientId, language: 'ky' });
      expect(row.agreements).toEqual([
        { agreementId: expect.any(String), from: '2024-01-01', to: null, productIds: ['siroca-lis'] },
      ]);
    }
  });

  it('takes the language of a stranger from his browser', async () => {
    const { number } = (await file(FULL, { headers: { 'accept-language': 'de, en;q=0.8' } })).json();
    expect((await api.db.ticketRequest.findUniqueOrThrow({ where: { number } })).language).toBe('en');
  });

  it('gives the same answer for the same Idempotency-Key and does nothing again', async () => {
    const first = await file(FULL, { key: 'form-1' });
    const before = await api.db.ticketRequest.count();
    const again = await file(FULL, { key: 'form-1' });
    expect([again.statusCode, again.body]).toEqual([202, first.body]);
    expect(await api.db.ticketRequest.count()).toBe(before);
  });

  it('refuses the same Idempotency-Key with another body', async () => {
    await file(FULL, { key: 'form-2' });
    const other = await file({ ...FULL, subject: 'Другое' }, { key: 'form-2' });
    expect([other.statusCode, other.json().code]).toEqual([422, 'idempotency-key-reused']);
  });

  it('registers one request when the same key comes from twenty callers at once', async () => {
    const before = await api.db.ticketRequest.count();
    const answers = await Promise.all(Array.from({ length: 20 }, () => file(FULL, { key: 'form-3' })));
    expect(new Set(answers.map((answer) => answer.body)).size).toBe(1);
    expect(answers.every((answer) => answer.statusCode === 202)).toBe(true);
    expect(await api.db.ticketRequest.count()).toBe(before + 1);
  });

  it('keeps no answer of a refusal: the same key is judged anew', async () => {
    const unknown = await file({ ...FULL, product: 'siroca-crm' }, { key: 'form-4' });
    expect([unknown.statusCode, unknown.json().code]).toEqual([422, 'unknown-product']);
    await api.db.product.create({ data: { id: 'siroca-crm', name: 'CRM' } });
    expect((await file({ ...FULL, product: 'siroca-crm' }, { key: 'form-4' })).statusCode).toBe(202);
  });
});
