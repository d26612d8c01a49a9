import type { StaffActType } from './commands.ts';
import type { LiveStatus, OpenStatus, Role } from './vocabulary.ts';

export interface Transition {
  from: OpenStatus | 'start';
  to: LiveStatus;
  /** What makes it happen, as the diagram says it. */
  on: string;
  clause: string;
}

/** Every change of status there is. The README's diagram is printed from it, and a test follows every scenario along it. */
export const TRANSITIONS: readonly Transition[] = [
  { from: 'start', to: 'triage', on: 'received', clause: '2.3' },
  { from: 'triage', to: 'work', on: 'classified', clause: '2.5' },
  { from: 'triage', to: 'closed', on: 'declined', clause: '1.3' },
  { from: 'triage', to: 'closed', on: 'merged', clause: '2.3' },
  { from: 'work', to: 'waiting-on-client', on: 'client asked', clause: '3.6' },
  { from: 'work', to: 'escalated-to-development', on: 'escalated', clause: '1.4' },
  { from: 'work', to: 'completed', on: 'completed', clause: '3.7' },
  { from: 'work', to: 'closed', on: 'declined', clause: '3.4' },
  { from: 'work', to: 'closed', on: 'merged', clause: '2.3' },
  { from: 'waiting-on-client', to: 'work', on: 'client answered, question undeliverable, returned', clause: '3.6' },
  { from: 'waiting-on-client', to: 'escalated-to-development', on: 'escalated', clause: '1.4' },
  { from: 'waiting-on-client', to: 'completed', on: 'completed', clause: '3.7' },
  { from: 'waiting-on-client', to: 'closed', on: '3 working days of silence', clause: '3.6' },
  { from: 'waiting-on-client', to: 'closed', on: 'merged', clause: '2.3' },
  { from: 'escalated-to-development', to: 'work', on: 'declined by development, returned', clause: '1.4' },
  { from: 'escalated-to-development', to: 'completed', on: 'completed', clause: '3.6' },
  { from: 'escalated-to-development', to: 'closed', on: 'merged', clause: '2.3' },
  { from: 'completed', to: 'awaiting-confirmation', on: 'client told', clause: '3.7' },
  { from: 'completed', to: 'work', on: 'disagreed, returned', clause: '3.7' },
  { from: 'completed', to: 'closed', on: 'confirmed', clause: '3.7' },
  { from: 'awaiting-confirmation', to: 'closed', on: 'confirmed, 24 hours without an answer', clause: '3.7' },
  { from: 'awaiting-confirmation', to: 'work', on: 'disagreed, returned', clause: '3.7' },
  { from: 'awaiting-confirmation', to: 'completed', on: 'notice bounced', clause: '3.7' },
];

interface ActRule {
  from: readonly OpenStatus[];
  roles: readonly Role[];
  /** The fields, by the contract's names, that the act always needs. */
  needs: readonly string[];
}

const OPEN: readonly OpenStatus[] = [
  'triage',
  'work',
  'waiting-on-client',
  'escalated-to-development',
  'completed',
  'awaiting-confirmation',
];
const BEFORE_COMPLETION: readonly OpenStatus[] = ['triage', 'work', 'waiting-on-client', 'escalated-to-development'];
const IN_WORK: readonly OpenStatus[] = ['work', 'waiting-on-client', 'escalated-to-development'];
const SUPPORT: readonly Role[] = ['agent', 'head'];

/** Who may do what to a ticket in which status, apart from what the act itself needs. */
export const STAFF_ACTS: Readonly<Record<StaffActType, ActRule>> = {
  'link-client': { from: BEFORE_COMPLETION, roles: SUPPORT, needs: ['clientId'] },
  decline: { from: ['triage', 'work'], roles: SUPPORT, needs: ['reason', 'text'] },
  classify: { from: BEFORE_COMPLETION, roles: SUPPORT, needs: ['severity'] },
  take: { from: OPEN, roles: SUPPORT, needs: [] },
  assign: { from: OPEN, roles: SUPPORT, needs: ['staffId'] },
  reply: { from: OPEN, roles: SUPPORT, needs: ['text'] },
  note: { from: OPEN, roles: ['agent', 'head', 'developer', 'administrator'], needs: ['text'] },
  'ask-client': { from: ['triage', 'work', 'waiting-on-client'], roles: SUPPORT, needs: ['text'] },
  'return-to-work': {
    from: ['waiting-on-client', 'escalated-to-development', 'completed', 'awaiting-confirmation'],
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
  'resend-notice': { from: ['completed', 'waiting-on-client'], roles: SUPPORT, needs: ['noticeId'] },
  'told-by-phone': { from: ['completed', 'waiting-on-client'], roles: SUPPORT, needs: ['note'] },
  'judge-message': { from: ['completed', 'awaiting-confirmation'], roles: SUPPORT, needs: ['messageId', 'verdict'] },
  'put-ahead': { from: ['triage', 'work'], roles: SUPPORT, needs: ['reason'] },
  'mark-abusive': { from: OPEN, roles: SUPPORT, needs: ['messageId', 'reason'] },
  merge: { from: BEFORE_COMPLETION, roles: SUPPORT, needs: ['into'] },
  'tie-update': { from: OPEN, roles: SUPPORT, needs: ['updateId'] },
};

export function isStaffAct(type: string): type is StaffActType {
  return Object.hasOwn(STAFF_ACTS, type);
}
