import type { Queries } from './client.ts';

export type Directory = 'clients' | 'contacts' | 'agreements' | 'products' | 'vendors' | 'staff' | 'tokens';

/** Keeps who changed a directory, and the entry after it, without secrets (§1.2). In the transaction of the change. */
export async function recordDirectoryChange(
  db: Queries,
  change: { staffId: string; directory: Directory; entryId: string; entry: object },
): Promise<void> {
  const { entry, ...columns } = change;
  await db.directoryChange.create({ data: { ...columns, entry } });
}
