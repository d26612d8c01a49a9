import { deepStrictEqual, fail, ok, strictEqual } from 'node:assert/strict';

import { SYSTEM } from '../../regulation/actor.ts';
import type { Command } from '../../regulation/commands.ts';
import { nextDeadline } from '../../regulation/deadlines.ts';
import { decide, isRefused, receiveTicket } from '../../regulation/decide.ts';
import type { Decision, ReceivedRequest } from '../../regulation/decide.ts';
import type { TicketEvent, TicketFactType } from '../../regulation/events.ts';
import { evolve } from '../../regulation/evolve.ts';
import type { Instant } from '../../regulation/instant.ts';
import { isTracked, noticesOf } from '../../regulation/notices.ts';
import type { Notice } from '../../regulation/notices.ts';
import type { Refusal, RefusalCode } from '../../regulation/refusal.ts';
import { breachThatCounts } from '../../regulation/ticket.ts';
import type { Ticket } from '../../regulation/ticket.ts';
import { resolutionDueAt } from '../../regulation/resolution.ts';
import { TRANSITIONS } from '../../regulation/transitions.ts';
import type { Severity } from '../../regulation/vocabulary.ts';
import type { WorkingCalendar } from '../../regulation/working-calendar.ts';
import { bishkek, workingCalendar } from './calendars.ts';
import { classify, request } from './tickets.ts';
import type { Move } from './tickets.ts';

/** A wall clock of Bishkek, `2026-03-02 09:00`, or an instant. */
export type When = string | Instant;

export interface Beginning extends Omit<Partial<ReceivedRequest>, 'receivedAt'> {
  receivedAt?: When;
  calendar?: WorkingCalendar;
  /** `by-hand`: the test says itself when a question or a completion is handed over. */
  handsOver?: 'at-once' | 'by-hand';
}

/** When something happened and when the ticket learned of it. */
export interface Telling {
  at: When;
  knownAt: When;
  expectedRevision?: number;
  /**
   * No worker was there until `knownAt`, so deadlines after `at` have not fired yet: they follow, in the order of their
   * instants (reading 20). Else time has passed, and they have.
   */
  afterOutage?: boolean;
}

/**
 * A ticket's life told as given / when / then over plain data: no workflow, no database, no clock. Time passes by what
 * is told; every deadline before a told instant fires first, in the order of the instants (reading 20). Every step is
 * held to the laws that bind all tickets.
 */
export class Scenario {
  calendar: WorkingCalendar;
  ticket: Ticket;
  readonly events: TicketEvent[];
  readonly notices: Notice[] = [];
  /** The latest instant that anything was known at. */
  now: Instant;
  private readonly handsOver: boolean;

  constructor({ calendar = workingCalendar(), handsOver = 'at-once', receivedAt, ...known }: Beginning = {}) {
    const received = request(receivedAt === undefined ? known : { ...known, receivedAt: instant(receivedAt) });
    const first = receiveTicket(received, received.receivedAt, calendar);
    this.calendar = calendar;
    this.handsOver = handsOver === 'at-once';
    this.now = received.receivedAt;
    this.events = [first];
    this.ticket = evolve(null, first);
    this.notices.push(...noticesOf(first, this.ticket));
  }

  /** Something is done at an instant; it must be allowed. */
  when(at: When, move: Move): this {
    return this.learns(at, at, move);
  }

  /** A fact that the ticket learns of later than it happened (reading 20). */
  learns(knownAt: When, at: When, move: Move): this {
    const refusal = this.tries({ at, knownAt }, move);
    if (refusal !== null) fail(`${move.type} refused: ${refusal.detail}`);
    return this;
  }

  /** Something is tried at an instant and refused: the code, with nothing changed. */
  refuses(at: When, move: Move, expectedRevision?: number): RefusalCode {
    const refusal = this.tries(
      { at, knownAt: at, ...(expectedRevision === undefined ? {} : { expectedRevision }) },
      move,
    );
    if (refusal === null) fail(`${move.type} was not refused`);
    return refusal.refused;
  }

  /** Something is tried: null when it was done, or why not, and then nothing has changed. */
  tries(told: Telling, move: Move): Refusal | null {
    const [at, knownAt] = [instant(told.at), instant(told.knownAt)];
    if (told.afterOutage === true) this.now = Math.max(this.now, knownAt);
    this.firesBefore(told.afterOutage === true ? at : knownAt);
    const before = JSON.stringify(this.ticket);
    const { expectedRevision } = told;
    const decision = this.decides({
      ...move,
      at,
      knownAt,
      ...(expectedRevision === undefined ? {} : { expectedRevision }),
    });
    strictEqual(JSON.stringify(this.ticket), before);
    if (isRefused(decision)) {
      ok(decision.detail.length > 0);
      return decision;
    }
    if (move.type === 'calendar-published' && move.calendar.version > this.calendar.version)
      this.calendar = move.calendar;
    this.follows(decision.events);
    return null;
  }

  /** Time passes, and what falls due by then, fires. */
  until(at: When): this {
    const t = instant(at);
    this.firesWhile((due) => due <= t);
    this.now = Math.max(this.now, t);
    return this;
  }

  /** No worker was there until an instant; then everything that fell due meanwhile is caught up with. */
  workersReturn(at: When): this {
    this.now = Math.max(this.now, instant(at));
    return this.until(at);
  }

  /** The facts of some types, in order. */
  happened<T extends TicketFactType>(...types: T[]): Extract<TicketEvent, { type: T }>[] {
    return this.events.filter((event): event is Extract<TicketEvent, { type: T }> => types.includes(event.type as T));
  }

  /** The only fact of a type, or a failure. */
  the<T extends TicketFactType>(type: T): Extract<TicketEvent, { type: T }> {
    const found = this.happened(type);
    strictEqual(found.length, 1, `${type} happened ${found.length} times: ${this.story()}`);
    return found[0]!;
  }

  /** The notices of some kinds, as `kind audience`. */
  told(...kinds: Notice['kind'][]): string[] {
    return this.notices.filter(({ kind }) => kinds.includes(kind)).map(({ kind, audience }) => `${kind} ${audience}`);
  }

  /** The id of the last notice of a kind. */
  notice(kind: Notice['kind']): string {
    return this.notices.findLast((one) => one.kind === kind)?.id ?? fail(`no notice ${kind}: ${this.story()}`);
  }

  /** When the resolution limit is used up, by the wall clock of Bishkek; null while nobody can say. */
  dueAt(): string | null {
    return wallClock(resolutionDueAt(this.ticket, this.calendar));
  }

  /** What falls due next, as `kind at wall clock`. */
  next(): string | null {
    const next = nextDeadline(this.ticket, this.calendar);
    return next === null ? null : `${next.kind} at ${wallClock(next.at)}`;
  }

  /** The breaches of the resolution limit in order, as `cause: due …, known …`, superseded ones marked. */
  breaches(): string[] {
    return this.ticket.resolution.breaches.map(
      ({ dueAt, knownAt, cause, superseded }) =>
        `${cause}: due ${wallClock(dueAt)}, known ${wallClock(knownAt)}${superseded ? ', superseded' : ''}`,
    );
  }

  /** When the breach that counts fell due, by the wall clock of Bishkek. */
  breachedAt(): string | null {
    return wallClock(breachThatCounts(this.ticket.resolution.breaches)?.dueAt ?? null);
  }

  story(): string {
    return this.events.map((event) => `${event.type} ${wallClock(event.at)}`).join(', ');
  }

  private firesBefore(t: Instant): void {
    this.firesWhile((due) => due < t);
    this.now = Math.max(this.now, t);
  }

  /** No life has thousands of deadlines at once: a rule that fires for ever is a failure and no hanging test. */
  private firesWhile(isDue: (due: Instant) => boolean): void {
    let fired = 0;
    while (this.fires(isDue)) ok((fired += 1) < 2_000, 'deadlines fire without end');
  }

  private fires(isDue: (due: Instant) => boolean): boolean {
    const next = nextDeadline(this.ticket, this.calendar);
    if (next === null || !isDue(next.at)) return false;
    this.now = Math.max(this.now, next.at);
    const decision = this.decides({ ...next.act, actor: SYSTEM, at: next.at, knownAt: this.now });
    if (isRefused(decision)) fail(`a deadline was refused: ${decision.detail}`);
    ok(decision.events.length > 0, `${next.kind} fired and nothing came of it`);
    this.follows(decision.events);
    return true;
  }

  private decides(command: Command): Decision {
    return decide(command, this.ticket, this.calendar);
  }

  private follows(events: readonly TicketEvent[]): void {
    const handed: Notice[] = [];
    for (const event of events) {
      const before = this.ticket;
      this.ticket = evolve(before, event);
      this.events.push(event);
      const notices = noticesOf(event, this.ticket);
      this.notices.push(...notices);
      handed.push(...notices.filter(({ kind }) => isTracked(kind)));
      holdsToTransitions(before, this.ticket);
    }
    this.holdsToLaws();
    if (!this.handsOver) return;
    for (const { id } of handed) {
      const news = { type: 'notice-delivered', noticeId: id, actor: SYSTEM, at: this.now, knownAt: this.now } as const;
      const decision = this.decides(news);
      if (!isRefused(decision)) this.follows(decision.events);
    }
  }

  /** What is true of every ticket, whatever happened to it. */
  private holdsToLaws(): void {
    const { ticket, events, notices } = this;
    deepStrictEqual(JSON.parse(JSON.stringify(ticket)), ticket);
    const told = JSON.parse(JSON.stringify(events)) as TicketEvent[];
    deepStrictEqual(told, events);
    deepStrictEqual(
      told.reduce<Ticket | null>((sofar, event) => evolve(sofar, event), null),
      ticket,
    );
    events.forEach((event, index) => strictEqual(event.version, index + 1));
    strictEqual(ticket.version, events.length);
    strictEqual(new Set(notices.map(({ id }) => id)).size, notices.length);
    const fired = ticket.fired.map(({ kind, dueAt }) => `${kind} ${dueAt}`);
    strictEqual(new Set(fired).size, fired.length, `a deadline fired twice: ${fired.join(', ')}`);
  }
}

/** A ticket just received, from which a scenario goes on. */
export function receive(beginning: Beginning = {}): Scenario {
  return new Scenario(beginning);
}

/** A ticket received on Monday 2 March 2026 at 09:00, unless said otherwise, and classified by an agent at once. */
export function inWork(severity: Severity, beginning: Beginning = {}): Scenario {
  const scenario = receive({ receivedAt: '2026-03-02 09:00', ...beginning });
  return scenario.when(scenario.ticket.receivedAt, classify(severity));
}

export function instant(when: When): Instant {
  return typeof when === 'string' ? bishkek(when) : when;
}

/** The wall clock of Bishkek at an instant, as short as it can be said: to the minute, the second or the millisecond. */
export function wallClock(at: Instant): string;
export function wallClock(at: Instant | null): string | null;
export function wallClock(at: Instant | null): string | null {
  if (at === null) return null;
  const shown = new Date(at + 6 * 3_600_000).toISOString().replace('T', ' ').slice(0, -1);
  return shown.replace(/\.000$/, '').replace(/^(.{16}):00$/, '$1');
}

function holdsToTransitions(before: Ticket, after: Ticket): void {
  if (before.status === after.status) return;
  ok(
    TRANSITIONS.some(({ from, to }) => from === before.status && to === after.status),
    `no row of the table leads from ${before.status} to ${after.status}`,
  );
}
