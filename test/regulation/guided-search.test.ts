import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { countUpTo, guideTo } from '../../regulation/guided-search.ts';

describe('guided search', () => {
  it('counts as a plain look through the list does, wherever the values crowd', () => {
    const list = fc.array(fc.oneof(fc.nat({ max: 100 }), fc.integer({ min: 0, max: 1_000_000_007 })), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(list, fc.nat(), fc.constantFrom(-1, 0, 1), (numbers, nth, off) => {
        const sorted = numbers.sort((a, b) => a - b);
        const end = Math.max(1, sorted.at(-1) ?? 0);
        const guided = guideTo(Float64Array.from(sorted), { origin: 0, end });
        const limit = Math.min(end, Math.max(0, (sorted[nth % sorted.length] ?? nth) + off));
        expect(countUpTo(guided, limit)).toBe(sorted.filter((value) => value <= limit).length);
      }),
    );
  });
});
