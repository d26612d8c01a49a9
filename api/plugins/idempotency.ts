import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import type { Database, Queries } from '../../prisma/client.ts';
import { claimKey, keepAnswer } from '../../prisma/idempotency.ts';
import type { Claim, KeyInScope } from '../../prisma/idempotency.ts';
import { Problem } from '../errors.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The Idempotency-Key of a POST, or null. */
    idempotencyKey: string | null;
  }
}

/** Reads the Idempotency-Key of every POST; one that cannot be used is refused wherever it is sent. */
export const idempotencyKeys = fp(
  async (app: FastifyInstance) => {
    app.decorateRequest('idempotencyKey', null);
    app.addHook('preHandler', async (request) => {
      const key = request.headers['idempotency-key'];
      if (request.method !== 'POST' || key === undefined) return;
      if (typeof key !== 'string' || !/^[\x21-\x7e]{1,200}$/.test(key)) {
        const detail = 'Idempotency-Key must be 1 to 200 visible ASCII characters without spaces, as a UUID is';
        throw new Problem('invalid-idempotency-key', detail);
      }
      request.idempotencyKey = key;
    });
  },
  { name: 'idempotency-keys' },
);

/** An answer as it goes out: to be sent by `reply.code(status).send(body)`, and to be repeated for the same key. */
export interface Answer<Body> {
  status: number;
  body: Body;
}

/**
 * Does something in one transaction, together with the record of its answer: asked again under the same key, the same
 * answer comes and nothing is done again. A refusal (a thrown Problem) is not kept, so it is judged anew.
 * `actor` is part of the key's scope: `staff:<id>`, `token:<id>`, `client-link:<number>`, `anyone`.
 */
export async function answerOnce<Body>(
  { request, db, actor }: { request: FastifyRequest; db: Database; actor: string },
  act: (tx: Queries) => Promise<Answer<Body>>,
): Promise<Answer<Body>> {
  return db.$transaction(async (tx) => {
    const key = keyOf(request, actor);
    if (key === null) return act(tx);
    const claim = await claimed<Body>(tx, key);
    if (claim.state === 'answered') return claim;
    const answer = await act(tx);
    await keepAnswer(tx, key, answer);
    return answer;
  });
}

/**
 * The same for an effect outside of the database, which must itself be idempotent under a name derived from the key:
 * the claim is committed first, then the act runs, then its answer is kept. After a crash or a refusal in between, the
 * same key runs the act again; another body is refused from the claim on.
 */
export async function answerOnceOutside<Body>(
  { request, db, actor }: { request: FastifyRequest; db: Database; actor: string },
  act: () => Promise<Answer<Body>>,
): Promise<Answer<Body>> {
  const key = keyOf(request, actor);
  if (key === null) return act();
  const claim = await claimed<Body>(db, key);
  if (claim.state === 'answered') return claim;
  const answer = await act();
  await keepAnswer(db, key, answer);
  return answer;
}

type UsableClaim<Body> = Exclude<Claim, { state: 'answered' | 'other-body' }> | ({ state: 'answered' } & Answer<Body>);

async function claimed<Body>(db: Queries, key: KeyInScope): Promise<UsableClaim<Body>> {
  const claim = await claimKey(db, key);
  if (claim.state === 'other-body') {
    const detail = 'this Idempotency-Key was used here before with another body: a new request needs a new key';
    throw new Problem('idempotency-key-reused', detail);
  }
  if (claim.state !== 'answered') return claim;
  return { state: 'answered', status: claim.status, body: claim.response as Body };
}

/** Tokens in an address are secrets: the actor stands for them. */
function keyOf(request: FastifyRequest, actor: string): KeyInScope | null {
  if (request.idempotencyKey === null) return null;
  const { token: _secret, ...params } = (request.params ?? {}) as Record<string, unknown>;
  const place = `${request.method} ${request.routeOptions.url ?? ''} ${canonicalize(params) ?? ''}`;
  const bodyHash = createHash('sha256')
    .update(canonicalize(request.body ?? null) ?? '')
    .digest('hex');
  return { scope: `${actor} ${place}`, key: request.idempotencyKey, bodyHash };
}
