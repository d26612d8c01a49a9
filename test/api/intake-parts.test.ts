import { describe, expect, it } from '@jest/globals';
import { Turnstile } from '../../api/dispatch/turnstile.ts';
import { FailedAttempts } from '../../api/failed-attempts.ts';
import { Email, phoneNumberOf } from '../../api/intake/addresses.ts';
import { oneLine, subjectFrom } from '../../api/intake/fields.ts';
import { companyDateOf } from '../../api/intake/local-date.ts';
import { receiptOf } from '../../api/intake/receipt.ts';
import { DAY_MS } from '../../regulation/instant.ts';

describe('phoneNumberOf', () => {
  for (const [written, kept] of [
    ['+996 755 979 805', '+996755979805'],
    ['00996-755-979-805', '+996755979805'],
    ['996755979805', '+996755979805'],
    ['0755 97 98 05', '+996755979805'],
    ['+7 (495) 123-45-67', '+74951234567'],
    ['+1234567', '+1234567'],
    ['+123456', null],
    ['+1234567890123456', null],
    ['755979805', null],
    ['8 800 КОНТАКТ', null],
    ['', null],
    ['0755979805; 0755979806', null],
  ] as const) {
    it(`keeps "${written}" as ${kept}`, () => expect(phoneNumberOf(written)).toBe(kept));
  }
});

describe('Email', () => {
  for (const good of ['a@b.example', 'Имя@почта.example', "o'brien+x@b.example", `${'a'.repeat(64)}@b.example`]) {
    it(`takes ${good}`, () => expect(Email.parse(good)).toBe(good.toLowerCase()));
  }
  for (const bad of [
    'a',
    '@b',
    'a@',
    'a@b@c',
    'a b@c',
    'a@b\n',
    'a,b@c',
    'a@b,c@d',
    '<a@b>',
    '"a"@b',
    'a@b;',
    `${'a'.repeat(65)}@b`,
  ]) {
    it(`refuses ${JSON.stringify(bad)}`, () => expect(Email.safeParse(bad).success).toBe(false));
  }
});

describe('a field of one line', () => {
  it('turns line breaks and control characters into single spaces', () => {
    expect(oneLine(100).parse(' a\r\n\tb\u0007\u0085c ')).toBe('a b c');
  });
  it('makes a subject of the first line with words, cut between characters', () => {
    expect(subjectFrom('\n\n  Первая\tстрока \nвторая')).toBe('Первая строка');
    expect(subjectFrom('  ')).toBe('—');
    const long = subjectFrom('😀'.repeat(200));
    expect([Array.from(long).length, long.at(-1)]).toEqual([120, '…']);
  });
});

describe('companyDateOf (reading 11)', () => {
  it('is the date in Bishkek, six hours ahead of UTC', () => {
    expect(companyDateOf(Date.parse('2026-11-23T17:59:59.999Z'))).toBe('2026-11-23');
    expect(companyDateOf(Date.parse('2026-11-23T18:00:00.000Z'))).toBe('2026-11-24');
  });
});

describe('receiptOf (reading 4)', () => {
  const now = Date.parse('2026-11-24T10:00:00Z');
  const told = (offsetMs: number) => receiptOf(new Date(now + offsetMs).toISOString(), now);
  it('is now when nothing is told', () => expect(receiptOf(undefined, now)).toBe(now));
  it('reads an offset', () => expect(receiptOf('2026-11-24T15:30:00+06:00', now)).toBe(now - 30 * 60_000));
  it('is the told one 7 days back to the millisecond, and no further', () => {
    expect(told(-7 * DAY_MS)).toBe(now - 7 * DAY_MS);
    expect(() => told(-7 * DAY_MS - 1)).toThrow(expect.objectContaining({ code: 'received-too-long-ago' }));
  });
  it('is now for a clock that is a minute ahead, and no more', () => {
    expect(told(60_000)).toBe(now);
    expect(() => told(60_001)).toThrow(expect.objectContaining({ code: 'received-in-the-future' }));
  });
});

describe('FailedAttempts', () => {
  it('lets through again when the oldest failure has left the window', () => {
    const attempts = new FailedAttempts({ most: 2, windowMs: 1_000 });
    attempts.failed('a', 0);
    expect(attempts.waitSeconds('a', 0)).toBeNull();
    attempts.failed('a', 500);
    expect(attempts.waitSeconds('a', 999)).toBe(1);
    expect(attempts.waitSeconds('b', 999)).toBeNull();
    expect(attempts.waitSeconds('a', 1_000)).toBeNull();
  });
  it('forgets failures after a success', () => {
    const attempts = new FailedAttempts({ most: 1, windowMs: 1_000 });
    attempts.failed('a', 0);
    attempts.succeeded('a');
    expect(attempts.waitSeconds('a', 0)).toBeNull();
  });
  it('keeps its memory bounded under an attack by many names, and the newest of them', () => {
    const attempts = new FailedAttempts({ most: 1, windowMs: 1_000_000 });
    for (let i = 0; i < 10_050; i += 1) attempts.failed(`name ${i}`, i);
    expect(attempts.waitSeconds('name 0', 10_050)).toBeNull();
    expect(attempts.waitSeconds('name 10049', 10_050)).not.toBeNull();
  });
});

describe('Turnstile', () => {
  it('lets so many through at once, the others in order, also after a failure', async () => {
    const turnstile = new Turnstile(2);
    let inside = 0;
    let most = 0;
    const order: number[] = [];
    const passing = Array.from({ length: 6 }, (_, index) =>
      turnstile.pass(async () => {
        inside += 1;
        most = Math.max(most, inside);
        order.push(index);
        await new Promise((resolve) => setImmediate(resolve));
        inside -= 1;
        if (index === 1) throw new Error('one of them fails');
      }),
    );
    const results = await Promise.allSettled(passing);
    await turnstile.empty();
    expect(results.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      ...Array.from({ length: 4 }, () => 'fulfilled'),
    ]);
    expect({ most, inside, order }).toEqual({ most: 2, inside: 0, order: [0, 1, 2, 3, 4, 5] });
  });
});
