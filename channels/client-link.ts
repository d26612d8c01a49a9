import { createHmac, timingSafeEqual } from 'node:crypto';
import { publicAddress } from './public-address.ts';

/** What a token lets its holder do: open the ticket's page (`client-link`), or join its conversation by mail (`reply`). */
export const TOKEN_PURPOSES = ['client-link', 'reply'] as const;
export type TokenPurpose = (typeof TOKEN_PURPOSES)[number];

export interface TokenContent {
  ticketNumber: number;
  /** The ticket's `linkKeyVersion` when the token was made; raising that revokes every token made before. */
  keyVersion: number;
}

/**
 * A token for one ticket and one purpose: the same for the same content, so that a repeated answer repeats it, and
 * not to be made without the secret. 42 characters of `a-z2-7`: safe in an URL and, after `support+`, in
 * the local part of a mail address, which some systems fold to one case.
 */
export function makeToken(
  secret: string,
  { purpose, ticketNumber, keyVersion }: TokenContent & { purpose: TokenPurpose },
): string {
  const content = Buffer.alloc(CONTENT_BYTES);
  content.writeUInt32BE(ticketNumber, 0);
  content.writeUInt16BE(keyVersion, 4);
  const mark = createHmac('sha256', secret).update(`${purpose}:`).update(content).digest().subarray(0, MARK_BYTES);
  return base32(Buffer.concat([content, mark]));
}

/**
 * What a token says, or null when it is not one of ours for this purpose. `text` is anything a stranger sent. The
 * caller must still compare `keyVersion` with the ticket's: an older one has been revoked.
 */
export function readToken(secret: string, purpose: TokenPurpose, text: unknown): TokenContent | null {
  if (typeof text !== 'string' || text.length !== TOKEN_LENGTH) return null;
  const given = purpose === 'reply' ? text.toLowerCase() : text;
  if (!/^[a-z2-7]+$/.test(given)) return null;
  const content = contentOf(given);
  const expected = makeToken(secret, { purpose, ...content });
  return timingSafeEqual(Buffer.from(given), Buffer.from(expected)) ? content : null;
}

/** The address of the page that a client is given to follow his ticket and to answer, confirm or disagree. */
export function clientLink(publicUrl: string, token: string): string {
  return publicAddress(publicUrl, `client/${token}`);
}

const CONTENT_BYTES = 6;
/** 160 bits; 128 would do. */
const MARK_BYTES = 20;
const TOKEN_LENGTH = Math.ceil(((CONTENT_BYTES + MARK_BYTES) * 8) / 5);
const DIGITS = 'abcdefghijklmnopqrstuvwxyz234567';

function base32(bytes: Buffer): string {
  let text = '';
  for (let bit = 0; bit < bytes.length * 8; bit += 5) {
    const at = bit >> 3;
    const pair = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
    text += DIGITS[(pair >> (11 - (bit & 7))) & 31];
  }
  return text;
}

/** The first six bytes; the spare bits at the end are caught by the comparison of whole texts. */
function contentOf(token: string): TokenContent {
  let value = 0n;
  for (const digit of token.slice(0, 10)) value = (value << 5n) | BigInt(DIGITS.indexOf(digit));
  return { ticketNumber: Number(value >> 18n), keyVersion: Number((value >> 2n) & 0xffffn) };
}
