import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';

/**
 * One line for each answer: the route as it is written in the code, never the address as it was asked, for that may hold
 * a client's token or a search for a name.
 */
export const requestLog = fp(
  async (app: FastifyInstance) => {
    app.addHook('onResponse', async (request, reply) => {
      request.log.info(
        {
          method: request.method,
          route: request.routeOptions.url ?? 'none',
          status: reply.statusCode,
          ms: Math.round(reply.elapsedTime),
        },
        'answered',
      );
    });
  },
  { name: 'request-log' },
);
