import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { ChannelSender, OutgoingMessage } from '../../channels/channel.ts';
import { createEmailSender } from '../../channels/email/email-sender.ts';
import { startMailServer } from '../support/mail-server.ts';
import type { MailServer } from '../support/mail-server.ts';

let server: MailServer;
let sender: ChannelSender;
beforeAll(async () => {
  server = await startMailServer();
  sender = createEmailSender({ smtpUrl: server.url, from: 'support@siroca.com' });
});
afterAll(async () => {
  await sender.close();
  await server.stop();
});

function letter(address: string, overrides: Partial<OutgoingMessage> = {}): OutgoingMessage {
  return {
    to: { address, name: 'Асанова Айгуль' },
    language: 'ru',
    subject: 'Обращение № 1024: нужен ваш ответ',
    text: 'Здравствуйте!',
    html: '<p>Здравствуйте!</p>',
    messageId: `<1024.${address}@siroca.com>`,
    references: [],
    replyToken: 'abcdefgh234567',
    author: 'person',
    bounces: 'returned',
    ...overrides,
  };
}

it('hands a letter over with the id it was given, and with an answer address that joins the ticket', async () => {
  const message = letter('one@client.example', { references: ['<first@client.example>', '<second@siroca.com>'] });
  expect(await sender.send(message)).toEqual({ outcome: 'delivered', externalId: message.messageId });
  const [received] = server.lettersTo('one@client.example');
  expect(received).toMatchObject({ from: 'support@siroca.com', to: ['one@client.example'] });
  expect(received?.mail).toMatchObject({
    subject: 'Обращение № 1024: нужен ваш ответ',
    messageId: message.messageId,
    inReplyTo: '<second@siroca.com>',
    references: ['<first@client.example>', '<second@siroca.com>'],
    text: 'Здравствуйте!',
    html: '<p>Здравствуйте!</p>',
  });
  expect(received?.mail.from?.value).toEqual([
    { address: 'support@siroca.com', name: 'Поддержка «Сирока Технолоджи»' },
  ]);
  expect(received?.mail.replyTo?.text).toBe('support+abcdefgh234567@siroca.com');
});

it('marks what no person wrote, so that robots stay silent, and leaves a person unmarked (threats S4)', async () => {
  await sender.send(letter('receipt@client.example', { author: 'system-in-answer', bounces: 'dropped' }));
  await sender.send(letter('reminder@client.example', { author: 'system' }));
  await sender.send(letter('reply@client.example'));
  const marks = ['receipt', 'reminder', 'reply'].map((name) => {
    const [received] = server.lettersTo(`${name}@client.example`);
    const { headers } = received?.mail ?? { headers: new Map() };
    return [received?.from, headers.get('auto-submitted'), headers.get('x-auto-response-suppress')];
  });
  expect(marks).toEqual([
    ['', 'auto-replied', 'All'],
    ['support@siroca.com', 'auto-generated', 'All'],
    ['support@siroca.com', undefined, undefined],
  ]);
});

it.each<[number, Awaited<ReturnType<ChannelSender['send']>>]>([
  [451, { outcome: 'failed', code: 'smtp-451', permanent: false }],
  [550, { outcome: 'failed', code: 'address-refused', permanent: true }],
])('takes a refusal of the address with %i as it is meant', async (refuse, result) => {
  server.treat(`refused-${refuse}@client.example`, { refuse });
  expect(await sender.send(letter(`refused-${refuse}@client.example`))).toEqual(result);
});

it.each<[number, Awaited<ReturnType<ChannelSender['send']>>]>([
  [452, { outcome: 'failed', code: 'smtp-452', permanent: false }],
  [554, { outcome: 'failed', code: 'message-refused', permanent: true }],
])('takes a refusal of the letter with %i as it is meant', async (refuseLetter, result) => {
  server.treat(`letter-${refuseLetter}@client.example`, { refuseLetter });
  expect(await sender.send(letter(`letter-${refuseLetter}@client.example`))).toEqual(result);
});

it('sends once and says that it does not know when the connection breaks before the answer', async () => {
  server.treat('dropped@client.example', 'take-and-drop');
  const result = await sender.send(letter('dropped@client.example'));
  expect(result).toMatchObject({ outcome: 'failed', permanent: false });
  expect(server.lettersTo('dropped@client.example')).toHaveLength(1);
  server.treat('dropped@client.example', 'accept');
  expect(await sender.send(letter('dropped@client.example'))).toMatchObject({ outcome: 'delivered' });
  const ids = server.lettersTo('dropped@client.example').map(({ mail }) => mail.messageId);
  expect(new Set(ids).size).toBe(1);
});

it('waits for a mail server that is not there', async () => {
  const gone = await startMailServer();
  await gone.stop();
  const lonely = createEmailSender({ smtpUrl: gone.url, from: 'support@siroca.com' });
  expect(await lonely.send(letter('one@client.example'))).toMatchObject({ outcome: 'failed', permanent: false });
  await lonely.close();
});

it('takes a refusal at the door for a trouble of ours, not of the recipient', async () => {
  const door = createServer((socket) => socket.end('554 no service here\r\n'));
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
  const turnedAway = createEmailSender({
    smtpUrl: `smtp://127.0.0.1:${(door.address() as AddressInfo).port}`,
    from: 'support@siroca.com',
  });
  expect(await turnedAway.send(letter('one@client.example'))).toMatchObject({ outcome: 'failed', permanent: false });
  await turnedAway.close();
  door.close();
});

it.each([
  'nobody',
  '',
  'a@b.example, evil@thief.example',
  'a@b.example\r\nBcc: evil@thief.example',
  '<a@b.example>',
  'a b@c.example',
  `${'a'.repeat(65)}@b.example`,
])('refuses %p as an address, and nobody gets anything (threats S16)', async (address) => {
  const before = server.received.length;
  expect(await sender.send(letter(address))).toEqual({ outcome: 'failed', code: 'bad-address', permanent: true });
  expect(server.received).toHaveLength(before);
});

it('lets no line break of a name, a subject or a foreign id become a header or a recipient (threats S16)', async () => {
  await sender.send(
    letter('injected@client.example', {
      to: { address: 'injected@client.example', name: 'Имя"\r\nBcc: evil@thief.example\r\nX-Evil: 1' },
      subject: 'Тема\r\nX-Evil: 1\r\n\r\n<script>',
      references: ['<good@client.example>', '<bad@client.example>\r\nX-Evil: 1', 'no id at all'],
    }),
  );
  const [received] = server.lettersTo('injected@client.example');
  expect(received?.to).toEqual(['injected@client.example']);
  expect(received?.mail.headers.has('x-evil')).toBe(false);
  expect(received?.mail.headers.has('bcc')).toBe(false);
  expect(received?.mail.references).toBe('<good@client.example>');
  expect(server.lettersTo('evil@thief.example')).toEqual([]);
});
