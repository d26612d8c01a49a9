import { standingOn } from './agreement.ts';
import type { Command, StaffAct } from './commands.ts';
import { developmentTargetDueAt } from './deadlines.ts';
import { assertNever } from './errors.ts';
import type { TicketFact } from './events.ts';
import { refuseMerging } from './merging.ts';
import { refuse } from './refusal.ts';
import type { Refusal } from './refusal.ts';
import { effectiveSeverity, resolutionDueAt } from './resolution.ts';
import { noticesOnTheWay } from './ticket.ts';
import type { Completion, Ticket } from './ticket.ts';
import { localDateOf } from './working-calendar.ts';
import type { WorkingCalendar } from './working-calendar.ts';

/** Whether the arguments of an act that the state allows are good. */
export function refuseArguments(command: Command<StaffAct>, ticket: Ticket, calendar: WorkingCalendar): Refusal | null {
  const { number } = ticket;
  switch (command.type) {
    case 'classify':
      return refuseClassifying(command, ticket, calendar);
    case 'assign':
      return command.staffId === ticket.assigneeId
        ? refuse('already-assigned', `ticket ${number} is assigned so already`)
        : null;
    case 'ask-client':
      return command.byPhone || command.reachable
        ? null
        : refuse('no-address', `the contact of ticket ${number} has no address to ask at; ask by telephone (byPhone)`);
    case 'record-development-decision':
      return refuseDevelopmentDecision(command, ticket, calendar);
    case 'complete':
      return command.outcome === 'coming-update' && command.releaseId === null
        ? refuse('release-required', 'a coming update needs the name of its release (releaseName)')
        : null;
    case 'resend-notice':
      return noticesOnTheWay(ticket).includes(command.noticeId)
        ? null
        : refuse('unknown-notice', `no such notice of ticket ${number}; known: ${noticesOnTheWay(ticket).join(', ')}`);
    case 'judge-message':
      return refuseJudging(command, ticket);
    case 'merge':
      return refuseMerging(command, ticket);
    case 'tie-update':
      return ticket.updates.some((update) => update.updateId === command.updateId)
        ? refuse('already-tied', `ticket ${number} is tied to this update already`)
        : null;
    default:
      return null;
  }
}

/** The facts of an act that may be done. */
export function decideStaffAct(command: Command<StaffAct>, ticket: Ticket, calendar: WorkingCalendar): TicketFact[] {
  switch (command.type) {
    case 'link-client': {
      const { clientId, agreements } = command;
      // Who wrote stays known when the client alone is named.
      const contactId = command.contactId ?? ticket.contactId;
      const date = localDateOf(calendar, ticket.receivedAt);
      const agreementStanding = standingOn(agreements, date, ticket.productId);
      return [{ type: 'client-linked', clientId, contactId, agreements, agreementStanding }];
    }
    case 'classify':
      return [classifiedFact(command, ticket, calendar)];
    case 'decline':
      return [{ type: 'declined', reason: command.reason, textId: command.textId }];
    case 'take':
    case 'assign':
      return [assignedFact(command, ticket)];
    case 'reply':
      return [{ type: 'replied', messageId: command.textId }];
    case 'note':
      return [{ type: 'noted', messageId: command.textId }];
    case 'ask-client':
      return [askedFact(command, ticket)];
    case 'return-to-work':
      return [{ type: 'returned-to-work', reasonId: command.reasonId }];
    case 'escalate':
      return [{ type: 'escalated', diagnosisId: command.diagnosisId }];
    case 'record-development-decision': {
      const { decision, textId, releaseId, targetDate } = command;
      return [{ type: 'development-decided', decision, textId, releaseId, targetDate }];
    }
    case 'postpone':
      return [{ type: 'postponed', reason: command.reason, textId: command.textId }];
    case 'complete': {
      const { outcome, textId, vendorId, releaseId } = command;
      return [{ type: 'completed', outcome, textId, vendorId, releaseId }];
    }
    case 'resend-notice':
      return [
        {
          type: 'notice-resent',
          noticeId: command.noticeId,
          of: ticket.status === 'completed' ? 'completion' : 'question',
        },
      ];
    case 'told-by-phone':
      return ticket.status === 'completed'
        ? [{ type: 'client-told', noticeId: null, noteId: command.noteId }]
        : [{ type: 'question-handed-over', noticeId: null, noteId: command.noteId }];
    case 'judge-message':
      return judgedFacts(command, ticket);
    case 'put-ahead':
      return [{ type: 'put-ahead', reasonId: command.reasonId }];
    case 'mark-abusive':
      return [{ type: 'marked-abusive', messageId: command.messageId, reasonId: command.reasonId }];
    case 'merge':
      return [{ type: 'closed', because: 'merged', outcome: null, messageId: null, mergedInto: command.into }];
    case 'tie-update': {
      const { updateId, startedAt, endedAt } = command;
      return [{ type: 'tied-to-update', updateId, startedAt, endedAt }];
    }
    default:
      return assertNever(command);
  }
}

type Of<T extends StaffAct['type']> = Command<Extract<StaffAct, { type: T }>>;

/** Triage ends by classifying: it needs a product and an agreement valid on the day of receipt (§1.3, reading 18). */
function refuseClassifying(command: Of<'classify'>, ticket: Ticket, calendar: WorkingCalendar): Refusal | null {
  const { number } = ticket;
  const productId = command.productId ?? ticket.productId;
  if (productId === null) return refuse('product-required', `say which product ticket ${number} is about (productId)`);
  const isChange = ticket.severity !== null && ticket.severity !== command.severity;
  if (isChange && command.reasonId === null) {
    return refuse('reason-required', `changing severity ${ticket.severity} to ${command.severity} needs a reason`);
  }
  if (ticket.status !== 'triage') return null;
  const date = localDateOf(calendar, ticket.receivedAt);
  const standing = standingOn(command.agreements, date, productId);
  return standing === 'valid'
    ? null
    : refuse(
        'no-valid-agreement',
        `the client of ticket ${number} had no agreement valid on ${date} for this product (${standing}); decline it with no-valid-agreement`,
      );
}

function classifiedFact(command: Of<'classify'>, ticket: Ticket, calendar: WorkingCalendar): TicketFact {
  const productId = command.productId ?? ticket.productId ?? '';
  const date = localDateOf(calendar, ticket.receivedAt);
  const isSameLevel = effectiveSeverity(ticket) === command.severity;
  const { clock } = ticket.resolution;
  const asClassified = {
    ...ticket,
    severity: command.severity,
    resolution: { ...ticket.resolution, clock: isSameLevel ? clock : { ...clock, pastHours: null } },
  };
  return {
    type: 'classified',
    severity: command.severity,
    previousSeverity: ticket.severity,
    impact: command.impact ?? ticket.impact,
    affectedUsers: command.affectedUsers ?? ticket.affectedUsers,
    productId,
    // A ticket received under a valid agreement is finished under it, whatever becomes of the agreement (reading 11).
    agreementStanding:
      ticket.status === 'triage' ? standingOn(command.agreements, date, productId) : ticket.agreementStanding,
    reasonId: command.reasonId,
    dueAt: resolutionDueAt(asClassified, calendar),
  };
}

function assignedFact(command: Of<'take'> | Of<'assign'>, ticket: Ticket): TicketFact {
  const previousId = ticket.assigneeId;
  if (command.type === 'assign') {
    return { type: 'assigned', staffId: command.staffId, previousId, how: 'given', reasonId: command.reasonId };
  }
  const staffId = command.actor.kind === 'staff' ? command.actor.staffId : null;
  return { type: 'assigned', staffId, previousId, how: 'taken', reasonId: null };
}

function askedFact(command: Of<'ask-client'>, ticket: Ticket): TicketFact {
  const { textId, missing, byPhone } = command;
  const effect =
    ticket.status === 'triage' ? 'asks-only' : ticket.status === 'waiting-on-client' ? 'asks-again' : 'begins-waiting';
  return { type: 'client-asked', messageId: textId, missing, byPhone, effect };
}

/** A plan has a target version or date (§1.4), and the date is still to come. */
function refuseDevelopmentDecision(
  command: Of<'record-development-decision'>,
  ticket: Ticket,
  calendar: WorkingCalendar,
): Refusal | null {
  if (command.decision === 'declined') return null;
  if (command.targetDate === null) {
    return command.releaseId === null
      ? refuse('target-required', 'a plan needs a release (releaseName) or a target date (targetDate)')
      : null;
  }
  // An earlier date is past whether or not the calendar reaches back to it; no longer one would ever reach it.
  const isPast =
    command.targetDate < localDateOf(calendar, command.at) ||
    developmentTargetDueAt(command.targetDate, calendar) <= command.at;
  return isPast
    ? refuse('target-in-the-past', `the target date ${command.targetDate} of ticket ${ticket.number} is past`)
    : null;
}

function completionOf(ticket: Ticket): Completion | null {
  return ticket.status === 'completed' || ticket.status === 'awaiting-confirmation' ? ticket.completion : null;
}

function refuseJudging(command: Of<'judge-message'>, ticket: Ticket): Refusal | null {
  const unjudged = completionOf(ticket)?.unjudged ?? [];
  if (!unjudged.some((message) => message.messageId === command.messageId)) {
    return refuse('nothing-to-judge', `this message of ticket ${ticket.number} does not wait for judgement`);
  }
  return command.verdict === 'disagrees' && command.reasonId === null
    ? refuse('reason-required', 'a judgement that the client disagrees needs his reason (§3.7)')
    : null;
}

/** A judgement may close: as a confirmation at once, as neither when the 24 hours have passed meanwhile (reading 7). */
function judgedFacts(command: Of<'judge-message'>, ticket: Ticket): TicketFact[] {
  const completion = completionOf(ticket);
  const message = completion?.unjudged.find((one) => one.messageId === command.messageId);
  if (completion === null || message === undefined) return [];
  const { messageId, verdict, reasonId } = command;
  const judged: TicketFact = {
    type: 'message-judged',
    messageId,
    verdict,
    reasonId,
    messageReceivedAt: message.receivedAt,
  };
  const outcome = completion.outcome;
  if (verdict === 'confirms') {
    return [judged, { type: 'closed', because: 'confirmed', outcome, messageId, mergedInto: null }];
  }
  const isOverdue = ticket.status === 'awaiting-confirmation' && ticket.limitPassedAt !== null;
  return verdict === 'neither' && isOverdue && completion.unjudged.length === 1
    ? [judged, { type: 'closed', because: 'no-answer', outcome, messageId: null, mergedInto: null }]
    : [judged];
}
