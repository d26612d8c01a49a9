import { describe, expect, it } from '@jest/globals';

import type { AgreementFact } from '../../regulation/agreement.ts';
import { standingOn } from '../../regulation/agreement.ts';
import { editionInForce, editionOf } from '../../regulation/editions.ts';
import { InvalidSetting } from '../../regulation/errors.ts';
import { HOUR_MS, MINUTE_MS } from '../../regulation/instant.ts';
import { inWork, receive } from '../support/scenario.ts';
import { AGREEMENT, classify, decline, linkClient } from '../support/tickets.ts';

const agreement = (overrides: Partial<AgreementFact>): AgreementFact => ({ ...AGREEMENT, ...overrides });

describe('editions of the regulation (§1.8, reading 11)', () => {
  it('of 31 March 2023 says the limits of clause 2.6 and 3.6 and 3.7', () => {
    const edition = editionOf('2023-03-31');
    expect(edition.firstResponse).toEqual({ targetMs: 15 * MINUTE_MS, warnAfterMs: 10 * MINUTE_MS });
    expect(edition.resolution).toEqual({
      1: { limitMs: 5 * HOUR_MS, hours: 'around-the-clock', leavesOutUpdates: true, clause: '2.6' },
      2: { limitMs: 8 * HOUR_MS, hours: 'around-the-clock', leavesOutUpdates: true, clause: '2.6' },
      3: { limitMs: 18 * HOUR_MS, hours: 'working-hours', leavesOutUpdates: false, clause: '2.6' },
      4: { limitMs: 45 * HOUR_MS, hours: 'working-hours', leavesOutUpdates: false, clause: '2.6' },
    });
    expect(edition.silenceMs).toBe(27 * HOUR_MS);
    expect(edition.confirmationMs).toBe(24 * HOUR_MS);
  });

  it('are in force from their own date on, and none before the first', () => {
    expect(editionInForce('2023-03-31').id).toBe('2023-03-31');
    expect(editionInForce('2026-11-24').id).toBe('2023-03-31');
    expect(() => editionInForce('2023-03-30')).toThrow(InvalidSetting);
  });

  it('are never guessed: an unknown one is a setting that cannot be used', () => {
    expect(() => editionOf('2031-01-01')).toThrow('no edition "2031-01-01"; known: 2023-03-31');
    expect(() => receive({ edition: '2031-01-01' }).next()).toThrow(InvalidSetting);
  });
});

describe('the agreement on the day of receipt (§1.3, reading 11)', () => {
  for (const [standing, agreements] of [
    ['none', []],
    ['valid', [AGREEMENT]],
    ['valid', [agreement({ from: '2026-03-02', to: '2026-03-02' })]],
    ['valid', [agreement({ to: null })]],
    ['valid', [agreement({ productIds: ['siroca-mis', 'siroca-lis'] })]],
    ['valid', [agreement({ to: '2026-03-01' }), agreement({ from: '2026-03-02' })]],
    ['valid', [agreement({ productIds: ['siroca-mis'] }), AGREEMENT]],
    ['ended', [agreement({ to: '2026-03-01' })]],
    ['ended', [agreement({ to: '2026-03-01' }), agreement({ from: '2026-03-03' })]],
    ['not-yet-begun', [agreement({ from: '2026-03-03' })]],
    ['not-yet-begun', [agreement({ from: '2026-03-03', to: null })]],
    ['product-not-covered', [agreement({ productIds: ['siroca-mis'] })]],
    ['product-not-covered', [agreement({ productIds: [] })]],
    ['product-not-covered', [agreement({ productIds: ['siroca-mis'] }), agreement({ to: '2026-03-01' })]],
  ] as const) {
    it(`is ${standing} with ${JSON.stringify(agreements.map(({ from, to, productIds }) => [from, to, productIds]))}`, () => {
      expect(standingOn(agreements, '2026-03-02', 'siroca-lis')).toBe(standing);
      expect(receive({ agreements: [...agreements] }).ticket.agreementStanding).toBe(standing);
    });
  }

  it('covers any product while none is known, and is judged again when one is', () => {
    const lisAlone = [agreement({ productIds: ['siroca-lis'] })];
    const scenario = receive({ agreements: lisAlone, productId: null });
    expect(scenario.ticket.agreementStanding).toBe('valid');
    const about = (productId: string) => classify(3, { productId, agreements: lisAlone });
    expect(scenario.refuses('2026-03-02 09:05', about('siroca-mis'))).toBe('no-valid-agreement');
    expect(scenario.when('2026-03-02 09:06', about('siroca-lis')).ticket.agreementStanding).toBe('valid');
  });

  it('goes by the local date: just after midnight in Bishkek it is another day than in UTC', () => {
    const endsOnSunday = [agreement({ to: '2026-03-01' })];
    const on = (receivedAt: string) => receive({ receivedAt, agreements: endsOnSunday }).ticket.agreementStanding;
    expect(on('2026-03-01 23:59:59.999')).toBe('valid');
    expect(on('2026-03-02 00:00')).toBe('ended');
  });

  it('is unknown while the client is', () => {
    expect(receive({ clientId: null, agreements: [] }).ticket.agreementStanding).toBe('unknown');
  });

  it('must be valid to leave triage; without it an agent declines, and nobody else does (§1.3)', () => {
    const ended = [agreement({ to: '2026-03-01' })];
    const scenario = receive({ agreements: ended }).until('2026-03-10 09:00');
    expect(scenario.ticket.status).toBe('triage');
    expect(scenario.refuses('2026-03-10 09:05', classify(3, { agreements: ended }))).toBe('no-valid-agreement');
    scenario.when('2026-03-10 09:10', decline({ reason: 'no-valid-agreement' }));
    expect(scenario.ticket).toMatchObject({ status: 'closed', closedBecause: 'declined', outcome: null });
    expect(scenario.the('declined')).toMatchObject({ clause: '1.3', reason: 'no-valid-agreement' });
    expect(scenario.told('declined')).toEqual(['declined client']);
  });

  it('renewed meanwhile does not help a ticket received before it began', () => {
    const renewed = [agreement({ to: '2026-02-28' }), agreement({ agreementId: 'agreement-2', from: '2026-03-03' })];
    expect(receive().refuses('2026-03-03 09:05', classify(3, { agreements: renewed }))).toBe('no-valid-agreement');
  });

  it('entered afterwards for the day of receipt does', () => {
    const scenario = receive({ agreements: [] }).when('2026-03-02 09:05', classify(3, { agreements: [AGREEMENT] }));
    expect(scenario.ticket).toMatchObject({ status: 'work', agreementStanding: 'valid' });
  });

  it('that ends meanwhile stops nothing: a ticket received under it is finished', () => {
    const cutShort = [agreement({ to: '2026-03-01' })];
    const scenario = inWork(3)
      .when('2026-03-03 10:00', linkClient({ agreements: [agreement({ to: '2026-03-02' })] }))
      .when('2026-03-03 10:05', classify(2, { agreements: cutShort }));
    expect(scenario.ticket).toMatchObject({ status: 'work', severity: 2, agreementStanding: 'valid' });
  });
});
