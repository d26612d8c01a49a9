import { describe, expect, it } from '@jest/globals';
import type { ClientTicket } from '../../api/client-page.ts';
import { PAGE_NEWS, PAGE_REFUSALS } from '../../api/texts/page-texts.ts';
import { textsIn } from '../../api/texts/in-language.ts';
import { OFFICIAL_CHANNELS } from '../../channels/official-channels.ts';
import { CLIENT_NOTICES } from '../../regulation/notices.ts';
import { LANGUAGES, STATUSES } from '../../regulation/vocabulary.ts';
import { refusalPage } from '../../web/client/refusal-page.ts';
import { at, pageWith, saidBy } from '../support/ticket-page.ts';

const ALL_ACTS: ClientTicket['allowed'] = [
  { type: 'answer', needs: ['text'] },
  { type: 'confirm', needs: [] },
  { type: 'disagree', needs: ['reason'] },
];
const deadline = (kind: ClientTicket['deadlines'][number]['kind'], dueAt: string, provisional = false) => ({
  kind,
  dueAt: at(dueAt),
  provisional,
});
const count = (page: string, part: RegExp) => [...page.matchAll(part)].length;

describe('every page', () => {
  const pages = LANGUAGES.flatMap((language) => [
    ...STATUSES.flatMap((status) =>
      [null, ...PAGE_NEWS].map((news) => {
        const isCompleted = status === 'completed' || status === 'awaiting-confirmation';
        const allowed = isCompleted ? ALL_ACTS : ALL_ACTS.slice(0, 1);
        const ticket = { status, allowed, deadlines: [deadline('resolution-due', '2026-03-03 18:00')] };
        const draft = news === 'reason-needed' ? ({ act: 'disagree', text: '', fault: news } as const) : null;
        const messages = CLIENT_NOTICES.map((kind) => saidBy('to-client', kind, 'Текст'));
        return [`${language} ${status} ${news}`, pageWith({ ticket, news, draft, messages }, language)] as const;
      }),
    ),
    ...PAGE_REFUSALS.map((refusal) => {
      const wording = { language, texts: textsIn(language).page };
      return [`${language} ${refusal}`, refusalPage(refusal, { wording, contacts: OFFICIAL_CHANNELS })] as const;
    }),
  ]);

  it('says what it means: nothing is undefined, null or an object', () => {
    for (const [name, page] of pages) {
      expect([name, /undefined|null|\[object|NaN|Invalid|=>/u.exec(page)?.[0]]).toEqual([name, undefined]);
    }
  });

  it('has one heading of the first level, a language, a title, and every id once', () => {
    for (const [name, page] of pages) {
      const ids = [...page.matchAll(/ id="(?<id>[^"]+)"/gu)].map((match) => match.groups!['id']);
      expect([name, count(page, /<h1[\s>]/gu), new Set(ids).size]).toEqual([name, 1, ids.length]);
      expect(page).toMatch(new RegExp(String.raw`<html lang="${name.slice(0, 2)}">[^]*<title>[^<]+</title>`, 'u'));
    }
  });

  it('names each field, and what is described or labelled is there', () => {
    for (const [name, page] of pages) {
      const named = [...page.matchAll(/(?:for|aria-describedby|aria-labelledby)="(?<id>[^"]+)"/gu)];
      expect([name, count(page, /<textarea/gu)]).toEqual([name, count(page, /<label for="\w+-text">[^<]+/gu)]);
      for (const match of named) expect(page).toContain(` id="${match.groups!['id']}"`);
    }
  });

  it('has nothing that is fetched or run', () => {
    for (const [, page] of pages)
      expect(page).not.toMatch(/<script|<img|<link|\ssrc=|\sstyle=|\son\w+="|url\(|@import/u);
  });

  it('has the official channels (§2.1)', () => {
    for (const [, page] of pages) {
      for (const official of [...OFFICIAL_CHANNELS.phones, OFFICIAL_CHANNELS.email, OFFICIAL_CHANNELS.telegram]) {
        expect(page).toContain(`>${official}</a`);
      }
    }
  });
});

describe('a limit', () => {
  const work = (now: string) =>
    pageWith({ ticket: { now: at(now), deadlines: [deadline('resolution-due', '2026-03-03 18:00')] } });

  it('runs until its own instant and has passed then (reading 3)', () => {
    const before = work('2026-03-03 17:59');
    expect(before).toContain('Срок решения — до 18:00 вторника, 3 марта (время Бишкека).');
    expect(before).toContain('Осталось 1\u00a0мин');
    expect(work('2026-03-03 18:00')).toContain('Срок решения истёк в 18:00 вторника, 3 марта (время Бишкека).');
  });

  it('of the first response is named only while nobody has answered (§2.6)', () => {
    const ticket: Partial<ClientTicket> = {
      status: 'triage',
      now: at('2026-03-02 09:10'),
      deadlines: [deadline('first-response-due', '2026-03-02 09:15')],
    };
    expect(pageWith({ ticket, awaitsFirstResponse: true })).toContain('Осталось 5\u00a0мин');
    expect(pageWith({ ticket, awaitsFirstResponse: false })).not.toContain('09:15');
  });

  it('that stands still while he is waited for is said to stand; one that runs is named (reading 5)', () => {
    const silence = deadline('silence-limit', '2026-03-05 10:00');
    const paused = pageWith({ ticket: { status: 'waiting-on-client', deadlines: [silence] } });
    expect(paused).toContain('срок решения не идёт');
    const notYetAsked: Partial<ClientTicket> = {
      status: 'waiting-on-client',
      deadlines: [deadline('resolution-due', '2026-03-03 18:00')],
    };
    const running = pageWith({ ticket: notYetAsked });
    expect(running).toContain('Срок решения — до 18:00');
    expect(running).not.toContain('срок решения не идёт');
  });

  it('that has ended is explained by what counted and what did not (§1.5)', () => {
    const page = pageWith({
      explanations: [
        {
          kind: 'resolution-due',
          dueAt: null,
          limitMs: 64_800_000,
          elapsedMs: 3_600_000,
          intervals: [
            {
              from: at('2026-03-02 09:00'),
              to: at('2026-03-02 10:00'),
              counted: true,
              clause: '2.6',
              reason: 'counted-working-hours',
              why: 'Считается: рабочее время.',
            },
            {
              from: at('2026-03-02 10:00'),
              to: at('2026-03-02 11:00'),
              counted: false,
              clause: '1.5',
              reason: 'waiting-on-client',
              why: 'Не считается: ждали ответа клиента.',
            },
          ],
        },
      ],
    });
    const said = page.replaceAll(/<[^>]*>/gu, ' ').replaceAll(/\s+/gu, ' ');
    expect(said).toContain('Решение Отводится 18 ч, использовано 1 ч.');
    expect(said).toContain('2 марта, 09:00 – 10:00 Считается: рабочее время. пункт 2.6 регламента');
    expect(said).toContain('2 марта, 10:00 – 11:00 Не считается: ждали ответа клиента. пункт 1.5 регламента');
    expect(count(page, /class="counted"/gu)).toBe(1);
  });
});

describe('what he may do', () => {
  const completed = { status: 'awaiting-confirmation', allowed: ALL_ACTS } as const;

  it('is to write, and from the completion on also to confirm and to disagree (reading 7)', () => {
    const acts = (page: string) =>
      [...page.matchAll(/name="act" value="(?<act>\w+)"/gu)].map((one) => one.groups!['act']);
    expect(acts(pageWith())).toEqual(['answer']);
    expect(acts(pageWith({ ticket: completed }))).toEqual(['confirm', 'disagree', 'answer']);
    expect(acts(pageWith({ ticket: completed, pending: 'confirm' }))).toEqual(['answer']);
    expect(acts(pageWith({ ticket: { status: 'closed' } }))).toEqual(['answer']);
  });

  it('is asked above the field by the last question that he has not answered', () => {
    const asked = [
      saidBy('to-client', 'question', 'Первый вопрос?'),
      saidBy('to-client', 'question', 'Второй вопрос?'),
    ];
    const quoted = (page: string) => /<figure>[^]*<\/figure>/u.exec(page)?.[0] ?? '';
    const waiting = { status: 'waiting-on-client' } as const;
    expect(quoted(pageWith({ ticket: waiting, messages: asked }))).toContain('Второй вопрос?');
    expect(quoted(pageWith({ ticket: { status: 'triage' }, messages: asked }))).toContain('Второй вопрос?');
    expect(quoted(pageWith({ ticket: { status: 'work' }, messages: asked }))).toBe('');
    const answered = [...asked, saidBy('from-client', 'message', 'Ответ')];
    expect(quoted(pageWith({ ticket: waiting, messages: answered }))).toBe('');
  });

  it('is decided by the last solution', () => {
    const messages = [saidBy('to-client', 'completion', 'Раз'), saidBy('to-client', 'completion', 'Два')];
    expect(/<figure>[^]*<\/figure>/u.exec(pageWith({ ticket: completed, messages }))?.[0]).toContain('Два');
  });

  it('begins where he left it: what could not be taken stands in its field, line breaks and all', () => {
    const draft = { act: 'disagree', text: '\n</textarea><b>x', fault: 'too-long' } as const;
    const here = pageWith({ ticket: completed, draft });
    expect(here).toMatch(
      /<textarea id="disagree-text"[^>]*aria-invalid="true"[^>]*>\n\n&#60;\/textarea&#62;&#60;b&#62;x</u,
    );
    const gone = pageWith({ ticket: { status: 'closed' }, draft });
    expect(gone).toMatch(/<textarea id="answer-text"[^>]*aria-invalid="true"[^>]*>\n\n&#60;\/textarea/u);
    const toWrite = pageWith({ ticket: completed, draft: { ...draft, act: 'answer' } });
    expect(toWrite).toMatch(/<details open>/u);
  });

  it('is not asked for a reason that nobody needs any more', () => {
    const asked = { news: 'reason-needed', draft: { act: 'disagree', text: '', fault: 'reason-needed' } } as const;
    expect(pageWith({ ticket: completed, ...asked })).toContain('Напишите, пожалуйста, причину возражения.');
    expect(pageWith({ ticket: { status: 'closed' }, ...asked })).not.toContain('причин');
    expect(pageWith({ ticket: completed, pending: 'disagree', ...asked })).not.toContain('причин');
  });
});

it('leads to other tickets of the matter, and only names one whose link is not his to have (reading 12)', () => {
  const page = pageWith({
    followUpOf: { number: 7, url: null },
    followUps: [{ number: 2048, url: 'http://support.example/client/x?a&b' }],
  });
  expect(page).toContain('Это продолжение обращения № 7<');
  expect(page).toContain('<a href="http://support.example/client/x?a&#38;b">№ 2048</a>');
});
