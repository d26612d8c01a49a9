import type { AddressInfo, Socket } from 'node:net';
import { callbackify } from 'node:util';
import { simpleParser } from 'mailparser';
import type { ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import type { SMTPServerDataStream, SMTPServerSession } from 'smtp-server';

export interface ReceivedMail {
  /** The envelope, which alone decides who gets it; an empty sender is ''. */
  from: string;
  to: string[];
  raw: string;
  mail: ParsedMail;
}

/** What the server does with a letter, by its recipient. */
export type Treatment =
  | 'accept'
  /** It has the letter, and the connection breaks before it says so (RFC 1047). */
  | 'take-and-drop'
  /** It has the letter's text, keeps nothing, and never answers. */
  | 'hang'
  /** An answer to RCPT TO. */
  | { refuse: number }
  /** An answer after the letter's text. */
  | { refuseLetter: number };

/** A mail server of the outside world, which misbehaves as it is told. */
export interface MailServer {
  url: string;
  received: ReceivedMail[];
  /** Recipients of letters that hang. */
  hanging: string[];
  treat(address: string, treatment: Treatment): void;
  lettersTo(address: string): ReceivedMail[];
  stop(): Promise<void>;
}

export async function startMailServer(port = 0): Promise<MailServer> {
  const received: ReceivedMail[] = [];
  const hanging: string[] = [];
  const treatments = new Map<string, Treatment>();
  const sockets = new Set<Socket>();
  const treatmentOf = (address: string | undefined): Treatment => treatments.get(address ?? '') ?? 'accept';

  /** Resolves when the letter is taken, fails when it is refused, and breaks every connection where it is told to. */
  async function keep(stream: SMTPServerDataStream, { envelope }: SMTPServerSession): Promise<void> {
    const raw = Buffer.concat((await stream.toArray()) as Buffer[]).toString();
    const to = envelope.rcptTo.map(({ address }) => address);
    const treatment = treatmentOf(to[0]);
    if (treatment === 'hang') {
      hanging.push(...to);
      await new Promise<void>(() => {});
    }
    if (typeof treatment === 'object' && 'refuseLetter' in treatment) throw answer(treatment.refuseLetter);
    const mail = await simpleParser(raw, { skipHtmlToText: true, skipTextToHtml: true });
    received.push({ from: envelope.mailFrom === false ? '' : envelope.mailFrom.address, to, raw, mail });
    if (treatment !== 'take-and-drop') return;
    for (const socket of sockets) socket.destroy();
    await new Promise<void>(() => {});
  }

  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    hideENHANCEDSTATUSCODES: false,
    onRcptTo({ address }, _session, callback) {
      const treatment = treatmentOf(address);
      if (typeof treatment === 'object' && 'refuse' in treatment) callback(answer(treatment.refuse));
      else callback();
    },
    onData: callbackify(keep),
  });
  server.on('error', () => {});
  server.server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });

  return {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    received,
    hanging,
    treat: (address, treatment) => treatments.set(address, treatment),
    lettersTo: (address) => received.filter(({ to }) => to.includes(address)),
    stop: () =>
      new Promise<void>((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

function answer(responseCode: number): Error & { responseCode: number } {
  return Object.assign(new Error('refused by the test'), { responseCode });
}
