import type { AgreementFact } from '../regulation/agreement.ts';
import type { Queries } from './client.ts';

/** A client's agreements as they stand in the records now (§1.3); none without a client. One query, since every intake asks. */
export async function agreementFactsOf(db: Queries, clientId: string | null): Promise<AgreementFact[]> {
  if (clientId === null) return [];
  return db.$queryRaw<AgreementFact[]>`
    SELECT a.id AS "agreementId", to_char(a.valid_from, 'YYYY-MM-DD') AS "from", to_char(a.valid_to, 'YYYY-MM-DD') AS "to",
      CASE WHEN NOT a.all_products THEN array_remove(array_agg(covered."B" ORDER BY covered."B"), NULL) END AS "productIds"
    FROM agreements a LEFT JOIN "_AgreementToProduct" covered ON covered."A" = a.id
    WHERE a.client_id = ${clientId}::uuid
    GROUP BY a.id ORDER BY a.id`;
}
