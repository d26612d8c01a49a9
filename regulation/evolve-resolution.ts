import type { Clock } from './clock.ts';
import type { TicketEvent } from './events.ts';
import { moved } from './evolve-status.ts';
import { withWaiting } from './evolve-waiting.ts';
import type { Instant } from './instant.ts';
import { effectiveSeverity } from './resolution.ts';
import { breachThatCounts } from './ticket.ts';
import type { Breach, Resolution, Ticket } from './ticket.ts';
import type { Severity } from './vocabulary.ts';

export function classified(ticket: Ticket, event: TicketEvent & { type: 'classified' }): Ticket {
  const isOtherLevel = effectiveSeverity(ticket) !== event.severity;
  const { resolution } = ticket;
  const changed = {
    ...ticket,
    severity: event.severity,
    impact: event.impact,
    affectedUsers: event.affectedUsers,
    productId: event.productId,
    agreementStanding: event.agreementStanding,
    resolution: {
      ...resolution,
      movedAt: isOtherLevel || ticket.severity === null ? Math.max(resolution.movedAt, event.at) : resolution.movedAt,
      // Another level measures everything since receipt anew, under the calendar now in force (reading 1).
      clock: isOtherLevel ? { ...resolution.clock, pastHours: null } : resolution.clock,
      breachStands: stillStands(resolution, effectiveSeverity(ticket), event.severity),
    },
  };
  if (changed.status !== 'triage') return changed;
  // The provisional alarms were no breaches: the deadline of the level now given is still to be kept (reading 18).
  return { ...changed, status: 'work', fired: ticket.fired.filter(({ kind }) => kind !== 'resolution-due') };
}

/** An easier level is a new limit to keep; a harder one adds nothing to a breach already there (reading 1). */
function stillStands(resolution: Resolution, before: Severity, after: Severity): boolean {
  if (after > before) return false;
  return after < before ? breachThatCounts(resolution.breaches) !== null : resolution.breachStands;
}

export function breached(ticket: Ticket, event: TicketEvent & { type: 'resolution-breached' }): Ticket {
  const { resolution } = ticket;
  const breaches = [...resolution.breaches, breachOf(event)];
  return { ...ticket, resolution: { ...resolution, breaches, breachStands: true } };
}

export function calendarChanged(ticket: Ticket, event: TicketEvent & { type: 'calendar-changed' }): Ticket {
  const { resolution } = ticket;
  const pastHours = event.pastHours === null ? resolution.clock.pastHours : { until: event.at, open: event.pastHours };
  const changed = {
    ...ticket,
    calendarVersion: event.calendarVersion,
    resolution: {
      ...resolution,
      clock: { ...resolution.clock, pastHours },
      movedAt: event.oldDueAt === event.newDueAt ? resolution.movedAt : Math.max(resolution.movedAt, event.at),
      breaches: resolution.breaches.map((breach) =>
        event.superseded.includes(breach.dueAt) ? { ...breach, superseded: true } : breach,
      ),
      breachStands: resolution.breachStands && event.superseded.length === 0,
    },
  };
  if (changed.status !== 'waiting-on-client' || event.silencePastHours === null) return changed;
  const open = event.silencePastHours;
  return withWaiting(changed, (waiting) => ({
    silence: waiting.silence === null ? null : { ...waiting.silence, pastHours: { until: event.at, open } },
  }));
}

export function absorbed(ticket: Ticket, event: TicketEvent & { type: 'absorbed' }): Ticket {
  const receivedAt = Math.min(ticket.receivedAt, event.receivedAt);
  const responses = [ticket.firstResponse.at, event.firstRespondedAt].filter((at) => at !== null);
  const clock: Clock = { ...ticket.resolution.clock, startedAt: receivedAt, pastHours: null };
  const merged: Ticket = {
    ...ticket,
    receivedAt,
    // In triage the level is still a proposal (reading 18).
    ...(ticket.severity === null
      ? { proposedSeverity: higher(ticket.proposedSeverity, event.severity) }
      : { severity: higher(ticket.severity, event.severity) }),
    firstResponse: {
      ...ticket.firstResponse,
      at: responses.length === 0 ? null : Math.min(...responses),
      movedAt: receivedAt < ticket.receivedAt ? event.at : ticket.firstResponse.movedAt,
    },
    absorbed: [...ticket.absorbed, event.from],
    resolution: { ...ticket.resolution, clock },
  };
  const breachStands = stillStands(ticket.resolution, effectiveSeverity(ticket), effectiveSeverity(merged));
  return moved({ ...merged, resolution: { ...merged.resolution, breachStands } }, event.at);
}

export function breachOf(event: { dueAt: Instant; knownAt: Instant; cause: Breach['cause'] }): Breach {
  return { dueAt: event.dueAt, knownAt: event.knownAt, cause: event.cause, superseded: false };
}

export function withUpdate(
  ticket: Ticket,
  updateId: string,
  change: { startedAt: Instant } | { endedAt: Instant },
): Ticket {
  const updates = ticket.updates.map((update) => (update.updateId === updateId ? { ...update, ...change } : update));
  return { ...ticket, updates };
}

function higher(one: Severity | null, other: Severity | null): Severity | null {
  if (one === null || other === null) return one ?? other;
  return one < other ? one : other;
}
