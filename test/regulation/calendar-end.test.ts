import { describe, expect, it } from '@jest/globals';

import { nextDeadline } from '../../regulation/deadlines.ts';
import { decide, isRefused } from '../../regulation/decide.ts';
import { HorizonExceeded } from '../../regulation/errors.ts';
import type { TicketEvent } from '../../regulation/events.ts';
import { evolve } from '../../regulation/evolve.ts';
import type { Instant } from '../../regulation/instant.ts';
import { resolutionDueAt, resolutionElapsedMs } from '../../regulation/resolution.ts';
import type { Ticket } from '../../regulation/ticket.ts';
import { bishkek, workingCalendar } from '../support/calendars.ts';
import { inWork, wallClock } from '../support/scenario.ts';
import type { Scenario } from '../support/scenario.ts';
import { publish } from '../support/tickets.ts';

const SHORT = workingCalendar({ validTo: '2026-03-07' });
const LONGER = workingCalendar({}, 2);

/** A ticket in work near the end of its calendar, which the classification still reached. */
function nearTheEnd(): Scenario {
  return inWork(3, { receivedAt: '2026-03-05 09:00', calendar: SHORT });
}

function publishing(ticket: Ticket, at: Instant): { changed: TicketEvent; after: Ticket } {
  const decision = decide({ ...publish(LONGER), at, knownAt: at }, ticket, SHORT);
  if (isRefused(decision)) throw new Error(decision.detail);
  const [changed] = decision.events;
  if (changed === undefined) throw new Error('nothing came of it');
  return { changed, after: decision.events.reduce<Ticket>(evolve, ticket) };
}

describe('a working calendar that ends before an answer (reading 10)', () => {
  const beyond: Ticket = { ...nearTheEnd().ticket, severity: 4 };

  it('is an error and no guess', () => {
    expect(() => nextDeadline(beyond, SHORT)).toThrow(HorizonExceeded);
  });

  it('tells the deadline that nobody knew as unknown when a longer calendar comes', () => {
    const { changed } = publishing(beyond, bishkek('2026-03-06 12:00'));
    expect(changed).toMatchObject({ type: 'calendar-changed', oldDueAt: null, newDueAt: bishkek('2026-03-11 18:00') });
  });

  it('keeps what was counted until its end, and counts the rest by the longer one', () => {
    const at = bishkek('2026-03-10 12:00');
    const { after } = publishing(beyond, at);
    expect(resolutionElapsedMs(after, LONGER, at)).toBe((9 + 9 + 9 + 3) * 3_600_000);
    expect(wallClock(resolutionDueAt(after, LONGER))).toBe('2026-03-11 18:00');
  });
});
