import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { MessageView } from '../../api/conversation-view.ts';
import type { DeadlineView } from '../../api/deadlines-view.ts';
import type { EventView } from '../../api/events-view.ts';
import type { TicketView } from '../../api/ticket-view.ts';
import { publishCalendar } from '../../prisma/calendar-versions.ts';
import { ticketHistory } from '../../prisma/ticket-history.ts';
import type { WorkingCalendar } from '../../regulation/working-calendar.ts';
import { buildApi, createStaff } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { bishkek, calendarDefinition, holidayOn, hoursOn, workingCalendar } from '../support/calendars.ts';
import { record, seedCalendar } from '../support/desk.ts';
import {
  AGENT_ID,
  CONTACT_ID,
  receiveRecorded,
  seedDirectories,
  seedMessage,
  seedRequest,
  wordsId,
} from '../support/recorded-ticket.ts';
import type { Scenario } from '../support/scenario.ts';
import {
  ask,
  classify,
  complete,
  confirm,
  disagree,
  escalate,
  markAbusive,
  note,
  plan,
  publish,
  reply,
  returnToWork,
  take,
  tieUpdate,
  updateEnded,
  updateStarted,
} from '../support/tickets.ts';

let api: TestApi;
/** The calendar after a holiday on Tuesday, 3 March 2026. */
let secondCalendar: WorkingCalendar;

const HOLIDAY = { holidays: [holidayOn('2026-03-03')], overrides: [hoursOn('2026-03-07', ['10:00-15:00'])] };

beforeAll(async () => {
  api = await buildApi();
  await seedDirectories(api.db);
  await seedCalendar(api.db);
  secondCalendar = workingCalendar(HOLIDAY, 2);
  await publishCalendar(api.db, {
    basedOn: 1,
    definition: calendarDefinition(HOLIDAY),
    publishedById: null,
    at: bishkek('2026-03-02 14:00'),
  });
  await createStaff(api.db, 'agent');
});

afterAll(() => api.close());

async function read<View>(url: string, language = 'ru'): Promise<View> {
  const response = await api.ask({ url, as: 'agent', headers: { 'accept-language': language } });
  expect([url, response.statusCode]).toEqual([url, 200]);
  return response.json<View>();
}

const eventsOf = async (number: number, language?: string) =>
  (await read<{ items: EventView[] }>(`/v1/tickets/${number}/events`, language)).items;
const messagesOf = async (number: number) =>
  (await read<{ items: MessageView[] }>(`/v1/tickets/${number}/messages`)).items;
const deadlinesOf = async (number: number, language?: string) =>
  (await read<{ items: DeadlineView[] }>(`/v1/tickets/${number}/deadlines`, language)).items;

/** A text of staff; readable once an event names it. */
async function text(ticketNumber: number, body: string, act = 'reply'): Promise<string> {
  const id = wordsId();
  await api.db.staffText.create({ data: { id, ticketNumber, staffId: AGENT_ID, act, field: 'text', body } });
  return id;
}

describe('the audit trail (§1.2)', () => {
  it('names who did it, when, by which clause, in the words of the reader', async () => {
    const request = await seedRequest(api.db);
    const inWork = receiveRecorded(request)
      .when('2026-03-02 09:04', classify(3, { productId: 'siroca-lis' }))
      .when('2026-03-02 09:05', take());
    await record(api.db, inWork, '2026-03-02 10:00');
    const [received, classified, assigned] = await eventsOf(request.number);
    expect(received).toMatchObject({
      version: 1,
      type: 'ticket-received',
      clause: '2.3',
      actor: { kind: 'client', id: CONTACT_ID, name: 'Асанова Айгуль', role: null },
      sentence: 'Обращение зарегистрировано (канал: электронная почта).',
      texts: [{ id: request.messageId, field: 'message', body: 'Принтер этикеток молчит с утра.' }],
    });
    expect(classified).toMatchObject({
      version: 2,
      at: '2026-03-02T03:04:00.000Z',
      knownAt: '2026-03-02T03:04:00.000Z',
      clause: '2.5',
      actor: { kind: 'staff', id: AGENT_ID, name: 'Бакыт', role: 'agent' },
      sentence: 'Присвоен уровень 3; продукт: Siroca LIS.',
      facts: { severity: 3, previousSeverity: null, dueAt: '2026-03-03T12:00:00.000Z' },
    });
    expect(assigned).toMatchObject({ type: 'assigned', sentence: 'Исполнитель: Бакыт (взято из очереди).' });
    expect((await eventsOf(request.number, 'en'))[1]?.sentence).toBe('Severity 3 was assigned; product: Siroca LIS.');
    expect((await eventsOf(request.number, 'ky-KG,ky;q=0.9'))[1]?.sentence).toBe(
      '3-деңгээл коюлду; продукт: Siroca LIS.',
    );
    expect((await eventsOf(request.number, 'de'))[1]?.sentence).toBe('Присвоен уровень 3; продукт: Siroca LIS.');
  });

  it('shows the words of staff only once an event names them', async () => {
    const request = await seedRequest(api.db);
    const named = await text(request.number, 'ТАЙНА: перезагрузите принтер');
    await text(request.number, 'ТАЙНА: это отклонили');
    const noted = await text(request.number, 'ТАЙНА: клиент сердит', 'note');
    const replied = receiveRecorded(request)
      .when('2026-03-02 09:04', classify(3))
      .when('2026-03-02 09:06', reply({ textId: named }))
      .when('2026-03-02 09:07', note({ textId: noted }));
    await record(api.db, replied, '2026-03-02 10:00');
    const events = await eventsOf(request.number);
    expect(
      events.flatMap((event) => event.texts.map(({ body }) => body)).filter((body) => body.includes('ТАЙНА')),
    ).toEqual(['ТАЙНА: перезагрузите принтер', 'ТАЙНА: клиент сердит']);
    const conversation = await messagesOf(request.number);
    expect(conversation.flatMap((message) => message.text ?? []).filter((body) => body.includes('ТАЙНА'))).toEqual([
      'ТАЙНА: перезагрузите принтер',
    ]);
    // Nor does anything else that is made of the history get to see it.
    const { texts } = await ticketHistory(api.db, request.number);
    expect(texts.map(({ id }) => id).sort()).toEqual([named, noted].sort());
  });

  it('tells old and new deadlines of a calendar change in ISO, without the hours that the engine keeps (reading 10)', async () => {
    const request = await seedRequest(api.db);
    const changed = receiveRecorded(request)
      .when('2026-03-02 09:04', classify(3))
      .when('2026-03-02 14:00', publish(secondCalendar));
    await record(api.db, changed, '2026-03-02 15:00');
    const change = (await eventsOf(request.number)).at(-1);
    expect(change).toMatchObject({
      type: 'calendar-changed',
      sentence: 'Рабочий календарь изменён (версия 1 → 2); сроки пересчитаны.',
      actor: { kind: 'system', id: null, name: null, role: null },
    });
    expect(change?.facts).toEqual({
      calendarVersion: 2,
      previousVersion: 1,
      oldDueAt: '2026-03-03T12:00:00.000Z',
      newDueAt: '2026-03-04T12:00:00.000Z',
      oldSilenceAt: null,
      newSilenceAt: null,
      superseded: [],
    });
  });

  it('ends with what came after closing, without version (reading 12)', async () => {
    const request = await seedRequest(api.db);
    const answer = await text(request.number, 'Перезагрузите.', 'complete');
    const closed = receiveRecorded(request)
      .when('2026-03-02 09:04', classify(3))
      .when('2026-03-02 09:30', complete({ textId: answer }))
      .when('2026-03-02 10:00', confirm('yes'));
    await record(api.db, closed, '2026-03-02 12:00');
    const number = request.number;
    const followUp = await seedRequest(api.db);
    const late = [
      { act: 'confirm', at: '2026-03-02 10:10', text: 'Да', dispatched: true, followUp: null },
      {
        act: 'message',
        at: '2026-03-02 10:20',
        text: 'Опять не печатает',
        dispatched: false,
        followUp: followUp.number,
      },
      {
        act: 'message',
        at: '2026-03-02 10:30',
        text: 'Я в отпуске',
        dispatched: true,
        followUp: null,
        automatic: true,
      },
      { act: 'message', at: '2026-03-02 10:40', text: 'Ещё на пути', dispatched: false, followUp: null },
    ] as const;
    for (const message of late) {
      const id = wordsId();
      const automatic = 'automatic' in message;
      const receivedAt = new Date(bishkek(message.at));
      await seedMessage(api.db, {
        id,
        ticketNumber: number,
        act: message.act,
        text: message.text,
        receivedAt,
        automatic,
      });
      const dispatchedAt = message.dispatched ? new Date() : null;
      await api.db.message.update({ where: { id }, data: { dispatchedAt, followUpNumber: message.followUp } });
    }
    await text(number, 'Клиент звонил, доволен', 'remark');
    await api.db.noticeDelivery.create({
      data: {
        noticeId: closed.notice('closed-confirmed'),
        recipient: 'client',
        channel: 'email',
        fate: 'failed',
        code: 'mailbox-unknown',
        subject: '',
        body: '',
      },
    });
    const trail = await eventsOf(number, 'en');
    const after = trail.filter(({ version }) => version === null);
    expect(trail.slice(-after.length)).toEqual(after);
    expect(trail.filter(({ version }) => version !== null).at(-1)).toMatchObject({ type: 'closed', version: 5 });
    expect(after.map(({ type, sentence, texts }) => [type, sentence, texts[0]?.body])).toEqual([
      ['late-confirm', 'The client confirmed after closing; it changes nothing.', 'Да'],
      ['late-message', 'The client wrote after closing.', 'Опять не печатает'],
      ['late-automatic', 'An automatic message came in after closing; it was filed.', 'Я в отпуске'],
      ['remark', 'A remark after closing.', 'Клиент звонил, доволен'],
      ['late-bounce', 'After closing it became known that a notice was not delivered.', undefined],
    ]);
    expect(after[1]?.facts['followUpNumber']).toBe(followUp.number);
    expect(after[3]?.actor).toEqual({ kind: 'staff', id: AGENT_ID, name: 'Бакыт', role: null });
    // Rehearsed tickets show what the wall clock wrote in their own time.
    expect(after[3]?.at.slice(0, 15)).toBe('2026-03-02T06:0');
  });
});

describe('the conversation (§3.1)', () => {
  it('goes both ways in the order of its instants, and says what became of each notice', async () => {
    const request = await seedRequest(api.db);
    const { number } = request;
    const question = await text(number, 'Какой принтер?', 'ask-client');
    const answered = wordsId();
    await seedMessage(api.db, {
      id: answered,
      ticketNumber: number,
      text: 'Zebra, чёрт возьми',
      receivedAt: new Date(bishkek('2026-03-02 10:00')),
    });
    const told = receiveRecorded(request)
      .when('2026-03-02 09:04', classify(3))
      .when('2026-03-02 09:10', ask({ textId: question }))
      .when('2026-03-02 10:00', { ...confirm(answered) })
      .when('2026-03-02 10:05', markAbusive(answered));
    await record(api.db, told, '2026-03-02 12:00');
    const delivery = { recipient: 'client', channel: 'email', subject: 'Вопрос', body: 'Какой принтер?' };
    await api.db.noticeDelivery.create({
      data: { ...delivery, noticeId: told.notice('question'), fate: 'delivered', externalId: '<q@siroca.com>' },
    });
    await api.db.noticeDelivery.create({
      data: { ...delivery, noticeId: told.notice('receipt'), fate: 'failed', code: 'no-address' },
    });
    const conversation = await messagesOf(number);
    expect(
      conversation.map(({ direction, kind, author, text, delivery }) => [
        direction,
        kind,
        author.name,
        text,
        delivery?.state ?? null,
      ]),
    ).toEqual([
      ['from-client', 'message', null, 'Принтер этикеток молчит с утра.', null],
      ['to-client', 'receipt', null, null, 'failed'],
      ['to-client', 'classified', null, null, 'pending'],
      ['to-client', 'question', 'Бакыт', 'Какой принтер?', 'delivered'],
      ['from-client', 'message', null, 'Zebra, чёрт возьми', null],
    ]);
    const [, receipt, , asked, answer] = conversation;
    expect(receipt?.delivery).toMatchObject({ code: 'no-address', channel: 'email' });
    expect(receipt?.letter).toBeNull();
    expect(asked).toMatchObject({
      noticeId: told.notice('question'),
      channel: 'email',
      letter: { subject: 'Вопрос', body: 'Какой принтер?' },
    });
    expect(answer?.abusive).toBe(true);
  });

  it('has a question asked by telephone, which no notice carries (reading 5)', async () => {
    const request = await seedRequest(api.db);
    const question = await text(request.number, 'Какой принтер?', 'ask-client');
    const asked = receiveRecorded(request)
      .when('2026-03-02 09:04', classify(3))
      .when('2026-03-02 09:10', ask({ textId: question, byPhone: true }));
    await record(api.db, asked, '2026-03-02 12:00');
    expect((await messagesOf(request.number)).at(-1)).toMatchObject({
      id: question,
      kind: 'question',
      channel: 'phone',
      text: 'Какой принтер?',
      author: { kind: 'staff', id: AGENT_ID },
      delivery: null,
      noticeId: null,
    });
  });
});

describe('the explanation of a deadline (§1.5)', () => {
  /** Lives of every shape: over nights, weekends and holidays, with every kind of pause. */
  const shapes: [what: string, live: (ticket: Scenario) => Scenario, now: string][] = [
    ['level 3 over a weekend', (t) => t.when('2026-03-02 09:04', classify(3)), '2026-03-09 11:11'],
    ['level 1 at night', (t) => t.when('2026-03-02 09:04', classify(1)), '2026-03-03 03:03'],
    ['in triage, provisional', (t) => t.until('2026-03-02 09:01'), '2026-03-02 09:02'],
    [
      'waiting on the client and back',
      (t) =>
        t
          .when('2026-03-02 09:04', classify(3))
          .when('2026-03-02 10:00', ask())
          .when('2026-03-03 16:30', returnToWork()),
      '2026-03-04 10:00',
    ],
    [
      'still waiting on the client',
      (t) => t.when('2026-03-02 09:04', classify(4)).when('2026-03-02 10:00', ask()).until('2026-03-04 12:00'),
      '2026-03-04 12:00',
    ],
    [
      'with development, planned',
      (t) =>
        t
          .when('2026-03-02 09:04', classify(2))
          .when('2026-03-02 09:30', escalate())
          .when('2026-03-02 11:00', plan({ targetDate: '2026-03-20', releaseId: null })),
      '2026-03-05 12:00',
    ],
    [
      'completed, disagreed, in work again',
      (t) =>
        t
          .when('2026-03-02 09:04', classify(3))
          .when('2026-03-02 12:00', complete())
          .when('2026-03-03 09:30', disagree('no')),
      '2026-03-03 17:00',
    ],
    [
      'awaiting confirmation',
      (t) => t.when('2026-03-02 09:04', classify(3)).when('2026-03-02 12:00', complete()),
      '2026-03-02 20:00',
    ],
    [
      'closed',
      (t) =>
        t
          .when('2026-03-02 09:04', classify(3))
          .when('2026-03-02 12:00', complete())
          .when('2026-03-02 13:00', confirm('yes')),
      '2026-03-05 20:00',
    ],
    [
      'reclassified from 3 to 1 after a pause',
      (t) =>
        t
          .when('2026-03-02 09:04', classify(3))
          .when('2026-03-02 10:00', ask())
          .when('2026-03-02 18:30', returnToWork())
          .when('2026-03-02 19:00', classify(1)),
      '2026-03-02 21:00',
    ],
    [
      'under an update at level 2',
      (t) =>
        t
          .when('2026-03-02 09:04', classify(2))
          .when('2026-03-02 09:10', tieUpdate('update-1'))
          .when('2026-03-02 10:00', updateStarted('update-1'))
          .when('2026-03-02 11:30', updateEnded('update-1')),
      '2026-03-02 12:00',
    ],
    [
      'through a calendar change',
      (t) => t.when('2026-03-02 09:04', classify(3)).when('2026-03-02 14:00', publish(secondCalendar)),
      '2026-03-04 10:00',
    ],
    ['a stranger without resolution clock', (t) => t.until('2026-03-02 10:00'), '2026-03-02 10:00'],
  ];

  for (const [what, live, now] of shapes) {
    it(`adds up to the time used, gaplessly, ${what}`, async () => {
      const request = await seedRequest(api.db);
      const stranger = what.startsWith('a stranger') ? { clientId: null, contactId: null } : {};
      await record(api.db, live(receiveRecorded(request, { receivedAt: '2026-03-02 09:00', ...stranger })), now);
      const explained = await deadlinesOf(request.number);
      expect(explained.map(({ kind }) => kind)).toContain('first-response-due');
      for (const { elapsedMs, intervals } of explained) {
        const counted = intervals.filter((one) => one.counted).map((one) => Date.parse(one.to) - Date.parse(one.from));
        expect(counted.reduce((sum, ms) => sum + ms, 0)).toBe(elapsedMs);
        intervals.slice(1).forEach((one, i) => expect(one.from).toBe(intervals[i]?.to));
        for (const one of intervals) {
          expect(one.why).toMatch(one.counted ? /^Считается: / : /^Не считается: /);
          expect(one.clause).toMatch(/^[1-3]\.\d$/);
        }
      }
      // The ticket's clock and its explanation agree: exactly once it stands still, else but for the time between the reads.
      const { clocks } = await read<TicketView>(`/v1/tickets/${request.number}`);
      const resolution = explained.find(({ kind }) => kind === 'resolution-due');
      const sinceMs = clocks!.resolution.elapsedMs - (resolution?.elapsedMs ?? 0);
      expect(clocks!.resolution.state === 'running' ? sinceMs >= 0 : sinceMs === 0).toBe(true);
      expect(resolution?.dueAt ?? null).toBe(clocks!.resolution.dueAt);
    });
  }

  it('says why in the language that is asked for', async () => {
    const request = await seedRequest(api.db);
    const waiting = receiveRecorded(request).when('2026-03-02 09:04', classify(3)).when('2026-03-02 10:00', ask());
    await record(api.db, waiting, '2026-03-02 11:00');
    const pause = async (language: string) =>
      (await deadlinesOf(request.number, language))
        .find(({ kind }) => kind === 'resolution-due')
        ?.intervals.find((one) => one.reason === 'waiting-on-client')?.why;
    expect(await pause('ru')).toBe('Не считается: ждали ответа клиента.');
    expect(await pause('ky')).toBe('Эсептелбейт: кардардын жообу күтүлдү.');
    expect(await pause('en-GB')).toBe('Does not count: we waited for the client’s answer.');
  });

  it('explains nothing of a request that is only received', async () => {
    const { number } = await seedRequest(api.db);
    expect(await deadlinesOf(number)).toEqual([]);
  });
});
