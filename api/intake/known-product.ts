import type { Queries } from '../../prisma/client.ts';
import { productIds } from '../../prisma/products.ts';
import { Problem } from '../errors.ts';

/** @throws Problem `unknown-product`, which names those there are */
export async function requireProduct(db: Queries, product: string | undefined): Promise<string | null> {
  if (product === undefined) return null;
  const known = await productIds(db);
  if (known.includes(product)) return product;
  throw new Problem('unknown-product', `product must be one of ${known.join(', ')}`);
}
