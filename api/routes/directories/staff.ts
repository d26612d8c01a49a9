import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Staff } from '../../../prisma/generated/client.ts';
import { activeAdministrators, lockAdministrators, openTicketsOf } from '../../../prisma/staff-accounts.ts';
import { LANGUAGES, ROLES } from '../../../regulation/vocabulary.ts';
import type { ApiDependencies } from '../../dependencies.ts';
import { Problem } from '../../errors.ts';
import { Email } from '../../intake/addresses.ts';
import { oneFullLine } from '../../intake/fields.ts';
import { hashPassword } from '../../passwords.ts';
import { requireStaff } from '../../plugins/staff-session.ts';
import { changeEntry, EntryId, existing, given, pageFields, pageOf, readPage } from './entries.ts';

const StaffEntry = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  role: z.string(),
  language: z.string(),
  active: z.boolean(),
  createdAt: z.iso.datetime(),
});
const StaffView = StaffEntry.meta({ id: 'StaffMember' });
const StaffWithTickets = StaffEntry.extend({
  /** Open tickets that are assigned to him; whoever leaves should have none. */
  openTickets: z.int(),
}).meta({ id: 'StaffMemberWithTickets' });

function staffView({ id, email, name, role, language, active, createdAt }: Staff): z.infer<typeof StaffView> {
  return { id, email, name, role, language, active, createdAt: createdAt.toISOString() };
}

/** Set by an administrator and told to its owner by another way. */
const password = z.string().min(12, 'must have at least 12 characters').max(1_000);
const clash = 'another member of staff has this e-mail already';

/** The people who work here (§1.2). Nobody is removed, for acts keep their author; who leaves is made inactive. */
export const staffRoutes: FastifyPluginAsyncZod<ApiDependencies> = async (app, { db }) => {
  app.get('/assignees', {
    onRequest: requireStaff(),
    schema: {
      tags: ['directories'],
      summary: 'Active agents and heads, to whom tickets may be assigned',
      response: { 200: z.object({ items: z.array(z.object({ id: z.string(), name: z.string(), role: z.string() })) }) },
    },
    handler: async (_request, reply) => {
      const items = await db.staff.findMany({
        where: { active: true, role: { in: ['agent', 'head'] } },
        select: { id: true, name: true, role: true },
        orderBy: [{ name: 'asc' }, { id: 'asc' }],
      });
      return reply.send({ items });
    },
  });

  app.get('/staff', {
    onRequest: requireStaff('administrator'),
    schema: {
      tags: ['directories'],
      summary: 'Members of staff',
      querystring: z.strictObject(pageFields),
      response: { 200: pageOf(StaffWithTickets) },
    },
    handler: async ({ query }, reply) => {
      const { cursor, limit } = query;
      const { rows, nextCursor } = await readPage({ cursor, limit, list: 'staff' }, ({ after, take }) =>
        db.staff.findMany({ where: after === undefined ? {} : { id: after }, orderBy: { id: 'asc' }, take }),
      );
      const tickets = await openTicketsOf(
        db,
        rows.map((row) => row.id),
      );
      const items = rows.map((row) => ({ ...staffView(row), openTickets: tickets.get(row.id) ?? 0 }));
      return reply.send({ items, nextCursor });
    },
  });

  app.post('/staff', {
    onRequest: requireStaff('administrator'),
    schema: {
      tags: ['directories'],
      summary: 'Add a member of staff',
      description:
        'A repeat is refused as already there, by the e-mail: a password leaves no trace beside its own hash.',
      body: z.strictObject({
        email: Email,
        name: oneFullLine(200),
        role: z.enum(ROLES),
        language: z.enum(LANGUAGES).default('ru'),
        password,
      }),
      response: { 201: StaffView },
    },
    handler: async (request, reply) => {
      const { password: words, ...person } = request.body;
      const passwordHash = await hashPassword(words);
      // Not by the key's record, whose hash of the body would make guessing the password cheap.
      const staff = await changeEntry({ request, db, directory: 'staff', clash }, async (tx) =>
        staffView(await tx.staff.create({ data: { ...person, passwordHash } })),
      );
      return reply.code(201).send(staff);
    },
  });

  app.patch('/staff/:id', {
    onRequest: requireStaff('administrator'),
    schema: {
      tags: ['directories'],
      summary: 'Change a member of staff; a new password or `active: false` ends his sessions at once',
      params: EntryId,
      body: z.strictObject({
        email: Email.optional(),
        name: oneFullLine(200).optional(),
        role: z.enum(ROLES).optional(),
        language: z.enum(LANGUAGES).optional(),
        active: z.boolean().optional(),
        password: password.optional(),
      }),
      response: { 200: StaffView },
    },
    handler: async (request, reply) => {
      const { id } = request.params;
      const { password: words, ...person } = request.body;
      const secret = words === undefined ? {} : { passwordHash: await hashPassword(words) };
      const staff = await changeEntry({ request, db, directory: 'staff', clash }, async (tx) => {
        await lockAdministrators(tx);
        existing(await tx.staff.findUnique({ where: { id } }), 'member of staff');
        const row = await tx.staff.update({ where: { id }, data: { ...given(person), ...secret } });
        if ((await activeAdministrators(tx)) === 0) {
          throw new Problem('last-administrator', 'somebody must stay an active administrator; make another one first');
        }
        return staffView(row);
      });
      return reply.send(staff);
    },
  });
};
