import { openingAfter, openingOfLaterDate, periods } from './business-time.ts';
import { usedUpAt } from './clock.ts';
import type { DeadlineAct } from './commands.ts';
import { editionOf } from './editions.ts';
import { assertNever } from './errors.ts';
import { DAY_MS } from './instant.ts';
import type { Instant } from './instant.ts';
import {
  effectiveSeverity,
  hasResolutionClock,
  isResolutionRunning,
  resolutionDueAt,
  resolutionWarnAt,
} from './resolution.ts';
import type { AwaitingTicket, CompletedTicket, EscalatedTicket, Ticket, TicketFacts, Waiting } from './ticket.ts';
import { DEADLINE_KINDS } from './vocabulary.ts';
import type { DeadlineKind, Severity } from './vocabulary.ts';
import { instantOfLocal, localDateOf } from './working-calendar.ts';
import type { WorkingCalendar } from './working-calendar.ts';

/** Something that falls due by itself, and the command the system then gives. */
export interface Deadline {
  kind: DeadlineKind;
  at: Instant;
  act: DeadlineAct;
}

/** A development target falls due at the end of its working day, 18:00 Bishkek time (reading 19). */
const TARGET_MINUTES_OF_DAY = 18 * 60;

/**
 * The earliest deadline still to come, or to be caught up with, or null when nothing falls due by itself.
 * Deadlines of one instant fire in the order of the vocabulary: a warning before its limit.
 * @throws HorizonExceeded when the calendar ends before the answer
 */
export function nextDeadline(ticket: Ticket, calendar: WorkingCalendar): Deadline | null {
  return pendingDeadlines(ticket, calendar).sort(byInstantThenKind)[0] ?? null;
}

/** Deadlines that end a ticket; before one fires, the records are asked for messages on their way (reading 20). */
export function closesTicket(kind: DeadlineKind): boolean {
  return kind === 'silence-limit' || kind === 'confirmation-limit';
}

export function firstResponseDueAt(ticket: TicketFacts): Instant {
  return ticket.receivedAt + editionOf(ticket.edition).firstResponse.targetMs;
}

/** The deadlines as a reader of the records needs them, under the calendar the ticket runs by. */
export function recordedDeadlines(
  ticket: Ticket,
  calendar: WorkingCalendar,
): {
  firstResponseDueAt: Instant;
  resolutionDueAt: Instant | null;
  provisional: boolean;
  effectiveSeverity: Severity;
  next: { kind: DeadlineKind; at: Instant } | null;
} {
  const next = nextDeadline(ticket, calendar);
  return {
    firstResponseDueAt: firstResponseDueAt(ticket),
    resolutionDueAt: resolutionDueAt(ticket, calendar),
    provisional: ticket.status === 'triage',
    effectiveSeverity: effectiveSeverity(ticket),
    next: next === null ? null : { kind: next.kind, at: next.at },
  };
}

/** When silence closes the ticket (reading 6); null while fewer than two questions or reminders have been handed over. */
export function silenceLimitAt(ticket: TicketFacts, waiting: Waiting, calendar: WorkingCalendar): Instant | null {
  const second = waiting.handedOverAt[1];
  const limit = silenceUsedUpAt(ticket, waiting, calendar);
  if (limit === null || second === undefined) return null;
  return second <= limit ? limit : openingAfter(calendar, second);
}

/** When the 27 business hours of silence are used up, whether or not the ticket may be closed then. */
export function silenceUsedUpAt(ticket: TicketFacts, waiting: Waiting, calendar: WorkingCalendar): Instant | null {
  if (waiting.silence === null) return null;
  return usedUpAt(waiting.silence, calendar, editionOf(ticket.edition).silenceMs);
}

export function confirmationLimitAt(ticket: AwaitingTicket): Instant {
  return ticket.toldAt + editionOf(ticket.edition).confirmationMs;
}

/** Every deadline still to come, or to be caught up with, in no order. */
export function pendingDeadlines(ticket: Ticket, calendar: WorkingCalendar): Deadline[] {
  if (ticket.status === 'closed') return [];
  return [
    ...firstResponseDeadlines(ticket),
    ...resolutionDeadlines(ticket, calendar),
    ...deadlinesOfStatus(ticket, calendar),
  ];
}

function deadlinesOfStatus(ticket: Ticket, calendar: WorkingCalendar): Deadline[] {
  switch (ticket.status) {
    case 'waiting-on-client':
      return waitingDeadlines(ticket, ticket.waiting, calendar);
    case 'escalated-to-development':
      return targetDeadlines(ticket, calendar);
    case 'completed':
      return notToldDeadlines(ticket, calendar);
    case 'awaiting-confirmation': {
      const at = confirmationLimitAt(ticket);
      return ticket.limitPassedAt === null ? [deadline('confirmation-limit', at, at)] : [];
    }
    case 'triage':
    case 'work':
    case 'closed':
      return [];
    default:
      return assertNever(ticket);
  }
}

function firstResponseDeadlines(ticket: TicketFacts): Deadline[] {
  if (ticket.firstResponse.at !== null) return [];
  const dueAt = firstResponseDueAt(ticket);
  const warnAt = ticket.receivedAt + editionOf(ticket.edition).firstResponse.warnAfterMs;
  return [deadline('first-response-warning', warnAt, dueAt), deadline('first-response-due', dueAt, dueAt)].filter(
    (one) => one.at >= ticket.firstResponse.movedAt && !hasFired(ticket, one),
  );
}

/**
 * A deadline that fell due before it was last moved belongs to the act that moved it, which records the breach itself;
 * one that falls on a pause has not passed: an act at the deadline's own instant is in time (reading 3).
 */
function resolutionDeadlines(ticket: TicketFacts, calendar: WorkingCalendar): Deadline[] {
  if (!hasResolutionClock(ticket) || ticket.resolution.breachStands) return [];
  const dueAt = resolutionDueAt(ticket, calendar);
  if (dueAt === null) return [];
  const warnAt = resolutionWarnAt(ticket, calendar);
  return [
    ...(warnAt === null ? [] : [deadline('resolution-warning', warnAt, dueAt)]),
    deadline('resolution-due', dueAt, dueAt),
  ].filter(
    (one) => one.at >= ticket.resolution.movedAt && isResolutionRunning(ticket, one.at) && !hasFired(ticket, one),
  );
}

/** Reminders at the first opening of each later working date, and the end of the silence (§3.6, reading 6). */
function waitingDeadlines(ticket: TicketFacts, waiting: Waiting, calendar: WorkingCalendar): Deadline[] {
  const first = waiting.handedOverAt[0];
  if (first === undefined) return [];
  const limit = silenceLimitAt(ticket, waiting, calendar);
  const reminder = openingOfLaterDate(calendar, Math.max(first, waiting.lastReminderAt ?? first));
  return [
    ...(limit === null || reminder < limit ? [deadline('client-reminder', reminder, reminder)] : []),
    ...(limit === null ? [] : [deadline('silence-limit', limit, limit)]),
  ];
}

function targetDeadlines(ticket: EscalatedTicket, calendar: WorkingCalendar): Deadline[] {
  const date = ticket.plan?.targetDate ?? null;
  if (ticket.plan === null || date === null) return [];
  const { decidedAt } = ticket.plan;
  const dueAt = developmentTargetDueAt(date, calendar);
  const warnAt = openingOfWorkingDateBefore(date, calendar);
  return [
    ...(warnAt === null ? [] : [deadline('development-target-warning', warnAt, dueAt)]),
    deadline('development-target-due', dueAt, dueAt),
  ].filter((one) => one.at >= decidedAt && !hasFired(ticket, one));
}

export function developmentTargetDueAt(date: string, calendar: WorkingCalendar): Instant {
  return instantOfLocal(calendar, date, TARGET_MINUTES_OF_DAY);
}

/** The first opening of the last working date before a date; the longest run of days off is far below the 60 days looked at. */
function openingOfWorkingDateBefore(date: string, calendar: WorkingCalendar): Instant | null {
  const midnight = instantOfLocal(calendar, date, 0);
  const before = periods(calendar, Math.max(calendar.from, midnight - 60 * DAY_MS), midnight);
  const last = before.at(-1);
  if (last === undefined) return null;
  const lastDate = localDateOf(calendar, last.from);
  return before.find((period) => localDateOf(calendar, period.from) === lastDate)?.from ?? null;
}

/** As long as telling has failed, an alarm at each opening (reading 7). */
function notToldDeadlines(ticket: CompletedTicket, calendar: WorkingCalendar): Deadline[] {
  if (ticket.telling === null) return [];
  const at = openingAfter(calendar, ticket.telling.lastAlarmAt ?? ticket.telling.failedAt);
  return [deadline('not-told-alarm', at, at)];
}

function deadline(kind: DeadlineKind, at: Instant, dueAt: Instant): Deadline {
  return { kind, at, act: { type: kind, dueAt } };
}

function hasFired(ticket: TicketFacts, { kind, act }: Deadline): boolean {
  return ticket.fired.some((one) => one.kind === kind && one.dueAt === act.dueAt);
}

function byInstantThenKind(a: Deadline, b: Deadline): number {
  return a.at - b.at || DEADLINE_KINDS.indexOf(a.kind) - DEADLINE_KINDS.indexOf(b.kind);
}
