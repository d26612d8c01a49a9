import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { LightMyRequestResponse } from 'fastify';
import { buildApp } from '../../api/app.ts';
import { clientLink, makeToken } from '../../channels/client-link.ts';
import { DAY_MS } from '../../regulation/instant.ts';
import { buildApi, createStaff } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { bishkek } from '../support/calendars.ts';
import { createCompany } from '../support/company.ts';
import type { TestCompany } from '../support/company.ts';
import { setOwnTime } from '../support/desk.ts';
import { wordsId } from '../support/recorded-ticket.ts';
import { recordedStory } from '../support/recorded-story.ts';
import type { RecordedStory } from '../support/recorded-story.ts';
import {
  ask,
  automaticReply,
  classify,
  complete,
  confirm,
  decline,
  disagree,
  escalate,
  failed,
  message,
  note,
  reply,
} from '../support/tickets.ts';

interface Filed {
  number: number;
  path: string;
}

describe('the page of a client link', () => {
  let api: TestApi;
  let company: TestCompany;
  let staffId: string;
  beforeAll(async () => {
    api = await buildApi();
    company = await createCompany(api.db);
    staffId = await createStaff(api.db, 'agent');
    await api.db.contact.update({ where: { id: company.contactId }, data: { language: 'ru' } });
  });
  afterAll(() => api.close());

  async function file(words: { subject?: string; description?: string } = {}): Promise<Filed> {
    const response = await api.ask({
      method: 'POST',
      url: '/v1/requests',
      body: {
        product: 'siroca-lis',
        subject: 'Не печатает',
        description: 'Принтер молчит.',
        contact: { name: 'Аида', email: 'aida@clinic.example' },
        ...words,
      },
    });
    const { number, trackingUrl } = response.json();
    // The stories below begin then.
    const receivedAt = new Date(bishkek('2026-03-02 09:00'));
    await api.db.message.updateMany({ where: { ticketNumber: number }, data: { receivedAt } });
    return { number, path: new URL(trackingUrl).pathname };
  }
  const get = (path: string, headers: Record<string, string> = {}) => api.app.inject({ url: path, headers });
  const page = async (path: string) => (await get(path)).body;
  const send = (path: string, fields: Record<string, string> | string, headers: Record<string, string> = {}) =>
    api.app.inject({
      method: 'POST',
      url: path,
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      payload: typeof fields === 'string' ? fields : new URLSearchParams(fields).toString(),
    });
  const key = () => randomUUID();
  const messagesOf = (number: number) =>
    api.db.message.findMany({ where: { ticketNumber: number }, orderBy: { seq: 'asc' } });
  const said = async (number: number) => (await messagesOf(number)).map(({ act, text }) => `${act}: ${text}`);

  /** Words of staff, kept before the act that names them. */
  async function words(number: number, body: string): Promise<string> {
    const id = wordsId();
    await api.db.staffText.create({ data: { id, ticketNumber: number, staffId, act: 'act', field: 'text', body } });
    return id;
  }

  /** A ticket in the state that its story leads to, read at a wall clock of its own. */
  async function told(filed: Filed, now: string, tell: Parameters<RecordedStory['tell']>[0]): Promise<RecordedStory> {
    const story = await recordedStory(api.db, filed.number, company);
    await story.tell(tell);
    await setOwnTime(api.db, filed.number, bishkek(now));
    return story;
  }

  async function awaiting(): Promise<Filed & { story: RecordedStory }> {
    const filed = await file();
    const textId = await words(filed.number, 'Обновите драйвер до 5.2.');
    const story = await told(filed, '2026-03-02 11:00', (one) =>
      one.when('2026-03-02 09:05', classify(3)).when('2026-03-02 10:00', complete({ textId })),
    );
    return { ...filed, story };
  }
  async function closed(): Promise<Filed> {
    const filed = await awaiting();
    await filed.story.tell((one) => one.when('2026-03-02 10:30', confirm(wordsId())));
    return filed;
  }
  const keyIn = (body: string) => /name="key" value="(?<key>[^"]+)"/u.exec(body)?.groups?.['key'] ?? '';

  describe('shows how the ticket stands', () => {
    it('received: nobody has it yet, and how soon a person answers (§2.6)', async () => {
      const { number, path } = await file();
      const body = await page(path);
      for (const expected of [
        `Обращение № ${number}`,
        '<h1 dir="auto">Не печатает</h1>',
        'Обращение принято. Специалист скоро ответит.',
        'в среднем за 15 минут',
        'Принтер молчит.',
        'value="answer"',
      ]) {
        expect(body).toContain(expected);
      }
      expect(body).not.toContain('<details class="why"');
      expect(body).not.toContain('value="confirm"');
    });

    it('triage: both limits, the second provisional, with what is left of each (reading 18)', async () => {
      const filed = await file();
      await told(filed, '2026-03-02 09:04', (one) => one);
      const body = await page(filed.path);
      expect(body).toContain('Первый ответ специалиста — до 09:15 понедельника, 2 марта (время Бишкека).');
      expect(body).toMatch(/Осталось 10\u00a0мин|Осталось 11\u00a0мин/);
      expect(body).toContain('Предварительный срок решения — до 17:00 понедельника, 2 марта (время Бишкека).');
    });

    it('triage: a first answer that is late is called late (§2.6)', async () => {
      const filed = await file();
      await told(filed, '2026-03-02 09:16', (one) => one.until('2026-03-02 09:15'));
      expect(await page(filed.path)).toContain('Первый ответ ожидался до 09:15 понедельника, 2 марта (время Бишкека).');
    });

    it('work: the deadline and why it is so, each interval with its clause, in the sentences of the API (§1.5)', async () => {
      const filed = await file();
      await told(filed, '2026-03-03 10:00', (one) => one.when('2026-03-02 09:05', classify(3)));
      const body = await page(filed.path);
      expect(body).toContain('Срок решения — до 18:00 вторника, 3 марта (время Бишкека).');
      expect(body).toMatch(/Осталось 7\u00a0ч 59\u00a0мин|Осталось 8\u00a0ч/);
      expect(body).not.toContain('Первый ответ специалиста — до');
      expect(body).toContain('2 марта, 18:00 – 3 марта, 09:00');
      const explained = await api.ask({ url: `/v1${filed.path}/deadlines`, headers: { 'accept-language': 'ru' } });
      for (const { intervals } of explained.json().items) {
        for (const { why, clause } of intervals) {
          expect(body).toContain(why);
          expect(body).toContain(`пункт ${clause} регламента`);
        }
      }
    });

    it('work: a deadline that has passed is said to have passed (§1.5)', async () => {
      const filed = await file();
      await told(filed, '2026-03-04 10:00', (one) =>
        one.when('2026-03-02 09:05', classify(3)).until('2026-03-04 10:00'),
      );
      expect(await page(filed.path)).toContain(
        'Срок решения истёк в 18:00 вторника, 3 марта (время Бишкека). Мы продолжаем работу.',
      );
    });

    it('waiting: our question above the answer, until when, and that the clock stands (§3.6)', async () => {
      const filed = await file();
      const textId = await words(filed.number, 'Какая версия драйвера?');
      await told(filed, '2026-03-02 11:00', (one) =>
        one.when('2026-03-02 09:05', classify(3)).when('2026-03-02 10:00', ask({ textId })),
      );
      const body = await page(filed.path);
      expect(body).toContain('Ждём вашего ответа до 10:00 четверга, 5 марта (время Бишкека).');
      expect(body).toContain('срок решения не идёт');
      expect(body.indexOf('Какая версия драйвера?')).toBeLessThan(body.indexOf('<textarea'));
      expect(body).not.toContain('value="disagree"');
    });

    it('waiting: a question that he has answered is not asked above the field again', async () => {
      const filed = await file();
      const textId = await words(filed.number, 'Какая версия драйвера?');
      await told(filed, '2026-03-02 11:00', (one) =>
        one.when('2026-03-02 09:05', classify(3)).when('2026-03-02 10:00', ask({ textId })),
      );
      await send(filed.path, { act: 'answer', key: key(), text: '5.1' });
      const body = await page(filed.path);
      expect(body.indexOf('<textarea')).toBeLessThan(body.indexOf('Какая версия драйвера?'));
      expect(body).toContain('5.1');
    });

    it('escalated: its term comes from the plan of development (§1.4)', async () => {
      const filed = await file();
      await told(filed, '2026-03-02 11:00', (one) =>
        one.when('2026-03-02 09:05', classify(3)).when('2026-03-02 10:00', escalate()),
      );
      const body = await page(filed.path);
      expect(body).toContain('Обращение передано в отдел разработки.');
      expect(body).toContain('пункт 1.4 регламента');
    });

    it('completed, and telling him failed: he may confirm all the same (reading 7)', async () => {
      const filed = await file();
      await told(filed, '2026-03-02 11:00', (one) => {
        one.when('2026-03-02 09:05', classify(3)).when('2026-03-02 10:00', complete());
        return one.when('2026-03-02 10:20', failed(one.notice('completion')));
      });
      const body = await page(filed.path);
      expect(body).toContain('Решение готово; мы вам его отправляем.');
      expect(body).toContain('value="confirm"');
    });

    it('awaiting confirmation: the solution, the 24 hours, both buttons and a field for the reason (§3.7)', async () => {
      const { path } = await awaiting();
      const body = await page(path);
      for (const expected of [
        'Решение отправлено.',
        'Ждём вашего слова до 10:00 вторника, 3 марта (время Бишкека).',
        'Обновите драйвер до 5.2.',
        'value="confirm"',
        'value="disagree"',
        'дана информация',
      ]) {
        expect(body).toContain(expected);
      }
    });

    it('awaiting confirmation: past the 24 hours a message that is being read holds the closing back (reading 7)', async () => {
      const filed = await awaiting();
      const id = wordsId();
      await filed.story.tell((one) => one.when('2026-03-02 12:00', message(id)).until('2026-03-03 10:00'));
      await setOwnTime(api.db, filed.number, bishkek('2026-03-03 11:00'));
      const body = await page(filed.path);
      expect(body).toContain('Отведённые 24 часа прошли');
      expect(body).toContain('специалист его читает');
    });

    for (const [reason, sentence, tell] of [
      ['confirmed', 'вы подтвердили решение', (id: string) => [complete(), confirm(id)]],
      ['declined', 'принять его в работу не получилось', () => [decline()]],
    ] as const) {
      it(`closed as ${reason}: why, and that writing opens a new request (reading 12)`, async () => {
        const filed = await file();
        await told(filed, '2026-03-02 11:00', (one) => {
          one.when('2026-03-02 09:05', classify(3));
          for (const move of tell(wordsId())) one.when('2026-03-02 10:00', move);
          return one;
        });
        const body = await page(filed.path);
        expect(body).toContain(sentence);
        expect(body).toContain('новое обращение, связанное с этим');
        expect(body).toContain('value="answer"');
        expect(body).not.toContain('value="confirm"');
        expect(body).not.toContain('Осталось');
      });
    }

    it('says what machines said in his name to nobody (reading 5)', async () => {
      const filed = await file();
      const id = wordsId();
      const row = { act: 'message', channel: 'email', account: 'x', externalId: id, receivedAt: new Date() } as const;
      await api.db.message.create({
        data: { id, ticketNumber: filed.number, ...row, text: 'Я в отпуске', automatic: true },
      });
      await told(filed, '2026-03-02 11:00', (one) => one.when('2026-03-02 09:05', automaticReply(id)));
      expect(await page(filed.path)).not.toContain('Я в отпуске');
    });
  });

  it('shows what is the client’s and nothing else: no names, notes, diagnoses, reasons, ids (S11)', async () => {
    const filed = await file();
    const text = (body: string) => words(filed.number, body);
    await api.db.staff.update({ where: { id: staffId }, data: { name: 'CANARY-NAME' } });
    const [replied, noted, diagnosis, reason, draft] = await Promise.all(
      ['Мы уже смотрим.', 'CANARY-note', 'CANARY-diagnosis', 'CANARY-reason', 'CANARY-draft'].map(text),
    );
    await told(filed, '2026-03-02 11:00', (one) =>
      one
        .when('2026-03-02 09:05', classify(2, { reasonId: reason! }))
        .when('2026-03-02 09:06', reply({ textId: replied! }))
        .when('2026-03-02 09:07', note({ textId: noted! }))
        .when('2026-03-02 09:08', escalate({ diagnosisId: diagnosis! })),
    );
    expect(draft).toBeDefined();
    const body = await page(filed.path);
    expect(body).toContain('Мы уже смотрим.');
    const ids = (await messagesOf(filed.number)).map(({ id }) => id);
    for (const secret of ['CANARY', company.clientId, company.contactId, staffId, replied!, 'agent-1', ...ids]) {
      expect(body).not.toContain(secret);
    }
  });

  it('shows a letter that went out as it was written', async () => {
    const filed = await file();
    await told(filed, '2026-03-02 11:00', (one) => one.when('2026-03-02 09:05', classify(3)));
    const notice = await api.db.notice.findFirstOrThrow({ where: { ticketNumber: filed.number, kind: 'classified' } });
    const sent = { channel: 'email', fate: 'delivered', subject: 'Принято', body: 'Уровень № 3.\n<b>до вторника</b>' };
    await api.db.noticeDelivery.create({ data: { noticeId: notice.id, recipient: 'client', ...sent } });
    const body = await page(filed.path);
    expect(body).toContain('уровень присвоен');
    expect(body).toContain('Уровень № 3.\n&#60;b&#62;до вторника&#60;/b&#62;');
  });

  it('keeps what people wrote text, wherever it stands (S13)', async () => {
    const evil = `"><script>alert(1)</script><img src=x onerror='alert(1)'> & </textarea>`;
    const filed = await file({ subject: evil, description: evil });
    const textId = await words(filed.number, evil);
    await told(filed, '2026-03-02 11:00', (one) =>
      one.when('2026-03-02 09:05', classify(3)).when('2026-03-02 10:00', ask({ textId })),
    );
    const tooLong = await send(filed.path, { act: 'answer', key: key(), text: `${evil}${'а'.repeat(100_000)}` });
    for (const body of [await page(filed.path), tooLong.body]) {
      expect(body).not.toMatch(/<script|<img/u);
      expect(body).toContain('&#60;script&#62;alert(1)&#60;/script&#62;');
    }
    const elements = tooLong.body.match(/<textarea[^>]*>[^<]*<\/textarea/gu);
    expect(elements).toHaveLength(1);
  });

  it('is no place for scripts, frames, searches, caches or referrers, whatever it answers (S13, S32)', async () => {
    const { path } = await file();
    const answers = [
      await get(path),
      await get('/client/unknown'),
      await get('/client/%ff'),
      await get('/client/a/b'),
      await send(path, { act: 'answer', key: key(), text: ' ' }),
      await send(path, { act: 'no-such', key: key() }),
    ];
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 404, 400, 404, 422, 400]);
    for (const { headers, body } of answers) {
      expect(headers['content-type']).toBe('text/html; charset=utf-8');
      expect(headers['content-security-policy']).toMatch(
        /^default-src 'none'; style-src 'sha256-[\w+/]{43}='; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/,
      );
      expect(headers).toMatchObject({
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
        'x-robots-tag': 'noindex, nofollow',
      });
      expect(body).not.toMatch(/<script|<iframe|<link|<img|\sstyle=|\son\w+=|@import|url\(/u);
    }
  });

  describe('speaks the language of the contact', () => {
    it('as the directory has it now, whatever his browser prefers', async () => {
      const { path } = await file();
      const browser = { 'accept-language': 'en' };
      expect((await get(path, browser)).body).toMatch(/^<!doctype html>\s*<html lang="ru">/u);
      await api.db.contact.update({ where: { id: company.contactId }, data: { language: 'ky' } });
      expect((await get(path, browser)).body).toMatch(/^<!doctype html>\s*<html lang="ky">/u);
      await api.db.contact.update({ where: { id: company.contactId }, data: { language: 'ru' } });
    });

    for (const [language, sentence] of [
      ['ru', 'Ждём вашего слова до 10:00 вторника, 3 марта (время Бишкека).'],
      ['ky', 'Сөзүңүздү ушул убакытка чейин күтөбүз: 3-март, шейшемби, саат 10:00 (Бишкек убактысы боюнча).'],
      ['en', 'We wait for your word until 10:00 on Tuesday, 3 March (Bishkek time).'],
    ] as const) {
      it(`or the one he chooses, which stays with what he does: ${language}`, async () => {
        const { path } = await awaiting();
        const body = await page(`${path}?lang=${language}`);
        expect(body).toContain(`<html lang="${language}">`);
        expect(body).toContain(sentence);
        expect(body).toContain(`action="?lang=${language}"`);
        const others = ['ru', 'ky', 'en'].filter((one) => one !== language);
        for (const other of others) expect(body).toContain(`href="?lang=${other}"`);
        const sent = await send(`${path}?lang=${language}`, { act: 'answer', key: key(), text: 'ok' });
        expect(sent.headers.location).toBe(`?lang=${language}&done=answered`);
      });
    }

    it('and takes no other word for one', async () => {
      const { path } = await file();
      for (const query of ['?lang=de', '?lang=', '?lang=ru&lang=ky', '?lang[]=ky', '?utm_source=mail']) {
        const response = await get(`${path}${query}`);
        expect([response.statusCode, /<html lang="(\w+)"/u.exec(response.body)?.[1]]).toEqual([200, 'ru']);
      }
    });
  });

  describe('takes what he does', () => {
    it('an answer, and leads him back to the page, which says so', async () => {
      const { number, path } = await file();
      const response = await send(path, { act: 'answer', key: key(), text: 'Драйвер 5.1\r\nWindows 11' });
      expect([response.statusCode, response.headers.location]).toEqual([303, '?lang=ru&done=answered']);
      expect((await said(number)).at(-1)).toBe('message: Драйвер 5.1\nWindows 11');
      const back = await page(`${path}?lang=ru&done=answered`);
      expect(back).toContain('Спасибо, сообщение получено.');
      expect(back).toContain('Драйвер 5.1\nWindows 11');
    });

    it('a confirmation by one button, and asks for it no more (§3.7)', async () => {
      const { number, path } = await awaiting();
      const response = await send(path, { act: 'confirm', key: key() });
      expect([response.statusCode, response.headers.location]).toEqual([303, '?lang=ru&done=confirmed']);
      expect((await said(number)).at(-1)).toBe('confirm: ');
      const back = await page(`${path}?lang=ru&done=confirmed`);
      expect(back).toContain('Подтверждение получено, обращение закрывается.');
      expect(back).not.toContain('Подтвердите его');
      expect(back).not.toContain('value="confirm"');
    });

    it('a disagreement with its reason (§3.7)', async () => {
      const { number, path } = await awaiting();
      const response = await send(path, { act: 'disagree', key: key(), text: 'Не помогло' });
      expect(response.headers.location).toBe('?lang=ru&done=disagreed');
      expect((await messagesOf(number)).at(-1)).toMatchObject({ act: 'disagree', text: 'Не помогло', hasReason: true });
      expect(await page(path)).toContain('обращение возвращается в работу');
    });

    it('a disagreement without a reason: it is recorded, and he is asked for it in the same place (reading 7)', async () => {
      const { number, path } = await awaiting();
      const response = await send(path, { act: 'disagree', key: key(), text: '  ' });
      expect(response.headers.location).toBe('?lang=ru&done=reason-needed');
      expect((await messagesOf(number)).at(-1)).toMatchObject({ act: 'disagree', hasReason: false });
      const back = await page(`${path}?lang=ru&done=reason-needed`);
      expect(back).toContain('нам нужна причина');
      expect(back).toMatch(/aria-describedby="disagree-fault"\s+autofocus/u);
      expect(back).toContain('value="confirm"');
      await send(path, { act: 'disagree', key: keyIn(back), text: 'Не помогло' });
      expect((await messagesOf(number)).at(-1)).toMatchObject({ act: 'disagree', hasReason: true });
    });

    it('his word on the solution is asked for again once the disagreement has led to a new one (§3.7)', async () => {
      const { path, number, story } = await awaiting();
      await send(path, { act: 'disagree', key: key(), text: 'Не помогло' });
      const { id } = (await messagesOf(number)).at(-1)!;
      await story.tell((one) => one.when('2026-03-02 11:01', disagree(id)).when('2026-03-02 12:00', complete()));
      expect(await page(path)).toContain('value="confirm"');
    });

    it('nothing for an empty answer: it is asked for again', async () => {
      const { number, path } = await file();
      const response = await send(path, { act: 'answer', key: key(), text: ' \r\n' });
      expect(response.statusCode).toBe(422);
      expect(response.body).toContain('Напишите, пожалуйста, текст сообщения.');
      expect(response.body).toMatch(/aria-describedby="answer-fault"\s+autofocus/u);
      expect(await messagesOf(number)).toHaveLength(1);
    });

    for (const characters of [100_000, 100_001]) {
      it(`a text of ${characters} characters ${characters === 100_000 ? 'is taken' : 'is given back, not lost'}`, async () => {
        const { number, path } = await file();
        const text = 'ж'.repeat(characters);
        const response = await send(path, { act: 'answer', key: key(), text });
        const isTaken = characters === 100_000;
        expect(response.statusCode).toBe(isTaken ? 303 : 422);
        expect(await messagesOf(number)).toHaveLength(isTaken ? 2 : 1);
        expect(response.body.includes(text)).toBe(!isTaken);
      });
    }

    it('gives back a reason that is too long also when the ticket has closed meanwhile', async () => {
      const { path } = await closed();
      const response = await send(path, { act: 'disagree', key: key(), text: 'ж'.repeat(100_001) });
      expect(response.statusCode).toBe(422);
      expect(response.body).toContain('ж'.repeat(100_001));
    });

    it('once, however often one form is sent: reloaded, clicked twice, at the same instant', async () => {
      const { number, path } = await awaiting();
      const form = { act: 'answer', key: keyIn(await page(path)), text: 'Спасибо' };
      const answers = await Promise.all(Array.from({ length: 8 }, () => send(path, form)));
      answers.push(await send(path, form));
      expect(new Set(answers.map(({ statusCode, headers }) => `${statusCode} ${headers.location}`))).toEqual(
        new Set(['303 ?lang=ru&done=answered']),
      );
      expect(await said(number)).toEqual(['message: Принтер молчит.', 'message: Спасибо']);
    });

    it('again from a page shown again, and other words from the same page after a way back', async () => {
      const { number, path } = await file();
      const first = keyIn(await page(path));
      await send(path, { act: 'answer', key: first, text: 'Раз' });
      await send(path, { act: 'answer', key: first, text: 'Два' });
      await send(path, { act: 'answer', key: keyIn(await page(path)), text: 'Раз' });
      expect((await said(number)).slice(1)).toEqual(['message: Раз', 'message: Два', 'message: Раз']);
    });

    it('and has it brought to its ticket once the answer has gone out', async () => {
      const dispatched: number[] = [];
      const { db, gateway, settings } = api;
      const app = await buildApp({ db, gateway, settings, dispatchSoon: (number) => dispatched.push(number) });
      try {
        const { number, path } = await file();
        const payload = new URLSearchParams({ act: 'answer', key: key(), text: 'Драйвер 5.1' }).toString();
        const headers = { 'content-type': 'application/x-www-form-urlencoded' };
        await app.inject({ method: 'POST', url: path, headers, payload });
        await app.inject({ url: path });
        expect(dispatched).toEqual([number]);
        expect((await messagesOf(number)).at(-1)).toMatchObject({
          channel: 'web-form',
          contactId: company.contactId,
          dispatchedAt: null,
        });
      } finally {
        await app.close();
      }
    });
  });

  describe('after the closing (reading 12)', () => {
    it('a message opens the follow-up, and each page leads to the other', async () => {
      const { number, path } = await closed();
      const response = await send(path, { act: 'answer', key: key(), text: 'Снова не печатает' });
      expect(response.headers.location).toBe('?lang=ru&done=followed-up');
      const followUp = await api.db.ticketRequest.findFirstOrThrow({ where: { followUpOf: number } });
      const linkOf = (one: number) =>
        clientLink(
          api.settings.publicUrl,
          makeToken(api.settings.linkSecret, { purpose: 'client-link', ticketNumber: one, keyVersion: 1 }),
        );
      const first = await page(`${path}?done=followed-up`);
      expect(first).toContain('Разговор продолжается в другом обращении');
      expect(first).toContain(`<a href="${linkOf(followUp.number)}">№ ${followUp.number}</a>`);
      expect(first).toContain(`Попало в обращение № ${followUp.number}`);
      const second = await page(new URL(linkOf(followUp.number)).pathname);
      expect(second).toContain('Это продолжение обращения');
      expect(second).toContain(`<a href="${linkOf(number)}">№ ${number}</a>`);
      expect(second).toContain('Снова не печатает');
      await send(path, { act: 'disagree', key: key(), text: 'И ещё' });
      expect(await api.db.ticketRequest.count({ where: { followUpOf: number } })).toBe(1);
    });

    it('a revoked ticket is named on the page of its follow-up, and its new link is not given out there', async () => {
      const { number, path } = await closed();
      await send(path, { act: 'answer', key: key(), text: 'Снова' });
      const followUp = await api.db.ticketRequest.findFirstOrThrow({ where: { followUpOf: number } });
      await api.db.ticketRequest.update({ where: { number }, data: { linkKeyVersion: 2 } });
      const token = { purpose: 'client-link', ticketNumber: followUp.number, keyVersion: 1 } as const;
      const body = await page(`/client/${makeToken(api.settings.linkSecret, token)}`);
      expect(body).toContain(`№ ${number}`);
      expect(body).not.toContain('http://support.example/client/');
    });

    it('a confirmation that comes late is only noted', async () => {
      const { number, path } = await closed();
      const response = await send(path, { act: 'confirm', key: key() });
      expect(response.headers.location).toBe('?lang=ru&done=confirmed');
      expect(await api.db.ticketRequest.count({ where: { followUpOf: number } })).toBe(0);
    });
  });

  it('changes nothing when it is opened, however often, whatever its address says (S9)', async () => {
    const { number, path } = await awaiting();
    const before = [await said(number), await api.db.idempotencyRecord.count()];
    for (const query of ['', '?done=confirmed', '?act=confirm', `?act=confirm&key=${key()}`]) {
      for (const method of ['GET', 'HEAD'] as const) {
        expect((await api.app.inject({ method, url: `${path}${query}` })).statusCode).toBe(200);
      }
    }
    expect([await said(number), await api.db.idempotencyRecord.count()]).toEqual(before);
  });

  describe('refuses', () => {
    const acts = (path: string, headers: Record<string, string>) =>
      send(path, { act: 'answer', key: key(), text: 'Раз' }, headers).then(({ statusCode }) => statusCode);

    for (const [name, headers, status] of [
      ['a form of another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }, 403],
      ['one of a neighbouring site', { 'sec-fetch-site': 'same-site' }, 403],
      ['one that hides where it comes from', { 'sec-fetch-site': 'cross-site', origin: 'null' }, 403],
      ['one of an old browser on another site', { origin: 'https://evil.example' }, 403],
      [
        'not its own, as a browser sends it without a Referer',
        { 'sec-fetch-site': 'same-origin', origin: 'null' },
        303,
      ],
      ['not its own, with its origin', { 'sec-fetch-site': 'same-origin', origin: 'http://support.example' }, 303],
      ['not its own at the address that was asked', { origin: 'http://localhost:8080', host: 'localhost:8080' }, 303],
      ['not its own of a browser that tells nothing', {}, 303],
      ['not its own of an old browser without a Referer', { origin: 'null' }, 303],
    ] as const) {
      it(`${name} (S31)`, async () => {
        const { number, path } = await file();
        expect(await acts(path, headers)).toBe(status);
        expect(await messagesOf(number)).toHaveLength(status === 303 ? 2 : 1);
      });
    }

    it('what no form of the page sends, and files nothing', async () => {
      const { number, path } = await file();
      const good = `act=answer&key=${key()}&text=a`;
      for (const [body, type, status] of [
        ['', 'application/x-www-form-urlencoded', 400],
        ['act=answer&text=a', 'application/x-www-form-urlencoded', 400],
        [`act=answer&key=1&text=a`, 'application/x-www-form-urlencoded', 400],
        [`${good}&severity=1`, 'application/x-www-form-urlencoded', 400],
        [`${good}&text=b`, 'application/x-www-form-urlencoded', 400],
        [`${good}&__proto__=1`, 'application/x-www-form-urlencoded', 400],
        [`act=confirm&key=${key()}&text=a`, 'application/x-www-form-urlencoded', 400],
        [`act=close&key=${key()}`, 'application/x-www-form-urlencoded', 400],
        [`${good}%00`, 'application/x-www-form-urlencoded', 400],
        ['&'.repeat(1_000_000), 'application/x-www-form-urlencoded', 400],
        ['a'.repeat(1024 * 1024 + 1), 'application/x-www-form-urlencoded', 413],
        [JSON.stringify({ act: 'answer', key: key(), text: 'a' }), 'application/json', 415],
        [good, 'text/plain', 415],
      ] as const) {
        const response = await send(path, body, { 'content-type': type });
        expect([body.slice(0, 60), response.statusCode]).toEqual([body.slice(0, 60), status]);
        expect(response.headers['content-type']).toBe('text/html; charset=utf-8');
      }
      expect(await messagesOf(number)).toHaveLength(1);
    });

    it('more forms and pages in a minute than one source may ask for, in plain words', async () => {
      const other = await buildApi({
        databaseUrl: api.settings.databaseUrl,
        env: { CLIENT_LINK_REQUESTS_PER_MINUTE: '2' },
      });
      try {
        const { path } = await file();
        const answers: LightMyRequestResponse[] = [];
        for (let tries = 0; tries < 3; tries += 1) {
          answers.push(await other.app.inject({ url: path, headers: { 'accept-language': 'ru' } }));
        }
        expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 429]);
        expect(answers[2]!.body).toContain('Слишком много запросов');
        expect(Number(answers[2]!.headers['retry-after'])).toBeGreaterThan(0);
      } finally {
        await other.close();
      }
    });

    it('says so in plain words when the records cannot be reached', async () => {
      const down = await buildApi({ databaseUrl: 'postgresql://nobody@127.0.0.1:1/none' });
      try {
        const token = makeToken(down.settings.linkSecret, { purpose: 'client-link', ticketNumber: 1, keyVersion: 1 });
        const response = await down.app.inject({ url: `/client/${token}`, headers: { 'accept-language': 'ru' } });
        expect(response.statusCode).toBe(503);
        expect(response.body).toContain('Страница сейчас недоступна');
        expect(response.headers['retry-after']).toBeDefined();
      } finally {
        await down.close();
      }
    });
  });

  describe('of a link that opens nothing is friendly, names the official channels and shows no ticket (S8)', () => {
    /** What both ways of asking get, in one word when the page is as it should be. */
    async function refusalOf(path: string): Promise<string[]> {
      const answers = [
        await get(path, { 'accept-language': 'ru' }),
        await send(path, { act: 'confirm', key: key() }, { 'accept-language': 'ru' }),
      ];
      return answers.map(({ statusCode, body }) => {
        expect(body).not.toContain('Не печатает');
        for (const official of [
          '+996 755 979 805',
          '+996 312 979 805',
          'support@siroca.com',
          '@Siroca_Technology_bot',
        ]) {
          expect(body).toContain(official);
        }
        return `${statusCode} ${/<h1>(?<title>[^<]*)<\/h1>/u.exec(body)?.groups?.['title']}`;
      });
    }
    const both = (refusal: string) => [refusal, refusal];

    it('mangled, forged, of another purpose, of no ticket', async () => {
      const { number, path } = await file();
      const good = path.split('/').at(-1)!;
      const content = { ticketNumber: number, keyVersion: 1 };
      for (const token of [
        'x',
        '%20',
        good.slice(1),
        `${good}.`,
        `${good}/`,
        good.toUpperCase(),
        `${good.startsWith('a') ? 'b' : 'a'}${good.slice(1)}`,
        makeToken(api.settings.linkSecret, { purpose: 'reply', ...content }),
        makeToken(api.settings.linkSecret, { purpose: 'client-link', ticketNumber: 4_000_000_000, keyVersion: 1 }),
        makeToken('another secret of thirty-two characters', { purpose: 'client-link', ...content }),
      ]) {
        expect(await refusalOf(`/client/${token}`)).toEqual(both('404 По этой ссылке ничего нет'));
      }
      for (const token of ['%ff', 'a%z', 'a'.repeat(5_000)]) {
        const response = await get(`/client/${token}`, { 'accept-language': 'ru' });
        expect([token.slice(0, 5), response.statusCode]).toEqual([token.slice(0, 5), 400]);
        expect(response.body).toContain('По этой ссылке ничего нет');
      }
      expect(await messagesOf(number)).toHaveLength(1);
    });

    it('revoked', async () => {
      const { number, path } = await file();
      await api.db.ticketRequest.update({ where: { number }, data: { linkKeyVersion: 2 } });
      expect(await refusalOf(path)).toEqual(both('410 Эта ссылка больше не действует'));
    });

    it('expired 90 days after the closing', async () => {
      const { number, path } = await closed();
      const end = bishkek('2026-03-02 10:30') + 90 * DAY_MS;
      await setOwnTime(api.db, number, end - 60_000);
      expect((await get(path)).statusCode).toBe(200);
      await setOwnTime(api.db, number, end);
      expect(await refusalOf(path)).toEqual(both('410 Срок этой ссылки истёк'));
    });

    it('speaks the language that the browser prefers, or the one that is chosen', async () => {
      expect((await get('/client/x', { 'accept-language': 'ky-KG,ru;q=0.5' })).body).toContain('<html lang="ky">');
      expect((await get('/client/x?lang=en', { 'accept-language': 'ky' })).body).toContain(
        'There is nothing at this link',
      );
    });
  });

  it('has its address where letters and the form of requests say it is, never where a Host header does (S24)', async () => {
    const { path } = await closed();
    await send(path, { act: 'answer', key: key(), text: 'Снова' });
    const body = (await get(path, { host: 'evil.example' })).body;
    expect(body).toContain('href="http://support.example/client/');
    expect(body).not.toContain('evil.example');
  });

  it('leaves the front door to the API’s own pages', async () => {
    const response = await get('/');
    expect([response.statusCode, response.headers.location]).toEqual([302, '/docs']);
  });
});
