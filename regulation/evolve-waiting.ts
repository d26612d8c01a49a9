import { startClock } from './clock.ts';
import type { TicketEvent } from './events.ts';
import { expect, pausedBy } from './evolve-status.ts';
import type { Instant } from './instant.ts';
import { noticeId } from './notices.ts';
import { factsOf } from './ticket.ts';
import type { Ticket, Waiting, WaitingTicket } from './ticket.ts';

export function asked(ticket: Ticket, event: TicketEvent & { type: 'client-asked' }): Ticket {
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
export function handedOver(ticket: WaitingTicket, at: Instant): WaitingTicket {
  const { waiting } = ticket;
  if (waiting.handedOverAt.length > 0)
    return withWaiting(ticket, () => ({ handedOverAt: [...waiting.handedOverAt, at] }));
  return {
    ...pausedBy(factsOf(ticket), 'waiting-on-client', at),
    status: 'waiting-on-client',
    waiting: { ...waiting, handedOverAt: [at], silence: startClock(at) },
  };
}

export function reminded(ticket: WaitingTicket, event: TicketEvent & { type: 'client-reminded' }): WaitingTicket {
  const noticeIds = event.announced ? [noticeId(ticket.number, event.version, 'client', 'reminder')] : [];
  return withWaiting(ticket, (before) => ({
    lastReminderAt: event.dueAt,
    noticeIds: [...before.noticeIds, ...noticeIds],
  }));
}

export function withWaiting(ticket: WaitingTicket, change: (before: Waiting) => Partial<Waiting>): WaitingTicket {
  return { ...ticket, waiting: { ...ticket.waiting, ...change(ticket.waiting) } };
}
