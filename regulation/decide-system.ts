import { periods } from './business-time.ts';
import { hoursBefore } from './clock.ts';
import type { Clock, Interval } from './clock.ts';
import type { Command, SystemAct } from './commands.ts';
import { silenceLimitAt } from './deadlines.ts';
import { assertNever, HorizonExceeded } from './errors.ts';
import type { TicketFact } from './events.ts';
import type { Instant } from './instant.ts';
import { hasResolutionClock, resolutionDueAt, resolutionLimit } from './resolution.ts';
import type { Ticket } from './ticket.ts';
import type { WorkingCalendar } from './working-calendar.ts';

/** What the system's own news does to a ticket. News that no longer concerns it gives no event. */
export function decideSystemAct(command: Command<SystemAct>, ticket: Ticket, calendar: WorkingCalendar): TicketFact[] {
  switch (command.type) {
    case 'notice-delivered':
      return delivered(command.noticeId, ticket);
    case 'notice-failed':
      return failed(command.noticeId, ticket);
    case 'calendar-published':
      return calendarChanged(command, ticket, calendar);
    case 'update-started':
    case 'update-ended':
      return updateFact(command, ticket);
    case 'absorb': {
      if (ticket.absorbed.includes(command.from)) return [];
      const { from, receivedAt, firstRespondedAt, severity } = command;
      return [{ type: 'absorbed', from, receivedAt, firstRespondedAt, severity }];
    }
    case 'record-refusal':
      return [{ type: 'act-refused', act: command.act, code: command.code }];
    default:
      return assertNever(command);
  }
}

/** Waiting and the confirmation window begin when the channel has taken the notice, not when it was written (readings 5, 7). */
function delivered(noticeId: string, ticket: Ticket): TicketFact[] {
  if (ticket.status === 'waiting-on-client') {
    const { noticeIds, handedOverIds } = ticket.waiting;
    const isNews = noticeIds.includes(noticeId) && !handedOverIds.includes(noticeId);
    return isNews ? [{ type: 'question-handed-over', noticeId, noteId: null }] : [];
  }
  if (ticket.status === 'completed' && ticket.completion.noticeIds.includes(noticeId)) {
    return [{ type: 'client-told', noticeId, noteId: null }];
  }
  return [];
}

/**
 * The last possible channel has failed. A question nobody got pauses nothing any longer; a completion nobody got starts
 * no window, and a bounce voids the one it had started. What he was told by telephone no bounce undoes. Anything else is
 * shown on the ticket.
 */
function failed(noticeId: string, ticket: Ticket): TicketFact[] {
  if (ticket.status === 'waiting-on-client') {
    const { noticeIds, handedOverIds } = ticket.waiting;
    const endsWaiting = noticeIds.includes(noticeId) && !handedOverIds.includes(null);
    return [{ type: endsWaiting ? 'question-undeliverable' : 'notice-undeliverable', noticeId }];
  }
  if (ticket.status === 'completed' && ticket.completion.noticeIds.at(-1) === noticeId) {
    return [{ type: 'telling-failed', noticeId }];
  }
  if (ticket.status === 'awaiting-confirmation' && ticket.toldBy === noticeId) {
    return [{ type: 'telling-failed', noticeId }];
  }
  return [{ type: 'notice-undeliverable', noticeId }];
}

/** From the publication on the new calendar counts; what was counted before stays as counted (§2.4, reading 10). */
function calendarChanged(
  command: Command<Extract<SystemAct, { type: 'calendar-published' }>>,
  ticket: Ticket,
  old: WorkingCalendar,
): TicketFact[] {
  const published = command.calendar;
  if (published.version <= ticket.calendarVersion) return [];
  const at = command.at;
  const countsWorkingHours = hasResolutionClock(ticket) && resolutionLimit(ticket).hours === 'working-hours';
  const pastHours = countsWorkingHours ? hoursUntil(at, ticket.resolution.clock, { old, published }) : null;
  const silence = ticket.status === 'waiting-on-client' ? ticket.waiting.silence : null;
  const silencePastHours = silence === null ? null : hoursUntil(at, silence, { old, published });
  const after = switched(ticket, at, { pastHours, silencePastHours });
  const oldDueAt = ifKnown(() => resolutionDueAt(ticket, old));
  const newDueAt = resolutionDueAt(after, published);
  return [
    {
      type: 'calendar-changed',
      calendarVersion: published.version,
      previousVersion: ticket.calendarVersion,
      oldDueAt,
      newDueAt,
      oldSilenceAt: ifKnown(() => silenceAt(ticket, old)),
      newSilenceAt: silenceAt(after, published),
      pastHours,
      silencePastHours,
      superseded: ticket.resolution.breaches
        .filter((breach) => !breach.superseded && breach.dueAt === oldDueAt && breach.dueAt > at)
        .filter((breach) => newDueAt === null || newDueAt > breach.dueAt)
        .map((breach) => breach.dueAt),
    },
  ];
}

/** The hours that had counted by a publication. Those after the old calendar's end were counted by none: the new one counts them. */
function hoursUntil(
  at: Instant,
  clock: Clock,
  { old, published }: { old: WorkingCalendar; published: WorkingCalendar },
): Interval[] {
  if (at <= old.to) return hoursBefore(clock, old, at);
  const from = Math.max(old.to, clock.startedAt);
  return [...hoursBefore(clock, old, old.to), ...(from < at ? periods(published, from, at) : [])];
}

/** Null where the old calendar ends before the answer: then nobody had known it, and the new calendar is what was waited for. */
function ifKnown(answer: () => Instant | null): Instant | null {
  try {
    return answer();
  } catch (error) {
    if (error instanceof HorizonExceeded) return null;
    throw error;
  }
}

type Hours = { from: Instant; to: Instant }[] | null;

function switched(ticket: Ticket, until: Instant, past: { pastHours: Hours; silencePastHours: Hours }): Ticket {
  const { clock } = ticket.resolution;
  const after: Ticket = {
    ...ticket,
    resolution: {
      ...ticket.resolution,
      clock: past.pastHours === null ? clock : { ...clock, pastHours: { until, open: past.pastHours } },
    },
  };
  if (after.status !== 'waiting-on-client' || past.silencePastHours === null) return after;
  const silence = after.waiting.silence;
  const pastHours = { until, open: past.silencePastHours };
  return { ...after, waiting: { ...after.waiting, silence: silence === null ? null : { ...silence, pastHours } } };
}

function silenceAt(ticket: Ticket, calendar: WorkingCalendar): Instant | null {
  return ticket.status === 'waiting-on-client' ? silenceLimitAt(ticket, ticket.waiting, calendar) : null;
}

function updateFact(
  command: Command<Extract<SystemAct, { type: 'update-started' | 'update-ended' }>>,
  ticket: Ticket,
): TicketFact[] {
  const update = ticket.updates.find((one) => one.updateId === command.updateId);
  if (update === undefined) return [];
  const isNews = command.type === 'update-started' ? update.startedAt === null : update.endedAt === null;
  return isNews ? [{ type: command.type, updateId: command.updateId }] : [];
}
