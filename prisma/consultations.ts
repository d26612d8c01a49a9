import type { Instant } from '../regulation/instant.ts';
import type { Queries } from './client.ts';

export interface NewConsultation {
  receivedAt: Instant;
  fromAddress: string;
  contactId: string | null;
  productId: string | null;
  text: string;
  staffId: string;
}

/** Logs a telephone call that was a consultation: it makes no ticket (§3.1). */
export async function logConsultation(db: Queries, { receivedAt, ...call }: NewConsultation): Promise<string> {
  const { id } = await db.consultation.create({
    data: { ...call, receivedAt: new Date(receivedAt) },
    select: { id: true },
  });
  return id;
}
