import type { AgreementFact } from '../regulation/agreement.ts';
import type { Queries } from './client.ts';

/** A client's agreements as they stand in the records now (§1.3); none without a client. */
export async function agreementFactsOf(db: Queries, clientId: string | null): Promise<AgreementFact[]> {
  if (clientId === null) return [];
  const rows = await db.agreement.findMany({
    where: { clientId },
    include: { products: { select: { id: true }, orderBy: { id: 'asc' } } },
    orderBy: { id: 'asc' },
  });
  return rows.map(({ id, validFrom, validTo, allProducts, products }) => ({
    agreementId: id,
    from: dateOf(validFrom),
    to: validTo === null ? null : dateOf(validTo),
    productIds: allProducts ? null : products.map((product) => product.id),
  }));
}

/** A date column comes as the midnight of UTC that begins it. */
function dateOf(column: Date): string {
  return column.toISOString().slice(0, 10);
}
