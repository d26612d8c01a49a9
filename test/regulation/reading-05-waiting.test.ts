import { describe, expect, it } from '@jest/globals';

import { inWork, instant, receive } from '../support/scenario.ts';
import {
  ask,
  automaticReply,
  call,
  complete,
  confirm,
  delivered,
  disagree,
  escalate,
  failed,
  message,
  resend,
  returnToWork,
  toldByPhone,
} from '../support/tickets.ts';

const byHand = { handsOver: 'by-hand' } as const;

/** Asked at 10:00 and handed over a second later, at level 1. */
function waiting() {
  const scenario = inWork(1, byHand).when('2026-03-02 10:00', ask());
  return scenario.when('2026-03-02 10:00:01', delivered(scenario.notice('question')));
}

describe('waiting on the client begins (§3.6, reading 5)', () => {
  it('with the act that asks; pause and silence with the hand-over', () => {
    const scenario = inWork(1, byHand).when('2026-03-02 10:00', ask());
    expect(scenario.ticket).toMatchObject({ status: 'waiting-on-client', waiting: { silence: null } });
    expect(scenario.ticket.resolution.clock.pauses).toEqual([]);
    scenario.when('2026-03-02 10:00:01', delivered(scenario.notice('question')));
    const handedOverAt = instant('2026-03-02 10:00:01');
    expect(scenario.ticket).toMatchObject({
      waiting: { silence: { startedAt: handedOverAt }, handedOverAt: [handedOverAt] },
    });
    expect(scenario.ticket.resolution.clock.pauses).toEqual([
      { from: handedOverAt, to: null, reason: 'waiting-on-client' },
    ]);
  });

  it('at once by telephone: the question is handed over as it is asked', () => {
    const scenario = inWork(1, byHand).when('2026-03-02 10:00', ask({ byPhone: true, reachable: false }));
    expect(scenario.ticket).toMatchObject({ waiting: { silence: { startedAt: instant('2026-03-02 10:00') } } });
    expect(scenario.told('question')).toEqual([]);
  });

  it('with a call when the letter does not get through: told by telephone is handed over', () => {
    const scenario = inWork(1, byHand).when('2026-03-02 10:00', ask()).when('2026-03-02 10:30', toldByPhone());
    expect(scenario.the('question-handed-over')).toMatchObject({ noticeId: null, noteId: 'phone-note' });
    expect(scenario.dueAt()).toBeNull();
  });

  it('is refused when there is no address to ask at, and changes nothing', () => {
    expect(inWork(1).refuses('2026-03-02 10:00', ask({ reachable: false }))).toBe('no-address');
  });

  it('a second question while waiting moves neither the pause nor the silence', () => {
    const scenario = waiting().when('2026-03-02 12:00', ask());
    scenario.when('2026-03-02 12:00:01', delivered(scenario.notice('question')));
    expect(scenario.ticket).toMatchObject({
      waiting: { askedAt: instant('2026-03-02 10:00'), silence: { startedAt: instant('2026-03-02 10:00:01') } },
    });
    expect(scenario.when('2026-03-02 13:00', message('answer')).dueAt()).toBe('2026-03-02 16:59:59');
  });

  it('the first hand-over starts the pause, whichever question it carries', () => {
    const scenario = inWork(1, byHand).when('2026-03-02 10:00', ask());
    const first = scenario.notice('question');
    scenario.when('2026-03-02 10:10', ask());
    const second = scenario.notice('question');
    scenario.when('2026-03-02 10:11', delivered(second)).when('2026-03-02 10:20', delivered(first));
    expect(scenario.ticket).toMatchObject({
      waiting: { silence: { startedAt: instant('2026-03-02 10:11') }, handedOverIds: [second, first] },
    });
  });

  it('a notice handed over is handed over once, however often the news of it comes', () => {
    const scenario = waiting();
    const before = scenario.ticket;
    expect(scenario.when('2026-03-02 11:00', delivered(scenario.notice('question'))).ticket).toBe(before);
  });
});

describe('waiting on the client ends (reading 5)', () => {
  for (const [who, move] of [
    ['a letter', message('answer')],
    ['a message on another channel', message('answer', { channel: 'telegram' })],
    ['a call', call('answer')],
    ['an early confirmation', confirm('answer')],
    ['an early disagreement', disagree('answer')],
  ] as const) {
    it(`with ${who}, a person's word on any channel`, () => {
      const scenario = waiting().when('2026-03-02 12:00:01', move);
      expect(scenario.ticket.status).toBe('work');
      expect(scenario.dueAt()).toBe('2026-03-02 16:00');
      expect(scenario.the('message-received').effect).toBe('ends-waiting');
    });
  }

  it('not with an automatic reply or a delivery report: it is filed, answers nothing and is not answered', () => {
    const scenario = waiting();
    const told = scenario.notices.length;
    scenario.when('2026-03-02 10:05', automaticReply('out-of-office'));
    expect(scenario.ticket.status).toBe('waiting-on-client');
    expect(scenario.the('message-received').effect).toBe('none');
    expect(scenario.notices).toHaveLength(told);
  });

  it('with an answer that comes before the hand-over: nothing was paused', () => {
    const scenario = inWork(1, byHand).when('2026-03-02 10:00', ask()).when('2026-03-02 10:30', message('answer'));
    expect(scenario.ticket.status).toBe('work');
    const question = scenario.notice('question');
    expect(scenario.when('2026-03-02 10:31', delivered(question)).ticket.status).toBe('work');
    expect(scenario.dueAt()).toBe('2026-03-02 14:00');
  });

  it('with an answer of the very instant of the asking, not with one before', () => {
    const answered = (at: string) =>
      inWork(1, byHand).when('2026-03-02 10:00', ask()).learns('2026-03-02 10:01', at, message('answer')).ticket.status;
    expect(answered('2026-03-02 10:00')).toBe('work');
    expect(answered('2026-03-02 09:59:59.999')).toBe('waiting-on-client');
  });

  it('when the last possible channel has failed: at that instant, back in work, and the assignee is told', () => {
    const scenario = inWork(1, byHand).when('2026-03-02 10:00', ask());
    scenario.when('2026-03-02 10:05', failed(scenario.notice('question')));
    expect(scenario.ticket.status).toBe('work');
    expect(scenario.dueAt()).toBe('2026-03-02 14:00');
    expect(scenario.told('question-undeliverable')).toEqual(['question-undeliverable on-duty']);
  });

  it('with a bounce that comes later: what was paused till then stays paused', () => {
    const scenario = waiting();
    scenario.when('2026-03-02 11:00:01', failed(scenario.notice('question')));
    expect(scenario.ticket.status).toBe('work');
    expect(scenario.dueAt()).toBe('2026-03-02 15:00');
  });

  it("with a bounce at the bounce's own instant, also when it is learned of later", () => {
    const scenario = waiting();
    scenario.learns('2026-03-02 12:00', '2026-03-02 11:00:01', failed(scenario.notice('question')));
    expect(scenario.dueAt()).toBe('2026-03-02 15:00');
  });

  it('not with a bounce of the letter once he was told by telephone', () => {
    const scenario = inWork(1, byHand).when('2026-03-02 10:00', ask());
    const letter = scenario.notice('question');
    scenario.when('2026-03-02 10:10', toldByPhone()).when('2026-03-02 10:20', failed(letter));
    expect(scenario.ticket.status).toBe('waiting-on-client');
    expect(scenario.told('notice-undeliverable')).toEqual(['notice-undeliverable on-duty']);
  });

  it('not with a bounce of an earlier question that was answered', () => {
    const scenario = waiting();
    const first = scenario.notice('question');
    scenario.when('2026-03-02 11:00', message('answer')).when('2026-03-02 12:00', ask());
    scenario.when('2026-03-02 12:01', failed(first));
    expect(scenario.ticket.status).toBe('waiting-on-client');
  });

  it('with a bounce of a reminder: his last channel has failed', () => {
    const scenario = waiting().until('2026-03-03 09:00');
    scenario.when('2026-03-03 09:01', failed(scenario.notice('reminder')));
    expect(scenario.ticket.status).toBe('work');
  });

  for (const [act, move, status] of [
    ['a return to work', returnToWork(), 'work'],
    ['an escalation', escalate(), 'escalated-to-development'],
    ['a completion', complete(), 'completed'],
  ] as const) {
    it(`with ${act}`, () => {
      expect(waiting().when('2026-03-02 12:00', move).ticket.status).toBe(status);
    });
  }
});

describe('a question sent again (reading 5)', () => {
  it('goes out as a reminder under its own key, and only what was sent can be sent again', () => {
    const scenario = waiting();
    const question = scenario.notice('question');
    expect(scenario.refuses('2026-03-02 10:30', resend('1024:99:client:question'))).toBe('unknown-notice');
    scenario.when('2026-03-02 11:00', resend(question));
    expect(scenario.the('notice-resent')).toMatchObject({ noticeId: question, of: 'question' });
    scenario.when('2026-03-02 11:00:01', delivered(scenario.notice('reminder')));
    expect(scenario.ticket).toMatchObject({ waiting: { handedOverIds: [question, scenario.notice('reminder')] } });
  });

  it('is refused when nothing was sent: the client was asked by telephone', () => {
    const scenario = inWork(1, byHand).when('2026-03-02 10:00', ask({ byPhone: true }));
    expect(scenario.refuses('2026-03-02 11:00', resend('1024:3:client:question'))).toBe('unknown-notice');
  });
});

describe('a question in triage (reading 18)', () => {
  it('pauses nothing, starts no silence, and its bounce is shown', () => {
    const scenario = receive(byHand).when('2026-03-02 09:05', ask());
    const question = scenario.notice('question');
    scenario.when('2026-03-02 09:05:01', delivered(question));
    expect(scenario.ticket.status).toBe('triage');
    expect(scenario.dueAt()).toBe('2026-03-02 17:00');
    scenario.when('2026-03-02 09:06', failed(question));
    expect(scenario.told('notice-undeliverable')).toEqual(['notice-undeliverable on-duty']);
  });
});
