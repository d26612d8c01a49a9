import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import type { FastifyBaseLogger } from 'fastify';
import { createDispatcher } from '../../api/dispatch/dispatcher.ts';
import type { Dispatcher } from '../../api/dispatch/dispatcher.ts';
import { buildApp } from '../../api/app.ts';
import { hashPassword } from '../../api/passwords.ts';
import { readApiSettings } from '../../api/settings.ts';
import type { ApiSettings } from '../../api/settings.ts';
import { connectTicketGateway } from '../../api/ticket-gateway.ts';
import type { TicketGateway } from '../../api/ticket-gateway.ts';
import { createDatabase } from '../../prisma/client.ts';
import type { Database } from '../../prisma/client.ts';
import { tokenHashOf } from '../../prisma/integration-tokens.ts';
import type { Role } from '../../regulation/vocabulary.ts';
import { createTestDatabase } from './database.ts';

/** The API over a database of its own. */
export interface TestApi {
  app: FastifyInstance;
  db: Database;
  settings: ApiSettings;
  gateway: TicketGateway;
  dispatcher: Dispatcher;
  /** A session's cookie of a member of staff, made when first asked for. */
  cookieOf(role: Role): Promise<string>;
  /** Asks as JSON; `as` signs in, `token` brings an integration token. */
  ask(what: Ask): Promise<LightMyRequestResponse>;
  close(): Promise<void>;
}

export interface Ask {
  method?: 'GET' | 'POST' | 'DELETE' | 'PATCH' | 'HEAD';
  url: string;
  body?: unknown;
  as?: Role;
  token?: string;
  key?: string;
  headers?: Record<string, string>;
}

/** No server has ever listened there: a connection is refused at once. */
export const NOWHERE = '127.0.0.1:1';

export const STAFF_PASSWORD = 'правильный пароль';
export const INTEGRATION_TOKEN = 'integration-token-of-the-tests';

export interface BuildApiOptions {
  /** Speaks with the tickets; without it Temporal is down. */
  gateway?: TicketGateway;
  env?: Record<string, string>;
  databaseUrl?: string;
  /** Begins to sweep at once; otherwise a test sweeps by `dispatcher.start()`. */
  sweep?: boolean;
  logger?: FastifyBaseLogger;
}

const SILENT = { info: () => undefined, warn: () => undefined, error: () => undefined };

export async function buildApi(options: BuildApiOptions = {}): Promise<TestApi> {
  const own = options.databaseUrl === undefined ? await createTestDatabase() : null;
  const settings = readApiSettings({
    DATABASE_URL: options.databaseUrl ?? own?.url,
    TEMPORAL_ADDRESS: NOWHERE,
    PUBLIC_URL: 'http://support.example',
    LINK_SECRET: 'the secret of links in the tests of the API',
    SESSION_SECRET: 'the secret of sessions in the tests of the API',
    ...options.env,
  });
  const db = createDatabase(settings.databaseUrl);
  const down = options.gateway === undefined ? await connectTicketGateway(settings.temporal) : null;
  const gateway = options.gateway ?? down!.gateway;
  const dispatcher = createDispatcher({ db, gateway, log: options.logger ?? SILENT, sweepEveryMs: 100 });
  const app = await buildApp(
    { db, gateway, settings, dispatchSoon: (number) => dispatcher.soon(number) },
    options.logger === undefined ? {} : { logger: options.logger },
  );
  await app.ready();
  if (options.sweep === true) dispatcher.start();
  const cookies = new Map<Role, Promise<string>>();
  if (own !== null) {
    await db.integrationToken.create({ data: { name: 'tests', tokenHash: tokenHashOf(INTEGRATION_TOKEN) } });
  }

  const cookieOf = (role: Role) => {
    const cookie = cookies.get(role) ?? signIn(role);
    cookies.set(role, cookie);
    return cookie;
  };

  async function signIn(role: Role): Promise<string> {
    await createStaff(db, role);
    const response = await ask({
      method: 'POST',
      url: '/v1/session',
      body: { email: `${role}@siroca.example`, password: STAFF_PASSWORD },
    });
    const cookie = response.cookies[0];
    if (cookie === undefined) throw new Error(`${role} could not sign in: ${response.body}`);
    return `${cookie.name}=${cookie.value}`;
  }

  async function ask({ method = 'GET', url, body, as, token, key, headers }: Ask): Promise<LightMyRequestResponse> {
    const request: InjectOptions = {
      method,
      url,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(as === undefined ? {} : { cookie: await cookieOf(as) }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(key === undefined ? {} : { 'idempotency-key': key }),
        ...headers,
      },
      ...(body === undefined ? {} : { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
    };
    return app.inject(request);
  }

  return {
    app,
    db,
    settings,
    gateway,
    dispatcher,
    cookieOf,
    ask,
    async close() {
      await dispatcher.stop();
      await app.close();
      await down?.close();
      await db.$disconnect();
      await own?.drop();
    },
  };
}

/** A member of staff of that role, `<role>@siroca.example`. */
export async function createStaff(db: Database, role: Role): Promise<string> {
  passwordHash ??= hashPassword(STAFF_PASSWORD);
  const email = `${role}@siroca.example`;
  const row = { name: `Staff ${role}`, role, passwordHash: await passwordHash };
  const { id } = await db.staff.upsert({ where: { email }, create: { email, ...row }, update: {} });
  return id;
}

let passwordHash: Promise<string> | undefined;
