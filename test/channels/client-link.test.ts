import { expect, it } from '@jest/globals';
import { clientLink, makeToken, readToken, TOKEN_PURPOSES } from '../../channels/client-link.ts';

const SECRET = 'a secret of the tests, thirty-two characters';
const CONTENT = { ticketNumber: 1024, keyVersion: 1 };
const LINK = makeToken(SECRET, { purpose: 'client-link', ...CONTENT });
const REPLY = makeToken(SECRET, { purpose: 'reply', ...CONTENT });

it.each([
  { ticketNumber: 0, keyVersion: 0 },
  { ticketNumber: 1, keyVersion: 1 },
  { ticketNumber: 2_147_483_647, keyVersion: 65_535 },
])('reads back what it made for ticket $ticketNumber', (content) => {
  for (const purpose of TOKEN_PURPOSES) {
    expect(readToken(SECRET, purpose, makeToken(SECRET, { purpose, ...content }))).toEqual(content);
  }
});

it('makes the same token for the same ticket, so that a repeated answer repeats it', () => {
  expect(makeToken(SECRET, { purpose: 'client-link', ...CONTENT })).toBe(LINK);
});

it('fits an URL and the local part of a mail address', () => {
  expect(LINK).toMatch(/^[a-z2-7]{42}$/);
  expect(`support+${REPLY}`.length).toBeLessThanOrEqual(64);
});

it('refuses a token made for the other purpose', () => {
  expect(readToken(SECRET, 'reply', LINK)).toBeNull();
  expect(readToken(SECRET, 'client-link', REPLY)).toBeNull();
});

it('refuses a token made with another secret', () => {
  expect(readToken(`${SECRET}.`, 'client-link', LINK)).toBeNull();
});

it('tells the version it was made for, so that an older one can be refused', () => {
  const older = makeToken(SECRET, { purpose: 'client-link', ticketNumber: 1024, keyVersion: 1 });
  const newer = makeToken(SECRET, { purpose: 'client-link', ticketNumber: 1024, keyVersion: 2 });
  expect(newer).not.toBe(older);
  expect(readToken(SECRET, 'client-link', older)?.keyVersion).toBe(1);
});

it('takes a reply token in any case, because mail systems fold addresses, and a link in its own alone', () => {
  expect(readToken(SECRET, 'reply', REPLY.toUpperCase())).toEqual(CONTENT);
  expect(readToken(SECRET, 'client-link', LINK.toUpperCase())).toBeNull();
});

it('refuses every other length', () => {
  const lengths = Array.from({ length: 65 }, (_, length) => length).filter((length) => length !== LINK.length);
  const others = lengths.map((length) => LINK.repeat(2).slice(0, length));
  expect(others.filter((other) => readToken(SECRET, 'client-link', other) !== null)).toEqual([]);
});

it('refuses a change of any one character', () => {
  const changed = Array.from(LINK).flatMap((character, at) =>
    Array.from('abcdefghijklmnopqrstuvwxyz234567')
      .filter((digit) => digit !== character)
      .map((digit) => LINK.slice(0, at) + digit + LINK.slice(at + 1)),
  );
  expect(changed).toHaveLength(42 * 31);
  expect(changed.filter((other) => readToken(SECRET, 'client-link', other) !== null)).toEqual([]);
});

it.each([undefined, null, 0, {}, [LINK], '', ' ', `${LINK.slice(1)} `, `${LINK.slice(0, 41)}я`, '%20'])(
  'refuses %p without failing',
  (text) => {
    expect(readToken(SECRET, 'client-link', text)).toBeNull();
  },
);

it('makes the address from the configured one, however it ends', () => {
  expect(clientLink('https://support.siroca.com/', LINK)).toBe(`https://support.siroca.com/client/${LINK}`);
  expect(clientLink('https://support.siroca.com', LINK)).toBe(`https://support.siroca.com/client/${LINK}`);
});
