import { SYSTEM } from '../regulation/actor.ts';
import type { Command, DeadlineAct } from '../regulation/commands.ts';
import { closesTicket, nextDeadline } from '../regulation/deadlines.ts';
import type { Deadline } from '../regulation/deadlines.ts';
import { decide, isRefused } from '../regulation/decide.ts';
import { HorizonExceeded } from '../regulation/errors.ts';
import { evolve } from '../regulation/evolve.ts';
import type { Instant } from '../regulation/instant.ts';
import type { Refusal } from '../regulation/refusal.ts';
import type { Ticket } from '../regulation/ticket.ts';
import type { WorkingCalendar } from '../regulation/working-calendar.ts';

/**
 * Whether a command would be refused if it were applied now, without applying anything: deadlines before it fire first
 * (reading 20). Null also when that cannot be told without asking the records or a longer calendar.
 */
export function foreseeRefusal(command: Command, ticket: Ticket, calendar: WorkingCalendar): Refusal | null {
  try {
    let after = ticket;
    for (;;) {
      const due = nextDeadline(after, calendar);
      if (due === null || due.at >= command.at) break;
      if (closesTicket(due.kind)) return null;
      const fired = decide(commandOf(due, command.knownAt), after, calendar);
      if (isRefused(fired)) break;
      after = fired.events.reduce<Ticket>(evolve, after);
    }
    const decision = decide(command, after, calendar);
    return isRefused(decision) ? decision : null;
  } catch (error) {
    if (error instanceof HorizonExceeded) return null;
    throw error;
  }
}

/** A deadline as the command that the system gives itself: its instant is its own, however late it is known (reading 9). */
export function commandOf(deadline: Deadline, now: Instant): Command<DeadlineAct> {
  return { ...deadline.act, actor: SYSTEM, at: deadline.at, knownAt: Math.max(now, deadline.at) };
}
