import type { FastifyPluginAsync } from 'fastify';
import type { ApiDependencies } from '../dependencies.ts';

/** For whoever keeps the processes up. It tells what is down and nothing about anybody. */
export const healthRoutes: FastifyPluginAsync<ApiDependencies> = async (app, { db, gateway }) => {
  app.get('/health/live', { logLevel: 'silent' }, async () => ({ status: 'alive' }));

  app.get('/health/ready', { logLevel: 'silent' }, async (_request, reply) => {
    const [postgresql, temporal] = await Promise.all([answers(() => db.$queryRaw`SELECT 1`), gateway.isUp()]);
    const down = [...(postgresql ? [] : ['postgresql']), ...(temporal ? [] : ['temporal'])];
    return reply.code(down.length === 0 ? 200 : 503).send({ status: down.length === 0 ? 'ready' : 'not-ready', down });
  });
};

async function answers(ask: () => Promise<unknown>): Promise<boolean> {
  try {
    await ask();
    return true;
  } catch {
    return false;
  }
}
