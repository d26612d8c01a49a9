import { isPerson } from './actor.ts';
import { startClock } from './clock.ts';
import { assertNever } from './errors.ts';
import type { TicketEvent } from './events.ts';
import { alarmed, closed, completed, judged, tellingFailed, told, withCompletion } from './evolve-completion.ts';
import { absorbed, breached, breachOf, calendarChanged, classified, withUpdate } from './evolve-resolution.ts';
import { backToWork, expect, fired, misplaced, moved, pausedBy } from './evolve-status.ts';
import { asked, endWaiting, handedOver, reminded, withWaiting } from './evolve-waiting.ts';
import { noticeId } from './notices.ts';
import { factsOf } from './ticket.ts';
import type { Ticket } from './ticket.ts';

/**
 * The ticket after an event. It judges nothing: whether the event may happen was `decide`'s question.
 * The same events always give the same ticket, so the audit trail is the ticket.
 * @throws Error when the event cannot follow: a bug, since `decide` never gives such an event
 */
export function evolve(ticket: Ticket | null, event: TicketEvent): Ticket {
  if (event.type === 'ticket-received') return received(event);
  if (ticket === null) throw new Error(`a ticket's first event is ticket-received, not ${event.type}`);
  if (event.version !== ticket.version + 1) {
    throw new Error(`ticket ${ticket.number} is at version ${ticket.version}: event ${event.version} cannot follow`);
  }
  const counted = {
    ...ticket,
    version: event.version,
    revision: ticket.revision + (isActOfPerson(event) ? 1 : 0),
  };
  return respond(applied(counted, event), event);
}

function received(event: TicketEvent & { type: 'ticket-received' }): Ticket {
  return {
    status: 'triage',
    number: event.number,
    edition: event.edition,
    version: event.version,
    revision: 1,
    channel: event.channel,
    receivedAt: event.at,
    clientId: event.clientId,
    contactId: event.contactId,
    productId: event.productId,
    agreements: event.agreements,
    agreementStanding: event.agreementStanding,
    impact: event.impact,
    affectedUsers: event.affectedUsers,
    proposedSeverity: event.proposedSeverity,
    severity: null,
    assigneeId: null,
    putAheadAt: null,
    // For a telephone call, speaking with the client is the first response (reading 4).
    firstResponse: { at: event.channel === 'phone' ? event.at : null, movedAt: event.at, breaches: [] },
    resolution: { clock: startClock(event.at), movedAt: event.at, breaches: [], breachStands: false },
    fired: [],
    updates: [],
    followUpOf: event.followUpOf,
    absorbed: [],
    calendarVersion: event.calendarVersion,
  };
}

/** What a caller may be out of date by: a machine's mail and an act that was refused are none of it. */
function isActOfPerson(event: TicketEvent): boolean {
  if (event.type === 'act-refused') return false;
  return isPerson(event.actor) && !(event.type === 'message-received' && event.automatic);
}

/**
 * The first act of a person that the client sees is the response (reading 16). A fact learned late counts by its own
 * instant; a call before the request was no response to it.
 */
function respond(ticket: Ticket, event: TicketEvent): Ticket {
  if (!isResponse(event) || event.at < ticket.receivedAt) return ticket;
  const at = Math.min(ticket.firstResponse.at ?? event.at, event.at);
  return { ...ticket, firstResponse: { ...ticket.firstResponse, at } };
}

function isResponse(event: TicketEvent): boolean {
  switch (event.type) {
    case 'replied':
    case 'client-asked':
    case 'classified':
    case 'declined':
    case 'postponed':
    case 'completed':
      return true;
    case 'message-received':
      return event.channel === 'phone' && !event.automatic;
    default:
      return false;
  }
}

function applied(ticket: Ticket, event: Exclude<TicketEvent, { type: 'ticket-received' }>): Ticket {
  switch (event.type) {
    case 'client-linked':
      return {
        ...(ticket.clientId === null ? moved(ticket, event.at) : ticket),
        clientId: event.clientId,
        contactId: event.contactId,
        agreements: event.agreements,
        agreementStanding: event.agreementStanding,
      };
    case 'classified':
      return classified(ticket, event);
    case 'declined':
      return closed(ticket, { at: event.at, because: 'declined', outcome: null, mergedInto: null });
    case 'assigned':
      return { ...ticket, assigneeId: event.staffId };
    case 'replied':
    case 'noted':
    case 'marked-abusive':
    case 'disagreed-without-reason':
    case 'notice-undeliverable':
    case 'act-refused':
    case 'postponed':
      return ticket;
    case 'client-asked':
      return asked(ticket, event);
    case 'question-handed-over':
      return handedOver(expect(ticket, 'waiting-on-client'), event);
    case 'question-undeliverable':
      return backToWork(ticket, event.at);
    case 'message-received':
      return messageReceived(ticket, event);
    case 'disagreed':
    case 'returned-to-work':
      return backToWork(ticket, event.at);
    case 'message-judged':
      return judged(ticket, event);
    case 'escalated':
      return {
        ...pausedBy(factsOf(ticket), 'escalated-to-development', event.at),
        status: 'escalated-to-development',
        escalatedAt: event.at,
        diagnosisId: event.diagnosisId,
        plan: null,
      };
    case 'development-decided':
      if (event.decision === 'declined') return backToWork(ticket, event.at);
      return {
        ...expect(ticket, 'escalated-to-development'),
        plan: { decidedAt: event.at, releaseId: event.releaseId, targetDate: event.targetDate },
      };
    case 'completed':
      return completed(ticket, event);
    case 'client-told':
      return told(expect(ticket, 'completed'), event.at, event.noticeId);
    case 'telling-failed':
      return tellingFailed(ticket, event.at);
    case 'notice-resent':
      return resent(ticket, event.version);
    case 'closed':
      return closed(ticket, event);
    case 'put-ahead':
      return { ...ticket, putAheadAt: event.at };
    case 'absorbed':
      return absorbed(ticket, event);
    case 'tied-to-update':
      return moved(
        {
          ...ticket,
          updates: [
            ...ticket.updates,
            { updateId: event.updateId, tiedAt: event.at, startedAt: event.startedAt, endedAt: event.endedAt },
          ],
        },
        event.at,
      );
    case 'update-started':
      return withUpdate(ticket, event.updateId, { startedAt: event.at });
    case 'update-ended':
      return moved(withUpdate(ticket, event.updateId, { endedAt: event.at }), event.at);
    case 'calendar-changed':
      return calendarChanged(ticket, event);
    case 'first-response-warned':
      return fired(ticket, 'first-response-warning', event.dueAt);
    case 'first-response-breached':
      return fired(
        {
          ...ticket,
          firstResponse: { ...ticket.firstResponse, breaches: [...ticket.firstResponse.breaches, breachOf(event)] },
        },
        'first-response-due',
        event.dueAt,
      );
    case 'resolution-warned':
      return fired(ticket, 'resolution-warning', event.dueAt);
    case 'resolution-alarmed':
      return fired(ticket, 'resolution-due', event.dueAt);
    case 'resolution-breached':
      return fired(breached(ticket, event), 'resolution-due', event.dueAt);
    case 'client-reminded':
      return reminded(expect(ticket, 'waiting-on-client'), event);
    case 'confirmation-overdue':
      return { ...expect(ticket, 'awaiting-confirmation'), limitPassedAt: event.dueAt };
    case 'not-told-alarmed':
      return alarmed(expect(ticket, 'completed'), event.dueAt);
    case 'development-target-warned':
      return fired(ticket, 'development-target-warning', event.dueAt);
    case 'development-target-missed':
      return fired(ticket, 'development-target-due', event.dueAt);
    default:
      return assertNever(event);
  }
}

function messageReceived(ticket: Ticket, event: TicketEvent & { type: 'message-received' }): Ticket {
  if (event.effect === 'ends-waiting') return endWaiting(ticket, event.at);
  if (event.effect === 'none') return ticket;
  if (ticket.status !== 'completed' && ticket.status !== 'awaiting-confirmation') throw misplaced(ticket, event.type);
  return withCompletion(ticket, (completion) => ({
    unjudged: [...completion.unjudged, { messageId: event.messageId, receivedAt: event.at }],
  }));
}

function resent(ticket: Ticket, version: number): Ticket {
  if (ticket.status === 'completed') {
    const id = noticeId(ticket.number, version, 'client', 'completion');
    return {
      ...withCompletion(ticket, (completion) => ({ noticeIds: [...completion.noticeIds, id] })),
      telling: null,
    };
  }
  const id = noticeId(ticket.number, version, 'client', 'reminder');
  return withWaiting(expect(ticket, 'waiting-on-client'), (before) => ({ noticeIds: [...before.noticeIds, id] }));
}
