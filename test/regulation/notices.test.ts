import { describe, expect, it } from '@jest/globals';

import { isTracked } from '../../regulation/notices.ts';
import { inWork, instant, receive } from '../support/scenario.ts';
import {
  ask,
  complete,
  escalate,
  message,
  note,
  plan,
  postpone,
  reply,
  resend,
  tieUpdate,
} from '../support/tickets.ts';

describe('what an event owes to whom', () => {
  it('carries ids and instants under a key of ticket, version, audience and kind', () => {
    const scenario = inWork(1).until('2026-03-02 14:00');
    expect(scenario.notices.find(({ kind }) => kind === 'resolution-breach')).toEqual({
      id: `1024:${scenario.the('resolution-breached').version}:on-duty:resolution-breach`,
      ticketNumber: 1024,
      version: scenario.the('resolution-breached').version,
      kind: 'resolution-breach',
      audience: 'on-duty',
      textId: null,
      dueAt: instant('2026-03-02 14:00'),
      missing: [],
    });
  });

  for (const [what, textId, move] of [
    ['reply', 'reply-text', reply()],
    ['question', 'question-text', ask({ missing: ['steps', 'phone'] })],
    ['postponed', 'postpone-text', postpone()],
    ['completion', 'answer-text', complete()],
  ] as const) {
    it(`tells the client by the staff's words: ${what}`, () => {
      const scenario = inWork(3).when('2026-03-02 10:00', move);
      expect(scenario.notices.findLast(({ kind }) => kind === what)).toMatchObject({ audience: 'client', textId });
    });
  }

  it('lists in a question what is missing (§3.2)', () => {
    const scenario = inWork(3).when('2026-03-02 10:00', ask({ missing: ['steps', 'phone'] }));
    expect(scenario.notices.find(({ kind }) => kind === 'question')?.missing).toEqual(['steps', 'phone']);
  });

  it('sends a completion again in the same words, a question as a reminder', () => {
    const scenario = inWork(3, { handsOver: 'by-hand' }).when('2026-03-02 10:00', complete());
    scenario.when('2026-03-02 10:10', resend(scenario.notice('completion')));
    expect(scenario.notices.filter(({ kind }) => kind === 'completion').map(({ textId }) => textId)).toEqual([
      'answer-text',
      'answer-text',
    ]);
    const asked = inWork(3).when('2026-03-02 10:00', ask());
    asked.when('2026-03-02 10:10', resend(asked.notice('question')));
    expect(asked.told('reminder')).toEqual(['reminder client']);
  });

  it('owes nothing for what concerns nobody outside', () => {
    const scenario = inWork(3);
    const told = scenario.notices.length;
    scenario.when('2026-03-02 10:00', note()).when('2026-03-02 10:01', tieUpdate('update-1'));
    expect(scenario.notices).toHaveLength(told);
  });

  it('shows the staff each word of the client and each decision of development', () => {
    const scenario = inWork(3)
      .when('2026-03-02 10:00', message('word'))
      .when('2026-03-02 10:05', escalate())
      .when('2026-03-02 10:10', plan());
    expect(scenario.notices.find(({ kind }) => kind === 'client-wrote')).toMatchObject({ textId: 'word' });
    expect(scenario.notices.find(({ kind }) => kind === 'development-decided')).toMatchObject({ textId: 'plan-text' });
  });

  it('the ticket must learn the fate of questions, reminders and completions alone', () => {
    const kinds = ['question', 'reminder', 'completion', 'reply', 'receipt', 'assigned'] as const;
    expect(kinds.filter((kind) => isTracked(kind))).toEqual(['question', 'reminder', 'completion']);
    expect(receive().told('receipt')).toEqual(['receipt client']);
  });
});
