import { describe, expect, it } from '@jest/globals';

import { clocksOf } from '../../regulation/explain.ts';
import { inWork, instant, receive } from '../support/scenario.ts';
import { AGREEMENT, classify, decline, linkClient, reply } from '../support/tickets.ts';

const stranger = (receivedAt = '2026-03-02 09:00') =>
  receive({ receivedAt, clientId: null, contactId: null, agreements: [] });

describe('an unknown sender (§1.3, reading 17)', () => {
  it('has a first response to expect and no resolution clock', () => {
    const scenario = stranger().until('2026-03-10 09:00');
    expect(scenario.ticket).toMatchObject({ status: 'triage', agreementStanding: 'unknown' });
    expect(scenario.happened('first-response-breached')).toHaveLength(1);
    expect(scenario.happened('resolution-warned', 'resolution-alarmed')).toEqual([]);
    expect(scenario.next()).toBeNull();
    expect(clocksOf(scenario.ticket, scenario.calendar, instant('2026-03-10 09:00')).resolution).toMatchObject({
      dueAt: null,
      state: 'not-started',
      elapsedMs: 0,
    });
  });

  it('can be answered, and declined as unknown; classifying needs a client first', () => {
    const scenario = stranger().when('2026-03-02 09:05', reply());
    expect(scenario.refuses('2026-03-02 09:06', classify(3))).toBe('client-required');
    scenario.when('2026-03-02 09:07', decline({ reason: 'unknown-sender' }));
    expect(scenario.the('declined')).toMatchObject({ clause: '3.4' });
    expect(scenario.ticket).toMatchObject({ closedBecause: 'declined', outcome: null });
  });

  it('once linked counts from receipt, and the agreement is judged on the day of receipt', () => {
    const scenario = stranger('2026-03-02 09:00').when('2026-03-04 10:00', linkClient());
    expect(scenario.the('client-linked')).toMatchObject({ agreementStanding: 'valid', clause: '1.3' });
    expect(scenario.dueAt()).toBe('2026-03-02 17:00');
    const begun = { ...AGREEMENT, from: '2026-03-03' };
    const tooLate = stranger('2026-03-02 09:00').when('2026-03-04 10:00', linkClient({ agreements: [begun] }));
    expect(tooLate.ticket.agreementStanding).toBe('not-yet-begun');
  });

  it('linked late past its limit raises the alarm at once, and is a breach once classified', () => {
    const scenario = stranger().when('2026-03-02 18:00', linkClient());
    expect(scenario.the('resolution-alarmed')).toMatchObject({ dueAt: instant('2026-03-02 17:00') });
    expect(scenario.told('resolution-alarm', 'resolution-warning')).toEqual(['resolution-alarm on-duty']);
    expect(scenario.breaches()).toEqual([]);
    scenario.when('2026-03-02 18:30', classify(2));
    expect(scenario.breaches()).toEqual(['time: due 2026-03-02 17:00, known 2026-03-02 18:30']);
  });

  it('linked at the limit’s own instant is not late yet', () => {
    const scenario = stranger().when('2026-03-02 17:00', linkClient());
    expect(scenario.happened('resolution-alarmed')).toEqual([]);
    expect(scenario.until('2026-03-02 17:00').happened('resolution-alarmed')).toHaveLength(1);
  });

  it('linked past the limit of one level and classified to an easier one has no breach', () => {
    const scenario = stranger().when('2026-03-02 18:00', linkClient()).when('2026-03-02 18:30', classify(3));
    expect(scenario.breaches()).toEqual([]);
    expect(scenario.until('2026-03-03 18:00').breaches()).toHaveLength(1);
  });

  it('keeps the sender that intake knew when the client alone is named', () => {
    const scenario = receive({ clientId: null, contactId: 'contact-9', agreements: [] });
    scenario.when('2026-03-02 09:05', linkClient({ contactId: null }));
    expect(scenario.ticket).toMatchObject({ clientId: 'client-1', contactId: 'contact-9' });
    expect(scenario.when('2026-03-02 09:06', linkClient({ contactId: 'contact-2' })).ticket.contactId).toBe(
      'contact-2',
    );
  });

  it('linked to another client later moves no deadline', () => {
    const scenario = inWork(3).when('2026-03-03 13:00', linkClient({ clientId: 'client-2' }));
    expect(scenario.ticket.clientId).toBe('client-2');
    expect(scenario.until('2026-03-03 13:30').happened('resolution-warned')).toHaveLength(1);
  });
});
