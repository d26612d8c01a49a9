import { once } from 'node:events';
import path from 'node:path';
import { createHttpServer } from './mail-sink/http.ts';
import { Letters } from './mail-sink/letters.ts';
import { createSmtpServer } from './mail-sink/smtp.ts';
import { readStackSettings } from './stack/stack-settings.ts';

/**
 * The end of the line for all mail of the local stack: a mail server whose letters go no further, and pages to read
 * them. Both on this machine alone.
 */
const { dataFolder, ports } = readStackSettings(process.env);
const letters = new Letters(path.join(dataFolder, 'mail'));
const smtp = createSmtpServer(letters, console.error);
const http = createHttpServer(letters);

smtp.listen(ports.mailSmtp, '127.0.0.1');
http.listen(ports.mailPages, '127.0.0.1');
await Promise.all([once(smtp.server, 'listening'), once(http, 'listening')]);
process.send?.('ready');
process.channel?.unref();

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    http.close();
    http.closeAllConnections();
    smtp.close(() => {});
  });
}
