import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import type { Letters } from './letters.ts';

const LARGEST_LETTER_BYTES = 25 * 1024 * 1024;

/**
 * A mail server that takes every letter for the whole world and keeps it. Two kinds of address show what else a mail
 * server may say: to one that begins with `bounce` nothing can be delivered, and one that begins with `later` is to be
 * tried again.
 */
export function createSmtpServer(letters: Letters, log: (line: string) => void): SMTPServer {
  const server = new SMTPServer({
    name: 'mail-sink',
    banner: 'letters end here',
    disabledCommands: ['AUTH', 'STARTTLS'],
    authOptional: true,
    size: LARGEST_LETTER_BYTES,
    onRcptTo({ address }, _session, answer) {
      answer(refusalOf(address));
    },
    onData(stream, session, answer) {
      keep(letters, stream, session).then(
        (id) => answer(null, `kept as ${id}`),
        (error: Error) => {
          log(`a letter was not kept: ${error.message}`);
          answer(error);
        },
      );
    },
  });
  server.on('error', (error) => log(`SMTP: ${error.message}`));
  return server;
}

function refusalOf(address: string): (Error & { responseCode: number }) | null {
  const box = address.toLowerCase();
  if (box.startsWith('bounce')) return Object.assign(new Error('5.1.1 no such mailbox here'), { responseCode: 550 });
  if (box.startsWith('later')) return Object.assign(new Error('4.2.1 not now, try again later'), { responseCode: 451 });
  return null;
}

async function keep(letters: Letters, stream: SMTPServerDataStream, session: SMTPServerSession): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  if (stream.sizeExceeded) throw Object.assign(new Error('5.3.4 the letter is too big'), { responseCode: 552 });
  const { mailFrom, rcptTo } = session.envelope;
  const envelope = {
    from: mailFrom === false ? '' : mailFrom.address,
    to: rcptTo.map(({ address }) => address.toLowerCase()),
  };
  return letters.keep(envelope, Buffer.concat(chunks));
}
