import type { Queries } from './client.ts';

/**
 * Locks the active administrators until the end of the transaction, so that of two who would remove each other the
 * second sees what the first did.
 */
export async function lockAdministrators(db: Queries): Promise<void> {
  await db.$queryRaw`SELECT id FROM staff WHERE role = 'administrator' AND active ORDER BY id FOR UPDATE`;
}

export async function activeAdministrators(db: Queries): Promise<number> {
  return db.staff.count({ where: { role: 'administrator', active: true } });
}

/** How many open tickets each of these members of staff has. */
export async function openTicketsOf(db: Queries, staffIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const groups = await db.ticket.groupBy({
    by: ['assigneeId'],
    where: { assigneeId: { in: [...staffIds] }, status: { not: 'closed' } },
    _count: true,
  });
  return new Map(groups.flatMap(({ assigneeId, _count }) => (assigneeId === null ? [] : [[assigneeId, _count]])));
}
