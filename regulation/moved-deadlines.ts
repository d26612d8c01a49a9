import { firstResponseDueAt } from './deadlines.ts';
import type { TicketEvent, TicketFact } from './events.ts';
import type { Instant } from './instant.ts';
import {
  effectiveSeverity,
  hasResolutionClock,
  isResolutionRunning,
  resolutionDueAt,
  resolutionElapsedMs,
  resolutionLimit,
} from './resolution.ts';
import { breachThatCounts } from './ticket.ts';
import type { Breach, Ticket } from './ticket.ts';
import type { WorkingCalendar } from './working-calendar.ts';

interface Moved {
  events: readonly TicketEvent[];
  before: Ticket;
  after: Ticket;
  calendar: WorkingCalendar;
}

/**
 * The breaches that an act has found: it moved a deadline to an instant before the act, so no timer will ever meet it.
 * Reclassification (reading 1), a resumption with nothing left (8), merging (13), a client linked late (17, 18).
 */
export function foundByMoving(moved: Moved): TicketFact[] {
  if (moved.after.status === 'closed') return [];
  return [...foundFirstResponse(moved), ...foundResolution(moved)];
}

function foundFirstResponse({ events, after }: Moved): TicketFact[] {
  if (!events.some((event) => event.type === 'absorbed')) return [];
  const dueAt = firstResponseDueAt(after);
  const respondedAt = after.firstResponse.at;
  const late = respondedAt === null ? dueAt < after.resolution.movedAt : dueAt < respondedAt;
  const known = after.firstResponse.breaches.length > 0;
  return late && !known ? [{ type: 'first-response-breached', dueAt, cause: 'merge' }] : [];
}

function foundResolution({ events, before, after, calendar }: Moved): TicketFact[] {
  const cause = causeOf(events, before, after);
  if (cause === null || !hasResolutionClock(after)) return [];
  const dueAt = resolutionDueAt(after, calendar);
  if (dueAt === null || !isPast(after, dueAt, calendar)) return [];
  if (after.status === 'triage') {
    const alarmed = after.fired.some((one) => one.kind === 'resolution-due' && one.dueAt === dueAt);
    return alarmed ? [] : [{ type: 'resolution-alarmed', dueAt }];
  }
  const isEasier = effectiveSeverity(after) > effectiveSeverity(before);
  const again = cause === 'reclassification' && isEasier;
  if (breachThatCounts(after.resolution.breaches) !== null && !again) return [];
  return [{ type: 'resolution-breached', dueAt, cause }];
}

/** Past: before the act that moved it, and overrun; a limit that is used up exactly when a pause begins is in time (reading 3). */
function isPast(ticket: Ticket, dueAt: Instant, calendar: WorkingCalendar): boolean {
  const { movedAt } = ticket.resolution;
  if (dueAt >= movedAt) return false;
  if (isResolutionRunning(ticket, movedAt)) return true;
  return resolutionElapsedMs(ticket, calendar, movedAt) > resolutionLimit(ticket).limitMs;
}

function causeOf(events: readonly TicketEvent[], before: Ticket, after: Ticket): Breach['cause'] | null {
  for (const event of events) {
    switch (event.type) {
      case 'classified':
        // A first classification past its limit is an ordinary breach (reading 1).
        if (event.previousSeverity === null) return 'time';
        return event.previousSeverity === event.severity ? null : 'reclassification';
      case 'absorbed':
        return 'merge';
      case 'client-linked':
        return 'time';
      default:
    }
  }
  return before.resolution.movedAt === after.resolution.movedAt ? null : 'resumption';
}
