import { randomUUID } from 'node:crypto';
import helmet from '@fastify/helmet';
import Fastify, { LogController } from 'fastify';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { ApiDependencies } from './dependencies.ts';
import { answerNoSuchRoute, answerWithProblem, problemForBrokenHttp } from './errors.ts';
import { afterReply } from './plugins/after-reply.ts';
import { documentation } from './plugins/documentation.ts';
import { idempotencyKeys } from './plugins/idempotency.ts';
import { integrationToken } from './plugins/integration-token.ts';
import { rateLimits } from './plugins/rate-limits.ts';
import { requestBody } from './plugins/request-body.ts';
import { requestLog } from './plugins/request-log.ts';
import { staffSession } from './plugins/staff-session.ts';
import { calendarRoutes } from './routes/calendar.ts';
import { commandRoutes } from './routes/commands.ts';
import { callRoutes } from './routes/calls.ts';
import { clientRoutes } from './routes/client.ts';
import { answerWithRefusalPage, CLIENT_PAGES, clientPages } from './routes/client-pages.ts';
import { agreementRoutes } from './routes/directories/agreements.ts';
import { clientDirectoryRoutes } from './routes/directories/clients.ts';
import { contactRoutes } from './routes/directories/contacts.ts';
import { productRoutes } from './routes/directories/products.ts';
import { staffRoutes } from './routes/directories/staff.ts';
import { tokenRoutes } from './routes/directories/tokens.ts';
import { vendorRoutes } from './routes/directories/vendors.ts';
import { healthRoutes } from './routes/health.ts';
import { intakeRoutes } from './routes/intake.ts';
import { requestRoutes } from './routes/requests.ts';
import { queueRoutes } from './routes/queue.ts';
import { rehearsalRoutes } from './routes/rehearsal.ts';
import { sessionRoutes } from './routes/session.ts';
import { ticketRoutes } from './routes/tickets.ts';

/**
 * The routes under /v1. To add one: a plugin in routes/ of the type `FastifyPluginAsyncZod<ApiDependencies>` (schema
 * first, handler last; bodies are `z.strictObject`), named in this list. `onRequest: requireStaff('agent', 'head')`
 * keeps others out and gives `request.staff`; a refusal is `throw new Problem(code, sentence)` (errors.ts); a POST that
 * writes goes through `answerOnce` (plugins/idempotency.ts).
 */
const ROUTES: readonly FastifyPluginAsyncZod<ApiDependencies>[] = [
  sessionRoutes,
  requestRoutes,
  intakeRoutes,
  callRoutes,
  clientRoutes,
  ticketRoutes,
  commandRoutes,
  queueRoutes,
  calendarRoutes,
  rehearsalRoutes,
  clientDirectoryRoutes,
  contactRoutes,
  agreementRoutes,
  productRoutes,
  vendorRoutes,
  staffRoutes,
  tokenRoutes,
];

/** The API, ready to listen or to be asked by `inject`. It owns nothing of what it is given; closing it ends its own parts. */
export async function buildApp(
  dependencies: ApiDependencies,
  { logger }: { logger?: FastifyBaseLogger } = {},
): Promise<FastifyInstance> {
  const { settings } = dependencies;
  const app = Fastify({
    ...(logger === undefined ? { logger: false } : { loggerInstance: logger }),
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    trustProxy: settings.trustedProxies.length > 0 ? settings.trustedProxies : false,
    bodyLimit: MOST_BYTES,
    connectionTimeout: 120_000,
    requestTimeout: 60_000,
    keepAliveTimeout: 10_000,
    http: { headersTimeout: 15_000 },
    frameworkErrors: (error, request, reply) => {
      const isForPage = request.url.startsWith(`${CLIENT_PAGES}/`);
      void (isForPage ? answerWithRefusalPage : answerWithProblem)(error, request, reply);
    },
    clientErrorHandler: (error, socket) => {
      if (error.code === 'ECONNRESET' || !socket.writable) socket.destroy();
      else socket.end(problemForBrokenHttp(error.code));
    },
  });
  app.setErrorHandler(answerWithProblem);
  await app.register(requestLog);
  await app.register(helmet, {
    contentSecurityPolicy: {
      directives: {
        frameAncestors: ["'none'"],
        ...(settings.publicUrl.startsWith('https:') ? {} : { upgradeInsecureRequests: null }),
      },
    },
  });
  await app.register(requestBody);
  await app.register(rateLimits);
  app.setNotFoundHandler({ preHandler: app.rateLimit({ max: 600, timeWindow: 60_000 }) }, answerNoSuchRoute);
  await app.register(documentation, dependencies);
  await app.register(healthRoutes, dependencies);
  app.get('/', { schema: { hide: true } }, (_request, reply) => reply.redirect('/docs'));
  await app.register(clientPages, { ...dependencies, prefix: CLIENT_PAGES });
  await app.register(
    async (v1) => {
      v1.setValidatorCompiler(validatorCompiler);
      v1.setSerializerCompiler(serializerCompiler);
      v1.addHook('onSend', async (_request, reply) => {
        void reply.header('cache-control', 'no-store');
      });
      await v1.register(staffSession, dependencies);
      await v1.register(integrationToken, dependencies);
      await v1.register(idempotencyKeys);
      await v1.register(afterReply, dependencies);
      for (const routes of ROUTES) await v1.register(routes, dependencies);
    },
    { prefix: '/v1' },
  );
  return app;
}

const MOST_BYTES = 1024 * 1024;
