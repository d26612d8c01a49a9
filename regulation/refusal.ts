/** Why an act may not be done: an expected answer, not a failure. Codes are stable; the sentence is for people. */
export const REFUSAL_CODES = [
  'wrong-role',
  'wrong-status',
  'stale-revision',
  'ticket-closed',
  'already-assigned',
  'already-ahead',
  'already-tied',
  'client-required',
  'product-required',
  'no-valid-agreement',
  'reason-required',
  'release-required',
  'target-required',
  'target-in-the-past',
  'no-address',
  'unknown-notice',
  'nothing-to-judge',
  'same-ticket',
  'different-client',
  'target-not-open',
  'not-tied',
  'beyond-calendar',
] as const;
export type RefusalCode = (typeof REFUSAL_CODES)[number];

export interface Refusal {
  refused: RefusalCode;
  detail: string;
}

export function refuse(refused: RefusalCode, detail: string): Refusal {
  return { refused, detail };
}
