import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import type { ApiDependencies } from '../dependencies.ts';
import { PROBLEM_JSON, ProblemBody } from '../errors.ts';

/** The OpenAPI page at /docs, made of the routes' own schemas. */
export const documentation = fp(
  async (app: FastifyInstance, { settings }: ApiDependencies) => {
    // Every route of /v1 may say no in the same form.
    app.addHook('onRoute', (route) => {
      if (route.schema === undefined || !route.url.startsWith('/v1')) return;
      const refusal = { description: 'A refusal', content: { [PROBLEM_JSON]: { schema: ProblemBody } } };
      route.schema.response = { '4xx': refusal, '5xx': refusal, ...(route.schema.response as object | undefined) };
    });
    await app.register(swagger, {
      openapi: {
        openapi: '3.1.0',
        info: { title: 'Siroca support', version: '1', description: 'Tickets that keep the support regulation.' },
        servers: [{ url: settings.publicUrl }],
      },
      transform: jsonSchemaTransform,
      transformObject: jsonSchemaTransformObject,
    });
    await app.register(swaggerUi, { routePrefix: '/docs' });
  },
  { name: 'documentation' },
);
