import { isUniqueViolation } from './client.ts';
import type { Queries } from './client.ts';

/** A text or a reason of staff, on its way to be named by an event. */
export interface NewStaffText {
  id: string;
  ticketNumber: number;
  staffId: string;
  /** The act it belongs to, `remark` for a note on a closed ticket. */
  act: string;
  field: string;
  body: string;
}

export const REMARK = 'remark';

/**
 * Writes texts before their act is asked for. A repeat finds its own rows and writes nothing; false when an id is there
 * with other words, which the same key with another body would give.
 */
export async function writeStaffTexts(db: Queries, texts: readonly NewStaffText[]): Promise<boolean> {
  if (texts.length === 0) return true;
  await db.staffText.createMany({ data: [...texts], skipDuplicates: true });
  const there = await db.staffText.findMany({ where: { id: { in: texts.map((text) => text.id) } } });
  return texts.every((text) => there.some((one) => one.id === text.id && one.body === text.body));
}

/** The release of that name, made when it is new (§3.6); the same one for callers at the same instant. */
export async function releaseNamed(db: Queries, name: string): Promise<string> {
  const known = await db.release.findUnique({ where: { name } });
  if (known !== null) return known.id;
  try {
    return (await db.release.create({ data: { name } })).id;
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    return (await db.release.findUniqueOrThrow({ where: { name } })).id;
  }
}
