import type { TicketEvent } from './events.ts';
import { backToWork, misplaced, moved, pausedBy } from './evolve-status.ts';
import type { Instant } from './instant.ts';
import { noticeId } from './notices.ts';
import { factsOf } from './ticket.ts';
import type { AwaitingTicket, ClosedTicket, CompletedTicket, Completion, Ticket } from './ticket.ts';
import type { ClosingReason, Outcome } from './vocabulary.ts';

export function completed(ticket: Ticket, event: TicketEvent & { type: 'completed' }): CompletedTicket {
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

export function told(ticket: CompletedTicket, at: Instant, toldBy: string | null): AwaitingTicket {
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
export function tellingFailed(ticket: Ticket, at: Instant): CompletedTicket {
  if (ticket.status !== 'completed' && ticket.status !== 'awaiting-confirmation')
    throw misplaced(ticket, 'telling-failed');
  return {
    ...factsOf(ticket),
    status: 'completed',
    completion: ticket.completion,
    telling: { failedAt: at, lastAlarmAt: null },
  };
}

export function alarmed(ticket: CompletedTicket, at: Instant): CompletedTicket {
  return ticket.telling === null ? ticket : { ...ticket, telling: { ...ticket.telling, lastAlarmAt: at } };
}

export function judged(ticket: Ticket, event: TicketEvent & { type: 'message-judged' }): Ticket {
  // The clock goes on from the message's receipt, but it is the judgement that moves the deadline (reading 7).
  if (event.verdict === 'disagrees') return moved(backToWork(ticket, event.messageReceivedAt), event.at);
  if (ticket.status !== 'completed' && ticket.status !== 'awaiting-confirmation') throw misplaced(ticket, event.type);
  return withCompletion(ticket, (completion) => ({
    unjudged: completion.unjudged.filter((message) => message.messageId !== event.messageId),
  }));
}

export function closed(
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

export function withCompletion<T extends CompletedTicket | AwaitingTicket>(
  ticket: T,
  change: (before: Completion) => Partial<Completion>,
): T {
  return { ...ticket, completion: { ...ticket.completion, ...change(ticket.completion) } };
}
