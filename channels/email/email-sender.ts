import { createTransport } from 'nodemailer';
import type { Language } from '../../regulation/vocabulary.ts';
import type { ChannelSender, OutgoingMessage, SendResult } from '../channel.ts';
import { isMailAddress, isMessageId, plusAddress } from './mail-address.ts';

export interface EmailSettings {
  /** `smtp://user:password@host:port`, or `smtps:`. */
  smtpUrl: string;
  /** The official address (§2.1); answers come back to it with the ticket's reply token. */
  from: string;
}

/** The name beside the official address. */
const FROM_NAME: Readonly<Record<Language, string>> = {
  ru: 'Поддержка «Сирока Технолоджи»',
  ky: '«Сирока Технолоджи» колдоо кызматы',
  en: 'Siroca Technology support',
};

/** Mail by SMTP. */
export function createEmailSender({ smtpUrl, from }: EmailSettings): ChannelSender {
  const transport = createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: 10,
    // The pool would send again by itself when a connection breaks; a repeat is the caller's affair, who counts them.
    maxRequeues: 0,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    dnsTimeout: 10_000,
    socketTimeout: 15_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const sending = new Set<Promise<SendResult>>();

  async function send(message: OutgoingMessage): Promise<SendResult> {
    if (!isMailAddress(message.to.address)) return { outcome: 'failed', code: 'bad-address', permanent: true };
    try {
      await transport.sendMail(mailOf(message, from));
      return { outcome: 'delivered', externalId: message.messageId };
    } catch (error) {
      return failure(error);
    }
  }

  return {
    async send(message) {
      const result = send(message);
      sending.add(result);
      try {
        return await result;
      } finally {
        sending.delete(result);
      }
    },
    async close() {
      await Promise.all(sending);
      transport.close();
    },
  };
}

function mailOf(message: OutgoingMessage, from: string) {
  const { to, subject, text, html, messageId } = message;
  const references = message.references.filter(isMessageId);
  const inReplyTo = references.at(-1);
  return {
    from: { name: FROM_NAME[message.language], address: from },
    to: { name: to.name ?? '', address: to.address },
    // The envelope is said apart, so that no header can add to it. An empty sender: nobody is told of a bounce.
    envelope: { from: message.bounces === 'returned' ? from : '', to: [to.address] },
    subject,
    text,
    html,
    messageId,
    ...(inReplyTo === undefined ? {} : { inReplyTo, references }),
    ...(message.replyToken === null ? {} : { replyTo: plusAddress(from, message.replyToken) }),
    headers: { 'Content-Language': message.language, ...automaticHeaders(message.author) },
  };
}

/** What keeps two robots from writing to each other for ever (RFC 3834; threats S4). */
function automaticHeaders(author: OutgoingMessage['author']): Record<string, string> {
  if (author === 'person') return {};
  const submitted = author === 'system' ? 'auto-generated' : 'auto-replied';
  return { 'Auto-Submitted': submitted, 'X-Auto-Response-Suppress': 'All' };
}

/** How nodemailer tells what went wrong; its message quotes the address, so it goes no further. */
interface SmtpError {
  code?: string;
  command?: string;
  responseCode?: number;
}

/**
 * Only a final refusal of this recipient or this message is permanent. That we may not log in, that our sender address
 * is refused or that nobody answers is ours to mend, and the message waits for it.
 */
function failure(error: unknown): SendResult {
  const { code, command, responseCode } = error as SmtpError;
  const isFinal = responseCode !== undefined && responseCode >= 500;
  if (isFinal && command === 'RCPT TO') return { outcome: 'failed', code: 'address-refused', permanent: true };
  if (isFinal && command === 'DATA') return { outcome: 'failed', code: 'message-refused', permanent: true };
  if (code === 'EENVELOPE' && command === 'API') return { outcome: 'failed', code: 'bad-address', permanent: true };
  return { outcome: 'failed', code: `smtp-${responseCode ?? code ?? 'unknown'}`.toLowerCase(), permanent: false };
}
