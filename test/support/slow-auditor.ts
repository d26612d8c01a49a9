import type { CalendarDefinition } from '../../regulation/calendar-definition.ts';
import type { TicketEvent } from '../../regulation/events.ts';
import type { Instant } from '../../regulation/instant.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Nothing that a walk looks for is further off. */
const FAR = 400 * 24 * HOUR;

/** Limits as clause 2.6 says them: hours around the clock at 1 and 2, working days of nine hours at 3 and 4. */
const LIMIT_HOURS = { 1: 5, 2: 8, 3: 2 * 9, 4: 5 * 9 } as const;
const PROPOSED = { stopped: 1, degraded: 2, minor: 3, consultation: 3, reporting: 4 } as const;

interface Stretch {
  from: Instant;
  to: Instant | null;
}

interface NamedStretch extends Stretch {
  why: string;
}

/**
 * A slow, independent auditor: it reads a ticket's audit trail and the calendar definitions, and answers by walking from
 * edge to edge and minute to minute what the regulation's text says. It shares no code with what it judges. Calendars
 * must be of Bishkek, which has been at +06:00 all along (notes of 2005 apart).
 */
export class SlowAuditor {
  readonly events: readonly TicketEvent[];
  readonly definitions: ReadonlyMap<number, CalendarDefinition>;

  constructor(events: readonly TicketEvent[], definitions: ReadonlyMap<number, CalendarDefinition>) {
    this.events = events;
    this.definitions = definitions;
  }

  /** Receipt is the earliest one of all that were merged (readings 4 and 13). */
  receivedAt(): Instant {
    return Math.min(
      ...this.events.flatMap((event) =>
        event.type === 'absorbed' ? [event.receivedAt] : event.type === 'ticket-received' ? [event.at] : [],
      ),
    );
  }

  hasClient(): boolean {
    return this.events.some(
      (event) => event.type === 'client-linked' || (event.type === 'ticket-received' && event.clientId !== null),
    );
  }

  isClassified(): boolean {
    return this.events.some((event) => event.type === 'classified');
  }

  /** The level that counts: the assigned one, in triage the proposed one, else 2 (readings 14 and 18). */
  level(events = this.events): 1 | 2 | 3 | 4 {
    let assigned: 1 | 2 | 3 | 4 | null = null;
    let proposed: 1 | 2 | 3 | 4 | null = null;
    for (const event of events) {
      if (event.type === 'ticket-received' && event.impact !== null) proposed = PROPOSED[event.impact];
      if (event.type === 'classified') assigned = event.severity;
      if (event.type === 'absorbed' && event.severity !== null) {
        if (assigned === null) proposed = proposed === null || event.severity < proposed ? event.severity : proposed;
        else if (event.severity < assigned) assigned = event.severity;
      }
    }
    return assigned ?? proposed ?? 2;
  }

  limitMs(): number {
    return LIMIT_HOURS[this.level()] * HOUR;
  }

  /** Time used up by an instant: milliseconds that were open under the level's hours and in no pause (§2.6, reading 2). */
  elapsedMs(until: Instant): number {
    let sum = 0;
    this.walk(until, (from, to) => {
      sum += to - from;
      return true;
    });
    return sum;
  }

  /** The earliest instant by which the limit is used up, or null when it never is as things stand (reading 3). */
  dueAt(): Instant | null {
    let left = this.limitMs();
    let due: Instant | null = null;
    const last = this.events.reduce((latest, event) => Math.max(latest, event.at, event.knownAt), 0);
    this.walk(last + FAR, (from, to) => {
      if (to - from < left) {
        left -= to - from;
        return true;
      }
      due = from + left;
      return false;
    });
    return due;
  }

  /** Business hours between two instants by the calendars as they were published (§3.6, reading 6). */
  businessMs(from: Instant, to: Instant): number {
    const versions = this.versions();
    let sum = 0;
    for (let at = from; at < to;) {
      const end = Math.min(to, at + MINUTE - (at % MINUTE), ...edgesAfter(at, versions));
      if (this.isOpen(versionAt(versions, at), at)) sum += end - at;
      at = end;
    }
    return sum;
  }

  private walk(until: Instant, counts: (from: Instant, to: Instant) => boolean): void {
    if (!this.hasClient()) return;
    const start = this.receivedAt();
    const stop = Math.min(until, this.stoppedAt());
    const pauses = this.pauses();
    const aroundTheClock = this.level() <= 2;
    const versions = this.versionsSinceMeasured();
    const edges = [
      ...pauses.flatMap((pause) => [pause.from, pause.to ?? Infinity]),
      ...versions.map(({ from }) => from),
      stop,
    ].toSorted((a, b) => a - b);
    for (let at = start; at < stop;) {
      const edge = edges.find((one) => one > at) ?? stop;
      const isPaused = pauses.some((pause) => pause.from <= at && (pause.to === null || at < pause.to));
      const step = isPaused || aroundTheClock ? edge : Math.min(edge, at + 30 * MINUTE - (at % (30 * MINUTE)));
      const isCounted = !isPaused && (aroundTheClock || this.isOpen(versionAt(versions, at), at));
      if (isCounted && !counts(at, step)) return;
      at = step;
    }
  }

  /** What stops for good: the closing. */
  private stoppedAt(): Instant {
    return this.events.find((event) => event.type === 'closed' || event.type === 'declined')?.at ?? Infinity;
  }

  /** What does not count (reading 2), as the trail tells it. */
  private pauses(): Stretch[] {
    const pauses: NamedStretch[] = [];
    const received = new Map<string, Instant>();
    let askedAt = Infinity;
    for (const event of this.events) {
      switch (event.type) {
        case 'client-asked':
          if (event.effect === 'begins-waiting') askedAt = event.at;
          if (event.effect !== 'asks-only' && event.byPhone) begin(pauses, 'waiting', event.at);
          break;
        case 'question-handed-over':
          begin(pauses, 'waiting', event.at);
          break;
        case 'message-received':
          if (event.automatic) break;
          received.set(event.messageId, event.at);
          for (const pause of pauses.filter(({ why }) => why === 'waiting')) {
            const isOpen = pause.to === null && event.at >= askedAt;
            const held = pause.from <= event.at && event.at < (pause.to ?? -Infinity);
            if (isOpen || held) pause.to = Math.max(pause.from, event.at);
          }
          break;
        case 'question-undeliverable':
        case 'disagreed':
        case 'returned-to-work':
          end(pauses, event.at);
          break;
        case 'message-judged':
          if (event.verdict === 'disagrees') end(pauses, received.get(event.messageId) ?? event.at);
          break;
        case 'development-decided':
          if (event.decision === 'declined') end(pauses, event.at);
          break;
        case 'escalated':
        case 'completed':
          end(pauses, event.at);
          begin(pauses, event.type, event.at);
          break;
        default:
      }
    }
    return [...pauses, ...(this.level() <= 2 ? this.updates() : [])];
  }

  /** From the actual start, or the tie if later, to the actual end (§2.7, reading 2). */
  private updates(): Stretch[] {
    return this.events.flatMap((tie) => {
      if (tie.type !== 'tied-to-update') return [];
      const of = (type: 'update-started' | 'update-ended') =>
        this.events.find((event) => event.type === type && event.updateId === tie.updateId)?.at ?? null;
      const startedAt = tie.startedAt ?? of('update-started');
      const endedAt = tie.endedAt ?? of('update-ended');
      if (startedAt === null) return [];
      const from = Math.max(startedAt, tie.at);
      return endedAt !== null && endedAt <= from ? [] : [{ from, to: endedAt }];
    });
  }

  /** Which calendar counted when: each from its publication on (reading 10). */
  private versions(): { from: Instant; version: number }[] {
    return this.events.reduce<{ from: Instant; version: number }[]>((sofar, event) => {
      if (event.type === 'ticket-received') return [{ from: -Infinity, version: event.calendarVersion }];
      if (event.type !== 'calendar-changed') return sofar;
      return [...sofar.filter(({ from }) => from < event.at), { from: event.at, version: event.calendarVersion }];
    }, []);
  }

  /** The same for the resolution clock, which another level, a merging and a first client measure anew (readings 1, 13). */
  private versionsSinceMeasured(): { from: Instant; version: number }[] {
    let versions: { from: Instant; version: number }[] = [];
    let hasClient = false;
    for (const [i, event] of this.events.entries()) {
      const before = this.events.slice(0, i);
      if (event.type === 'ticket-received') {
        hasClient = event.clientId !== null;
        versions = [{ from: -Infinity, version: event.calendarVersion }];
      }
      if (event.type === 'calendar-changed') {
        versions = [
          ...versions.filter(({ from }) => from < event.at),
          { from: event.at, version: event.calendarVersion },
        ];
      }
      const isAnew =
        event.type === 'absorbed' ||
        (event.type === 'classified' && event.severity !== this.level(before)) ||
        (event.type === 'client-linked' && !hasClient);
      if (event.type === 'client-linked') hasClient = true;
      if (isAnew) versions = [{ from: -Infinity, version: versions.at(-1)?.version ?? 0 }];
    }
    return versions;
  }

  private isOpen(version: number, at: Instant): boolean {
    const definition = this.definitions.get(version);
    if (definition === undefined) throw new Error(`no calendar ${version}`);
    const local = new Date(at + 6 * HOUR).toISOString();
    const [date, time] = [local.slice(0, 10), local.slice(11, 16)];
    const override = definition.overrides.find((one) => one.date === date);
    const isHoliday = definition.holidays.some((one) => one.date === date);
    const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;
    const weekly = definition.weekly[weekdays[new Date(at + 6 * HOUR).getUTCDay()] ?? 'sunday'];
    const hours = override?.hours ?? (isHoliday ? [] : weekly);
    return hours.some((range) => {
      const [open = '', close = ''] = range.split('-');
      return open <= time && time < close;
    });
  }
}

function begin(pauses: NamedStretch[], why: string, at: Instant): void {
  if (!pauses.some((pause) => pause.why === why && pause.to === null)) pauses.push({ from: at, to: null, why });
}

function end(pauses: NamedStretch[], at: Instant): void {
  for (const pause of pauses) pause.to ??= Math.max(pause.from, at);
}

function versionAt(versions: readonly { from: Instant; version: number }[], at: Instant): number {
  return versions.findLast(({ from }) => from <= at)?.version ?? 0;
}

function edgesAfter(at: Instant, versions: readonly { from: Instant }[]): Instant[] {
  return versions.map(({ from }) => from).filter((from) => from > at);
}
