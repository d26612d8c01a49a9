import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createTransport, type SendMailOptions } from 'nodemailer';
import type { SMTPServer } from 'smtp-server';
import { createHttpServer } from '../../tools/mail-sink/http.ts';
import { Letters, type Letter } from '../../tools/mail-sink/letters.ts';
import { createSmtpServer } from '../../tools/mail-sink/smtp.ts';

describe('the mailbox of the local stack', () => {
  let folder: string;
  let smtp: SMTPServer;
  let http: Server;
  let pages: string;

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'siroca-mail-'));
    const letters = new Letters(folder);
    smtp = createSmtpServer(letters, () => {});
    smtp.listen(0, '127.0.0.1');
    http = createHttpServer(letters).listen(0, '127.0.0.1');
    await Promise.all([once(smtp.server, 'listening'), once(http, 'listening')]);
    pages = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    http.close();
    http.closeAllConnections();
    await new Promise<void>((resolve) => smtp.close(resolve));
    rmSync(folder, { recursive: true });
  });

  it('keeps a letter and gives it as JSON, Cyrillic, envelope and headers as they were', async () => {
    await send({
      from: '"Поддержка" <support@siroca.example>',
      to: 'Gulmira@Ak-Suu.example',
      envelope: { from: '', to: 'Gulmira@Ak-Suu.example' },
      subject: 'Обращение № 1 зарегистрировано',
      text: 'Здравствуйте, Гульмира!\n\nhttp://127.0.0.1:8080/v1/client/abc?x=1&y=2.',
      html: '<p>Здравствуйте</p>',
      headers: { 'Auto-Submitted': 'auto-replied' },
    });
    const [letter] = await list('?to=gulmira@ak-suu.example');
    expect(letter).toMatchObject({
      to: ['gulmira@ak-suu.example'],
      from: '"Поддержка" <support@siroca.example>',
      envelopeFrom: '',
      subject: 'Обращение № 1 зарегистрировано',
      text: 'Здравствуйте, Гульмира!\n\nhttp://127.0.0.1:8080/v1/client/abc?x=1&y=2.',
      html: expect.stringContaining('<p>Здравствуйте</p>'),
      headers: { 'auto-submitted': 'auto-replied' },
    });
    const one = await fetch(`${pages}/api/messages/${letter?.id}`);
    expect(await one.json()).toEqual(letter);
  });

  it('lists the newest first, for one address or for all', async () => {
    await send({ to: 'first@list.example', subject: 'first' });
    await send({ to: 'second@list.example', subject: 'second' });
    const subjects = (await list('?limit=2')).map(({ subject }) => subject);
    expect(subjects).toEqual(['second', 'first']);
    expect((await list('?to=first@list.example')).map(({ subject }) => subject)).toEqual(['first']);
  });

  it('refuses for good an address that begins with bounce, and for now one that begins with later', async () => {
    await expect(send({ to: 'bounce.me@ak-suu.example', subject: 'x' })).rejects.toMatchObject({ responseCode: 550 });
    await expect(send({ to: 'later@ak-suu.example', subject: 'x' })).rejects.toMatchObject({ responseCode: 451 });
    expect(await list('?to=bounce.me@ak-suu.example')).toEqual([]);
  });

  it('has its letters again after a restart', async () => {
    await send({ to: 'kept@ak-suu.example', subject: 'kept' });
    const [letter] = await new Letters(folder).newest(1);
    expect(letter).toMatchObject({ subject: 'kept' });
  });

  it('shows a letter as a page with links to click on, and runs nothing that it holds', async () => {
    await send({
      to: 'page@ak-suu.example',
      subject: '<script>alert(1)</script>',
      text: 'Откройте http://127.0.0.1:8080/v1/client/abc?x=1&y="><script>. Спасибо',
    });
    const [letter] = await list('?to=page@ak-suu.example');
    const page = await fetch(`${pages}/messages/${letter?.id}`);
    const html = await page.text();
    expect(html).not.toContain('<script>');
    expect(html).toContain('href="http://127.0.0.1:8080/v1/client/abc?x=1&amp;y="');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await (await fetch(pages)).text()).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  });

  it('answers 404 for a letter that is not there, whatever its name', async () => {
    for (const place of ['/messages/20261124120000000-00000000', '/api/messages/..%2f..%2fetc', '/nothing']) {
      expect((await fetch(`${pages}${place}`)).status).toBe(404);
    }
  });

  function send(letter: SendMailOptions): Promise<unknown> {
    const { port } = smtp.server.address() as AddressInfo;
    const transport = createTransport({ host: '127.0.0.1', port, secure: false, ignoreTLS: true });
    return transport.sendMail({ from: 'support@siroca.example', text: 'x', ...letter });
  }

  async function list(query: string): Promise<Letter[]> {
    const answer = await fetch(`${pages}/api/messages${query}`);
    return (await answer.json()) as Letter[];
  }
});
