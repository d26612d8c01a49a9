import { createHash } from 'node:crypto';
import type { Queries } from './client.ts';

/** Who may bring messages: a token is kept as its hash, so a copy of the table opens nothing. */
export interface Integration {
  id: string;
  name: string;
}

/** The integration that this token is of, or null when it is of none or has been revoked. */
export async function integrationOf(db: Queries, token: string): Promise<Integration | null> {
  const row = await db.integrationToken.findUnique({ where: { tokenHash: tokenHashOf(token) } });
  return row === null || row.revokedAt !== null ? null : { id: row.id, name: row.name };
}

export function tokenHashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
