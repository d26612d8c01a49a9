import type { Severity } from '../vocabulary.ts';

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
