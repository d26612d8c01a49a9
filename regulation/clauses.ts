import { assertNever } from './errors.ts';
import type { TicketFact, TicketFactType } from './events.ts';
import type { ClosingReason, LiveStatus } from './vocabulary.ts';

/** The clause under which each kind of fact happens; shown beside it in the audit trail. */
const CLAUSES: Readonly<Record<Exclude<TicketFactType, 'closed' | 'declined' | 'returned-to-work'>, string>> = {
  'ticket-received': '2.3',
  'client-linked': '1.3',
  classified: '2.5',
  assigned: '1.2',
  replied: '3.1',
  noted: '1.2',
  'client-asked': '3.2',
  'question-handed-over': '3.6',
  'question-undeliverable': '3.6',
  'message-received': '3.1',
  'disagreed-without-reason': '3.7',
  disagreed: '3.7',
  'message-judged': '3.7',
  escalated: '1.4',
  'development-decided': '1.4',
  postponed: '3.4',
  completed: '3.6',
  'client-told': '3.7',
  'telling-failed': '3.7',
  'notice-resent': '3.7',
  'notice-undeliverable': '2.1',
  'put-ahead': '2.3',
  'marked-abusive': '3.3',
  absorbed: '2.3',
  'tied-to-update': '2.7',
  'update-started': '2.7',
  'update-ended': '2.7',
  'calendar-changed': '2.4',
  'first-response-warned': '2.6',
  'first-response-breached': '2.6',
  'resolution-warned': '2.6',
  'resolution-alarmed': '2.6',
  'resolution-breached': '2.6',
  'client-reminded': '3.6',
  'confirmation-overdue': '3.7',
  'not-told-alarmed': '3.7',
  'development-target-warned': '1.4',
  'development-target-missed': '1.4',
  'act-refused': '1.2',
};

/** The clause of a fact that happens to a ticket in a status: a return to work is of the clause that it leaves. */
export function clauseOf(fact: TicketFact, status: LiveStatus): string {
  switch (fact.type) {
    case 'declined':
      return fact.reason === 'no-valid-agreement' ? '1.3' : '3.4';
    case 'returned-to-work':
      return status === 'waiting-on-client' ? '3.6' : status === 'escalated-to-development' ? '1.4' : '3.7';
    case 'closed':
      return clauseOfClosing(fact.because);
    default:
      return CLAUSES[fact.type];
  }
}

function clauseOfClosing(because: ClosingReason): string {
  switch (because) {
    case 'client-silent':
      return '3.6';
    case 'merged':
      return '2.3';
    case 'declined':
      return '3.4';
    case 'confirmed':
    case 'no-answer':
      return '3.7';
    default:
      return assertNever(because);
  }
}
