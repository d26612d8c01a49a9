import { createHmac } from 'node:crypto';
import { domainOf } from './mail-address.ts';

/**
 * The Message-ID of a notice to one recipient. It is derived, so that a notice sent twice, because a crash hid the first
 * time, is known as one by whoever gets it; and it is not to be guessed, so that an answer to it proves that the mail
 * was seen.
 */
export function noticeMessageId(
  secret: string,
  { noticeId, recipient, from }: { noticeId: string; recipient: string; from: string },
): string {
  const mark = createHmac('sha256', secret).update(`message-id:${noticeId}:${recipient}`).digest('hex').slice(0, 32);
  const [ticketNumber, version] = noticeId.split(':');
  return `<${ticketNumber}.${version}.${mark}@${domainOf(from)}>`;
}
