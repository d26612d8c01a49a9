import { describe, expect, it } from '@jest/globals';
import { html, plainText } from '../../channels/letter.ts';
import { OFFICIAL_CHANNELS } from '../../channels/official-channels.ts';
import { clientLetter, staffLetter } from '../../channels/texts/in-language.ts';
import type { ClientFacts, ClientNotice } from '../../channels/texts/texts.ts';
import { CLIENT_NOTICES, STAFF_NOTICES } from '../../regulation/notices.ts';
import { DECLINE_REASONS, LANGUAGES, POSTPONE_REASONS, SEVERITIES } from '../../regulation/vocabulary.ts';
import type { Language } from '../../regulation/vocabulary.ts';
import { bishkek } from '../support/calendars.ts';
import { CLIENT_CASE, CLIENT_FACTS, DUE_AT, STAFF_CASE, STAFF_FACTS } from '../support/letters.ts';

/** Tuesday, 24 November 2026, 18:00 in Bishkek, as each language says it. */
const DEADLINE: Readonly<Record<Language, string>> = {
  ru: '18:00 вторника, 24 ноября (время Бишкека)',
  ky: '24-ноябрь, шейшемби, саат 18:00 (Бишкек убактысы боюнча)',
  en: '18:00 on Tuesday, 24 November (Bishkek time)',
};

function toClient<K extends ClientNotice>(
  language: Language,
  kind: K,
  facts: ClientFacts[K] = CLIENT_FACTS[kind],
  ticket = CLIENT_CASE,
): string {
  return plainText(clientLetter(language, kind, { ticket, facts }));
}

describe.each(LANGUAGES)('letters in %s', (language) => {
  it.each(CLIENT_NOTICES)('tells the client of %s: the number, the way to answer, and the time he has', (kind) => {
    const letter = clientLetter(language, kind, { ticket: CLIENT_CASE, facts: CLIENT_FACTS[kind] });
    const text = plainText(letter);
    expect(letter.subject).toContain('1024');
    expect(text).toContain('1024');
    expect(text).toContain(CLIENT_CASE.link);
    expect(text).toContain('Асанова Айгуль');
    expect(text.includes(DEADLINE[language])).toBe(JSON.stringify(CLIENT_FACTS[kind]).includes(`${DUE_AT}`));
    expect(text).not.toMatch(/undefined|null|NaN|\[object/);
  });

  it.each(STAFF_NOTICES)('tells staff of %s: which ticket, whose, and the deadline', (kind) => {
    const letter = staffLetter(language, kind, { ticket: STAFF_CASE, facts: STAFF_FACTS[kind] });
    const text = plainText(letter);
    expect(letter.subject).toContain('1024');
    expect(text).toContain(STAFF_CASE.link);
    expect(text).toContain('Лаборатория «Ак-Суу»');
    expect(text.includes(DEADLINE[language])).toBe(JSON.stringify(STAFF_FACTS[kind]).includes(`${DUE_AT}`));
    expect(text).not.toMatch(/undefined|null|NaN|\[object/);
  });

  it('says nothing of a stranger’s own words to the address he gave (threats S3)', () => {
    const stranger = { ...CLIENT_CASE, name: null, topic: null };
    const text = toClient(language, 'receipt', { missing: [] }, stranger);
    expect(text).not.toContain('Асанова');
    expect(text).not.toContain('Не печатаются');
  });

  it('tells a client without an agreement where to renew it (§1.3)', () => {
    const text = toClient(language, 'declined', { reason: 'no-valid-agreement', words: '' });
    for (const contact of [...OFFICIAL_CHANNELS.phones, OFFICIAL_CHANNELS.email]) expect(text).toContain(contact);
  });

  it('gives the contacts of the vendor whose product it is (§3.5)', () => {
    const vendor = { name: 'Zebra', phone: '+996 312 000 000', email: 'help@zebra.example', website: null };
    const text = toClient(language, 'completion', {
      ...CLIENT_FACTS.completion,
      outcome: 'not-our-software',
      vendor,
    });
    for (const contact of ['Zebra', '+996 312 000 000', 'help@zebra.example']) expect(text).toContain(contact);
  });

  it('names the coming update (§3.6)', () => {
    const facts = { ...CLIENT_FACTS.completion, outcome: 'coming-update', releaseName: 'LIS 5.2' } as const;
    expect(toClient(language, 'completion', facts)).toContain('LIS 5.2');
  });

  it('says another thing for every reason and every level', () => {
    const declined = DECLINE_REASONS.map((reason) => toClient(language, 'declined', { reason, words: '' }));
    const postponed = POSTPONE_REASONS.map((reason) => toClient(language, 'postponed', { reason, words: '' }));
    const classified = SEVERITIES.map((severity) => toClient(language, 'classified', { severity, dueAt: null }));
    const all = [...declined, ...postponed, ...classified];
    expect(new Set(all).size).toBe(all.length);
  });

  it('promises no end of waiting for a question in triage (reading 18)', () => {
    const asked = { ...CLIENT_FACTS.question, waits: false };
    const waiting = toClient(language, 'question');
    expect(waiting.length).toBeGreaterThan(toClient(language, 'question', asked).length);
  });
});

it('says a deadline as people say it, with the year when it is another one', () => {
  const dueAt = bishkek('2027-01-12 09:05') + 59_999;
  const said = LANGUAGES.map((language) => toClient(language, 'classified', { severity: 4, dueAt }));
  expect(said[0]).toContain('Срок решения — до 09:05 вторника, 12 января 2027 года (время Бишкека).');
  expect(said[1]).toContain('Чечүү мөөнөтү: 2027-ж., 12-январь, шейшемби, саат 09:05 (Бишкек убактысы боюнча).');
  expect(said[2]).toContain('It is to be resolved by 09:05 on Tuesday, 12 January 2027 (Bishkek time).');
});

it('takes the date from Bishkek, not from the host (§2.4)', () => {
  const dueAt = Date.parse('2026-11-24T18:30:00Z');
  expect(toClient('ru', 'classified', { severity: 1, dueAt })).toContain('до 00:30 среды, 25 ноября');
});

it('says every month and weekday in Kyrgyz', () => {
  const said = (dueAt: number) => {
    const text = toClient('ky', 'classified', { severity: 4, dueAt });
    return /\d-(?<month>\p{L}+), (?<weekday>\p{L}+), саат/u.exec(text)?.groups ?? {};
  };
  const months = Array.from({ length: 12 }, (_, month) => said(Date.UTC(2026, month, 15))['month']);
  expect(months.join(' ')).toBe('январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь');
  const weekdays = Array.from({ length: 7 }, (_, day) => said(Date.UTC(2026, 10, 23 + day))['weekday']);
  expect(weekdays.join(' ')).toBe('дүйшөмбү шейшемби шаршемби бейшемби жума ишемби жекшемби');
});

it('asks for exactly what is missing (§3.2)', () => {
  const letter = clientLetter('ru', 'receipt', { ticket: CLIENT_CASE, facts: { missing: ['phone', 'frequency'] } });
  expect(letter.blocks.filter(({ kind }) => kind === 'list')).toEqual([
    { kind: 'list', items: ['номер телефона ответственного лица', 'как часто возникает проблема'] },
  ]);
});

it('reads in Russian like this', () => {
  expect(toClient('ru', 'completion')).toBe(`Здравствуйте, Асанова Айгуль!

Ваше обращение: «Не печатаются этикетки».

Мы подготовили ответ на ваше обращение.

| Обновите драйвер.

Подтвердите, пожалуйста, по ссылке, что вопрос по обращению № 1024 решён. Если вы не согласны, напишите там же причину, и мы продолжим работу.

Подтвердить или возразить:
https://support.siroca.com/client/token

Если до 18:00 вторника, 24 ноября (время Бишкека) ответа не будет, обращение закроется.

-- 
Служба технической поддержки «Сирока Технолоджи»
+996 755 979 805, +996 312 979 805, support@siroca.com, Telegram @Siroca_Technology_bot
`);
});

describe('a letter as HTML', () => {
  const EVIL = `<script>alert(1)</script> "><img src=x onerror='y'> & \u0000\u001b[31m`;

  it('shows the words of clients and staff as they are, never as markup', () => {
    const ticket = { ...CLIENT_CASE, name: EVIL, topic: EVIL };
    const page = html(clientLetter('ru', 'reply', { ticket, facts: { words: EVIL } }), 'ru');
    expect(page).not.toContain('<script');
    expect(page).not.toContain('<img');
    expect(page.split('&#60;script&#62;')).toHaveLength(4);
    // eslint-disable-next-line no-control-regex -- the characters that must not be there
    expect(page).not.toMatch(/[\u0000\u001b]/);
    const forStaff = staffLetter('ru', 'client-wrote', {
      ticket: { ...STAFF_CASE, topic: EVIL, clientName: EVIL, assigneeName: EVIL },
      facts: { words: EVIL },
    });
    expect(html(forStaff, 'ru')).not.toMatch(/<script|<img/);
  });

  it('keeps the lines of what was written', () => {
    const text = toClient('ru', 'reply', { words: 'Раз.\r\n\r\nДва.' });
    expect(text).toContain('| Раз.\n|\n| Два.');
    const page = html(clientLetter('ru', 'reply', { ticket: CLIENT_CASE, facts: { words: 'Раз.\r\nДва.' } }), 'ru');
    expect(page).toContain('white-space:pre-wrap');
    expect(page).toContain('Раз.\nДва.');
  });

  it('fetches nothing from anywhere, and says its language', () => {
    for (const language of LANGUAGES) {
      const page = html(
        clientLetter(language, 'completion', { ticket: CLIENT_CASE, facts: CLIENT_FACTS.completion }),
        language,
      );
      expect(page).not.toMatch(/src=|@import|url\(|<link|<script/);
      expect(page).toContain(`<html lang="${language}">`);
      expect(page.match(/href="([^"]+)"/g)).toEqual([`href="${CLIENT_CASE.link}"`]);
    }
  });
});
