import { firstResponseDueAt } from './deadlines.ts';
import type { TicketEvent, TicketFact } from './events.ts';
import type { Instant } from './instant.ts';
import {
  hasResolutionClock,
  isResolutionRunning,
  resolutionDueAt,
  resolutionElapsedMs,
  resolutionLimit,
} from './resolution.ts';
import type { Breach, Ticket } from './ticket.ts';
import type { WorkingCalendar } from './working-calendar.ts';

type FoundFact = Extract<
  TicketFact,
  { type: 'first-response-breached' | 'resolution-breached' | 'resolution-alarmed' }
>;

interface Moved {
  events: readonly TicketEvent[];
  after: Ticket;
  /** The calendar in force after the events. */
  calendar: WorkingCalendar;
}

/**
 * The breaches that an act has found: it moved a deadline to an instant before the act, so no timer will ever meet it.
 * Reclassification (reading 1), a resumption with nothing left (8), a calendar learned late (10), merging (13), a client
 * linked late (17, 18), a fact learned late (20).
 */
export function foundByMoving(moved: Moved): FoundFact[] {
  if (moved.after.status === 'closed') return [];
  return [...foundFirstResponse(moved), ...foundResolution(moved)];
}

function foundFirstResponse({ events, after }: Moved): FoundFact[] {
  if (events.every((event) => event.type !== 'absorbed')) return [];
  const dueAt = firstResponseDueAt(after);
  const respondedAt = after.firstResponse.at;
  const late = dueAt < (respondedAt ?? after.firstResponse.movedAt);
  const known = after.firstResponse.breaches.length > 0;
  return late && !known ? [{ type: 'first-response-breached', dueAt, cause: 'merge' }] : [];
}

function foundResolution({ events, after, calendar }: Moved): FoundFact[] {
  if (events.length === 0 || after.resolution.breachStands || !hasResolutionClock(after)) return [];
  const dueAt = resolutionDueAt(after, calendar);
  if (dueAt === null || !isPast(after, { dueAt, by: knownBy(events, after), calendar })) return [];
  if (after.status === 'triage') {
    const alarmed = after.fired.some((one) => one.kind === 'resolution-due' && one.dueAt === dueAt);
    return alarmed ? [] : [{ type: 'resolution-alarmed', dueAt }];
  }
  return [{ type: 'resolution-breached', dueAt, cause: causeOf(events) }];
}

/** By when the limit must have been kept: the last move; for a calendar, which may be learned of late, the news of it. */
function knownBy(events: readonly TicketEvent[], after: Ticket): Instant {
  const news = events.find((event) => event.type === 'calendar-changed');
  return news?.knownAt ?? after.resolution.movedAt;
}

/** Past: before the act that moved it, and overrun; a limit that is used up exactly when a pause begins is in time (reading 3). */
function isPast(ticket: Ticket, { dueAt, by, calendar }: { dueAt: Instant; by: Instant; calendar: WorkingCalendar }) {
  if (dueAt >= by) return false;
  return isResolutionRunning(ticket, by) || resolutionElapsedMs(ticket, calendar, by) > resolutionLimit(ticket).limitMs;
}

function causeOf(events: readonly TicketEvent[]): Breach['cause'] {
  for (const event of events) {
    switch (event.type) {
      case 'classified':
        // A first classification past its limit is an ordinary breach (reading 1).
        return event.previousSeverity === null ? 'time' : 'reclassification';
      case 'absorbed':
        return 'merge';
      case 'calendar-changed':
        return 'calendar';
      default:
    }
  }
  return 'resumption';
}
