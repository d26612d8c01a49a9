import type { FastifyInstance, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { integrationOf } from '../../prisma/integration-tokens.ts';
import type { Integration } from '../../prisma/integration-tokens.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { Problem } from '../errors.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The integration that asks, on routes that begin with `requireIntegration`; elsewhere asking is a bug and throws. */
    readonly integration: Integration;
    bearer: Integration | null;
  }
  interface FastifyInstance {
    /** For a route's `onRequest`: only bearers of a valid integration token get any further. */
    requireIntegration: (request: FastifyRequest) => Promise<void>;
  }
}

export const integrationToken = fp(
  async (app: FastifyInstance, { db }: ApiDependencies) => {
    app.decorateRequest('bearer', null);
    app.decorateRequest('integration', {
      getter(this: FastifyRequest) {
        if (this.bearer === null)
          throw new Error('request.integration is there only on routes with requireIntegration');
        return this.bearer;
      },
    });
    app.decorate('requireIntegration', async (request: FastifyRequest) => {
      const token = /^Bearer ([\x21-\x7e]{1,200})$/i.exec(request.headers.authorization ?? '')?.[1];
      request.bearer = token === undefined ? null : await integrationOf(db, token);
      if (request.bearer === null) {
        const detail = 'this is for integrations: send Authorization: Bearer with a token that has not been revoked';
        throw new Problem('invalid-integration-token', detail);
      }
    });
  },
  { name: 'integration-token' },
);
