import { openingOfLaterDate } from './business-time.ts';
import type { Command, DeadlineAct } from './commands.ts';
import { pendingDeadlines, silenceLimitAt } from './deadlines.ts';
import type { TicketFact } from './events.ts';
import type { Ticket } from './ticket.ts';
import { assertNever } from './errors.ts';
import type { WorkingCalendar } from './working-calendar.ts';

/**
 * What happens when a deadline falls due. The command's `at` is the deadline's own instant; `knownAt` may be later when
 * no worker was there. A warning learned of after its own breach is recorded and not sent (reading 9).
 */
export function decideDeadline(command: Command<DeadlineAct>, ticket: Ticket, calendar: WorkingCalendar): TicketFact[] {
  if (!isDue(command, ticket, calendar)) return [];
  const { dueAt } = command;
  const announced = command.knownAt < dueAt;
  switch (command.type) {
    case 'first-response-warning':
      return [{ type: 'first-response-warned', dueAt, announced }];
    case 'first-response-due':
      return [{ type: 'first-response-breached', dueAt, cause: 'time' }];
    case 'resolution-warning':
      return [{ type: 'resolution-warned', dueAt, announced, provisional: ticket.status === 'triage' }];
    case 'resolution-due':
      return ticket.status === 'triage'
        ? [{ type: 'resolution-alarmed', dueAt }]
        : [{ type: 'resolution-breached', dueAt, cause: 'time' }];
    case 'client-reminder':
      return [{ type: 'client-reminded', dueAt, announced: !isOvertaken(command, ticket, calendar) }];
    case 'silence-limit':
      return [
        {
          type: 'closed',
          because: 'client-silent',
          outcome: 'client-unresponsive',
          messageId: null,
          mergedInto: null,
        },
      ];
    case 'confirmation-limit':
      return confirmationLimit(dueAt, ticket);
    case 'not-told-alarm':
      return [{ type: 'not-told-alarmed', dueAt }];
    case 'development-target-warning':
      return [{ type: 'development-target-warned', dueAt, announced }];
    case 'development-target-due':
      return [{ type: 'development-target-missed', dueAt }];
    default:
      return assertNever(command.type);
  }
}

/** News of a deadline that has moved away, was dealt with, or is still to come changes nothing; above all it closes nothing. */
function isDue(command: Command<DeadlineAct>, ticket: Ticket, calendar: WorkingCalendar): boolean {
  return pendingDeadlines(ticket, calendar).some(
    ({ kind, act, at }) => kind === command.type && act.dueAt === command.dueAt && at <= command.knownAt,
  );
}

/** Nobody is reminded twice at once, nor reminded and told of the closing: the later word is sent alone. */
function isOvertaken(command: Command<DeadlineAct>, ticket: Ticket, calendar: WorkingCalendar): boolean {
  if (command.knownAt >= openingOfLaterDate(calendar, command.dueAt)) return true;
  const limit = ticket.status === 'waiting-on-client' ? silenceLimitAt(ticket, ticket.waiting, calendar) : null;
  return limit !== null && command.knownAt >= limit;
}

/** Without a message to judge, 24 hours of silence close the ticket; with one they raise an alarm (reading 7). */
function confirmationLimit(dueAt: number, ticket: Ticket): TicketFact[] {
  if (ticket.status !== 'awaiting-confirmation') return [];
  if (ticket.completion.unjudged.length > 0) return [{ type: 'confirmation-overdue', dueAt }];
  const { outcome } = ticket.completion;
  return [{ type: 'closed', because: 'no-answer', outcome, messageId: null, mergedInto: null }];
}
