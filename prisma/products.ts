import type { Queries } from './client.ts';

/** The ids of all products, in order; there are a dozen. */
export async function productIds(db: Queries): Promise<string[]> {
  const rows = await db.product.findMany({ select: { id: true }, orderBy: { id: 'asc' } });
  return rows.map((row) => row.id);
}
