import * as fc from 'fast-check';

import type { CalendarDefinition } from '../../regulation/calendar-definition.ts';
import { nextDeadline } from '../../regulation/deadlines.ts';
import type { Instant } from '../../regulation/instant.ts';
import { isTracked } from '../../regulation/notices.ts';
import { COMPLETION_OUTCOMES, IMPACTS, SEVERITIES, VERDICTS } from '../../regulation/vocabulary.ts';
import type { OpenStatus } from '../../regulation/vocabulary.ts';
import { bishkek, calendarDefinition, holidayOn, hoursOn, workingCalendar } from './calendars.ts';
import { receive } from './scenario.ts';
import type { Scenario } from './scenario.ts';
import {
  absorb,
  ADMINISTRATOR,
  AGENT,
  AGREEMENT,
  ask,
  assign,
  automaticReply,
  call,
  classify,
  complete,
  confirm,
  decline,
  delivered,
  DEVELOPER,
  disagree,
  escalate,
  failed,
  HEAD,
  judge,
  linkClient,
  merge,
  message,
  note,
  plan,
  postpone,
  publish,
  putAhead,
  reply,
  resend,
  returnToWork,
  take,
  tieUpdate,
  toldByPhone,
  updateEnded,
  updateStarted,
} from './tickets.ts';
import type { Move } from './tickets.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** One step of a random life: how long it takes, what is tried then, and how late it is learned of. */
export interface Step {
  after: { ms: number } | { toNextDeadline: number };
  lateByMs: number;
  /** Whether workers were away meanwhile. */
  away: boolean;
  /** Whether anything is tried, or something likely in the status. */
  wild: boolean;
  /** Chooses what is done, and among whatever there is to choose from. */
  chance: number;
}

export interface RandomLife {
  receivedAt: Instant;
  channel: 'email' | 'phone';
  known: boolean;
  impact: (typeof IMPACTS)[number] | null;
  /** The definitions that may be published, the first of them in force from the beginning. */
  calendars: CalendarDefinition[];
  steps: Step[];
}

/** A life as it was lived: the scenario, the definitions by version, and what each step came to. */
export interface Lived {
  scenario: Scenario;
  definitions: Map<number, CalendarDefinition>;
}

const HALF_HOURS = Array.from(
  { length: 49 },
  (_, i) => `${String(Math.floor(i / 2)).padStart(2, '0')}:${i % 2 === 0 ? '00' : '30'}`,
);

const dayHours: fc.Arbitrary<string[]> = fc
  .uniqueArray(fc.integer({ min: 0, max: 48 }), { minLength: 2, maxLength: 4 })
  .map((cuts) => cuts.toSorted((a, b) => a - b))
  .map((cuts) =>
    cuts.length < 4
      ? [`${HALF_HOURS[cuts[0]!]}-${HALF_HOURS[cuts[1]!]}`]
      : [`${HALF_HOURS[cuts[0]!]}-${HALF_HOURS[cuts[1]!]}`, `${HALF_HOURS[cuts[2]!]}-${HALF_HOURS[cuts[3]!]}`],
  );

const DATES = Array.from({ length: 24 }, (_, i) => `2026-03-${String(i + 1).padStart(2, '0')}`);

/** The company's week with a few days off and a few days with other hours, weekends included. */
const calendar: fc.Arbitrary<CalendarDefinition> = fc
  .record({
    holidays: fc.subarray(DATES, { maxLength: 4 }),
    overrides: fc.uniqueArray(
      fc.record({ date: fc.constantFrom(...DATES), hours: fc.oneof(dayHours, fc.constant<string[]>([])) }),
      {
        maxLength: 4,
        selector: ({ date }) => date,
      },
    ),
  })
  .map(({ holidays, overrides }) =>
    calendarDefinition({
      holidays: holidays.map((date) => holidayOn(date)),
      overrides: overrides.map(({ date, hours }) => hoursOn(date, hours)),
    }),
  );

/** What is likely in each status, so that lives get somewhere; a wild step takes any of all. */
const LIKELY: Record<OpenStatus, string[]> = {
  triage: words('classify classify classify classify reply ask link absorb message publish call'),
  work: words(`ask ask ask ask-by-phone escalate escalate complete complete complete classify tie tie update-started
    update-ended publish message absorb reply failed nothing`),
  'waiting-on-client': words(`delivered delivered delivered delivered message message call automatic ask nothing failed
    return complete escalate classify publish told-by-phone resend update-started update-ended nothing nothing nothing`),
  'escalated-to-development': words(`plan plan decline-by-development developer-returns return complete message classify
    publish update-started update-ended nothing`),
  completed: words(`delivered delivered delivered delivered failed resend told-by-phone disagree message judge return
    nothing publish update-ended`),
  'awaiting-confirmation': words(`message message judge judge judge disagree disagree disagree failed failed return
    disagree-without-reason confirm automatic publish nothing update-ended`),
};
const RARE = words('confirm note take assign put-ahead postpone merge decline');
const ALL = [...new Set([...Object.values(LIKELY).flat(), ...RARE])];

const step: fc.Arbitrary<Step> = fc.record({
  after: fc.oneof(
    { weight: 3, arbitrary: fc.record({ ms: fc.constantFrom(0, 1, MINUTE, 10 * MINUTE, HOUR, 9 * HOUR, DAY) }) },
    { weight: 4, arbitrary: fc.record({ ms: fc.integer({ min: 0, max: 8 * HOUR }) }) },
    { weight: 1, arbitrary: fc.record({ ms: fc.integer({ min: 0, max: 3 * DAY }) }) },
    { weight: 3, arbitrary: fc.record({ toNextDeadline: fc.constantFrom(-1, 0, 1) }) },
  ),
  lateByMs: fc.oneof(
    { weight: 5, arbitrary: fc.constant(0) },
    { weight: 1, arbitrary: fc.constantFrom(1, HOUR) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: DAY }) },
  ),
  away: fc.integer({ min: 0, max: 7 }).map((n) => n === 0),
  wild: fc.integer({ min: 0, max: 5 }).map((n) => n === 0),
  chance: fc.nat(),
});

export const randomLives: fc.Arbitrary<RandomLife> = fc.record({
  receivedAt: fc.integer({ min: 0, max: 4 * DAY }).map((ms) => bishkek('2026-03-02 00:00') + ms),
  channel: fc.constantFrom('email', 'email', 'phone'),
  known: fc.integer({ min: 0, max: 5 }).map((n) => n > 0),
  impact: fc.constantFrom(null, ...IMPACTS),
  calendars: fc.array(calendar, { minLength: 1, maxLength: 4 }),
  steps: fc.array(step, { minLength: 15, maxLength: 40, size: 'max' }),
});

/** Lives a random life; `afterEach` looks at it after every step, whether the act was done or refused. */
export function live(life: RandomLife, afterEach: (lived: Lived) => void): Lived {
  const definitions = new Map(life.calendars.map((definition, i) => [i + 1, definition]));
  const scenario = receive({
    receivedAt: life.receivedAt,
    channel: life.channel,
    impact: life.impact,
    calendar: workingCalendar(life.calendars[0], 1),
    handsOver: 'by-hand',
    ...(life.known ? {} : { clientId: null, contactId: null, agreements: [] }),
  });
  const lived = { scenario, definitions };
  for (const one of life.steps) {
    if (scenario.ticket.status === 'closed') break;
    const knownAt = knownAtOf(one, scenario);
    const { move, mayBeLate } = moveOf(one, scenario, definitions);
    const at = mayBeLate ? Math.max(scenario.events[0]!.at, knownAt - one.lateByMs) : knownAt;
    if (move !== null) scenario.tries({ at, knownAt, afterOutage: one.away }, move);
    scenario.until(knownAt);
    afterEach(lived);
  }
  return lived;
}

function knownAtOf({ after }: Step, { now, ticket, calendar: inForce }: Scenario): Instant {
  if ('ms' in after) return now + after.ms;
  const next = nextDeadline(ticket, inForce);
  return next === null ? now + HOUR : Math.max(now, next.at + after.toNextDeadline);
}

function moveOf(
  { wild, chance }: Step,
  scenario: Scenario,
  definitions: Map<number, CalendarDefinition>,
): { move: Move | null; mayBeLate: boolean } {
  const { ticket } = scenario;
  const pick = Math.floor(chance / 64);
  const choice = wild || ticket.status === 'closed' ? ALL : LIKELY[ticket.status];
  const what = choice[(chance % 64) % choice.length]!;
  const own = (move: Move | null) => ({ move, mayBeLate: false });
  const late = (move: Move) => ({ move, mayBeLate: true });
  const messageId = `message-${scenario.events.length}`;
  const tracked = scenario.notices.filter(({ kind }) => isTracked(kind));
  const noticeId = tracked[tracked.length - 1 - (pick % Math.min(3, Math.max(1, tracked.length)))]?.id ?? 'none';
  const updateId = `update-${pick % 2}`;
  const unjudged = 'completion' in ticket ? ticket.completion.unjudged : [];
  switch (what) {
    case 'classify':
      return own(classify(SEVERITIES[pick % 4]!));
    case 'ask':
      return own(ask());
    case 'ask-by-phone':
      return own(ask({ byPhone: true }));
    case 'message':
      return late(message(messageId));
    case 'automatic':
      return late(automaticReply(messageId));
    case 'call':
      return late(call(messageId));
    case 'confirm':
      return late(confirm(messageId));
    case 'disagree':
      return late(disagree(messageId));
    case 'disagree-without-reason':
      return late(disagree(messageId, { hasReason: false }));
    case 'escalate':
      return own(escalate());
    case 'plan':
      return own(plan({ targetDate: pick % 3 === 0 ? null : DATES[pick % DATES.length]! }));
    case 'decline-by-development':
      return own(plan({ decision: 'declined' }));
    case 'return':
      return own(returnToWork());
    case 'developer-returns':
      return own(returnToWork({ actor: DEVELOPER }));
    case 'complete':
      return own(complete({ outcome: COMPLETION_OUTCOMES[pick % 3]!, releaseId: pick % 2 === 0 ? 'release-1' : null }));
    case 'judge':
      return own(
        judge(unjudged[pick % Math.max(1, unjudged.length)]?.messageId ?? 'none', {
          verdict: VERDICTS[pick % 3]!,
          reasonId: pick % 2 === 0 ? 'reason' : null,
        }),
      );
    case 'delivered':
      return own(delivered(noticeId));
    case 'failed':
      return late(failed(noticeId));
    case 'told-by-phone':
      return own(toldByPhone());
    case 'resend':
      return own(resend(noticeId));
    case 'tie':
      return own(tieUpdate(updateId));
    case 'update-started':
      return late(updateStarted(updateId));
    case 'update-ended':
      return late(updateEnded(updateId));
    case 'publish': {
      const version = ticket.calendarVersion + 1;
      const definition = definitions.get(version);
      return definition === undefined ? own(null) : late(publish(workingCalendar(definition, version)));
    }
    case 'reply':
      return own(reply());
    case 'note':
      return own(note({ actor: [AGENT, HEAD, DEVELOPER, ADMINISTRATOR][pick % 4]! }));
    case 'take':
      return own(take());
    case 'assign':
      return own(assign(pick % 2 === 0 ? 'agent-2' : null));
    case 'put-ahead':
      return own(putAhead());
    case 'postpone':
      return own(postpone());
    case 'link':
      return own(linkClient({ agreements: pick % 4 === 0 ? [] : [AGREEMENT] }));
    case 'absorb': {
      const receivedAt = scenario.ticket.receivedAt + ((pick % 7) - 3) * HOUR;
      return own(absorb(2000 + (pick % 3), { receivedAt, severity: [null, ...SEVERITIES][pick % 5]! }));
    }
    case 'merge':
      return own(pick % 10 === 0 ? merge(1) : null);
    case 'decline':
      return own(pick % 10 === 0 ? decline() : null);
    default:
      return own(null);
  }
}

function words(list: string): string[] {
  return list.split(/\s+/);
}
