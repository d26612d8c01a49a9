import type { Edition } from './edition.ts';
import { HOUR_MS, MINUTE_MS } from '../instant.ts';

/** A working day of the limits is nine business hours, 09:00-18:00 (§2.4, §2.6). */
const WORKING_DAY_MS = 9 * HOUR_MS;

/** Order no. 2 of 31 March 2023. */
export const EDITION_2023_03_31: Edition = {
  id: '2023-03-31',
  effectiveFrom: '2023-03-31',
  firstResponse: { targetMs: 15 * MINUTE_MS, warnAfterMs: 10 * MINUTE_MS },
  resolution: {
    1: { limitMs: 5 * HOUR_MS, hours: 'around-the-clock', leavesOutUpdates: true, clause: '2.6' },
    2: { limitMs: 8 * HOUR_MS, hours: 'around-the-clock', leavesOutUpdates: true, clause: '2.6' },
    3: { limitMs: 2 * WORKING_DAY_MS, hours: 'working-hours', leavesOutUpdates: false, clause: '2.6' },
    4: { limitMs: 5 * WORKING_DAY_MS, hours: 'working-hours', leavesOutUpdates: false, clause: '2.6' },
  },
  warnAtShare: 0.75,
  silenceMs: 3 * WORKING_DAY_MS,
  confirmationMs: 24 * HOUR_MS,
};
