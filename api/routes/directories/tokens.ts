import { randomBytes } from 'node:crypto';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { IntegrationToken } from '../../../prisma/generated/client.ts';
import { tokenHashOf } from '../../../prisma/integration-tokens.ts';
import type { ApiDependencies } from '../../dependencies.ts';
import { oneFullLine } from '../../intake/fields.ts';
import { requireStaff } from '../../plugins/staff-session.ts';
import { changeEntry, EntryId, existing, pageFields, pageOf, readPage } from './entries.ts';

const TokenEntry = z.object({
  id: z.string(),
  name: z.string(),
  createdAt: z.iso.datetime(),
  revokedAt: z.iso.datetime().nullable(),
});
const TokenView = TokenEntry.meta({ id: 'IntegrationToken' });
/** Shown once, at its making. */
const NewToken = TokenEntry.extend({ token: z.string() }).meta({ id: 'NewIntegrationToken' });

function tokenView({ id, name, createdAt, revokedAt }: IntegrationToken): z.infer<typeof TokenView> {
  return { id, name, createdAt: createdAt.toISOString(), revokedAt: revokedAt?.toISOString() ?? null };
}

const clash = 'there is a token of this name already; revoked ones keep theirs';

/** What channels and other programs bring messages with. Only a hash is kept, so a token is shown once. */
export const tokenRoutes: FastifyPluginAsyncZod<ApiDependencies> = async (app, { db }) => {
  app.get('/tokens', {
    onRequest: requireStaff('administrator'),
    schema: {
      tags: ['directories'],
      summary: 'Integration tokens',
      querystring: z.strictObject(pageFields),
      response: { 200: pageOf(TokenView) },
    },
    handler: async ({ query }, reply) => {
      const { cursor, limit } = query;
      const { rows, nextCursor } = await readPage({ cursor, limit, list: 'tokens' }, ({ after, take }) =>
        db.integrationToken.findMany({ where: after === undefined ? {} : { id: after }, orderBy: { id: 'asc' }, take }),
      );
      return reply.send({ items: rows.map(tokenView), nextCursor });
    },
  });

  app.post('/tokens', {
    onRequest: requireStaff('administrator'),
    schema: {
      tags: ['directories'],
      summary: 'Make a token; the answer is the only place where it is shown',
      description:
        'A repeat under the same Idempotency-Key is refused as already there: the token is not kept to be shown again.',
      body: z.strictObject({ name: oneFullLine(100) }),
      response: { 201: NewToken },
    },
    handler: async (request, reply) => {
      const token = randomBytes(32).toString('base64url');
      // Not by the key's record, which would keep the secret: the unique name alone keeps a repeat from making two.
      const entry = await changeEntry({ request, db, directory: 'tokens', clash }, async (tx) =>
        tokenView(await tx.integrationToken.create({ data: { ...request.body, tokenHash: tokenHashOf(token) } })),
      );
      return reply.code(201).send({ ...entry, token });
    },
  });

  app.patch('/tokens/:id', {
    onRequest: requireStaff('administrator'),
    schema: {
      tags: ['directories'],
      summary: 'Revoke a token for good',
      params: EntryId,
      body: z.strictObject({ revoked: z.literal(true) }),
      response: { 200: TokenView },
    },
    handler: async (request, reply) => {
      const { id } = request.params;
      const token = await changeEntry({ request, db, directory: 'tokens', clash }, async (tx) => {
        const before = existing(await tx.integrationToken.findUnique({ where: { id } }), 'token');
        const revokedAt = before.revokedAt ?? new Date();
        return tokenView(await tx.integrationToken.update({ where: { id }, data: { revokedAt } }));
      });
      return reply.send(token);
    },
  });
};
