import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import cookie from '@fastify/cookie';
import session from '@fastify/session';
import connectPgSimple from 'connect-pg-simple';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { Pool } from 'pg';
import type { Role } from '../../regulation/vocabulary.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { Problem } from '../errors.ts';

/** Who is signed in, as the records say now. */
export interface SignedInStaff {
  id: string;
  role: Role;
  name: string;
}

declare module 'fastify' {
  interface Session {
    staffId?: string;
    /** Changes with the password, so that a new one ends every session. */
    credential?: string;
  }
  interface FastifyRequest {
    /** The signed-in member of staff, on routes that begin with `requireStaff`; elsewhere asking is a bug and throws. */
    readonly staff: SignedInStaff;
    signedIn: SignedInStaff | null;
  }
}

/** How long a session lasts from signing in: one working day with its overtime. */
const SESSION_MS = 12 * 3_600_000;

/** Sessions of staff: rows in PostgreSQL, so that they survive a restart, hold in every process and can be ended here. */
export const staffSession = fp(
  async (app: FastifyInstance, { db, settings }: ApiDependencies) => {
    const pool = new Pool({ connectionString: settings.databaseUrl, max: 4, connectionTimeoutMillis: 5_000 });
    // An idle connection that PostgreSQL drops is replaced by the next query; unheard, the event would end the process.
    pool.on('error', () => app.log.warn('the session store lost a connection'));
    const Store = connectPgSimple(session as unknown as Parameters<typeof connectPgSimple>[0]);
    const store = new Store({
      pool,
      tableName: 'sessions',
      errorLog: () => app.log.warn('expired sessions could not be removed'),
    });
    const https = settings.publicUrl.startsWith('https:');

    await app.register(cookie);
    await app.register(session, {
      secret: settings.sessionSecret,
      // Written for express-session, whose types differ in what may be missing of a cookie.
      store: store as unknown as session.SessionStore,
      cookieName: https ? '__Host-session' : 'session',
      cookie: { httpOnly: true, sameSite: 'lax', secure: https, path: '/', maxAge: SESSION_MS },
      saveUninitialized: false,
      rolling: false,
    });
    app.addHook('onClose', async () => {
      store.close();
      await pool.end();
    });

    app.decorateRequest('signedIn', null);
    app.decorateRequest('staff', {
      getter(this: FastifyRequest) {
        if (this.signedIn === null)
          throw new Error('request.staff is there only on routes that begin with requireStaff');
        return this.signedIn;
      },
    });
    app.addHook('onRequest', refuseOtherSites(settings.publicUrl));
    app.addHook('onRequest', async (request) => {
      const { staffId, credential } = request.session;
      if (staffId === undefined) return;
      const row = await db.staff.findUnique({ where: { id: staffId } });
      if (row === null || !row.active || credentialOf(row.passwordHash) !== credential) return;
      request.signedIn = { id: row.id, role: row.role as Role, name: row.name };
    });
  },
  { name: 'staff-session' },
);

/** What a session keeps of the password's hash. */
export function credentialOf(passwordHash: string): string {
  return createHash('sha256').update(passwordHash).digest('base64url').slice(0, 16);
}

/**
 * For a route's `onRequest`: only staff of these roles get any further, before their body is looked at. Without roles:
 * all of them. Gives `request.staff`.
 */
export function requireStaff(...roles: Role[]): (request: FastifyRequest) => Promise<void> {
  return async (request) => {
    if (request.signedIn === null) {
      throw new Problem('not-signed-in', 'this is for staff: sign in by POST /v1/session and send its cookie');
    }
    const { role } = request.signedIn;
    if (roles.length > 0 && !roles.includes(role)) {
      throw new Problem('wrong-role', `this is for ${roles.join(', ')}; you are ${role}`);
    }
  };
}

/**
 * A browser sends our cookie also when another site makes it ask. Such a request changes nothing.
 */
function refuseOtherSites(publicUrl: string): (request: FastifyRequest) => Promise<void> {
  const ownOrigin = new URL(publicUrl).origin;
  return async (request) => {
    if (request.method === 'GET' || request.method === 'HEAD' || request.method === 'OPTIONS') return;
    const usesSession = request.session.staffId !== undefined || request.routeOptions.url === '/v1/session';
    if (!usesSession) return;
    if (isFromAnotherSite(request.headers, ownOrigin))
      throw new Problem('cross-site', 'a page of another site may not act with your session');
  };
}

/** As Sec-Fetch-Site says, or an Origin that is neither the public address nor the host that was asked. */
export function isFromAnotherSite(
  headers: Pick<IncomingHttpHeaders, 'sec-fetch-site' | 'origin' | 'host'>,
  ownOrigin: string,
): boolean {
  const { origin, host } = headers;
  const site = headers['sec-fetch-site'];
  return (
    (site !== undefined && site !== 'same-origin' && site !== 'none') ||
    (origin !== undefined && origin !== ownOrigin && hostOf(origin) !== host)
  );
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}
