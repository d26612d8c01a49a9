import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { ApiDependencies } from '../../dependencies.ts';
import { oneFullLine } from '../../intake/fields.ts';
import { requireStaff } from '../../plugins/staff-session.ts';
import { addEntry, changeEntry, existing, pageFields, pageOf, readPage } from './entries.ts';

const slug = z
  .string()
  .max(100)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be small letters and digits with single hyphens, as siroca-lis');
const ProductView = z.object({ id: z.string(), name: z.string() }).meta({ id: 'Product' });

/** What clients have agreements for. */
export const productRoutes: FastifyPluginAsyncZod<ApiDependencies> = async (app, { db }) => {
  app.get('/products', {
    onRequest: requireStaff(),
    schema: {
      tags: ['directories'],
      summary: 'Products',
      querystring: z.strictObject(pageFields),
      response: { 200: pageOf(ProductView) },
    },
    handler: async ({ query }, reply) => {
      const { rows, nextCursor } = await readPage(
        { ...query, cursor: query.cursor, list: 'products' },
        ({ after, take }) =>
          db.product.findMany({ where: after === undefined ? {} : { id: after }, orderBy: { id: 'asc' }, take }),
      );
      return reply.send({ items: rows, nextCursor });
    },
  });

  app.post('/products', {
    onRequest: requireStaff('head', 'administrator'),
    schema: {
      tags: ['directories'],
      summary: 'Add a product',
      body: z.strictObject({ id: slug, name: oneFullLine(200) }),
      response: { 201: ProductView },
    },
    handler: async (request, reply) => {
      const { body } = request;
      const clash = `there is a product ${body.id} already; change it by PATCH /v1/products/${body.id}`;
      const product = await addEntry({ request, db, directory: 'products', clash }, (tx) =>
        tx.product.create({ data: body }),
      );
      return reply.code(201).send(product);
    },
  });

  app.patch('/products/:id', {
    onRequest: requireStaff('head', 'administrator'),
    schema: {
      tags: ['directories'],
      summary: 'Rename a product; its id stays',
      params: z.strictObject({ id: slug }),
      body: z.strictObject({ name: oneFullLine(200) }),
      response: { 200: ProductView },
    },
    handler: async (request, reply) => {
      const { id } = request.params;
      const product = await changeEntry({ request, db, directory: 'products', clash: 'taken already' }, async (tx) => {
        existing(await tx.product.findUnique({ where: { id } }), 'product');
        return tx.product.update({ where: { id }, data: request.body });
      });
      return reply.send(product);
    },
  });
};
