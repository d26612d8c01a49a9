import { cutPause, startClock } from './clock.ts';
import type { TicketEvent } from './events.ts';
import { backToWork, expect, moved, pausedBy } from './evolve-status.ts';
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
          waiting: {
            askedAt: event.at,
            noticeIds,
            handedOverAt: [],
            handedOverIds: [],
            silence: null,
            lastReminderAt: null,
          },
        };
  return event.byPhone ? handedOver(waiting, { at: event.at, noticeId: null }) : waiting;
}

/** The first hand-over starts the pause and the silence; a later one moves neither (readings 5 and 6). */
export function handedOver(ticket: WaitingTicket, handOver: { at: Instant; noticeId: string | null }): WaitingTicket {
  const { waiting } = ticket;
  const { at } = handOver;
  const counted = {
    ...waiting,
    handedOverAt: [...waiting.handedOverAt, at],
    handedOverIds: [...waiting.handedOverIds, handOver.noticeId],
  };
  if (waiting.silence !== null) return { ...ticket, waiting: counted };
  return {
    ...pausedBy(factsOf(ticket), 'waiting-on-client', at),
    status: 'waiting-on-client',
    waiting: { ...counted, silence: startClock(at) },
  };
}

/** A person has written: the waiting ends at that instant, also one that has ended otherwise since (reading 20). */
export function endWaiting(ticket: Ticket, at: Instant): Ticket {
  if (ticket.status === 'waiting-on-client' && at >= ticket.waiting.askedAt) return backToWork(ticket, at);
  const { clock } = ticket.resolution;
  const shortened = { ...ticket.resolution, clock: cutPause(clock, 'waiting-on-client', at) };
  return moved({ ...ticket, resolution: shortened }, at);
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
