import { hash, verify } from '@node-rs/argon2';

/** The hash of a password as it is kept: argon2id with a salt of its own. */
export function hashPassword(password: string): Promise<string> {
  return hash(password);
}

/** Whether it is the password. Without a hash to compare it takes as long as with one, and says no. */
export async function isPassword(password: string, passwordHash: string | null): Promise<boolean> {
  const matches = await verify(passwordHash ?? HASH_OF_NO_ONE, password);
  return matches && passwordHash !== null;
}

/** Of a random text that was thrown away, with the same cost as any other. */
const HASH_OF_NO_ONE =
  '$argon2id$v=19$m=19456,t=2,p=1$puEjibAG+mRpNH0C0AxqsQ$9l5piG4+m//6rVoXEV3dYNvtqYi25hAGVAZyJnVWu84';
