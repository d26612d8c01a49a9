import { isPerson } from './actor.ts';
import { beginPause, endPause, startClock } from './clock.ts';
import type { Clock, PauseReason } from './clock.ts';
import { assertNever } from './errors.ts';
import type { TicketEvent } from './events.ts';
import type { Instant } from './instant.ts';
import { noticeId } from './notices.ts';
import { effectiveSeverity } from './resolution.ts';
import type {
  AwaitingTicket,
  Breach,
  ClosedTicket,
  CompletedTicket,
  Completion,
  Ticket,
  TicketFacts,
  Waiting,
  WaitingTicket,
  WorkTicket,
} from './ticket.ts';
import { factsOf } from './ticket.ts';
import type { ClosingReason, DeadlineKind, Outcome, Severity } from './vocabulary.ts';

/**
 * The ticket after an event. It judges nothing: whether the event may happen was `decide`'s question.
 * The same events always give the same ticket, so the audit trail is the ticket (DESIGN.md, The ticket).
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
    revision: ticket.revision + (isPerson(event.actor) ? 1 : 0),
  };
  return respond(applied(counted, event), event);
}

function received(event: TicketEvent & { type: 'ticket-received' }): Ticket {
  return {
    status: 'triage',
    number: event.number,
    edition: event.edition,
    version: event.version,
    revision: isPerson(event.actor) ? 1 : 0,
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
    firstResponse: { at: event.channel === 'phone' ? event.at : null, breaches: [] },
    resolution: { clock: startClock(event.at), movedAt: event.at, breaches: [] },
    fired: [],
    updates: [],
    followUpOf: event.followUpOf,
    calendarVersion: event.calendarVersion,
  };
}

/** The first act of a person that the client sees is the response (reading 16). A fact learned late counts by its own instant. */
function respond(ticket: Ticket, event: TicketEvent): Ticket {
  if (!isResponse(event)) return ticket;
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
        ...ticket,
        clientId: event.clientId,
        contactId: event.contactId,
        agreements: event.agreements,
        agreementStanding: event.agreementStanding,
        resolution: { ...ticket.resolution, movedAt: ticket.clientId === null ? event.at : ticket.resolution.movedAt },
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
      return handedOver(expect(ticket, 'waiting-on-client'), event.at);
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
      return fired(
        { ...ticket, resolution: { ...ticket.resolution, breaches: [...ticket.resolution.breaches, breachOf(event)] } },
        'resolution-due',
        event.dueAt,
      );
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

function classified(ticket: Ticket, event: TicketEvent & { type: 'classified' }): Ticket {
  const isOtherLevel = effectiveSeverity(ticket) !== event.severity;
  const { resolution } = ticket;
  const changed = {
    ...ticket,
    severity: event.severity,
    impact: event.impact,
    affectedUsers: event.affectedUsers,
    productId: event.productId,
    agreementStanding: event.agreementStanding,
    resolution: {
      ...resolution,
      movedAt: isOtherLevel || ticket.severity === null ? event.at : resolution.movedAt,
      // Another level measures everything since receipt anew, under the calendar now in force (reading 1).
      clock: isOtherLevel ? { ...resolution.clock, pastHours: null } : resolution.clock,
    },
  };
  return changed.status === 'triage' ? { ...changed, status: 'work' } : changed;
}

function asked(ticket: Ticket, event: TicketEvent & { type: 'client-asked' }): Ticket {
  if (event.effect === 'asks-only') return ticket;
  const noticeIds = event.byPhone ? [] : [noticeId(ticket.number, event.version, 'client', 'question')];
  const waiting: WaitingTicket =
    event.effect === 'asks-again'
      ? withWaiting(expect(ticket, 'waiting-on-client'), (before) => ({
          noticeIds: [...before.noticeIds, ...noticeIds],
        }))
      : {
          ...factsOf(ticket),
          status: 'waiting-on-client',
          waiting: { askedAt: event.at, noticeIds, handedOverAt: [], silence: null, lastReminderAt: null },
        };
  return event.byPhone ? handedOver(waiting, event.at) : waiting;
}

/** The first hand-over starts the pause and the silence; a later one moves neither (readings 5 and 6). */
function handedOver(ticket: WaitingTicket, at: Instant): WaitingTicket {
  const { waiting } = ticket;
  if (waiting.handedOverAt.length > 0)
    return withWaiting(ticket, () => ({ handedOverAt: [...waiting.handedOverAt, at] }));
  return {
    ...pausedBy(factsOf(ticket), 'waiting-on-client', at),
    status: 'waiting-on-client',
    waiting: { ...waiting, handedOverAt: [at], silence: startClock(at) },
  };
}

function reminded(ticket: WaitingTicket, event: TicketEvent & { type: 'client-reminded' }): WaitingTicket {
  const noticeIds = event.announced ? [noticeId(ticket.number, event.version, 'client', 'reminder')] : [];
  return withWaiting(ticket, (before) => ({
    lastReminderAt: event.dueAt,
    noticeIds: [...before.noticeIds, ...noticeIds],
  }));
}

function messageReceived(ticket: Ticket, event: TicketEvent & { type: 'message-received' }): Ticket {
  if (event.effect === 'ends-waiting') return backToWork(ticket, event.at);
  if (event.effect === 'none') return ticket;
  if (ticket.status !== 'completed' && ticket.status !== 'awaiting-confirmation') throw misplaced(ticket, event.type);
  return withCompletion(ticket, (completion) => ({
    unjudged: [...completion.unjudged, { messageId: event.messageId, receivedAt: event.at }],
  }));
}

function judged(ticket: Ticket, event: TicketEvent & { type: 'message-judged' }): Ticket {
  if (event.verdict === 'disagrees') return backToWork(ticket, event.messageReceivedAt);
  if (ticket.status !== 'completed' && ticket.status !== 'awaiting-confirmation') throw misplaced(ticket, event.type);
  return withCompletion(ticket, (completion) => ({
    unjudged: completion.unjudged.filter((message) => message.messageId !== event.messageId),
  }));
}

function completed(ticket: Ticket, event: TicketEvent & { type: 'completed' }): CompletedTicket {
  return {
    ...pausedBy(factsOf(ticket), 'completed', event.at),
    status: 'completed',
    completion: {
      completedAt: event.at,
      outcome: event.outcome,
      textId: event.textId,
      vendorId: event.vendorId,
      releaseId: event.releaseId,
      noticeIds: [noticeId(ticket.number, event.version, 'client', 'completion')],
      unjudged: [],
    },
    telling: null,
  };
}

function told(ticket: CompletedTicket, at: Instant, toldBy: string | null): AwaitingTicket {
  return {
    ...factsOf(ticket),
    status: 'awaiting-confirmation',
    completion: ticket.completion,
    toldAt: at,
    toldBy,
    limitPassedAt: null,
  };
}

/** Also when a bounce comes after he seemed to be told: the window is void (reading 7). */
function tellingFailed(ticket: Ticket, at: Instant): CompletedTicket {
  if (ticket.status !== 'completed' && ticket.status !== 'awaiting-confirmation')
    throw misplaced(ticket, 'telling-failed');
  return {
    ...factsOf(ticket),
    status: 'completed',
    completion: ticket.completion,
    telling: { failedAt: at, lastAlarmAt: null },
  };
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

function closed(
  ticket: Ticket,
  end: { at: Instant; because: ClosingReason; outcome: Outcome | null; mergedInto: number | null },
): ClosedTicket {
  const facts = factsOf(ticket);
  return {
    ...facts,
    status: 'closed',
    resolution: { ...facts.resolution, clock: { ...facts.resolution.clock, stoppedAt: end.at } },
    closedAt: end.at,
    closedBecause: end.because,
    outcome: end.outcome,
    mergedInto: end.mergedInto,
    completionNoticeIds:
      ticket.status === 'completed' || ticket.status === 'awaiting-confirmation' ? ticket.completion.noticeIds : [],
  };
}

function absorbed(ticket: Ticket, event: TicketEvent & { type: 'absorbed' }): Ticket {
  const receivedAt = Math.min(ticket.receivedAt, event.receivedAt);
  const responses = [ticket.firstResponse.at, event.firstRespondedAt].filter((at) => at !== null);
  const clock: Clock = { ...ticket.resolution.clock, startedAt: receivedAt, pastHours: null };
  return {
    ...ticket,
    receivedAt,
    // In triage the level is still a proposal (reading 18).
    ...(ticket.severity === null
      ? { proposedSeverity: higher(ticket.proposedSeverity, event.severity) }
      : { severity: higher(ticket.severity, event.severity) }),
    firstResponse: { ...ticket.firstResponse, at: responses.length === 0 ? null : Math.min(...responses) },
    resolution: { ...ticket.resolution, clock, movedAt: event.at },
  };
}

function higher(one: Severity | null, other: Severity | null): Severity | null {
  if (one === null || other === null) return one ?? other;
  return one < other ? one : other;
}

function calendarChanged(ticket: Ticket, event: TicketEvent & { type: 'calendar-changed' }): Ticket {
  const { resolution } = ticket;
  const pastHours = event.pastHours === null ? resolution.clock.pastHours : { until: event.at, open: event.pastHours };
  const changed = {
    ...ticket,
    calendarVersion: event.calendarVersion,
    resolution: {
      clock: { ...resolution.clock, pastHours },
      movedAt: event.oldDueAt === event.newDueAt ? resolution.movedAt : Math.max(resolution.movedAt, event.at),
      breaches: resolution.breaches.map((breach) =>
        event.superseded.includes(breach.dueAt) ? { ...breach, superseded: true } : breach,
      ),
    },
  };
  if (changed.status !== 'waiting-on-client' || event.silencePastHours === null) return changed;
  const open = event.silencePastHours;
  return withWaiting(changed, (waiting) => ({
    silence: waiting.silence === null ? null : { ...waiting.silence, pastHours: { until: event.at, open } },
  }));
}

function alarmed(ticket: CompletedTicket, at: Instant): CompletedTicket {
  return ticket.telling === null ? ticket : { ...ticket, telling: { ...ticket.telling, lastAlarmAt: at } };
}

/** Ends every pause that a status made and lets the clock go on from an instant. */
function backToWork(ticket: Ticket, at: Instant): WorkTicket {
  return {
    ...moved(
      withClock(factsOf(ticket), (clock) => resumed(clock, at)),
      at,
    ),
    status: 'work',
  };
}

function resumed(clock: Clock, at: Instant): Clock {
  return STATUS_PAUSES.reduce((resumedSoFar, reason) => endPause(resumedSoFar, reason, at), clock);
}

const STATUS_PAUSES: readonly PauseReason[] = ['waiting-on-client', 'escalated-to-development', 'completed'];

/** One status pause takes over from another at the same instant, so no time between them is counted. */
function pausedBy(facts: TicketFacts, reason: PauseReason, at: Instant): TicketFacts {
  return withClock(facts, (clock) => beginPause(resumed(clock, at), reason, at));
}

function withClock(facts: TicketFacts, change: (clock: Clock) => Clock): TicketFacts {
  return { ...facts, resolution: { ...facts.resolution, clock: change(facts.resolution.clock) } };
}

function moved<T extends TicketFacts>(ticket: T, at: Instant): T {
  return { ...ticket, resolution: { ...ticket.resolution, movedAt: at } };
}

function fired(ticket: Ticket, kind: DeadlineKind, dueAt: Instant): Ticket {
  return { ...ticket, fired: [...ticket.fired, { kind, dueAt }] };
}

function breachOf(event: { dueAt: Instant; knownAt: Instant; cause: Breach['cause'] }): Breach {
  return { dueAt: event.dueAt, knownAt: event.knownAt, cause: event.cause, superseded: false };
}

function withUpdate(ticket: Ticket, updateId: string, change: { startedAt: Instant } | { endedAt: Instant }): Ticket {
  const updates = ticket.updates.map((update) => (update.updateId === updateId ? { ...update, ...change } : update));
  return { ...ticket, updates };
}

function withWaiting(ticket: WaitingTicket, change: (before: Waiting) => Partial<Waiting>): WaitingTicket {
  return { ...ticket, waiting: { ...ticket.waiting, ...change(ticket.waiting) } };
}

function withCompletion<T extends CompletedTicket | AwaitingTicket>(
  ticket: T,
  change: (before: Completion) => Partial<Completion>,
): T {
  return { ...ticket, completion: { ...ticket.completion, ...change(ticket.completion) } };
}

function expect<S extends Ticket['status']>(ticket: Ticket, status: S): Extract<Ticket, { status: S }> {
  if (ticket.status !== status) throw misplaced(ticket, status);
  return ticket as Extract<Ticket, { status: S }>;
}

function misplaced(ticket: Ticket, what: string): Error {
  return new Error(`ticket ${ticket.number} is ${ticket.status}: ${what} cannot follow`);
}
