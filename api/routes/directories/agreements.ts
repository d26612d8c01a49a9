import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { isClient } from '../../../prisma/act-references.ts';
import type { Queries } from '../../../prisma/client.ts';
import type { Agreement } from '../../../prisma/generated/client.ts';
import { productIds as allProductIds } from '../../../prisma/products.ts';
import { isDate } from '../../../regulation/calendar-date.ts';
import type { ApiDependencies } from '../../dependencies.ts';
import { Problem } from '../../errors.ts';
import { oneFullLine } from '../../intake/fields.ts';
import { requireStaff } from '../../plugins/staff-session.ts';
import { addEntry, changeEntry, EntryId, existing, given, pageFields, pageOf, readPage } from './entries.ts';

const KINDS = ['licence', 'sublicence'] as const;

const AgreementView = z
  .object({
    id: z.string(),
    clientId: z.string(),
    number: z.string(),
    kind: z.string(),
    /** The dates of validity, both included; null: without end. */
    validFrom: z.string(),
    validTo: z.string().nullable(),
    /** Null: all products, also those that come later. */
    productIds: z.array(z.string()).nullable(),
  })
  .meta({ id: 'Agreement' });

const WITH_PRODUCTS = { products: { select: { id: true }, orderBy: { id: 'asc' } } } as const;

function agreementView(row: Agreement & { products: { id: string }[] }): z.infer<typeof AgreementView> {
  const { id, clientId, number, kind, validFrom, validTo, allProducts, products } = row;
  return {
    id,
    clientId,
    number,
    kind,
    validFrom: dateOf(validFrom),
    validTo: validTo === null ? null : dateOf(validTo),
    productIds: allProducts ? null : products.map((product) => product.id),
  };
}

const date = z.string().refine(isDate, 'must be a date YYYY-MM-DD');
const productIds = z.array(z.string().min(1).max(100)).min(1, 'must name a product, or be null for all').max(100);
const clash = 'there is such an agreement already';

/** Licence and sublicence agreements; they decide who is given support on which day (§1.3). */
export const agreementRoutes: FastifyPluginAsyncZod<ApiDependencies> = async (app, { db }) => {
  app.get('/agreements', {
    onRequest: requireStaff(),
    schema: {
      tags: ['directories'],
      summary: 'Agreements',
      querystring: z.strictObject({ clientId: z.uuid().optional(), ...pageFields }),
      response: { 200: pageOf(AgreementView) },
    },
    handler: async ({ query }, reply) => {
      const { clientId, cursor, limit } = query;
      const list = { agreements: clientId ?? null };
      const { rows, nextCursor } = await readPage({ cursor, limit, list }, ({ after, take }) =>
        db.agreement.findMany({
          where: {
            ...(clientId === undefined ? {} : { clientId }),
            ...(after === undefined ? {} : { id: after }),
          },
          include: WITH_PRODUCTS,
          orderBy: { id: 'asc' },
          take,
        }),
      );
      return reply.send({ items: rows.map(agreementView), nextCursor });
    },
  });

  app.post('/agreements', {
    onRequest: requireStaff('head', 'administrator'),
    schema: {
      tags: ['directories'],
      summary: 'Add an agreement',
      body: z.strictObject({
        clientId: z.uuid(),
        number: oneFullLine(100),
        kind: z.enum(KINDS),
        validFrom: date,
        validTo: date.nullable(),
        productIds: productIds.nullable(),
      }),
      response: { 201: AgreementView },
    },
    handler: async (request, reply) => {
      const { clientId, number, kind, validFrom, validTo } = request.body;
      const agreement = await addEntry({ request, db, directory: 'agreements', clash }, async (tx) => {
        if (!(await isClient(tx, clientId))) throw new Problem('unknown-reference', `no client ${clientId}`);
        refuseReversed(validFrom, validTo);
        const row = await tx.agreement.create({
          data: {
            clientId,
            number,
            kind,
            validFrom: new Date(validFrom),
            validTo: validTo === null ? null : new Date(validTo),
            allProducts: request.body.productIds === null,
            products: { connect: await known(tx, request.body.productIds ?? []) },
          },
          include: WITH_PRODUCTS,
        });
        return agreementView(row);
      });
      return reply.code(201).send(agreement);
    },
  });

  app.patch('/agreements/:id', {
    onRequest: requireStaff('head', 'administrator'),
    schema: {
      tags: ['directories'],
      summary: 'Change an agreement; tickets received under it keep what was valid on their day (reading 11)',
      params: EntryId,
      body: z.strictObject({
        number: oneFullLine(100).optional(),
        kind: z.enum(KINDS).optional(),
        validFrom: date.optional(),
        validTo: date.nullable().optional(),
        productIds: productIds.nullable().optional(),
      }),
      response: { 200: AgreementView },
    },
    handler: async (request, reply) => {
      const { id } = request.params;
      const { validFrom, validTo, productIds: products, ...others } = request.body;
      const agreement = await changeEntry({ request, db, directory: 'agreements', clash }, async (tx) => {
        const before = existing(await tx.agreement.findUnique({ where: { id } }), 'agreement');
        const endBefore = before.validTo === null ? null : dateOf(before.validTo);
        refuseReversed(validFrom ?? dateOf(before.validFrom), validTo === undefined ? endBefore : validTo);
        const row = await tx.agreement.update({
          where: { id },
          data: {
            ...given(others),
            ...(validFrom === undefined ? {} : { validFrom: new Date(validFrom) }),
            ...(validTo === undefined ? {} : { validTo: validTo === null ? null : new Date(validTo) }),
            ...(products === undefined
              ? {}
              : { allProducts: products === null, products: { set: await known(tx, products ?? []) } }),
          },
          include: WITH_PRODUCTS,
        });
        return agreementView(row);
      });
      return reply.send(agreement);
    },
  });
};

function refuseReversed(validFrom: string, validTo: string | null): void {
  if (validTo === null || validFrom <= validTo) return;
  const message = `must not be before validFrom, ${validFrom}; the last date of validity is meant`;
  throw new Problem('invalid-request', `body/validTo: ${message}`, { faults: [{ path: 'body/validTo', message }] });
}

async function known(db: Queries, ids: readonly string[]): Promise<{ id: string }[]> {
  const all = await allProductIds(db);
  const unknown = ids.find((id) => !all.includes(id));
  if (unknown !== undefined) throw new Problem('unknown-product', `productIds may name ${all.join(', ')}`);
  return ids.map((id) => ({ id }));
}

function dateOf(column: Date): string {
  return column.toISOString().slice(0, 10);
}
