import closeWithGrace from 'close-with-grace';
import { pino } from 'pino';
import { createDatabase } from '../prisma/client.ts';
import { InvalidSetting } from '../regulation/errors.ts';
import { buildApp } from './app.ts';
import { createDispatcher } from './dispatch/dispatcher.ts';
import { readApiSettings } from './settings.ts';
import type { ApiSettings } from './settings.ts';
import { connectTicketGateway } from './ticket-gateway.ts';

/** How long what is under way may take once the process is told to stop. */
const GRACE_MS = 10_000;

/** The API as a process: `node --import tsx api/server.ts`. PostgreSQL and Temporal may come later than it does. */
const settings = settingsOrExit();
const logger = pino({
  level: settings.logLevel,
  // Ids only. Nothing of these is logged on purpose; should a library try, it is left out.
  redact: {
    paths: [
      'req.headers',
      'req.url',
      'req.body',
      'res.headers',
      'headers',
      'body',
      'text',
      'email',
      'phone',
      'password',
      'token',
    ],
    remove: true,
  },
});
const db = createDatabase(settings.databaseUrl);
const temporal = await connectTicketGateway({
  ...settings.temporal,
  publicUrl: settings.publicUrl,
});
const { gateway } = temporal;
const dispatcher = createDispatcher({ db, gateway, log: logger });
const app = await buildApp({ db, gateway, settings, dispatchSoon: (number) => dispatcher.soon(number) }, { logger });

closeWithGrace({ delay: GRACE_MS, logger }, async () => {
  await app.close();
  await dispatcher.stop();
  await temporal.close();
  await db.$disconnect();
});

try {
  await app.listen({ host: settings.host, port: settings.port });
} catch (error) {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  logger.fatal({ code, host: settings.host, port: settings.port }, 'the API cannot listen there');
  process.exit(1);
}
dispatcher.start();
process.send?.('ready');
// The channel to a parent is for that word alone; it must not keep the process alive.
process.channel?.unref();

function settingsOrExit(): ApiSettings {
  try {
    return readApiSettings(process.env);
  } catch (error) {
    if (!(error instanceof InvalidSetting)) throw error;
    console.error(`The API cannot start with these settings:\n${error.message}`);
    return process.exit(1);
  }
}
