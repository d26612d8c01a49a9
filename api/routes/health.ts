import type { FastifyPluginAsync } from 'fastify';
import type { ApiDependencies } from '../dependencies.ts';

/** For whoever keeps the processes up. It tells what is down and nothing about anybody. */
export const healthRoutes: FastifyPluginAsync<ApiDependencies> = async (app, { db, gateway }) => {
  app.get('/health/live', { logLevel: 'silent' }, async () => ({ status: 'alive' }));

  app.get('/health/ready', { logLevel: 'silent' }, async (_request, reply) => {
    const [postgresql, temporal] = await Promise.all([
      answers(() => db.$queryRaw`SELECT 1`),
      isUp(() => gateway.isUp()),
    ]);
    const down = [...(postgresql ? [] : ['postgresql']), ...(temporal ? [] : ['temporal'])];
    return reply.code(down.length === 0 ? 200 : 503).send({ status: down.length === 0 ? 'ready' : 'not-ready', down });
  });
};

const MOST_WAIT_MS = 3_000;

async function answers(ask: () => Promise<unknown>): Promise<boolean> {
  return isUp(async () => {
    await ask();
    return true;
  });
}

/** No answer in time is an answer too. */
async function isUp(ask: () => Promise<boolean>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, MOST_WAIT_MS, false);
  });
  try {
    return await Promise.race([ask(), late]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
