import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { Problem } from '../errors.ts';

/**
 * Limits are asked for by a route: `config: { rateLimit: perMinute(120) }`. They are counted in each process, by source
 * unless the route says by what.
 */
export const rateLimits = fp(
  async (app: FastifyInstance) => {
    await app.register(rateLimit, {
      global: false,
      errorResponseBuilder: (_request, { max, ttl }) =>
        new Problem('too-many-requests', `more than ${max} in a minute from you; wait and ask again`, {
          retryAfterSeconds: Math.max(1, Math.ceil(ttl / 1_000)),
        }),
    });
  },
  { name: 'rate-limits' },
);

export function perMinute(max: number, by?: (request: FastifyRequest) => string) {
  return { max, timeWindow: 60_000, ...(by === undefined ? {} : { keyGenerator: by }) };
}
