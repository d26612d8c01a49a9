import { describe, expect, it } from '@jest/globals';

import { missingParts, proposeSeverity } from '../../regulation/proposal.ts';
import type { RequestContents } from '../../regulation/proposal.ts';
import { REQUEST_PARTS } from '../../regulation/vocabulary.ts';

const FULL: RequestContents = {
  steps: 'open the form, press print',
  frequency: 'always',
  attachments: 1,
  fullName: 'Асанова Айгуль',
  email: 'aigul@ak-suu.example',
  phone: '+996 555 000 000',
};

describe('the proposed level (§2.5, reading 18)', () => {
  for (const [impact, level] of [
    ['stopped', 1],
    ['degraded', 2],
    ['minor', 3],
    ['consultation', 3],
    ['reporting', 4],
  ] as const) {
    it(`is ${level} for ${impact}`, () => {
      expect(proposeSeverity(impact)).toBe(level);
    });
  }

  it('is none while the impact is unknown', () => {
    expect(proposeSeverity(null)).toBeNull();
  });
});

describe('what a full request has (§3.2)', () => {
  it('is all there, or listed part by part', () => {
    expect(missingParts(FULL)).toEqual([]);
    expect(
      missingParts({ steps: null, frequency: null, attachments: 0, fullName: null, email: null, phone: null }),
    ).toEqual(REQUEST_PARTS);
  });

  for (const [part, lacking] of [
    ['steps', { steps: ' \n' }],
    ['screenshots', { attachments: 0 }],
    ['frequency', { frequency: null }],
    ['phone', { phone: '' }],
    ['email', { email: '  ' }],
    ['full-name', { fullName: '' }],
  ] as const) {
    it(`misses ${part} when it is absent or blank`, () => {
      expect(missingParts({ ...FULL, ...lacking })).toEqual([part]);
    });
  }
});
