import type { Actor } from '../../regulation/actor.ts';
import type { AgreementFact } from '../../regulation/agreement.ts';
import type { Act, ClientAct, StaffAct, SystemAct } from '../../regulation/commands.ts';
import type { ReceivedRequest } from '../../regulation/decide.ts';
import { noticesOnTheWay } from '../../regulation/ticket.ts';
import type { Ticket } from '../../regulation/ticket.ts';
import type { Severity } from '../../regulation/vocabulary.ts';
import type { WorkingCalendar } from '../../regulation/working-calendar.ts';
import { bishkek } from './calendars.ts';

/** An act with its author: what somebody, or the system, does at some instant of a scenario. */
export type Move<A extends Act = Act> = A & { actor: Actor };

export const AGENT: Actor = { kind: 'staff', staffId: 'agent-1', role: 'agent' };
export const OTHER_AGENT: Actor = { kind: 'staff', staffId: 'agent-2', role: 'agent' };
export const HEAD: Actor = { kind: 'staff', staffId: 'head-1', role: 'head' };
export const DEVELOPER: Actor = { kind: 'staff', staffId: 'developer-1', role: 'developer' };
export const ADMINISTRATOR: Actor = { kind: 'staff', staffId: 'administrator-1', role: 'administrator' };
export const ENGINEER: Actor = { kind: 'engineer' };
export const CONTACT: Actor = { kind: 'client', contactId: 'contact-1' };
export const SYSTEM: Actor = { kind: 'system' };

export const AGREEMENT: AgreementFact = {
  agreementId: 'agreement-1',
  from: '2026-01-01',
  to: '2026-12-31',
  productIds: null,
};

type Fields<A extends Act, T extends A['type']> = Partial<Omit<Extract<A, { type: T }>, 'type'>> & { actor?: Actor };

/** A request by e-mail of a known client with a valid agreement, about a product, but for what the test says. */
export function request(overrides: Partial<ReceivedRequest> = {}): ReceivedRequest {
  return {
    number: 1024,
    edition: '2023-03-31',
    channel: 'email',
    receivedAt: bishkek('2026-03-02 09:00'),
    clientId: 'client-1',
    contactId: 'contact-1',
    productId: 'siroca-lis',
    agreements: [AGREEMENT],
    impact: null,
    affectedUsers: null,
    messageId: 'first-message',
    followUpOf: null,
    ...overrides,
  };
}

export function linkClient(fields: Fields<StaffAct, 'link-client'> = {}): Move<StaffAct> {
  const known = { clientId: 'client-1', contactId: 'contact-1', agreements: [AGREEMENT] };
  return { type: 'link-client', actor: AGENT, ...known, ...fields };
}

export function decline(fields: Fields<StaffAct, 'decline'> = {}): Move<StaffAct> {
  return { type: 'decline', actor: AGENT, reason: 'out-of-scope', textId: 'decline-text', ...fields };
}

/** Classifying with a reason, so that it may also change a level already set. */
export function classify(severity: Severity, fields: Fields<StaffAct, 'classify'> = {}): Move<StaffAct> {
  return {
    type: 'classify',
    actor: AGENT,
    severity,
    impact: null,
    affectedUsers: null,
    productId: null,
    reasonId: 'classify-reason',
    agreements: [AGREEMENT],
    ...fields,
  };
}

export function take(fields: Fields<StaffAct, 'take'> = {}): Move<StaffAct> {
  return { type: 'take', actor: AGENT, ...fields };
}

export function assign(staffId: string | null, fields: Fields<StaffAct, 'assign'> = {}): Move<StaffAct> {
  return { type: 'assign', actor: HEAD, staffId, reasonId: null, ...fields };
}

export function reply(fields: Fields<StaffAct, 'reply'> = {}): Move<StaffAct> {
  return { type: 'reply', actor: AGENT, textId: 'reply-text', ...fields };
}

export function note(fields: Fields<StaffAct, 'note'> = {}): Move<StaffAct> {
  return { type: 'note', actor: AGENT, textId: 'note-text', ...fields };
}

export function ask(fields: Fields<StaffAct, 'ask-client'> = {}): Move<StaffAct> {
  const words = { textId: 'question-text', missing: [], byPhone: false, reachable: true };
  return { type: 'ask-client', actor: AGENT, ...words, ...fields };
}

export function returnToWork(fields: Fields<StaffAct, 'return-to-work'> = {}): Move<StaffAct> {
  return { type: 'return-to-work', actor: AGENT, reasonId: null, ...fields };
}

export function escalate(fields: Fields<StaffAct, 'escalate'> = {}): Move<StaffAct> {
  return { type: 'escalate', actor: AGENT, diagnosisId: 'diagnosis-text', ...fields };
}

export function plan(fields: Fields<StaffAct, 'record-development-decision'> = {}): Move<StaffAct> {
  const planned = { decision: 'planned', textId: 'plan-text', releaseId: 'release-1', targetDate: null } as const;
  return { type: 'record-development-decision', actor: DEVELOPER, ...planned, ...fields };
}

export function postpone(fields: Fields<StaffAct, 'postpone'> = {}): Move<StaffAct> {
  return { type: 'postpone', actor: AGENT, reason: 'needs-development', textId: 'postpone-text', ...fields };
}

export function complete(fields: Fields<StaffAct, 'complete'> = {}): Move<StaffAct> {
  const words = { outcome: 'information-provided', textId: 'answer-text', vendorId: null, releaseId: null } as const;
  return { type: 'complete', actor: AGENT, ...words, ...fields };
}

export function resend(noticeId: string, fields: Fields<StaffAct, 'resend-notice'> = {}): Move<StaffAct> {
  return { type: 'resend-notice', actor: AGENT, noticeId, ...fields };
}

export function toldByPhone(fields: Fields<StaffAct, 'told-by-phone'> = {}): Move<StaffAct> {
  return { type: 'told-by-phone', actor: AGENT, noteId: 'phone-note', ...fields };
}

export function judge(messageId: string, fields: Fields<StaffAct, 'judge-message'> = {}): Move<StaffAct> {
  return { type: 'judge-message', actor: AGENT, messageId, verdict: 'neither', reasonId: null, ...fields };
}

export function putAhead(fields: Fields<StaffAct, 'put-ahead'> = {}): Move<StaffAct> {
  return { type: 'put-ahead', actor: AGENT, reasonId: 'ahead-reason', ...fields };
}

export function markAbusive(messageId: string, fields: Fields<StaffAct, 'mark-abusive'> = {}): Move<StaffAct> {
  return { type: 'mark-abusive', actor: AGENT, messageId, reasonId: 'abusive-reason', ...fields };
}

export function merge(into: number, fields: Fields<StaffAct, 'merge'> = {}): Move<StaffAct> {
  return { type: 'merge', actor: AGENT, into, intoClientId: 'client-1', intoMayAbsorb: true, ...fields };
}

export function tieUpdate(updateId: string, fields: Fields<StaffAct, 'tie-update'> = {}): Move<StaffAct> {
  return { type: 'tie-update', actor: AGENT, updateId, startedAt: null, endedAt: null, ...fields };
}

/** An act of a type with arguments that this ticket can have nothing against: whether it is done is then its state's matter. */
export function goodAct(type: StaffAct['type'], ticket: Ticket): Move<StaffAct> {
  const word = 'completion' in ticket ? ticket.completion.unjudged[0]?.messageId : undefined;
  const acts: Record<StaffAct['type'], Move<StaffAct>> = {
    'link-client': linkClient(),
    decline: decline(),
    classify: classify(1, { productId: 'siroca-lis' }),
    take: take(),
    assign: assign(ticket.assigneeId === 'agent-2' ? 'agent-1' : 'agent-2'),
    reply: reply(),
    note: note(),
    'ask-client': ask(),
    'return-to-work': returnToWork(),
    escalate: escalate(),
    'record-development-decision': plan(),
    postpone: postpone(),
    complete: complete(),
    'resend-notice': resend(noticesOnTheWay(ticket)[0] ?? 'none was sent'),
    'told-by-phone': toldByPhone(),
    'judge-message': judge(word ?? 'none waits'),
    'put-ahead': putAhead(),
    'mark-abusive': markAbusive('first-message'),
    merge: merge(ticket.number - 1, { intoClientId: ticket.clientId }),
    'tie-update': tieUpdate(`update-${ticket.updates.length + 10}`),
  };
  return acts[type];
}

export function message(messageId: string, fields: Fields<ClientAct, 'message-received'> = {}): Move<ClientAct> {
  return { type: 'message-received', actor: CONTACT, messageId, automatic: false, channel: 'email', ...fields };
}

export function call(messageId: string): Move<ClientAct> {
  return message(messageId, { channel: 'phone' });
}

/** An out-of-office answer, a delivery report: written by a machine. */
export function automaticReply(messageId: string): Move<ClientAct> {
  return message(messageId, { automatic: true });
}

export function confirm(messageId: string): Move<ClientAct> {
  return { type: 'confirm', actor: CONTACT, messageId };
}

export function disagree(messageId: string, fields: Fields<ClientAct, 'disagree'> = {}): Move<ClientAct> {
  return { type: 'disagree', actor: CONTACT, messageId, hasReason: true, ...fields };
}

export function delivered(noticeId: string): Move<SystemAct> {
  return { type: 'notice-delivered', actor: SYSTEM, noticeId };
}

/** Every possible channel of a notice has failed: at once, or by a bounce that comes later. */
export function failed(noticeId: string): Move<SystemAct> {
  return { type: 'notice-failed', actor: SYSTEM, noticeId };
}

export function publish(calendar: WorkingCalendar): Move<SystemAct> {
  return { type: 'calendar-published', actor: SYSTEM, calendar };
}

export function updateStarted(updateId: string): Move<SystemAct> {
  return { type: 'update-started', actor: SYSTEM, updateId };
}

export function updateEnded(updateId: string): Move<SystemAct> {
  return { type: 'update-ended', actor: SYSTEM, updateId };
}

export function absorb(from: number, fields: Fields<SystemAct, 'absorb'> = {}): Move<SystemAct> {
  const other = { clientId: 'client-1', receivedAt: bishkek('2026-03-02 09:00'), firstRespondedAt: null };
  return { type: 'absorb', actor: SYSTEM, from, ...other, severity: null, ...fields };
}
