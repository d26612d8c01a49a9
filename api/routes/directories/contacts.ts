import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { isClient } from '../../../prisma/act-references.ts';
import type { Queries } from '../../../prisma/client.ts';
import type { Contact } from '../../../prisma/generated/client.ts';
import { CHANNELS, LANGUAGES } from '../../../regulation/vocabulary.ts';
import type { ApiDependencies } from '../../dependencies.ts';
import { Problem } from '../../errors.ts';
import { Email } from '../../intake/addresses.ts';
import { oneFullLine } from '../../intake/fields.ts';
import { requireStaff } from '../../plugins/staff-session.ts';
import { PhoneNumber } from './contact-fields.ts';
import { addEntry, changeEntry, EntryId, existing, given, pageFields, pageOf, readPage } from './entries.ts';

const ContactView = z
  .object({
    id: z.string(),
    /** Null for one who is known and still unverified. */
    clientId: z.string().nullable(),
    fullName: z.string(),
    email: z.string().nullable(),
    phone: z.string().nullable(),
    telegramChatId: z.string().nullable(),
    language: z.string(),
    /** An authorised person of the client's (§2.7). */
    authorised: z.boolean(),
    preferredChannel: z.string().nullable(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Contact' });

function contactView(row: Contact): z.infer<typeof ContactView> {
  return { ...row, createdAt: row.createdAt.toISOString() };
}

const fields = {
  clientId: z.uuid().nullable().optional(),
  email: Email.nullable().optional(),
  phone: PhoneNumber.nullable().optional(),
  telegramChatId: z
    .string()
    .regex(/^[1-9]\d{0,18}$/, 'must be the number of a private chat')
    .nullable()
    .optional(),
  language: z.enum(LANGUAGES).optional(),
  authorised: z.boolean().optional(),
  preferredChannel: z.enum(CHANNELS).nullable().optional(),
};
const clash = 'another contact has this e-mail, telephone or chat already';

/** The users of clients. An address selects the contact and so the client (reading 17): two cannot share one. */
export const contactRoutes: FastifyPluginAsyncZod<ApiDependencies> = async (app, { db }) => {
  app.get('/contacts', {
    onRequest: requireStaff(),
    schema: {
      tags: ['directories'],
      summary: 'Contacts; q finds a part of the name or address',
      querystring: z.strictObject({
        clientId: z.uuid().optional(),
        q: z.string().trim().min(1).max(100).optional(),
        ...pageFields,
      }),
      response: { 200: pageOf(ContactView) },
    },
    handler: async ({ query }, reply) => {
      const { clientId, q, cursor, limit } = query;
      const list = { contacts: q ?? null, clientId: clientId ?? null };
      const { rows, nextCursor } = await readPage({ cursor, limit, list }, ({ after, take }) => {
        const words = { contains: q ?? '', mode: 'insensitive' } as const;
        return db.contact.findMany({
          where: {
            ...(clientId === undefined ? {} : { clientId }),
            ...(q === undefined ? {} : { OR: [{ fullName: words }, { email: words }, { phone: words }] }),
            ...(after === undefined ? {} : { id: after }),
          },
          orderBy: { id: 'asc' },
          take,
        });
      });
      return reply.send({ items: rows.map(contactView), nextCursor });
    },
  });

  app.post('/contacts', {
    onRequest: requireStaff('agent', 'head', 'administrator'),
    schema: {
      tags: ['directories'],
      summary: 'Add a contact',
      body: z.strictObject({ fullName: oneFullLine(200), ...fields }),
      response: { 201: ContactView },
    },
    handler: async (request, reply) => {
      const { fullName, ...others } = request.body;
      const contact = await addEntry({ request, db, directory: 'contacts', clash }, async (tx) => {
        await requireClient(tx, others.clientId);
        return contactView(await tx.contact.create({ data: { fullName, ...given(others) } }));
      });
      return reply.code(201).send(contact);
    },
  });

  app.patch('/contacts/:id', {
    onRequest: requireStaff('head', 'administrator'),
    schema: {
      tags: ['directories'],
      summary: 'Change a contact',
      params: EntryId,
      body: z.strictObject({ fullName: oneFullLine(200).optional(), ...fields }),
      response: { 200: ContactView },
    },
    handler: async (request, reply) => {
      const { id } = request.params;
      const contact = await changeEntry({ request, db, directory: 'contacts', clash }, async (tx) => {
        existing(await tx.contact.findUnique({ where: { id } }), 'contact');
        await requireClient(tx, request.body.clientId);
        return contactView(await tx.contact.update({ where: { id }, data: given(request.body) }));
      });
      return reply.send(contact);
    },
  });
};

async function requireClient(db: Queries, clientId: string | null | undefined): Promise<void> {
  if (clientId == null || (await isClient(db, clientId))) return;
  throw new Problem('unknown-reference', `no client ${clientId}`);
}
