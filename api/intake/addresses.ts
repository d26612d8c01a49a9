import { z } from 'zod';
import type { SenderAddresses } from '../../prisma/senders.ts';
import { assertNever } from '../../regulation/errors.ts';
import type { Channel } from '../../regulation/vocabulary.ts';

/** What separates or wraps addresses in a mail header, and control characters, are in none of ours. */
const EMAIL = /^[^\s@"(),:;<>[\\\]\p{Cc}]{1,64}@[^\s@"(),:;<>[\\\]\p{Cc}]{1,189}$/u;

/** An e-mail address in its kept form, lower case. */
export const Email = z
  .string()
  .max(254)
  .regex(EMAIL, 'must be one e-mail address, such as name@example.com')
  .transform((text) => text.toLowerCase());

/**
 * A telephone number as it is kept, `+` and digits, or null when it is none. Written without a country it is of
 * Kyrgyzstan: `0555 123 456` is +996555123456.
 */
export function phoneNumberOf(text: string): string | null {
  const bare = text.replaceAll(/[\s().-]/gu, '').replace(/^00/u, '+');
  if (/^\+\d{7,15}$/.test(bare)) return bare;
  if (/^996\d{9}$/.test(bare)) return `+${bare}`;
  return /^0\d{9}$/.test(bare) ? `+996${bare.slice(1)}` : null;
}

export function emailOf(text: string): string | null {
  return EMAIL.test(text) ? text.toLowerCase() : null;
}

/** What the address that a channel saw says of its sender: it selects the contact, and proves nothing (reading 17). */
export function addressesOf(channel: Channel, address: string): SenderAddresses {
  const none: SenderAddresses = { email: null, phone: null, telegramChatId: null };
  switch (channel) {
    case 'email':
      return { ...none, email: emailOf(address) };
    case 'telegram':
      return { ...none, telegramChatId: address };
    case 'phone':
      return { ...none, phone: phoneNumberOf(address) };
    case 'web-form':
    case 'web-chat':
      return { ...none, email: emailOf(address), phone: phoneNumberOf(address) };
    default:
      return assertNever(channel);
  }
}
