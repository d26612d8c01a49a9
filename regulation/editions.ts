import { EDITION_2023_03_31 } from './editions/2023-03-31.ts';
import { InvalidSetting } from './errors.ts';
import type { Severity } from './vocabulary.ts';

/** A limit counts around the clock (levels 1 and 2) or in working hours (levels 3 and 4), §2.4. */
export type CountedHours = 'around-the-clock' | 'working-hours';

export interface ResolutionLimit {
  limitMs: number;
  hours: CountedHours;
  /** Whether time spent installing a tied update is left out (§2.6: levels 1 and 2 only). */
  leavesOutUpdates: boolean;
  clause: string;
}

/** One published text of the regulation as the numbers that bind the software (§1.8). */
export interface Edition {
  id: string;
  /** The local date from which it binds new tickets. */
  effectiveFrom: string;
  firstResponse: { targetMs: number; warnAfterMs: number };
  resolution: Readonly<Record<Severity, ResolutionLimit>>;
  /** The share of the limit after which a warning goes out, reading 9. */
  warnAtShare: number;
  /** Silence after a question that was handed over, in working hours at every level, reading 6. */
  silenceMs: number;
  /** Consecutive time for the client's word after he was told of the completion, reading 7. */
  confirmationMs: number;
}

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
