import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { ApiDependencies } from '../../dependencies.ts';
import { Email } from '../../intake/addresses.ts';
import { oneFullLine } from '../../intake/fields.ts';
import { requireStaff } from '../../plugins/staff-session.ts';
import { PhoneNumber } from './contact-fields.ts';
import { addEntry, changeEntry, EntryId, existing, given, pageFields, pageOf, readPage } from './entries.ts';

const VendorView = z
  .object({
    id: z.string(),
    name: z.string(),
    phone: z.string().nullable(),
    email: z.string().nullable(),
    website: z.string().nullable(),
  })
  .meta({ id: 'Vendor' });

const ways = {
  phone: PhoneNumber.nullable().optional(),
  email: Email.nullable().optional(),
  website: z
    .url({ protocol: /^https?$/, error: 'must be an address http(s)://…' })
    .max(500)
    .nullable()
    .optional(),
};
const clash = 'there is a vendor of this name already';

/** Where a client is sent with a problem of somebody else's product (§3.5). */
export const vendorRoutes: FastifyPluginAsyncZod<ApiDependencies> = async (app, { db }) => {
  app.get('/vendors', {
    onRequest: requireStaff(),
    schema: {
      tags: ['directories'],
      summary: 'Vendors of other products',
      querystring: z.strictObject(pageFields),
      response: { 200: pageOf(VendorView) },
    },
    handler: async ({ query }, reply) => {
      const { rows, nextCursor } = await readPage(
        { ...query, cursor: query.cursor, list: 'vendors' },
        ({ after, take }) =>
          db.vendor.findMany({ where: after === undefined ? {} : { id: after }, orderBy: { id: 'asc' }, take }),
      );
      return reply.send({ items: rows, nextCursor });
    },
  });

  app.post('/vendors', {
    onRequest: requireStaff('head', 'administrator'),
    schema: {
      tags: ['directories'],
      summary: 'Add a vendor',
      body: z.strictObject({ name: oneFullLine(200), ...ways }),
      response: { 201: VendorView },
    },
    handler: async (request, reply) => {
      const { name, ...contacts } = request.body;
      const vendor = await addEntry({ request, db, directory: 'vendors', clash }, (tx) =>
        tx.vendor.create({ data: { name, ...given(contacts) } }),
      );
      return reply.code(201).send(vendor);
    },
  });

  app.patch('/vendors/:id', {
    onRequest: requireStaff('head', 'administrator'),
    schema: {
      tags: ['directories'],
      summary: 'Change a vendor',
      params: EntryId,
      body: z.strictObject({ name: oneFullLine(200).optional(), ...ways }),
      response: { 200: VendorView },
    },
    handler: async (request, reply) => {
      const { id } = request.params;
      const vendor = await changeEntry({ request, db, directory: 'vendors', clash }, async (tx) => {
        existing(await tx.vendor.findUnique({ where: { id } }), 'vendor');
        return tx.vendor.update({ where: { id }, data: given(request.body) });
      });
      return reply.send(vendor);
    },
  });
};
