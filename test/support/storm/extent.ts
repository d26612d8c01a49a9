import type { Evidence } from './evidence.ts';

/**
 * How often what a storm is for has happened in it: each must be more than never, else the storm proves nothing about it
 * (threats, the sometimes-list).
 */
export function extentOf({ asked, tickets, messages, letters }: Evidence): Record<string, number> {
  const events = tickets.flatMap((ticket) => ticket.events);
  const isDuringKill = (at: number, process: string): boolean =>
    asked.killings.some((one) => one.process === process && one.killedAt <= at && at <= one.backAt);
  return {
    'requests accepted': tickets.length,
    'calls repeated until they were answered': asked.repeats,
    'messages brought again': asked.accepted.filter(({ duplicate }) => duplicate).length,
    'acts done': asked.commanded.filter(({ status }) => status === 200).length,
    'acts refused': asked.commanded.filter(({ status }) => status === 409).length,
    'tickets taken under the hand of another': asked.commanded.filter(
      ({ type, status }) => type === 'take' && status === 409,
    ).length,
    'tickets closed as confirmed': closed(tickets, 'confirmed'),
    'tickets closed as silent': closed(tickets, 'client-silent'),
    'tickets closed without an answer': closed(tickets, 'no-answer'),
    'messages that went to a follow-up': messages.filter(({ followUpNumber }) => followUpNumber !== null).length,
    'resolution limits passed': events.filter(({ type }) => type === 'resolution-breached').length,
    'first responses that fell due while no worker was there': events.filter(
      ({ type, at }) =>
        type === 'first-response-breached' && (isDuringKill(at, 'worker') || isDuringKill(at, 'everything')),
    ).length,
    letters: letters.length,
  };
}

function closed(tickets: Evidence['tickets'], because: string): number {
  return tickets.filter(({ state }) => state?.status === 'closed' && state.closedBecause === because).length;
}
