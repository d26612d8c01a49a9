import { describe, expect, it } from '@jest/globals';

import type { Actor } from '../../regulation/actor.ts';
import type { StaffActType } from '../../regulation/commands.ts';
import { allowedActs, decide, isRefused } from '../../regulation/decide.ts';
import { STAFF_ACTS } from '../../regulation/transitions.ts';
import type { OpenStatus, Role } from '../../regulation/vocabulary.ts';
import { ROLES } from '../../regulation/vocabulary.ts';
import { inWork, instant, receive } from '../support/scenario.ts';
import type { Scenario } from '../support/scenario.ts';
import {
  ADMINISTRATOR,
  AGENT,
  ask,
  assign,
  classify,
  complete,
  CONTACT,
  decline,
  DEVELOPER,
  ENGINEER,
  escalate,
  goodAct,
  HEAD,
  message,
  plan,
  putAhead,
  reply,
  SYSTEM,
  take,
} from '../support/tickets.ts';
import type { Move } from '../support/tickets.ts';

const ACTORS: Record<Role, Actor> = { agent: AGENT, head: HEAD, developer: DEVELOPER, administrator: ADMINISTRATOR };
const NOW = '2026-03-02 11:00';

const OPEN: OpenStatus[] = [
  'triage',
  'work',
  'waiting-on-client',
  'escalated-to-development',
  'completed',
  'awaiting-confirmation',
];
const IN_WORK: OpenStatus[] = ['work', 'waiting-on-client', 'escalated-to-development'];
const BEFORE_COMPLETION: OpenStatus[] = ['triage', ...IN_WORK];
const FINISHED: OpenStatus[] = ['completed', 'awaiting-confirmation'];
const SUPPORT: Role[] = ['agent', 'head'];

/** The contract's table of commands, written down a second time: whence, by whom, with which fields. */
const TABLE: Record<StaffActType, { from: OpenStatus[]; roles: Role[]; needs: string[] }> = {
  'link-client': { from: BEFORE_COMPLETION, roles: SUPPORT, needs: ['clientId'] },
  decline: { from: ['triage', 'work'], roles: SUPPORT, needs: ['reason', 'text'] },
  classify: { from: BEFORE_COMPLETION, roles: SUPPORT, needs: ['severity'] },
  take: { from: OPEN, roles: SUPPORT, needs: [] },
  assign: { from: OPEN, roles: SUPPORT, needs: ['staffId'] },
  reply: { from: OPEN, roles: SUPPORT, needs: ['text'] },
  note: { from: OPEN, roles: [...ROLES], needs: ['text'] },
  'ask-client': { from: ['triage', 'work', 'waiting-on-client'], roles: SUPPORT, needs: ['text'] },
  'return-to-work': {
    from: ['waiting-on-client', 'escalated-to-development', ...FINISHED],
    roles: ['agent', 'head', 'developer'],
    needs: [],
  },
  escalate: { from: ['work', 'waiting-on-client'], roles: SUPPORT, needs: ['diagnosis'] },
  'record-development-decision': {
    from: ['escalated-to-development'],
    roles: ['developer', 'head'],
    needs: ['decision', 'text'],
  },
  postpone: { from: IN_WORK, roles: SUPPORT, needs: ['reason', 'text'] },
  complete: { from: IN_WORK, roles: SUPPORT, needs: ['outcome', 'text'] },
  'resend-notice': {
    from: ['completed', 'waiting-on-client'],
    roles: SUPPORT,
    needs: ['noticeId'],
  },
  'told-by-phone': {
    from: ['completed', 'waiting-on-client'],
    roles: SUPPORT,
    needs: ['note'],
  },
  'judge-message': { from: FINISHED, roles: SUPPORT, needs: ['messageId', 'verdict'] },
  'put-ahead': { from: ['triage', 'work'], roles: SUPPORT, needs: ['reason'] },
  'mark-abusive': { from: OPEN, roles: SUPPORT, needs: ['messageId', 'reason'] },
  merge: { from: BEFORE_COMPLETION, roles: SUPPORT, needs: ['into'] },
  'tie-update': { from: OPEN, roles: SUPPORT, needs: ['updateId'] },
};

/** A ticket in each status in which everything the status allows is possible; finished ones have a message to judge. */
const IN_STATUS: Record<OpenStatus, () => Scenario> = {
  triage: () => receive(),
  work: () => inWork(3),
  'waiting-on-client': () => inWork(3).when('2026-03-02 10:00', ask()),
  'escalated-to-development': () => inWork(3).when('2026-03-02 10:00', escalate()),
  completed: () =>
    inWork(3, { handsOver: 'by-hand' }).when('2026-03-02 10:00', complete()).when('2026-03-02 10:30', message('word')),
  'awaiting-confirmation': () =>
    inWork(3).when('2026-03-02 10:00', complete()).when('2026-03-02 10:30', message('word')),
};

const types = Object.keys(TABLE) as StaffActType[];

function answer(scenario: Scenario, move: Move): string {
  const at = instant(NOW);
  const decision = decide({ ...move, at, knownAt: at }, scenario.ticket, scenario.calendar);
  return isRefused(decision) ? decision.refused : 'done';
}

describe('who may do what in which status (the contract of the API)', () => {
  it('knows every act of the table and no other', () => {
    expect(Object.keys(STAFF_ACTS).toSorted()).toEqual(types.toSorted());
  });

  for (const status of OPEN) {
    for (const role of ROLES) {
      it(`${role}, ${status}: the acts of the table and no others, and the list of allowed acts agrees`, () => {
        const scenario = IN_STATUS[status]();
        expect(scenario.ticket.status).toBe(status);
        const allowed = allowedActs(scenario.ticket, ACTORS[role]).map(({ type }) => type);
        for (const type of types) {
          const { from, roles } = TABLE[type];
          const said = answer(scenario, { ...goodAct(type, scenario.ticket), actor: ACTORS[role] });
          const returnsElsewhere =
            type === 'return-to-work' && role === 'developer' && status !== 'escalated-to-development';
          const ifInRole = from.includes(status) && !returnsElsewhere ? 'done' : 'wrong-status';
          expect(`${type}: ${said}`).toBe(`${type}: ${roles.includes(role) ? ifInRole : 'wrong-role'}`);
          expect(`${type}: ${allowed.includes(type)}`).toBe(`${type}: ${said === 'done'}`);
        }
      });
    }
  }

  for (const actor of [CONTACT, SYSTEM]) {
    it(`lets ${actor.kind} do nothing that is of staff`, () => {
      const scenario = inWork(3);
      expect(allowedActs(scenario.ticket, actor)).toEqual([]);
      for (const type of types) {
        expect(answer(scenario, { ...goodAct(type, scenario.ticket), actor })).toBe('wrong-role');
      }
    });
  }

  it("gives an engineer in the Temporal UI the head's rights, but for taking a ticket himself", () => {
    const { ticket } = IN_STATUS['escalated-to-development']();
    const ofHead = allowedActs(ticket, HEAD).map(({ type }) => type);
    expect(allowedActs(ticket, ENGINEER).map(({ type }) => type)).toEqual(ofHead.filter((type) => type !== 'take'));
  });

  it('names the fields that each act needs', () => {
    for (const status of OPEN) {
      const { ticket } = IN_STATUS[status]();
      for (const { type, needs } of allowedActs(ticket, HEAD)) {
        const further = type === 'classify' && ticket.severity !== null ? ['reason'] : [];
        expect([type, needs]).toEqual([type, [...TABLE[type].needs, ...further]]);
      }
    }
    const unknown = receive({ productId: null }).ticket;
    expect(allowedActs(unknown, AGENT).find(({ type }) => type === 'classify')?.needs).toEqual([
      'severity',
      'productId',
    ]);
  });

  it('offers what a state rules out to nobody', () => {
    const offered = (scenario: Scenario) => allowedActs(scenario.ticket, AGENT).map(({ type }) => type);
    const stranger = offered(receive({ clientId: null, agreements: [] }));
    expect(stranger).not.toContain('classify');
    expect(stranger).not.toContain('merge');
    expect(stranger).toContain('link-client');
    expect(offered(inWork(3).when('2026-03-02 10:00', take()))).not.toContain('take');
    expect(offered(inWork(3).when('2026-03-02 10:00', putAhead()))).not.toContain('put-ahead');
    expect(offered(inWork(3).when('2026-03-02 10:00', complete()))).not.toContain('judge-message');
    expect(offered(inWork(3).when('2026-03-02 10:00', ask({ byPhone: true })))).not.toContain('resend-notice');
  });
});

describe('refusals', () => {
  it('ask for the role before the revision, the revision before the state, the state before the fields', () => {
    const scenario = inWork(3);
    expect(scenario.refuses(NOW, plan({ actor: AGENT }), 99)).toBe('wrong-role');
    expect(scenario.refuses(NOW, plan(), 99)).toBe('stale-revision');
    expect(scenario.refuses(NOW, plan({ releaseId: null }), scenario.ticket.revision)).toBe('wrong-status');
    expect(scenario.refuses(NOW, complete({ outcome: 'coming-update' }))).toBe('release-required');
  });

  it('say what was asked, what is, and what is allowed', () => {
    const at = instant(NOW);
    const scenario = inWork(3).when('2026-03-02 10:00', complete());
    expect(decide({ ...complete(), at, knownAt: at }, scenario.ticket, scenario.calendar)).toEqual({
      refused: 'wrong-status',
      detail:
        "cannot complete ticket 1024: it is awaiting the client's confirmation; allowed from work, waiting-on-client, escalated-to-development",
    });
  });

  for (const [status, words] of [
    ['triage', 'it is in triage'],
    ['waiting-on-client', 'it is waiting on the client'],
    ['completed', 'it is completed and not yet told to the client'],
    ['awaiting-confirmation', "it is awaiting the client's confirmation"],
    ['escalated-to-development', 'it is escalated to development'],
  ] as const) {
    it(`say of a ticket in ${status}: ${words}`, () => {
      const { ticket, calendar } = IN_STATUS[status]();
      const at = instant(NOW);
      const act = status === 'triage' ? complete() : decline();
      const refusal = decide({ ...act, at, knownAt: at }, ticket, calendar);
      expect(refusal).toMatchObject({ refused: 'wrong-status', detail: expect.stringContaining(words) });
    });
  }

  it('of a stale revision tell both; the present one is accepted', () => {
    const scenario = inWork(3);
    const { revision } = scenario.ticket;
    const at = instant(NOW);
    const stale = decide(
      { ...reply(), at, knownAt: at, expectedRevision: revision - 1 },
      scenario.ticket,
      scenario.calendar,
    );
    expect(stale).toMatchObject({ refused: 'stale-revision' });
    expect(stale).toMatchObject({
      detail: expect.stringContaining(`revision ${revision - 1} of ticket 1024; it is at ${revision}`),
    });
    const fresh = decide(
      { ...reply(), at, knownAt: at, expectedRevision: revision },
      scenario.ticket,
      scenario.calendar,
    );
    expect(isRefused(fresh)).toBe(false);
  });

  it('a level already set changes for a stated reason, and stays without one', () => {
    const scenario = inWork(3);
    expect(scenario.refuses(NOW, classify(2, { reasonId: null }))).toBe('reason-required');
    expect(scenario.when(NOW, classify(3, { reasonId: null, productId: 'siroca-mis' })).ticket.productId).toBe(
      'siroca-mis',
    );
    expect(receive().when('2026-03-02 09:05', classify(2, { reasonId: null })).ticket.severity).toBe(2);
  });

  it('a coming update needs its release, the other outcomes do not (§3.6)', () => {
    expect(inWork(3).refuses(NOW, complete({ outcome: 'coming-update' }))).toBe('release-required');
    for (const outcome of ['information-provided', 'not-our-software'] as const) {
      expect(inWork(3).when(NOW, complete({ outcome, vendorId: 'vendor-1' })).ticket).toMatchObject({
        completion: { outcome, vendorId: 'vendor-1' },
      });
    }
  });
});

describe('the revision that a caller may be out of date by (If-Match)', () => {
  it("counts people's acts: staff's and the client's, not the system's, not machine mail, not what was refused", () => {
    const scenario = receive();
    const step = (at: string, move: Move) => {
      const before = scenario.ticket.revision;
      scenario.when(at, move);
      return scenario.ticket.revision - before;
    };
    expect(scenario.ticket.revision).toBe(1);
    expect(step('2026-03-02 09:05', classify(1))).toBe(1);
    expect(step('2026-03-02 09:06', message('word'))).toBe(1);
    expect(step('2026-03-02 09:07', message('machine', { automatic: true }))).toBe(0);
    const refused = { type: 'record-refusal', act: 'assign', code: 'already-assigned', actor: ENGINEER } as const;
    expect(step('2026-03-02 09:08', refused)).toBe(0);
    expect(scenario.the('act-refused')).toMatchObject({ act: 'assign', code: 'already-assigned', actor: ENGINEER });
    expect(step('2026-03-02 09:09', assign('agent-2', { actor: ENGINEER }))).toBe(1);
    const before = scenario.ticket.revision;
    expect(scenario.until('2026-03-02 14:00').ticket.revision).toBe(before);
  });
});
