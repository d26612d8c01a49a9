import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { MINUTE_MS } from '../../regulation/instant.ts';
import { ROLES } from '../../regulation/vocabulary.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { Problem } from '../errors.ts';
import { FailedAttempts } from '../failed-attempts.ts';
import { isPassword } from '../passwords.ts';
import { perMinute } from '../plugins/rate-limits.ts';
import { credentialOf, requireStaff } from '../plugins/staff-session.ts';

const SignedIn = z.object({ id: z.uuid(), name: z.string(), role: z.enum(ROLES) }).meta({ id: 'SignedIn' });

const Credentials = z.strictObject({ email: z.string().min(1).max(254), password: z.string().min(1).max(1_000) });

/** Signing in and out (§1.2: every act is somebody's). */
export const sessionRoutes: FastifyPluginAsyncZod<ApiDependencies> = async (app, { db, settings }) => {
  const accounts = new FailedAttempts({ most: 10, windowMs: 15 * MINUTE_MS });
  const sources = new FailedAttempts({ most: 50, windowMs: 15 * MINUTE_MS });

  app.post('/session', {
    schema: {
      tags: ['session'],
      summary: 'Sign in; the answer sets the session cookie',
      body: Credentials,
      response: { 200: SignedIn },
    },
    config: { rateLimit: perMinute(settings.limits.signIns) },
    handler: async (request, reply) => {
      const email = request.body.email.trim().toLowerCase();
      const now = Date.now();
      const wait = accounts.waitSeconds(email, now) ?? sources.waitSeconds(request.ip, now);
      if (wait !== null) {
        const detail = `too many failed attempts; try again in ${wait} seconds`;
        throw new Problem('too-many-attempts', detail, { retryAfterSeconds: wait });
      }
      const staff = await db.staff.findUnique({ where: { email } });
      const known = staff?.active === true ? staff : null;
      if (!(await isPassword(request.body.password, known?.passwordHash ?? null)) || known === null) {
        accounts.failed(email, now);
        sources.failed(request.ip, now);
        throw new Problem('wrong-credentials', 'no active member of staff has this e-mail and password');
      }
      accounts.succeeded(email);
      // A new id, so that whoever planted the old one is left outside (session fixation).
      await request.session.regenerate();
      request.session.staffId = known.id;
      request.session.credential = credentialOf(known.passwordHash);
      return reply.send({ id: known.id, name: known.name, role: z.enum(ROLES).parse(known.role) });
    },
  });

  app.get('/session', {
    onRequest: requireStaff(),
    schema: { tags: ['session'], summary: 'Who is signed in', response: { 200: SignedIn } },
    handler: async (request, reply) => reply.send(request.staff),
  });

  app.delete('/session', {
    schema: {
      tags: ['session'],
      summary: 'Sign out; the session ends here, whatever cookie is kept',
      response: { 204: z.null() },
    },
    handler: async (request, reply) => {
      if (request.session.staffId !== undefined) await request.session.destroy();
      return reply.code(204).send(null);
    },
  });
};
