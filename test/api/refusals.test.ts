import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { NOT_YET_AVAILABLE } from '../../api/ticket-view.ts';
import type { StaffActType } from '../../regulation/commands.ts';
import { STAFF_ACTS } from '../../regulation/transitions.ts';
import { ROLES } from '../../regulation/vocabulary.ts';
import type { LiveStatus, Role } from '../../regulation/vocabulary.ts';
import { startDesk } from '../support/desk.ts';
import type { Desk } from '../support/desk.ts';
import { AGENT_ID, CLIENT_ID } from '../support/recorded-ticket.ts';

let desk: Desk;
/** A ticket in each status; no test here changes one. */
const tickets = {} as Record<LiveStatus, { number: number; messageId: string; noticeId: string }>;

beforeAll(async () => {
  desk = await startDesk();
  const become = async (status: LiveStatus, ...acts: object[]) => {
    const number = await desk.newTicket();
    for (const act of acts) await desk.acts(number, 'agent', act);
    await desk.becomes(number, (ticket) => ticket.status === status);
    const request = await desk.db.ticketRequest.findUniqueOrThrow({ where: { number } });
    const notice = await desk.db.notice.findFirstOrThrow({ where: { ticketNumber: number, kind: 'receipt' } });
    tickets[status] = { number, messageId: request.firstMessageId, noticeId: notice.id };
  };
  const classified = { type: 'classify', severity: 3 };
  const completed = { type: 'complete', outcome: 'information-provided', text: 'Перезагрузите.' };
  await become('triage');
  await become('work', classified);
  await become('waiting-on-client', classified, { type: 'ask-client', text: 'Какой принтер?' });
  await become('escalated-to-development', classified, { type: 'escalate', diagnosis: 'Ошибка драйвера.' });
  await become('awaiting-confirmation', classified, completed);
  await become('closed', { type: 'decline', reason: 'out-of-scope', text: 'Это не к нам.' });
  // Telling fails on every channel: the ticket stays completed (reading 7).
  desk.mail.treat('aigul@ak-suu.example', { refuse: 550 });
  await become('completed', classified, completed);
});

afterAll(() => desk.close());

/** A body that nothing is wrong with, for a ticket whose status allows it. */
function bodyOf(type: StaffActType, { messageId, noticeId }: { messageId: string; noticeId: string }): object {
  const fields: Record<StaffActType, object> = {
    'link-client': { clientId: CLIENT_ID },
    decline: { reason: 'out-of-scope', text: 'Это не к нам.' },
    classify: { severity: 2, reason: 'Стало хуже.' },
    take: {},
    assign: { staffId: AGENT_ID },
    reply: { text: 'Здравствуйте!' },
    note: { text: 'Сердится.' },
    'ask-client': { text: 'Какой принтер?' },
    'return-to-work': {},
    escalate: { diagnosis: 'Ошибка драйвера.' },
    'record-development-decision': { decision: 'declined', text: 'Не будем.' },
    postpone: { reason: 'needs-development', text: 'Позже.' },
    complete: { outcome: 'information-provided', text: 'Перезагрузите.' },
    'resend-notice': { noticeId },
    'told-by-phone': { note: 'Сказал сам.' },
    'judge-message': { messageId, verdict: 'confirms' },
    'put-ahead': { reason: 'Директор просит.' },
    'mark-abusive': { messageId, reason: 'Брань.' },
    merge: { into: 1 },
    'tie-update': { updateId: '01930000-0000-7000-8000-0000000000ff' },
  };
  return { type, ...fields[type] };
}

/** What the table of roles and statuses says, roles first; null when it lets the act through. */
function refusalOf(type: StaffActType, status: LiveStatus, role: Role): [status: number, code: string] | null {
  const rule = STAFF_ACTS[type];
  if (!rule.roles.includes(role)) return [403, 'wrong-role'];
  if (NOT_YET_AVAILABLE.has(type)) return [422, 'not-yet-available'];
  if (status === 'closed') return type === 'note' ? null : [409, 'ticket-closed'];
  const from: readonly LiveStatus[] =
    type === 'return-to-work' && role === 'developer' ? ['escalated-to-development'] : rule.from;
  return from.includes(status) ? null : [409, 'wrong-status'];
}

const TYPES = Object.keys(STAFF_ACTS) as StaffActType[];
const STATUSES: readonly LiveStatus[] = [
  'triage',
  'work',
  'waiting-on-client',
  'escalated-to-development',
  'completed',
  'awaiting-confirmation',
  'closed',
];

describe('every act by every role in every status', () => {
  for (const status of STATUSES) {
    for (const type of TYPES) {
      const refused = ROLES.flatMap((role) => {
        const refusal = refusalOf(type, status, role);
        return refusal === null ? [] : [{ role, refusal }];
      });
      if (refused.length === 0) continue;
      const told = refused.map(({ role, refusal }) => `${role} ${refusal[0]}`).join(', ');
      it(`${type} on a ticket that is ${status}: ${told}`, async () => {
        const known = tickets[status];
        for (const { role, refusal } of refused) {
          const response = await desk.act(known.number, role, bodyOf(type, known));
          const problem = response.json<{ code: string; detail: string }>();
          expect([role, response.statusCode, problem.code]).toEqual([role, ...refusal]);
          expect(response.headers['content-type']).toContain('application/problem+json');
          expect(problem.detail.length).toBeGreaterThan(10);
        }
      });
    }

    it(`offers on a ticket that is ${status} exactly what the table lets through and its state allows`, async () => {
      const inItsState: Partial<Record<StaffActType, boolean>> = { 'judge-message': false };
      for (const role of ROLES) {
        const { allowed } = await desk.ticket(tickets[status].number, role);
        const expected = TYPES.filter((type) => refusalOf(type, status, role) === null && inItsState[type] !== false);
        expect([role, allowed.map(({ type }) => type).sort()]).toEqual([role, expected.sort()]);
      }
    });
  }

  it('left every ticket as it was', async () => {
    const versions: Partial<Record<LiveStatus, number>> = {};
    for (const status of STATUSES) {
      const { number } = tickets[status];
      const ticket = await desk.ticket(number);
      versions[status] = ticket.revision;
      expect([status, ticket.status]).toEqual([status, status]);
    }
    expect(versions).toEqual({
      triage: 1,
      work: 2,
      'waiting-on-client': 3,
      'escalated-to-development': 3,
      completed: 3,
      'awaiting-confirmation': 3,
      closed: 2,
    });
  });
});

describe('the important refusals, word by word', () => {
  const cases: [status: LiveStatus, role: Role, body: object, answer: [number, string], detail: string][] = [
    [
      'triage',
      'developer',
      { type: 'classify', severity: 1 },
      [403, 'wrong-role'],
      'classify is for agent, head; you are developer',
    ],
    [
      'closed',
      'administrator',
      { type: 'reply', text: 'x' },
      [403, 'wrong-role'],
      'reply is for agent, head; you are administrator',
    ],
    [
      'triage',
      'agent',
      { type: 'complete', outcome: 'information-provided', text: 'x' },
      [409, 'wrong-status'],
      'cannot complete ticket #: it is in triage; allowed from work, waiting-on-client, escalated-to-development',
    ],
    [
      'completed',
      'developer',
      { type: 'return-to-work' },
      [409, 'wrong-status'],
      'cannot return-to-work ticket #: it is completed and not yet told to the client; allowed from escalated-to-development',
    ],
    [
      'awaiting-confirmation',
      'agent',
      { type: 'ask-client', text: 'x' },
      [409, 'wrong-status'],
      "cannot ask-client ticket #: it is awaiting the client's confirmation; allowed from triage, work, waiting-on-client",
    ],
    ['closed', 'agent', { type: 'return-to-work' }, [409, 'ticket-closed'], 'ticket # is closed; nothing reopens it'],
    [
      'work',
      'head',
      { type: 'classify', severity: 1 },
      [409, 'reason-required'],
      'changing severity 3 to 1 needs a reason',
    ],
    [
      'work',
      'agent',
      { type: 'complete', outcome: 'coming-update', text: 'x' },
      [409, 'release-required'],
      'a coming update needs the name of its release (releaseName)',
    ],
    [
      'escalated-to-development',
      'developer',
      { type: 'record-development-decision', decision: 'planned', text: 'x' },
      [409, 'target-required'],
      'a plan needs a release (releaseName) or a target date (targetDate)',
    ],
    ['work', 'agent', { type: 'merge', into: 1 }, [422, 'not-yet-available'], 'merge is not available yet'],
  ];
  for (const [status, role, body, answer, detail] of cases) {
    it(`${role}: ${JSON.stringify(body)} on a ticket that is ${status}`, async () => {
      const { number } = tickets[status];
      const response = await desk.act(number, role, body);
      const problem = response.json<{ code: string; detail: string }>();
      expect([response.statusCode, problem.code]).toEqual(answer);
      expect(problem.detail).toBe(detail.replace('#', String(number)));
    });
  }

  it('judges nothing when no message waits for it', async () => {
    const { number, messageId } = tickets['awaiting-confirmation'];
    const response = await desk.act(number, 'agent', { type: 'judge-message', messageId, verdict: 'neither' });
    expect([response.statusCode, response.json<{ code: string }>().code]).toEqual([409, 'nothing-to-judge']);
  });

  it('sends no notice again that is not on its way', async () => {
    const { number, noticeId } = tickets['completed'];
    const response = await desk.act(number, 'agent', { type: 'resend-notice', noticeId });
    expect([response.statusCode, response.json<{ code: string }>().code]).toEqual([409, 'unknown-notice']);
  });

  it('looks at the role before the revision, and at the revision before the status', async () => {
    const { number } = tickets.triage;
    const stale = { ifMatch: '"0"' };
    const byDeveloper = await desk.act(number, 'developer', { type: 'escalate', diagnosis: 'x' }, stale);
    expect(byDeveloper.statusCode).toBe(403);
    const byAgent = await desk.act(number, 'agent', { type: 'escalate', diagnosis: 'x' }, stale);
    expect([byAgent.statusCode, byAgent.json<{ code: string; detail: string }>()]).toEqual([
      412,
      expect.objectContaining({
        code: 'stale-revision',
        detail: `you saw revision 0 of ticket ${number}; it is at 1 now`,
      }),
    ]);
  });
});
