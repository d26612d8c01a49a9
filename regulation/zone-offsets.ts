import type { Instant } from './instant.ts';

/** The offset from UTC that is in force from an instant on, until the next of the list. */
export interface ZoneOffset {
  from: Instant;
  offsetMs: number;
}

/** The wall clock at `t` as if it were UTC, by offsets of which the first begins at or before `t`. */
export function wallClockAt(zone: readonly Readonly<ZoneOffset>[], t: Instant): number {
  let offsetMs = 0;
  for (const piece of zone) {
    if (piece.from > t) break;
    offsetMs = piece.offsetMs;
  }
  return t + offsetMs;
}

/**
 * The earliest instant at which the wall clock shows `wallClock` or later: the first of a repeated hour, the end of a
 * skipped one. Never before the first offset begins.
 */
export function earliestAtWallClock(zone: readonly Readonly<ZoneOffset>[], wallClock: number): Instant {
  for (const [i, piece] of zone.entries()) {
    const t = Math.max(wallClock - piece.offsetMs, piece.from);
    if (t < (zone[i + 1]?.from ?? Infinity)) return t;
  }
  return Infinity;
}
