import type { AgreementStanding } from './vocabulary.ts';

/** A licence or sublicence agreement as far as §1.3 needs it: whole local dates, `to` included. */
export interface AgreementFact {
  agreementId: string;
  from: string;
  /** The last date of validity, or null for an agreement without end. */
  to: string | null;
  /** The products it covers; null means all of them. */
  productIds: string[] | null;
}

/**
 * How a client's agreements stood on a date (§1.3, reading 11: the local date of receipt decides, whenever it is asked).
 * Without a product any agreement valid on the date will do; the product is checked when it is known.
 */
export function standingOn(
  agreements: readonly AgreementFact[],
  date: string,
  productId: string | null,
): AgreementStanding {
  if (agreements.length === 0) return 'none';
  const inForce = agreements.filter((one) => one.from <= date && (one.to === null || date <= one.to));
  if (inForce.length > 0) {
    const covers = inForce.some(
      (one) => productId === null || one.productIds === null || one.productIds.includes(productId),
    );
    return covers ? 'valid' : 'product-not-covered';
  }
  return agreements.some((one) => one.to !== null && one.to < date) ? 'ended' : 'not-yet-begun';
}
