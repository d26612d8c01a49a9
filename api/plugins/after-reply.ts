import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import type { ApiDependencies } from '../dependencies.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Tickets whose facts are dispatched once the answer has gone out, so that dispatch slows no answer. */
    toDispatch: number[];
  }
}

export const afterReply = fp(
  async (app: FastifyInstance, { dispatchSoon }: ApiDependencies) => {
    app.decorateRequest('toDispatch');
    app.addHook('onRequest', async (request) => {
      request.toDispatch = [];
    });
    app.addHook('onResponse', async (request) => {
      for (const ticketNumber of request.toDispatch) dispatchSoon(ticketNumber);
    });
  },
  { name: 'after-reply' },
);
