import { assertNever } from './errors.ts';
import type { TicketEvent } from './events.ts';
import type { Instant } from './instant.ts';
import type { Ticket } from './ticket.ts';
import type { RequestPart } from './vocabulary.ts';

/** What the client is told. */
export const CLIENT_NOTICES = [
  'receipt',
  'classified',
  'reply',
  'question',
  'reminder',
  'escalated',
  'postponed',
  'completion',
  'reason-asked',
  'back-to-work',
  'declined',
  'closed-confirmed',
  'closed-no-answer',
  'closed-silent',
] as const;
/** What staff are told. */
export const STAFF_NOTICES = [
  'critical-received',
  'assigned',
  'client-wrote',
  'client-disagreed',
  'first-response-warning',
  'first-response-breach',
  'resolution-warning',
  'resolution-alarm',
  'resolution-breach',
  'question-undeliverable',
  'completion-undeliverable',
  'notice-undeliverable',
  'not-told-alarm',
  'judgement-overdue',
  'development-decided',
  'development-target-warning',
  'development-target-missed',
] as const;
export type NoticeKind = (typeof CLIENT_NOTICES)[number] | (typeof STAFF_NOTICES)[number];

/** `on-duty`: the assignee and the head of support; with no assignee, all agents and the head (reading 9). */
export const AUDIENCES = ['client', 'assignee', 'on-duty'] as const;
export type Audience = (typeof AUDIENCES)[number];

/** A message the regulation owes to someone. It carries ids and instants; the words are put together when it is sent. */
export interface Notice {
  /** Its dedupe key, `ticket:version:audience:kind`: the same notice is never sent under two keys. */
  id: string;
  ticketNumber: number;
  version: number;
  kind: NoticeKind;
  audience: Audience;
  /** The staff's words that it carries, or the client's message that it speaks of. */
  textId: string | null;
  /** The deadline that it names. */
  dueAt: Instant | null;
  missing: RequestPart[];
}

export function noticeId(ticketNumber: number, version: number, audience: Audience, kind: NoticeKind): string {
  return `${ticketNumber}:${version}:${audience}:${kind}`;
}

/** Whom a notice was for, by its key. */
function audienceOf(id: string): string | undefined {
  return id.split(':')[2];
}

/** Notices whose hand-over or failure the ticket must learn of, because a clock depends on it (readings 5, 6, 7). */
export function isTracked(kind: NoticeKind): boolean {
  return kind === 'question' || kind === 'reminder' || kind === 'completion';
}

interface Owed {
  kind: NoticeKind;
  audience: Audience;
  textId?: string | null;
  dueAt?: Instant | null;
  missing?: RequestPart[];
}

/** The notices that an event owes, given the ticket after it. The same event always owes the same notices under the same keys. */
export function noticesOf(event: TicketEvent, ticket: Ticket): Notice[] {
  return owed(event, ticket).map(({ kind, audience, textId = null, dueAt = null, missing = [] }) => ({
    id: noticeId(ticket.number, event.version, audience, kind),
    ticketNumber: ticket.number,
    version: event.version,
    kind,
    audience,
    textId,
    dueAt,
    missing,
  }));
}

function owed(event: TicketEvent, ticket: Ticket): Owed[] {
  switch (event.type) {
    case 'ticket-received': {
      const receipt: Owed = { kind: 'receipt', audience: 'client', textId: event.messageId };
      return event.proposedSeverity === 1 ? [receipt, { kind: 'critical-received', audience: 'on-duty' }] : [receipt];
    }
    case 'classified':
      return [{ kind: 'classified', audience: 'client', dueAt: event.dueAt }];
    case 'declined':
      return [{ kind: 'declined', audience: 'client', textId: event.textId }];
    case 'assigned':
      return event.how === 'given' && event.staffId !== null ? [{ kind: 'assigned', audience: 'assignee' }] : [];
    case 'replied':
      return [{ kind: 'reply', audience: 'client', textId: event.messageId }];
    case 'client-asked':
      return event.byPhone
        ? []
        : [{ kind: 'question', audience: 'client', textId: event.messageId, missing: event.missing }];
    case 'question-undeliverable':
      return [{ kind: 'question-undeliverable', audience: 'on-duty' }];
    case 'message-received':
      return event.automatic ? [] : [{ kind: 'client-wrote', audience: 'on-duty', textId: event.messageId }];
    case 'disagreed-without-reason':
      return [{ kind: 'reason-asked', audience: 'client' }];
    case 'disagreed':
      return [
        { kind: 'back-to-work', audience: 'client' },
        { kind: 'client-disagreed', audience: 'on-duty', textId: event.messageId },
      ];
    case 'message-judged':
      return event.verdict === 'disagrees' ? [{ kind: 'back-to-work', audience: 'client' }] : [];
    case 'escalated':
      return [{ kind: 'escalated', audience: 'client' }];
    case 'development-decided':
      return [{ kind: 'development-decided', audience: 'on-duty', textId: event.textId }];
    case 'postponed':
      return [{ kind: 'postponed', audience: 'client', textId: event.textId }];
    case 'completed':
      return [{ kind: 'completion', audience: 'client', textId: event.textId }];
    case 'notice-resent':
      return ticket.status === 'completed'
        ? [{ kind: 'completion', audience: 'client', textId: ticket.completion.textId }]
        : [{ kind: 'reminder', audience: 'client' }];
    case 'telling-failed':
      return [{ kind: 'completion-undeliverable', audience: 'on-duty' }];
    case 'notice-undeliverable':
      // Staff who cannot be reached are not told so by the same way: each such notice would owe the next.
      return audienceOf(event.noticeId) === 'client' ? [{ kind: 'notice-undeliverable', audience: 'on-duty' }] : [];
    case 'closed':
      return closingNotices(event.because);
    case 'first-response-warned':
      return announced(event.announced, { kind: 'first-response-warning', audience: 'on-duty', dueAt: event.dueAt });
    case 'first-response-breached':
      return [{ kind: 'first-response-breach', audience: 'on-duty', dueAt: event.dueAt }];
    case 'resolution-warned':
      return announced(event.announced, { kind: 'resolution-warning', audience: 'on-duty', dueAt: event.dueAt });
    case 'resolution-alarmed':
      return [{ kind: 'resolution-alarm', audience: 'on-duty', dueAt: event.dueAt }];
    case 'resolution-breached':
      return [{ kind: 'resolution-breach', audience: 'on-duty', dueAt: event.dueAt }];
    case 'client-reminded':
      return announced(event.announced, { kind: 'reminder', audience: 'client' });
    case 'confirmation-overdue':
      return [{ kind: 'judgement-overdue', audience: 'on-duty', dueAt: event.dueAt }];
    case 'not-told-alarmed':
      return [{ kind: 'not-told-alarm', audience: 'on-duty' }];
    case 'development-target-warned':
      return announced(event.announced, {
        kind: 'development-target-warning',
        audience: 'on-duty',
        dueAt: event.dueAt,
      });
    case 'development-target-missed':
      return [{ kind: 'development-target-missed', audience: 'on-duty', dueAt: event.dueAt }];
    case 'client-linked':
    case 'noted':
    case 'question-handed-over':
    case 'returned-to-work':
    case 'client-told':
    case 'put-ahead':
    case 'marked-abusive':
    case 'absorbed':
    case 'tied-to-update':
    case 'update-started':
    case 'update-ended':
    case 'calendar-changed':
    case 'act-refused':
      return [];
    default:
      return assertNever(event);
  }
}

/** A warning that is learned of after its own breach, or a reminder overtaken by the next, is recorded and not sent (reading 9). */
function announced(isAnnounced: boolean, notice: Owed): Owed[] {
  return isAnnounced ? [notice] : [];
}

function closingNotices(because: string): Owed[] {
  if (because === 'confirmed') return [{ kind: 'closed-confirmed', audience: 'client' }];
  if (because === 'no-answer') return [{ kind: 'closed-no-answer', audience: 'client' }];
  if (because === 'client-silent') return [{ kind: 'closed-silent', audience: 'client' }];
  return [];
}
