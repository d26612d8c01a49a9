import { openingOfLaterDate } from './business-time.ts';
import type { Command, DeadlineAct } from './commands.ts';
import type { TicketFact } from './events.ts';
import type { Ticket } from './ticket.ts';
import { assertNever } from './errors.ts';
import type { WorkingCalendar } from './working-calendar.ts';

/**
 * What happens when a deadline falls due. The command's `at` is the deadline's own instant; `knownAt` may be later when
 * no worker was there. A warning learned of after its own breach is recorded and not sent (reading 9).
 */
export function decideDeadline(command: Command<DeadlineAct>, ticket: Ticket, calendar: WorkingCalendar): TicketFact[] {
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
      // A reminder that the next one has overtaken is not sent: nobody is reminded twice at once.
      return [{ type: 'client-reminded', dueAt, announced: command.knownAt < openingOfLaterDate(calendar, dueAt) }];
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

/** Without a message to judge, 24 hours of silence close the ticket; with one they raise an alarm (reading 7). */
function confirmationLimit(dueAt: number, ticket: Ticket): TicketFact[] {
  if (ticket.status !== 'awaiting-confirmation') return [];
  if (ticket.completion.unjudged.length > 0) return [{ type: 'confirmation-overdue', dueAt }];
  const { outcome } = ticket.completion;
  return [{ type: 'closed', because: 'no-answer', outcome, messageId: null, mergedInto: null }];
}
