import { describe, expect, it } from '@jest/globals';

import { receiveTicket } from '../../regulation/decide.ts';
import { evolve } from '../../regulation/evolve.ts';
import { bishkek, workingCalendar } from '../support/calendars.ts';
import { receive } from '../support/scenario.ts';
import { classify, request } from '../support/tickets.ts';

describe('receipt (reading 4)', () => {
  it('is the first event, under the number, edition and calendar version of the request (§2.3)', () => {
    const received = receiveTicket(request(), bishkek('2026-03-02 09:00'), workingCalendar({}, 7));
    expect(received).toMatchObject({
      type: 'ticket-received',
      number: 1024,
      edition: '2023-03-31',
      version: 1,
      at: bishkek('2026-03-02 09:00'),
      actor: { kind: 'client', contactId: 'contact-1' },
      clause: '2.3',
      calendarVersion: 7,
    });
    expect(evolve(null, received)).toMatchObject({ status: 'triage', version: 1, revision: 1, severity: null });
  });

  it('starts both clocks, also when the workflow learns of it hours later', () => {
    const received = receiveTicket(request(), bishkek('2026-03-02 11:00'), workingCalendar());
    expect(received.knownAt).toBe(bishkek('2026-03-02 11:00'));
    expect(evolve(null, received)).toMatchObject({
      receivedAt: bishkek('2026-03-02 09:00'),
      resolution: { clock: { startedAt: bishkek('2026-03-02 09:00') } },
    });
  });

  it('of a call is the call itself, which is the first response too', () => {
    const call = receive({ channel: 'phone', receivedAt: '2026-03-02 09:00' }).until('2026-03-02 09:30');
    expect(call.ticket.firstResponse.at).toBe(bishkek('2026-03-02 09:00'));
    expect(call.happened('first-response-warned', 'first-response-breached')).toEqual([]);
  });

  it('of a call entered days later finds its limits where they were: alarms in triage, a breach once classified', () => {
    const call = receive({ channel: 'phone', receivedAt: '2026-02-27 10:00' }).workersReturn('2026-03-02 09:00');
    expect(call.the('resolution-alarmed')).toMatchObject({
      at: bishkek('2026-02-27 18:00'),
      knownAt: bishkek('2026-03-02 09:00'),
    });
    expect(call.the('resolution-warned').announced).toBe(false);
    call.when('2026-03-02 09:05', classify(1));
    expect(call.breaches()).toEqual(['time: due 2026-02-27 15:00, known 2026-03-02 09:05']);
  });
});
