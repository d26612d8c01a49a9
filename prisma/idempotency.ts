import { Prisma } from './generated/client.ts';
import type { Queries } from './client.ts';

/** A caller's key in its scope: who asks, and at which address. */
export interface KeyInScope {
  scope: string;
  key: string;
  /** SHA-256 of the canonical body. */
  bodyHash: string;
}

export type Claim =
  | { state: 'ours' }
  | { state: 'other-body' }
  | { state: 'answered'; status: number; response: unknown }
  /** Claimed before and not answered: the effect may have happened or not. */
  | { state: 'unanswered' };

/** The status of a record whose answer is still to come. */
const UNANSWERED = 0;

/**
 * Claims a key. Inside a transaction a second claim of the same key waits until the first has ended; if that was rolled
 * back, the second is the first.
 */
export async function claimKey(db: Queries, { scope, key, bodyHash }: KeyInScope): Promise<Claim> {
  const inserted = await db.$executeRaw`
    INSERT INTO idempotency_records (scope, key, body_hash, status, response)
    VALUES (${scope}, ${key}, ${bodyHash}, ${UNANSWERED}, 'null') ON CONFLICT DO NOTHING`;
  if (inserted === 1) return { state: 'ours' };
  const record = await db.idempotencyRecord.findUniqueOrThrow({ where: { scope_key: { scope, key } } });
  if (record.bodyHash !== bodyHash) return { state: 'other-body' };
  if (record.status === UNANSWERED) return { state: 'unanswered' };
  return { state: 'answered', status: record.status, response: record.response };
}

/** Keeps the answer for whoever repeats the key. The first answer stays. */
export async function keepAnswer(
  db: Queries,
  { scope, key }: KeyInScope,
  { status, body }: { status: number; body: unknown },
): Promise<void> {
  await db.idempotencyRecord.updateMany({
    where: { scope, key, status: UNANSWERED },
    data: { status, response: body === null ? Prisma.JsonNull : (body as Prisma.InputJsonValue) },
  });
}
