import { describe, expect, it } from '@jest/globals';

import { inWork, instant, receive } from '../support/scenario.ts';
import {
  ask,
  assign,
  automaticReply,
  call,
  classify,
  complete,
  decline,
  delivered,
  escalate,
  linkClient,
  markAbusive,
  message,
  note,
  postpone,
  putAhead,
  reply,
  take,
  tieUpdate,
} from '../support/tickets.ts';

describe('the first act of a person that the client sees is the response (§2.6, reading 16)', () => {
  for (const [what, move] of [
    ['a reply', reply()],
    ['a question', ask()],
    ['a question by telephone', ask({ byPhone: true, reachable: false })],
    ['classifying', classify(3)],
    ['declining', decline()],
    ['a telephone call', call('call')],
  ] as const) {
    it(`${what} is one, at its own instant`, () => {
      const scenario = receive().when('2026-03-02 09:07', move);
      expect(scenario.ticket.firstResponse.at).toBe(instant('2026-03-02 09:07'));
      expect(scenario.until('2026-03-02 10:00').happened('first-response-breached')).toEqual([]);
    });
  }

  for (const [what, move] of [
    ['an internal note', note()],
    ['taking', take()],
    ['assigning', assign('agent-2')],
    ['putting ahead', putAhead()],
    ['linking a client', linkClient()],
    ['tying to an update', tieUpdate('update-1')],
    ['marking a message', markAbusive('first-message')],
    ["the client's next message", message('second')],
    ['an automatic mail', automaticReply('out-of-office')],
    ['the automatic acknowledgement', delivered('1024:1:client:receipt')],
  ] as const) {
    it(`${what} is none`, () => {
      const scenario = receive().when('2026-03-02 09:07', move);
      expect(scenario.ticket.firstResponse.at).toBeNull();
      expect(scenario.until('2026-03-02 09:15').happened('first-response-breached')).toHaveLength(1);
    });
  }

  it('later ones do not move it', () => {
    const scenario = inWork(3)
      .when('2026-03-02 09:30', postpone())
      .when('2026-03-02 10:00', escalate())
      .when('2026-03-02 11:00', complete());
    expect(scenario.ticket.firstResponse.at).toBe(instant('2026-03-02 09:00'));
  });

  it('a call learned of later counts at its own instant, and takes no recorded breach away (reading 20)', () => {
    const scenario = receive().learns('2026-03-02 09:30', '2026-03-02 09:05', call('call'));
    expect(scenario.ticket.firstResponse).toMatchObject({ at: instant('2026-03-02 09:05') });
    expect(scenario.ticket.firstResponse.breaches).toHaveLength(1);
    expect(
      receive().learns('2026-03-02 09:14', '2026-03-02 09:05', call('call')).until('2026-03-02 10:00').ticket
        .firstResponse.breaches,
    ).toEqual([]);
  });

  it('a call learned of later is earlier than a reply already there', () => {
    const scenario = receive()
      .when('2026-03-02 09:08', reply())
      .learns('2026-03-02 09:30', '2026-03-02 09:05', call('call'));
    expect(scenario.ticket.firstResponse.at).toBe(instant('2026-03-02 09:05'));
  });

  it('a call before the request was no response to it', () => {
    const scenario = receive().learns('2026-03-02 09:05', '2026-03-02 08:59:59.999', call('call'));
    expect(scenario.ticket.firstResponse.at).toBeNull();
    expect(receive().when('2026-03-02 09:00', call('call')).ticket.firstResponse.at).toBe(instant('2026-03-02 09:00'));
  });
});
