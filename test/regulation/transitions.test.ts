import { describe, expect, it } from '@jest/globals';

import { evolve } from '../../regulation/evolve.ts';
import { lifecycleDiagram } from '../../regulation/lifecycle-diagram.ts';
import type { Ticket } from '../../regulation/ticket.ts';
import { TRANSITIONS } from '../../regulation/transitions.ts';
import { inWork, receive } from '../support/scenario.ts';
import type { Scenario } from '../support/scenario.ts';
import {
  ask,
  complete,
  confirm,
  decline,
  delivered,
  disagree,
  escalate,
  failed,
  judge,
  merge,
  message,
  plan,
  returnToWork,
} from '../support/tickets.ts';

const T10 = '2026-03-02 10:00';
const T11 = '2026-03-02 11:00';
const T12 = '2026-03-02 12:00';

const asked = () => inWork(3).when(T10, ask());
const escalated = () => inWork(3).when(T10, escalate());
const completed = () => inWork(3, { handsOver: 'by-hand' }).when(T10, complete());
const told = () => inWork(3).when(T10, complete());
const bounces = (scenario: Scenario, kind: 'question' | 'completion') =>
  scenario.when(T11, failed(scenario.notice(kind)));

/** One life for each way along the table: its rows in the table's own words, and the last change of status it makes. */
const LIVES: readonly (readonly [string, string, () => Scenario])[] = [
  ['start to triage', 'received', () => receive()],
  ['triage to work', 'classified', () => inWork(3)],
  ['triage to closed', 'declined', () => receive().when(T10, decline())],
  ['triage to closed', 'merged', () => receive().when(T10, merge(1))],
  ['work to waiting-on-client', 'client asked', asked],
  ['work to escalated-to-development', 'escalated', escalated],
  ['work to completed', 'completed', completed],
  ['work to closed', 'declined', () => inWork(3).when(T10, decline())],
  ['work to closed', 'merged', () => inWork(3).when(T10, merge(1))],
  ['waiting-on-client to work', 'client answered', () => asked().when(T11, message('answer'))],
  ['waiting-on-client to work', 'question undeliverable', () => bounces(asked(), 'question')],
  ['waiting-on-client to work', 'returned', () => asked().when(T11, returnToWork())],
  ['waiting-on-client to escalated-to-development', 'escalated', () => asked().when(T11, escalate())],
  [
    'waiting-on-client to completed',
    'completed',
    () => inWork(3, { handsOver: 'by-hand' }).when(T10, ask()).when(T11, complete()),
  ],
  ['waiting-on-client to closed', '3 working days of silence', () => asked().until('2026-03-05 10:00')],
  ['waiting-on-client to closed', 'merged', () => asked().when(T11, merge(1))],
  [
    'escalated-to-development to work',
    'declined by development',
    () => escalated().when(T11, plan({ decision: 'declined' })),
  ],
  ['escalated-to-development to work', 'returned', () => escalated().when(T11, returnToWork())],
  [
    'escalated-to-development to completed',
    'completed',
    () => inWork(3, { handsOver: 'by-hand' }).when(T10, escalate()).when(T11, complete()),
  ],
  ['escalated-to-development to closed', 'merged', () => escalated().when(T11, merge(1))],
  [
    'completed to awaiting-confirmation',
    'client told',
    () => {
      const scenario = completed();
      return scenario.when(T11, delivered(scenario.notice('completion')));
    },
  ],
  ['completed to work', 'disagreed', () => completed().when(T11, disagree('no'))],
  ['completed to work', 'returned', () => completed().when(T11, returnToWork())],
  ['completed to closed', 'confirmed', () => completed().when(T11, confirm('yes'))],
  ['awaiting-confirmation to closed', 'confirmed', () => told().when(T11, confirm('yes'))],
  ['awaiting-confirmation to closed', '24 hours without an answer', () => told().until('2026-03-03 10:00')],
  [
    'awaiting-confirmation to closed',
    'confirmed',
    () =>
      told()
        .when(T11, message('ok'))
        .when(T12, judge('ok', { verdict: 'confirms' })),
  ],
  ['awaiting-confirmation to work', 'disagreed', () => told().when(T11, disagree('no'))],
  ['awaiting-confirmation to work', 'returned', () => told().when(T11, returnToWork())],
  ['awaiting-confirmation to completed', 'notice bounced', () => bounces(told(), 'completion')],
];

/** The changes of status a life went through, as `from to to`. */
function changesOf({ events }: Scenario): string[] {
  const tickets: Ticket[] = [];
  for (const event of events) tickets.push(evolve(tickets.at(-1) ?? null, event));
  const statuses = ['start', ...tickets.map(({ status }) => status)];
  return statuses.slice(1).flatMap((to, i) => (to === statuses[i] ? [] : [`${statuses[i]} to ${to}`]));
}

describe('the table of transitions', () => {
  const rows = new Map(TRANSITIONS.map(({ from, to, on }) => [`${from} to ${to}: ${on}`, `${from} to ${to}`]));

  for (const [ends, how, life] of LIVES) {
    it(`leads from ${ends} when ${how}`, () => {
      expect(changesOf(life()).at(-1)).toBe(ends);
      const words = TRANSITIONS.filter(({ from, to }) => `${from} to ${to}` === ends).flatMap(({ on }) =>
        on.split(', '),
      );
      expect(words).toContain(how);
    });
  }

  it('is followed by every life, change by change', () => {
    const known = new Set(rows.values());
    for (const [, , life] of LIVES) for (const change of changesOf(life())) expect(known).toContain(change);
  });

  it('has no row and no word that no life goes along', () => {
    const gone = new Set(LIVES.map(([ends, how]) => `${ends}: ${how}`));
    const promised = TRANSITIONS.flatMap(({ from, to, on }) => on.split(', ').map((how) => `${from} to ${to}: ${how}`));
    expect(promised.filter((one) => !gone.has(one))).toEqual([]);
  });

  it('leads nowhere from closed, and into triage from the start alone', () => {
    expect(TRANSITIONS.map(({ from }) => from as string)).not.toContain('closed');
    expect(TRANSITIONS.filter(({ to }) => to === 'triage').map(({ from }) => from)).toEqual(['start']);
  });
});

describe('the diagram of the lifecycle', () => {
  const lines = lifecycleDiagram().split('\n');

  it('is a mermaid state diagram that begins at the start and ends with closed', () => {
    expect(lines[0]).toBe('stateDiagram-v2');
    expect(lines).toContain('    [*] --> triage: received (2.3)');
    expect(lines.at(-1)).toBe('    closed --> [*]');
  });

  it('names each status once and draws one arrow for each pair of statuses', () => {
    const arrows = lines.filter((line) => line.includes('-->')).map((line) => line.split(':')[0]);
    expect(new Set(arrows).size).toBe(arrows.length);
    expect(arrows).toHaveLength(new Set(TRANSITIONS.map(({ from, to }) => `${from} ${to}`)).size + 1);
    expect(lines.filter((line) => line.includes('state "'))).toHaveLength(7);
  });

  it('says for every row what makes it happen and under which clause', () => {
    for (const { on, clause } of TRANSITIONS) expect(lines.join('\n')).toContain(`${on} (${clause})`);
  });
});
