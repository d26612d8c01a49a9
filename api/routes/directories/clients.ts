import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { ApiDependencies } from '../../dependencies.ts';
import { oneFullLine } from '../../intake/fields.ts';
import { requireStaff } from '../../plugins/staff-session.ts';
import { addEntry, changeEntry, EntryId, existing, pageFields, pageOf, readPage } from './entries.ts';

const ClientView = z.object({ id: z.string(), name: z.string(), createdAt: z.iso.datetime() }).meta({ id: 'Client' });

function clientView({ id, name, createdAt }: { id: string; name: string; createdAt: Date }) {
  return { id, name, createdAt: createdAt.toISOString() };
}

const clash = 'there is such a client already';

/** Organisations with, at some time, an agreement (§1.3). */
export const clientDirectoryRoutes: FastifyPluginAsyncZod<ApiDependencies> = async (app, { db }) => {
  app.get('/clients', {
    onRequest: requireStaff(),
    schema: {
      tags: ['directories'],
      summary: 'Clients; q finds a part of the name',
      querystring: z.strictObject({ q: z.string().trim().min(1).max(100).optional(), ...pageFields }),
      response: { 200: pageOf(ClientView) },
    },
    handler: async ({ query }, reply) => {
      const { q, cursor, limit } = query;
      const list = { clients: q ?? null };
      const { rows, nextCursor } = await readPage({ cursor, limit, list }, ({ after, take }) =>
        db.client.findMany({
          where: {
            ...(q === undefined ? {} : { name: { contains: q, mode: 'insensitive' } }),
            ...(after === undefined ? {} : { id: after }),
          },
          orderBy: { id: 'asc' },
          take,
        }),
      );
      return reply.send({ items: rows.map(clientView), nextCursor });
    },
  });

  app.get('/clients/:id', {
    onRequest: requireStaff(),
    schema: { tags: ['directories'], summary: 'A client', params: EntryId, response: { 200: ClientView } },
    handler: async ({ params }, reply) => {
      const row = await db.client.findUnique({ where: { id: params.id } });
      return reply.send(clientView(existing(row, 'client')));
    },
  });

  app.post('/clients', {
    onRequest: requireStaff('head', 'administrator'),
    schema: {
      tags: ['directories'],
      summary: 'Add a client',
      body: z.strictObject({ name: oneFullLine(200) }),
      response: { 201: ClientView },
    },
    handler: async (request, reply) => {
      const client = await addEntry({ request, db, directory: 'clients', clash }, async (tx) =>
        clientView(await tx.client.create({ data: request.body })),
      );
      return reply.code(201).send(client);
    },
  });

  app.patch('/clients/:id', {
    onRequest: requireStaff('head', 'administrator'),
    schema: {
      tags: ['directories'],
      summary: 'Rename a client',
      params: EntryId,
      body: z.strictObject({ name: oneFullLine(200) }),
      response: { 200: ClientView },
    },
    handler: async (request, reply) => {
      const { id } = request.params;
      const client = await changeEntry({ request, db, directory: 'clients', clash }, async (tx) => {
        existing(await tx.client.findUnique({ where: { id } }), 'client');
        return clientView(await tx.client.update({ where: { id }, data: request.body }));
      });
      return reply.send(client);
    },
  });
};
