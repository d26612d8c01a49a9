import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { nextDeadline } from '../../regulation/deadlines.ts';
import { allowedActs, decide, isRefused } from '../../regulation/decide.ts';
import type { TicketEvent } from '../../regulation/events.ts';
import { clocksOf, explainDeadlines } from '../../regulation/explain.ts';
import { resolutionDueAt, resolutionElapsedMs } from '../../regulation/resolution.ts';
import { STAFF_ACTS } from '../../regulation/transitions.ts';
import type { StaffActType } from '../../regulation/commands.ts';
import { live, randomLives } from '../support/random-lives.ts';
import type { Lived } from '../support/random-lives.ts';
import { wallClock } from '../support/scenario.ts';
import { SlowAuditor } from '../support/slow-auditor.ts';
import { ADMINISTRATOR, AGENT, CONTACT, DEVELOPER, ENGINEER, goodAct, HEAD } from '../support/tickets.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Lives for each property; `PROPERTY_RUNS=5000` hunts for longer. */
const RUNS = { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 60) };

/** Holds every step of random lives to something; a scenario by itself holds each to the laws of all tickets. */
function always(holds: (lived: Lived) => void): void {
  const property = fc.property(randomLives, (life) => {
    live(life, holds);
  });
  fc.assert(property, RUNS);
}

/** Holds each event of random lives to something, with what an auditor knows of everything before it. */
function eachEvent(holds: (event: TicketEvent, before: SlowAuditor, lived: Lived) => void): void {
  const property = fc.property(randomLives, (life) => {
    const lived = live(life, () => undefined);
    const { events } = lived.scenario;
    for (const [i, event] of events.entries()) holds(event, auditorOf(lived, events.slice(0, i)), lived);
  });
  fc.assert(property, RUNS);
}

function auditorOf({ scenario, definitions }: Lived, events = scenario.events): SlowAuditor {
  return new SlowAuditor(events, definitions);
}

describe('in any life of a ticket the clock', () => {
  it('has used exactly what a slow auditor counts, and falls due when he says (§2.6, readings 1, 2, 3, 10, 13, 20)', () => {
    always((lived) => {
      const { ticket, calendar, now } = lived.scenario;
      const auditor = auditorOf(lived);
      expect(ticket.receivedAt).toBe(auditor.receivedAt());
      expect(resolutionElapsedMs(ticket, calendar, now)).toBe(auditor.elapsedMs(now));
      expect(wallClock(resolutionDueAt(ticket, calendar))).toBe(wallClock(auditor.dueAt()));
    });
  });

  it('is explained without a gap or an overlap, and what counted adds up to the time used (§1.5)', () => {
    always((lived) => {
      const { ticket, calendar, now } = lived.scenario;
      for (const { intervals, elapsedMs } of explainDeadlines(ticket, calendar, now)) {
        const counted = intervals.filter((interval) => interval.counted);
        expect(counted.reduce((sum, { from, to }) => sum + to - from, 0)).toBe(elapsedMs);
        for (const [i, { from, to }] of intervals.entries()) {
          expect(to).toBeGreaterThan(from);
          expect(from).toBe(intervals[i - 1]?.to ?? from);
        }
      }
      const resolution = explainDeadlines(ticket, calendar, now).find(({ kind }) => kind === 'resolution-due');
      const clocks = clocksOf(ticket, calendar, now);
      expect(resolution?.elapsedMs ?? 0).toBe(clocks.resolution.elapsedMs);
      expect(clocks.resolution.remainingMs).toBe(auditorOf(lived).limitMs() - clocks.resolution.elapsedMs);
    });
  });
});

describe('in any life of a ticket a new calendar', () => {
  it('is recorded with the deadline before and after it (reading 10)', () => {
    eachEvent((event, before, lived) => {
      if (event.type !== 'calendar-changed') return;
      const after = auditorOf(lived, lived.scenario.events.slice(0, event.version));
      expect(wallClock(event.oldDueAt)).toBe(wallClock(before.dueAt()));
      expect(wallClock(event.newDueAt)).toBe(wallClock(after.dueAt()));
    });
  });
});

describe('in any life of a ticket the client', () => {
  it('is told with his level the deadline that then binds (§2.5, §2.6)', () => {
    eachEvent((event, _before, lived) => {
      if (event.type !== 'classified') return;
      const after = auditorOf(lived, lived.scenario.events.slice(0, event.version));
      expect(wallClock(event.dueAt)).toBe(wallClock(after.dueAt()));
    });
  });
});

describe('in any life of a ticket a breach', () => {
  it('is recorded whenever more than the limit has been used, whatever moved the deadline (readings 1, 8, 9, 10, 13, 20)', () => {
    always((lived) => {
      const { ticket, now } = lived.scenario;
      const auditor = auditorOf(lived);
      const isBound = ticket.status !== 'closed' && auditor.isClassified();
      const isOverrun = isBound && auditor.elapsedMs(now) > auditor.limitMs();
      expect(ticket.resolution.breachStands || !isOverrun).toBe(true);
    });
  });

  it('falls due at the very instant at which the limit was used up, known then or later (readings 3 and 9)', () => {
    eachEvent((event, before) => {
      if (event.type !== 'resolution-breached' && event.type !== 'resolution-alarmed') return;
      expect(wallClock(event.dueAt)).toBe(wallClock(before.dueAt()));
      expect(event.dueAt).toBeLessThanOrEqual(event.at);
      expect(event.at).toBeLessThanOrEqual(event.knownAt);
      expect(before.isClassified()).toBe(event.type === 'resolution-breached');
    });
  });

  it('comes not again for its level: an easier level or a calendar that removed it lies in between (reading 1)', () => {
    eachEvent((event, _before, { scenario }) => {
      if (event.type !== 'resolution-breached') return;
      const earlier = scenario.events.slice(0, event.version - 1);
      const last = earlier.findLastIndex(({ type }) => type === 'resolution-breached');
      if (last === -1) return;
      const between = earlier.slice(last + 1).some((one, i) => {
        if (one.type === 'calendar-changed') return one.superseded.length > 0;
        const level = auditorOf({ scenario } as Lived, earlier.slice(0, last + 1 + i)).level();
        return one.type === 'classified' && one.severity > level;
      });
      expect(between).toBe(true);
    });
  });

  it('of the first response falls due 15 minutes after receipt, and only unanswered (§2.6)', () => {
    eachEvent((event, before, { scenario }) => {
      if (event.type !== 'first-response-breached') return;
      expect(event.dueAt).toBe(before.receivedAt() + 15 * MINUTE);
      const answered = scenario.events
        .slice(0, event.version - 1)
        .filter(({ type }) => type === 'replied' || type === 'client-asked' || type === 'classified')
        .filter(({ at }) => at <= event.dueAt);
      expect(answered).toEqual([]);
    });
  });
});

describe('in any life of a ticket a warning', () => {
  it('falls on three quarters of the limit, is sent before its breach alone, and once for one value (reading 9)', () => {
    eachEvent((event, before, { scenario }) => {
      if (event.type !== 'resolution-warned') return;
      expect(before.elapsedMs(event.at)).toBe(before.limitMs() * 0.75);
      expect(before.elapsedMs(event.at - 1)).toBe(before.limitMs() * 0.75 - 1);
      expect(event.announced).toBe(event.knownAt < event.dueAt);
      const same = scenario.events.filter((one) => one.type === 'resolution-warned' && one.dueAt === event.dueAt);
      expect(same).toHaveLength(1);
    });
  });
});

describe('in any life of a ticket what falls due', () => {
  it('has fired once its instant is past: nothing is left behind', () => {
    always(({ scenario: { ticket, calendar, now } }) => {
      expect(nextDeadline(ticket, calendar)?.at ?? Infinity).toBeGreaterThan(now);
    });
  });

  it('closes for silence only after 27 business hours, two hand-overs and no word of a person (§3.6, reading 6)', () => {
    eachEvent((event, before, { scenario }) => {
      if (event.type !== 'closed' || event.because !== 'client-silent') return;
      const trail = scenario.events.slice(0, event.version - 1);
      const asked = trail.findLastIndex((one) => one.type === 'client-asked' && one.effect === 'begins-waiting');
      const since = trail.slice(asked);
      const handed = since.filter(
        (one) => one.type === 'question-handed-over' || (one.type === 'client-asked' && one.byPhone),
      );
      expect(handed.length).toBeGreaterThanOrEqual(2);
      expect(before.businessMs(handed[0]!.at, event.at)).toBeGreaterThanOrEqual(27 * HOUR);
      expect(
        since.filter((one) => one.type === 'message-received' && !one.automatic && one.at >= since[0]!.at),
      ).toEqual([]);
    });
  });

  it('closes without an answer exactly 24 hours after he was told, later only if a word of his had to be judged (§3.7)', () => {
    eachEvent((event, _before, { scenario }) => {
      if (event.type !== 'closed' || event.because !== 'no-answer') return;
      const trail = scenario.events.slice(0, event.version - 1);
      const told = trail.findLastIndex((one) => one.type === 'client-told');
      const since = trail.slice(told);
      expect(since.some(({ type }) => type === 'telling-failed')).toBe(false);
      const overdue = since.some(({ type }) => type === 'confirmation-overdue');
      const waited = event.at - since[0]!.at;
      expect(overdue ? waited >= 24 * HOUR : waited === 24 * HOUR).toBe(true);
      expect(!overdue || trail.at(-1)?.type === 'message-judged').toBe(true);
    });
  });
});

describe('in any life of a ticket what may be done', () => {
  it('is what the list of allowed acts says, for every role and every act (docs/architecture.md)', () => {
    const types = Object.keys(STAFF_ACTS) as StaffActType[];
    always(({ scenario: { ticket, calendar, now } }) => {
      for (const actor of [AGENT, HEAD, DEVELOPER, ADMINISTRATOR, ENGINEER, CONTACT]) {
        const allowed = allowedActs(ticket, actor).map(({ type }) => type);
        const done = types.filter((type) => {
          const act = { ...goodAct(type, ticket), actor, at: now, knownAt: now };
          return !isRefused(decide(act, ticket, calendar));
        });
        expect(done).toEqual(allowed);
      }
    });
  });
});
