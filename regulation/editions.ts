import { EDITION_2023_03_31 } from './editions/2023-03-31.ts';
import type { Edition } from './editions/edition.ts';
import { InvalidSetting } from './errors.ts';

const EDITIONS: readonly Edition[] = [EDITION_2023_03_31];

/**
 * The edition a ticket keeps (reading 11).
 * @throws InvalidSetting when no edition has this id: a ticket must never run under a guessed text.
 */
export function editionOf(id: string): Edition {
  const edition = EDITIONS.find((one) => one.id === id);
  if (edition === undefined)
    throw new InvalidSetting('edition', `no edition "${id}"; known: ${EDITIONS.map((one) => one.id).join(', ')}`);
  return edition;
}

/** The edition in force on a local date: a ticket takes the one of its day of receipt (§1.8, reading 11). */
export function editionInForce(date: string): Edition {
  const inForce = EDITIONS.filter((one) => one.effectiveFrom <= date).at(-1);
  if (inForce === undefined) throw new InvalidSetting('edition', `no edition was in force on ${date}`);
  return inForce;
}
