import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { readToken } from '../../channels/client-link.ts';
import type { Database } from '../../prisma/client.ts';
import type { ReceivedMail, Treatment } from '../support/mail-server.ts';
import { LINK_SECRET, startRealEffects } from '../support/real-effects.ts';
import type { RealEffects } from '../support/real-effects.ts';
import {
  AGENT_ID,
  CLIENT_ID,
  CONTACT_ID,
  HEAD_ID,
  OTHER_AGENT_ID,
  receiveRecorded,
  recordedNotice,
  seedMessage,
  seedRequest,
  seedText,
  setTicketClock,
  wordsId,
} from '../support/recorded-ticket.ts';
import {
  ask,
  assign,
  classify,
  complete,
  decline,
  disagree,
  escalate,
  linkClient,
  message,
  plan,
  postpone,
  reply,
  returnToWork,
} from '../support/tickets.ts';

const CLIENT = 'aigul@ak-suu.example';
const AGENT = 'bakyt@siroca.example';
const OTHER_AGENT = 'cholpon@siroca.example';
const HEAD = 'daniyar@siroca.example';

let effects: RealEffects;
let db: Database;
beforeAll(async () => {
  effects = await startRealEffects();
  db = effects.db;
});
afterAll(() => effects.close());
beforeEach(() => {
  effects.mail.received.length = 0;
  for (const address of [CLIENT, AGENT, OTHER_AGENT, HEAD]) effects.mail.treat(address, 'accept');
});

function only(address: string): ReceivedMail {
  const letters = effects.mail.lettersTo(address);
  expect(letters).toHaveLength(1);
  return letters[0]!;
}

async function tokenIn(letter: ReceivedMail) {
  const token = /https:\/\/support\.siroca\.com[/\w]*\/client\/(\w+)/.exec(letter.mail.text ?? '')?.[1];
  return readToken(LINK_SECRET, 'client-link', token);
}

/** A ticket of the known client in work, with an agent or without. */
async function inWork(assigneeId: string | null = AGENT_ID) {
  const request = await seedRequest(db);
  const scenario = receiveRecorded(request).when('2026-03-02 09:05', classify(3));
  if (assigneeId !== null) scenario.when('2026-03-02 09:06', assign(assigneeId));
  return { request, scenario };
}

describe('to the client', () => {
  it('confirms the receipt with number, missing parts, the time of answer and the link (§3.2)', async () => {
    const request = await seedRequest(db, { missing: ['phone'] });
    const notice = await recordedNotice(db, receiveRecorded(request), 'receipt');
    expect(await effects.activities.sendNotice(notice)).toEqual({ fate: 'delivered', channel: 'email' });
    const letter = only(CLIENT);
    expect(letter.from).toBe('');
    expect(letter.mail.headers.get('auto-submitted')).toBe('auto-replied');
    expect(letter.mail.subject).toBe(`Обращение № ${request.number} зарегистрировано`);
    expect(letter.mail.text).toContain('номер телефона ответственного лица');
    expect(letter.mail.text).toContain('в среднем за 15 минут');
    expect(await tokenIn(letter)).toEqual({ ticketNumber: request.number, keyVersion: 1 });
    const replyTo = /^support\+(\w+)@siroca\.com$/.exec(letter.mail.replyTo?.text ?? '')?.[1];
    expect(readToken(LINK_SECRET, 'reply', replyTo)).toEqual({ ticketNumber: request.number, keyVersion: 1 });
    expect(letter.mail.inReplyTo).toBe(`<${request.messageId}@ak-suu.example>`);
    expect(await db.noticeDelivery.findMany({ where: { noticeId: notice.id } })).toMatchObject([
      { recipient: 'client', channel: 'email', fate: 'delivered', code: null, externalId: letter.mail.messageId },
    ]);
  });

  it('makes the link for the key version in force, so that a revoked one is not handed out again', async () => {
    const request = await seedRequest(db);
    await db.ticketRequest.update({ where: { number: request.number }, data: { linkKeyVersion: 7 } });
    await effects.activities.sendNotice(await recordedNotice(db, receiveRecorded(request), 'receipt'));
    expect(await tokenIn(only(CLIENT))).toEqual({ ticketNumber: request.number, keyVersion: 7 });
  });

  it('repeats no word of the request in a receipt, and to a stranger in no letter at all (threats S3)', async () => {
    const words = { subject: 'КАНАРЕЙКА в теме', text: 'КАНАРЕЙКА в тексте', senderAddress: 'stranger@far.example' };
    const request = await seedRequest(db, { ...words, known: false });
    const stranger = { clientId: null, contactId: null };
    const textId = await seedText(db, request.number, 'Назовите организацию.');
    const scenario = receiveRecorded(request, stranger).when('2026-03-02 09:05', ask({ textId }));
    for (const kind of ['receipt', 'question'] as const) {
      await effects.activities.sendNotice(await recordedNotice(db, scenario, kind));
    }
    const letters = effects.mail.lettersTo('stranger@far.example');
    expect(letters).toHaveLength(2);
    expect(letters.map(({ raw, mail }) => `${raw}${mail.subject}${mail.text}`).join()).not.toContain('КАНАРЕЙКА');
    expect(letters[1]?.mail.text).toContain('Назовите организацию.');
    const known = await seedRequest(db, { ...words, senderAddress: CLIENT });
    await effects.activities.sendNotice(await recordedNotice(db, receiveRecorded(known), 'receipt'));
    const { mail } = only(CLIENT);
    expect(`${mail.subject}${mail.text}${String(mail.html)}`).not.toContain('КАНАРЕЙКА');
  });

  it('sends an address that nobody has verified three receipts an hour and withholds the rest (threats S3)', async () => {
    const fates: unknown[] = [];
    for (let i = 0; i < 5; i += 1) {
      const request = await seedRequest(db, {
        known: false,
        senderAddress: i % 2 === 0 ? 'victim@far.example' : 'Victim@Far.example',
      });
      const scenario = receiveRecorded(request, { clientId: null, contactId: null });
      const notice = await recordedNotice(db, scenario, 'receipt');
      fates.push((await effects.activities.sendNotice(notice)).fate);
      // A repeat says the same again.
      expect((await effects.activities.sendNotice(notice)).fate).toBe(fates.at(-1));
    }
    expect(fates).toEqual(['delivered', 'delivered', 'delivered', 'withheld', 'withheld']);
    expect(effects.mail.received).toHaveLength(3);
  });

  it('asks in the client’s language, says how to answer, and keeps to the thread (reading 5)', async () => {
    await db.contact.update({ where: { id: CONTACT_ID }, data: { language: 'ky' } });
    const { request, scenario } = await inWork();
    const first = await recordedNotice(db, scenario, 'receipt');
    await effects.activities.sendNotice(first);
    const textId = await seedText(db, request.number, 'Кайсы версия?');
    scenario.when('2026-03-02 10:00', ask({ textId, missing: ['screenshots'] }));
    await effects.activities.sendNotice(await recordedNotice(db, scenario, 'question'));
    await db.contact.update({ where: { id: CONTACT_ID }, data: { language: 'ru' } });
    const [receipt, question] = effects.mail.lettersTo(CLIENT);
    expect(question?.mail.subject).toBe(`№ ${request.number} кайрылуу: жообуңуз керек`);
    expect(question?.mail.text).toContain('Кайсы версия?');
    expect(question?.mail.text).toContain('экрандын сүрөттөрү');
    expect(await tokenIn(question!)).toMatchObject({ ticketNumber: request.number });
    expect(question?.from).toBe('support@siroca.com');
    expect(question?.mail.headers.has('auto-submitted')).toBe(false);
    expect(question?.mail.inReplyTo).toBe(receipt?.mail.messageId);
    expect(question?.mail.references).toEqual([`<${request.messageId}@ak-suu.example>`, receipt?.mail.messageId]);
  });

  it('says in a reminder when silence closes the ticket: 27 business hours from the question (reading 6)', async () => {
    const { request, scenario } = await inWork();
    const textId = await seedText(db, request.number, 'Какая версия?');
    scenario.when('2026-03-02 10:00', ask({ textId })).until('2026-03-03 09:00');
    await setTicketClock(db, request.number, '2026-03-03 09:00:30');
    await effects.activities.sendNotice(await recordedNotice(db, scenario, 'reminder'));
    const { mail, from } = only(CLIENT);
    expect(mail.text).toContain(
      'Если ответа не будет до 10:00 четверга, 5 марта (время Бишкека), обращение закроется.',
    );
    expect(mail.text).toContain('Какая версия?');
    expect([from, mail.headers.get('auto-submitted')]).toEqual(['', 'auto-generated']);
  });

  it('withholds a reminder once the client has answered, and a completion once the ticket is back in work', async () => {
    const { request, scenario } = await inWork();
    const textId = await seedText(db, request.number, 'Какая версия?');
    scenario.when('2026-03-02 10:00', ask({ textId })).until('2026-03-03 09:00');
    const reminder = await recordedNotice(db, scenario, 'reminder');
    scenario
      .when('2026-03-03 09:30', message(wordsId()))
      .when('2026-03-03 09:40', complete({ textId: wordsId() }))
      .when('2026-03-03 09:41', returnToWork());
    const completion = await recordedNotice(db, scenario, 'completion');
    for (const notice of [reminder, completion]) {
      expect(await effects.activities.sendNotice(notice)).toEqual({ fate: 'withheld', code: 'overtaken' });
      expect(await effects.activities.sendNotice(notice)).toEqual({ fate: 'withheld', code: 'overtaken' });
    }
    expect(effects.mail.received).toEqual([]);
  });

  it('gives the solution with the vendor’s contacts, and 24 hours to answer (§3.5, §3.7)', async () => {
    const { request, scenario } = await inWork();
    const vendor = await db.vendor.create({
      data: { name: 'Zebra', phone: '+996 312 000 000', email: 'help@zebra.example' },
    });
    const textId = await seedText(db, request.number, 'Принтер неисправен.');
    scenario.when('2026-03-02 10:00', complete({ outcome: 'not-our-software', textId, vendorId: vendor.id }));
    await setTicketClock(db, request.number, '2026-03-02 10:00:30');
    await effects.activities.sendNotice(await recordedNotice(db, scenario, 'completion'));
    const { text } = only(CLIENT).mail;
    for (const part of [
      'Принтер неисправен.',
      'Zebra',
      '+996 312 000 000',
      'help@zebra.example',
      'Не печатаются этикетки',
    ]) {
      expect(text).toContain(part);
    }
    expect(text).toContain('Если до 10:00 вторника, 3 марта (время Бишкека) ответа не будет, обращение закроется.');
  });

  it('gives the same solution when it is sent again', async () => {
    const { request, scenario } = await inWork();
    const release = await db.release.create({ data: { name: 'LIS 5.2' } });
    const textId = await seedText(db, request.number, 'Исправим.');
    scenario.when('2026-03-02 10:00', complete({ outcome: 'coming-update', textId, releaseId: release.id }));
    await recordedNotice(db, scenario, 'completion');
    const again = { type: 'resend-notice', noticeId: scenario.notice('completion') } as const;
    const failing = scenario.notice('completion');
    scenario
      .when('2026-03-02 10:01', { type: 'notice-failed', noticeId: failing, actor: { kind: 'system' } })
      .when('2026-03-02 10:02', { ...again, actor: { kind: 'staff', staffId: AGENT_ID, role: 'agent' } });
    await effects.activities.sendNotice(await recordedNotice(db, scenario, 'completion'));
    expect(only(CLIENT).mail.text).toContain('LIS 5.2');
    expect(only(CLIENT).mail.text).toContain('Исправим.');
  });

  it('tells the named reason of a postponement and of a refusal (§1.3, §3.4)', async () => {
    const { request, scenario } = await inWork();
    const textId = await seedText(db, request.number, 'Стенд занят.');
    scenario.when('2026-03-02 10:00', postpone({ reason: 'needs-development', textId }));
    await effects.activities.sendNotice(await recordedNotice(db, scenario, 'postponed'));
    expect(only(CLIENT).mail.text).toContain('Срок решения от этого не меняется.');
    effects.mail.received.length = 0;
    const other = await seedRequest(db);
    const noId = await seedText(db, other.number, 'Договор закончился в феврале.');
    const declining = receiveRecorded(other).when(
      '2026-03-02 09:05',
      decline({ reason: 'no-valid-agreement', textId: noId }),
    );
    await effects.activities.sendNotice(await recordedNotice(db, declining, 'declined'));
    expect(only(CLIENT).mail.text).toContain('+996 755 979 805');
    expect(only(CLIENT).mail.text).toContain('Договор закончился в феврале.');
  });

  it('writes to the contact to whom the ticket has been linked since', async () => {
    const request = await seedRequest(db, { known: false, senderAddress: 'stranger@far.example' });
    const scenario = receiveRecorded(request, { clientId: null, contactId: null });
    scenario.when(
      '2026-03-02 09:05',
      linkClient({
        clientId: CLIENT_ID,
        contactId: CONTACT_ID,
      }),
    );
    await effects.activities.sendNotice(await recordedNotice(db, scenario, 'receipt'));
    expect(effects.mail.lettersTo('stranger@far.example')).toEqual([]);
    only(CLIENT);
  });

  it('falls back to e-mail when the channel where the client last wrote cannot send', async () => {
    const request = await seedRequest(db, { channel: 'telegram', senderAddress: '4711' });
    await effects.activities.sendNotice(
      await recordedNotice(db, receiveRecorded(request, { channel: 'telegram' }), 'receipt'),
    );
    expect(only(CLIENT).mail.subject).toContain(`${request.number}`);
  });

  it('fails for good where there is no address, and says so again when asked again (reading 5)', async () => {
    const request = await seedRequest(db, { known: false, channel: 'phone', senderAddress: '+996700000000' });
    const scenario = receiveRecorded(request, { clientId: null, contactId: null, channel: 'phone' });
    const notice = await recordedNotice(db, scenario, 'receipt');
    for (let i = 0; i < 2; i += 1) {
      expect(await effects.activities.sendNotice(notice)).toEqual({ fate: 'failed', code: 'no-address' });
    }
    expect(await db.noticeDelivery.count({ where: { noticeId: notice.id, fate: 'failed' } })).toBe(1);
  });

  it('fails for good when the address is refused for good, and keeps what it would have said', async () => {
    effects.mail.treat(CLIENT, { refuse: 550 });
    const { request, scenario } = await inWork();
    const textId = await seedText(db, request.number, 'Какая версия?');
    const notice = await recordedNotice(db, scenario.when('2026-03-02 10:00', ask({ textId })), 'question');
    expect(await effects.activities.sendNotice(notice)).toEqual({ fate: 'failed', code: 'address-refused' });
    const row = await db.noticeDelivery.findFirst({ where: { noticeId: notice.id } });
    expect(row).toMatchObject({ fate: 'failed', code: 'address-refused', externalId: null });
    expect(row?.body).toContain('Какая версия?');
  });

  it('is tried again after trouble that passes, and settles nothing before', async () => {
    effects.mail.treat(CLIENT, { refuse: 451 });
    const notice = await recordedNotice(db, receiveRecorded(await seedRequest(db)), 'receipt');
    await expect(effects.activities.sendNotice(notice)).rejects.toMatchObject({
      type: 'ChannelDown',
      nonRetryable: false,
    });
    expect(await db.noticeDelivery.count({ where: { noticeId: notice.id } })).toBe(0);
    effects.mail.treat(CLIENT, 'accept');
    expect(await effects.activities.sendNotice(notice)).toEqual({ fate: 'delivered', channel: 'email' });
  });
});

describe('a repeat', () => {
  it('after the row sends nothing and says the same', async () => {
    const notice = await recordedNotice(db, receiveRecorded(await seedRequest(db)), 'receipt');
    const first = await effects.activities.sendNotice(notice);
    expect(await effects.activities.sendNotice(notice)).toEqual(first);
    only(CLIENT);
  });

  it.each<{ crash: string; before: (noticeId: string) => Promise<void>; after: () => Promise<void> }>([
    {
      crash: 'the mail server’s answer',
      before: async () => effects.mail.treat(CLIENT, 'take-and-drop'),
      after: async () => effects.mail.treat(CLIENT, 'accept'),
    },
    {
      crash: 'its row',
      before: async () => {
        await db.$executeRaw`CREATE FUNCTION lost() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''lost''; END'`;
        await db.$executeRaw`CREATE TRIGGER lost BEFORE INSERT ON notice_deliveries EXECUTE FUNCTION lost()`;
      },
      after: async () => {
        await db.$executeRaw`DROP TRIGGER lost ON notice_deliveries`;
        await db.$executeRaw`DROP FUNCTION lost()`;
      },
    },
  ])('after a hand-over that lost $crash sends once more, with the same id', async ({ before, after }) => {
    const notice = await recordedNotice(db, receiveRecorded(await seedRequest(db)), 'receipt');
    await before(notice.id);
    await expect(effects.activities.sendNotice(notice)).rejects.toMatchObject({ nonRetryable: false });
    await after();
    expect(await effects.activities.sendNotice(notice)).toEqual({ fate: 'delivered', channel: 'email' });
    await effects.activities.sendNotice(notice);
    const ids = effects.mail.lettersTo(CLIENT).map(({ mail }) => mail.messageId);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
    expect(await db.noticeDelivery.count({ where: { noticeId: notice.id } })).toBe(1);
  });

  it('sends nothing of a notice that is not recorded', async () => {
    const request = await seedRequest(db);
    const { notices } = receiveRecorded(request);
    await expect(effects.activities.sendNotice(notices[0]!)).rejects.toMatchObject({ type: 'NoticeNotRecorded' });
    expect(effects.mail.received).toEqual([]);
  });
});

describe('to staff', () => {
  const recipients = () => effects.mail.received.flatMap(({ to }) => to).toSorted();

  it('reaches the assignee and the head of support, and nobody else', async () => {
    const { scenario } = await inWork();
    scenario.until('2026-03-03 18:00:01');
    const notice = await recordedNotice(db, scenario, 'resolution-breach');
    expect(await effects.activities.sendNotice(notice)).toEqual({ fate: 'delivered', channel: 'email' });
    expect(recipients()).toEqual([AGENT, HEAD]);
    const { mail, from } = only(AGENT);
    expect(mail.text).toContain('истёк в 18:00 вторника, 3 марта');
    expect(mail.text).toContain('Лаборатория «Ак-Суу»');
    expect([from, mail.headers.get('auto-submitted'), mail.replyTo]).toEqual([
      'support@siroca.com',
      'auto-generated',
      undefined,
    ]);
    expect(mail.text).not.toContain('/client/');
  });

  it('reaches all agents and the head while nobody is assigned, or he no longer works here (reading 9)', async () => {
    const { scenario } = await inWork(null);
    await effects.activities.sendNotice(
      await recordedNotice(db, scenario.until('2026-03-03 18:00:01'), 'resolution-breach'),
    );
    expect(recipients()).toEqual([AGENT, OTHER_AGENT, HEAD]);
    effects.mail.received.length = 0;
    await db.staff.update({ where: { id: AGENT_ID }, data: { active: false } });
    const other = await inWork(AGENT_ID);
    await effects.activities.sendNotice(
      await recordedNotice(db, other.scenario.until('2026-03-03 18:00:01'), 'resolution-breach'),
    );
    await db.staff.update({ where: { id: AGENT_ID }, data: { active: true } });
    expect(recipients()).toEqual([OTHER_AGENT, HEAD]);
  });

  it('tells an assignment to whoever is assigned when it is sent, and to nobody once nobody is', async () => {
    const { scenario } = await inWork();
    const first = await recordedNotice(db, scenario, 'assigned');
    scenario.when('2026-03-02 09:07', assign(OTHER_AGENT_ID));
    await recordedNotice(db, scenario, 'assigned');
    await effects.activities.sendNotice(first);
    expect(recipients()).toEqual([OTHER_AGENT]);
    scenario.when('2026-03-02 09:08', assign(null));
    const second = await recordedNotice(db, scenario, 'assigned');
    expect(await effects.activities.sendNotice(second)).toEqual({ fate: 'withheld', code: 'nobody-assigned' });
  });

  it('shows what the client wrote, and the plan of the developers', async () => {
    const { request, scenario } = await inWork();
    const messageId = wordsId();
    const receivedAt = new Date();
    await seedMessage(db, {
      id: messageId,
      ticketNumber: request.number,
      text: 'Всё ещё <b>не</b> печатает',
      receivedAt,
    });
    scenario.when('2026-03-02 10:00', message(messageId));
    await effects.activities.sendNotice(await recordedNotice(db, scenario, 'client-wrote'));
    expect(only(HEAD).mail.text).toContain('Всё ещё <b>не</b> печатает');
    expect(only(HEAD).mail.html).not.toContain('<b>');
    effects.mail.received.length = 0;
    const [diagnosisId, textId] = [
      await seedText(db, request.number, 'Ошибка.'),
      await seedText(db, request.number, 'Сделаем.'),
    ];
    scenario
      .when('2026-03-02 10:10', escalate({ diagnosisId }))
      .when('2026-03-02 10:20', plan({ textId, releaseId: null, targetDate: '2026-03-20' }));
    await setTicketClock(db, request.number, '2026-03-02 10:20:30');
    await effects.activities.sendNotice(await recordedNotice(db, scenario, 'development-decided'));
    expect(only(AGENT).mail.text).toContain('к 20 марта:');
    expect(only(AGENT).mail.text).toContain('Сделаем.');
    expect(only(AGENT).mail.text).not.toContain('Ошибка.');
  });

  it('shows the head and the assignee why the client disagrees', async () => {
    const { request, scenario } = await inWork();
    const [textId, messageId] = [await seedText(db, request.number, 'Готово.'), wordsId()];
    await seedMessage(db, { id: messageId, ticketNumber: request.number, text: 'Не помогло.', receivedAt: new Date() });
    scenario.when('2026-03-02 10:00', complete({ textId })).when('2026-03-02 11:00', disagree(messageId));
    await effects.activities.sendNotice(await recordedNotice(db, scenario, 'client-disagreed'));
    expect(only(AGENT).mail.text).toContain('Не помогло.');
  });

  it('is not kept from the others by one whose mailbox refuses', async () => {
    effects.mail.treat(AGENT, { refuse: 550 });
    const { scenario } = await inWork();
    const notice = await recordedNotice(db, scenario.until('2026-03-03 18:00:01'), 'resolution-breach');
    expect(await effects.activities.sendNotice(notice)).toEqual({ fate: 'delivered', channel: 'email' });
    expect(recipients()).toEqual([HEAD]);
    const rows = await db.noticeDelivery.findMany({ where: { noticeId: notice.id }, orderBy: { recipient: 'asc' } });
    expect(rows).toMatchObject([
      { recipient: AGENT_ID, fate: 'failed', code: 'address-refused' },
      { recipient: HEAD_ID, fate: 'delivered' },
    ]);
  });

  it('fails only when every mailbox refuses', async () => {
    for (const address of [AGENT, HEAD]) effects.mail.treat(address, { refuse: 550 });
    const { scenario } = await inWork();
    const notice = await recordedNotice(db, scenario.until('2026-03-03 18:00:01'), 'resolution-breach');
    for (let i = 0; i < 2; i += 1) {
      expect(await effects.activities.sendNotice(notice)).toEqual({ fate: 'failed', code: 'address-refused' });
    }
  });

  it('is repeated only for whom it has not reached yet', async () => {
    effects.mail.treat(AGENT, { refuse: 451 });
    const { scenario } = await inWork();
    const notice = await recordedNotice(db, scenario.until('2026-03-03 18:00:01'), 'resolution-breach');
    await expect(effects.activities.sendNotice(notice)).rejects.toMatchObject({ type: 'ChannelDown' });
    expect(recipients()).toEqual([HEAD]);
    effects.mail.treat(AGENT, 'accept');
    expect(await effects.activities.sendNotice(notice)).toEqual({ fate: 'delivered', channel: 'email' });
    expect(recipients()).toEqual([AGENT, HEAD]);
  });
});

it('never tells a history or a log what was said or to whom, whatever goes wrong (docs/architecture.md)', async () => {
  const canary = 'КАНАРЕЙКА';
  const request = await seedRequest(db, {
    known: false,
    senderAddress: 'kanareika@far.example',
    subject: canary,
    text: canary,
  });
  const textId = await seedText(db, request.number, canary);
  const scenario = receiveRecorded(request, { clientId: null, contactId: null }).when(
    '2026-03-02 09:05',
    reply({ textId }),
  );
  const notice = await recordedNotice(db, scenario, 'reply');
  const failures: unknown[] = [];
  for (const treatment of [{ refuse: 451 }, { refuseLetter: 451 }, 'take-and-drop'] satisfies Treatment[]) {
    effects.mail.treat('kanareika@far.example', treatment);
    await effects.activities.sendNotice(notice).catch((error: unknown) => failures.push(error));
  }
  const impossible = { ...notice, kind: `${canary} \u0000` as 'reply', id: notice.id };
  await effects.activities.sendNotice(impossible).catch((error: unknown) => failures.push(error));
  await effects.activities
    .messagesOnTheWay({ ticketNumber: canary as unknown as number, receivedBy: 0 })
    .catch((error: unknown) => failures.push(error));
  expect(failures).toHaveLength(5);
  const told = failures.map((error) => {
    const { message: said, stack, cause, details } = error as Error & { details?: unknown };
    return JSON.stringify([said, stack, cause, details]);
  });
  expect(`${told.join()}${JSON.stringify(effects.logged)}`).not.toMatch(/КАНАРЕЙКА|kanareika/i);
  expect(effects.logged.length).toBeGreaterThan(0);
});
