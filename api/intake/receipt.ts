import { DAY_MS, MINUTE_MS } from '../../regulation/instant.ts';
import type { Instant } from '../../regulation/instant.ts';
import { Problem } from '../errors.ts';

/** How far another machine's clock may be ahead of ours. */
const CLOCK_SKEW_MS = MINUTE_MS;
/** Reading 4 says it of calls; a channel that brings older messages needs a person. */
const OLDEST_MS = 7 * DAY_MS;

/**
 * The receipt that is told (reading 4), or now. Another machine's clock may be a minute ahead; such a receipt is now,
 * since nothing is received later than it is told.
 * @throws Problem `received-in-the-future`, `received-too-long-ago`
 */
export function receiptOf(told: string | undefined, now: Instant): Instant {
  if (told === undefined) return now;
  const at = Date.parse(told);
  if (at > now + CLOCK_SKEW_MS) {
    throw new Problem('received-in-the-future', `receivedAt is later than now, ${iso(now)}; it must not be`);
  }
  if (at < now - OLDEST_MS) {
    throw new Problem(
      'received-too-long-ago',
      `receivedAt is more than 7 days back; since ${iso(now - OLDEST_MS)} is allowed`,
    );
  }
  return Math.min(at, now);
}

function iso(at: Instant): string {
  return new Date(at).toISOString();
}
