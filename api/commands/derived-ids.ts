import { createHash } from 'node:crypto';

/** Who acts on which ticket under which Idempotency-Key: a repeat has the same three, and so the same ids. */
export interface Occasion {
  actor: string;
  ticketNumber: number;
  key: string;
}

/** The id of the workflow's update: a repeat is answered with the first one's result. No words and no key are in it. */
export function updateIdOf(occasion: Occasion): string {
  return digestOf(occasion, 'update').toString('base64url');
}

/** The id of a text of this act, so that a repeat writes nothing new; a UUID of version 8 (RFC 9562). */
export function textIdOf(occasion: Occasion, field: string): string {
  const bytes = digestOf(occasion, `text ${field}`).subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

function digestOf({ actor, ticketNumber, key }: Occasion, purpose: string): Buffer {
  return createHash('sha256')
    .update(JSON.stringify([purpose, actor, ticketNumber, key]))
    .digest();
}
