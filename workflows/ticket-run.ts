import { allHandlersFinished, condition, log, workflowInfo } from '@temporalio/workflow';
import type { NoticeFate } from '../activities/ticket-activities.ts';
import { SYSTEM } from '../regulation/actor.ts';
import type { Command, StaffAct, SystemAct } from '../regulation/commands.ts';
import { closesTicket, nextDeadline } from '../regulation/deadlines.ts';
import type { Deadline } from '../regulation/deadlines.ts';
import { decide, isRefused, receiveTicket } from '../regulation/decide.ts';
import type { ReceivedRequest } from '../regulation/decide.ts';
import { HorizonExceeded } from '../regulation/errors.ts';
import type { TicketEvent } from '../regulation/events.ts';
import { evolve } from '../regulation/evolve.ts';
import { SECOND_MS } from '../regulation/instant.ts';
import type { Instant } from '../regulation/instant.ts';
import { isTracked, noticesOf } from '../regulation/notices.ts';
import type { Notice } from '../regulation/notices.ts';
import { refuse } from '../regulation/refusal.ts';
import type { Refusal } from '../regulation/refusal.ts';
import type { Ticket } from '../regulation/ticket.ts';
import type { WorkingCalendar } from '../regulation/working-calendar.ts';
import { Alarm } from './alarm.ts';
import { REMEMBERED_ANSWERS, REMEMBERED_MESSAGES } from './carried-ticket.ts';
import type { CalendarNews, CarriedTicket } from './carried-ticket.ts';
import { deadlineSummary } from './current-details.ts';
import { askForMessages, record, send } from './effects.ts';
import { commandOf, foreseeRefusal } from './foresee.ts';
import { Recorder } from './recorder.ts';
import { Remembered } from './remembered.ts';
import { Sender } from './sender.ts';
import { ShownAttributes } from './shown-attributes.ts';
import { TicketCalendar } from './ticket-calendar.ts';
import { clientCommandOf, refusalFailure, staffCommandOf } from './ticket-commands.ts';
import type { ClientCommand, CommandResult, StaffCommand } from './ticket-messages.ts';
import { Turns } from './turns.ts';
import type { Times, Turn } from './turns.ts';

/** How long a run that should end waits for what is on its way out; then the next run starts it again under the same keys. */
const HAND_ON_PATIENCE_MS = 30 * SECOND_MS;

interface Begun {
  ticket: Ticket;
  calendar: TicketCalendar;
}

/**
 * One run of a ticket's workflow: what has been decided, what waits for its turn, and what is on its way out.
 * Commands are applied one after another and synchronously; only closing and a calendar's end make the line wait.
 */
export class TicketRun {
  readonly #intake: ReceivedRequest;
  readonly #turns = new Turns();
  readonly #alarm = new Alarm();
  readonly #patience = new Alarm();
  readonly #recorder: Recorder;
  readonly #sender: Sender;
  readonly #appliedMessages: Remembered<true>;
  readonly #answered: Remembered<CommandResult>;
  /** Publications whose calendar is still to be loaded, oldest first. */
  readonly #calendarNews: CalendarNews[];
  readonly #attributes = new ShownAttributes();
  readonly #onChange: () => void;
  #state: Begun | null;
  /** The closing deadline about which the records have been asked. */
  #askedAbout: Instant | null = null;
  #isLoadingNews = false;
  #isLosingPatience = false;

  constructor({
    intake,
    carried,
    onChange,
  }: {
    intake: ReceivedRequest;
    carried: CarriedTicket | undefined;
    /** Called after each change, so that the Temporal UI can show the ticket as it is. */
    onChange: () => void;
  }) {
    this.#intake = intake;
    this.#onChange = onChange;
    this.#state =
      carried === undefined ? null : { ticket: carried.ticket, calendar: new TicketCalendar(carried.calendar) };
    this.#calendarNews = [...(carried?.calendarNews ?? [])];
    this.#appliedMessages = new Remembered(REMEMBERED_MESSAGES, carried?.appliedMessages ?? []);
    this.#answered = new Remembered(REMEMBERED_ANSWERS, carried?.answeredUpdates ?? []);
    this.#sender = new Sender({
      unsettled: carried?.unsettled ?? [],
      send,
      onFate: (notice, fate) => this.#noticeSettled(notice, fate),
    });
    this.#recorder = new Recorder({
      recordedVersion: carried?.recordedVersion ?? 0,
      calendar: () => this.#begun.calendar.working,
      record,
      onRecorded: () => {
        this.#sender.start(this.#recorder.recordedVersion, this.#now);
        this.#onChange();
      },
    });
    if (carried !== undefined && carried.unrecorded.events.length > 0) {
      this.#recorder.add({ ...carried.unrecorded, ticket: carried.ticket });
    }
  }

  /** Null until the request has been registered. */
  get ticket(): Ticket | null {
    return this.#state?.ticket ?? null;
  }

  get calendar(): WorkingCalendar | null {
    return this.#state?.calendar.working ?? null;
  }

  get recordedVersion(): number {
    return this.#recorder.recordedVersion;
  }

  /** The ids of notices whose fate is not known yet. */
  get pendingNotices(): string[] {
    return this.#sender.unsettled.map(({ notice }) => notice.id);
  }

  /** Lives until the ticket is over, or until this run should hand it to the next. */
  async live(): Promise<'over' | 'handed-on'> {
    if (this.#state === null) await this.#begin();
    void this.#loadCalendarNews();
    for (;;) {
      await this.#catchUp();
      this.#recorder.start();
      this.#sender.start(this.#recorder.recordedVersion, this.#now);
      this.#arm();
      this.#attributes.show(this.#begun.ticket, this.#due()?.at ?? null);
      this.#onChange();
      if (this.#isOver()) return 'over';
      if (this.#mayHandOn()) return 'handed-on';
      if (workflowInfo().continueAsNewSuggested) this.#losePatience();
      await condition(() => this.#turns.count > 0 || this.#alarm.rang || this.#isOver() || this.#mayHandOn());
    }
  }

  /** All that the next run depends on. */
  carried(): CarriedTicket {
    const { ticket, calendar } = this.#begun;
    return {
      ticket,
      calendar: calendar.packed,
      recordedVersion: this.#recorder.recordedVersion,
      unrecorded: this.#recorder.unrecorded,
      unsettled: this.#sender.unsettled,
      calendarNews: this.#calendarNews,
      appliedMessages: this.#appliedMessages.entries(),
      answeredUpdates: this.#answered.entries(),
    };
  }

  /** The refusal that is certain before anything is applied, if any. What waits for its turn may still change the answer. */
  foreseeRefusal(command: StaffCommand, updateId: string): Refusal | null {
    if (this.#state === null || this.#turns.count > 0 || this.#answered.has(updateId)) return null;
    const { ticket, calendar } = this.#state;
    const at = this.#now;
    return foreseeRefusal(staffCommandOf(command, { at, knownAt: at }), ticket, calendar.working);
  }

  /**
   * Answers once the database has it, so that a read that follows sees it.
   * @throws ApplicationFailure typed with the refusal's code
   */
  async staffCommand(command: StaffCommand, updateId: string): Promise<CommandResult> {
    const result = this.#answered.get(updateId) ?? (await this.#applied(command));
    this.#answered.add(updateId, result);
    await condition(() => this.#recorder.recordedVersion >= result.version);
    return result;
  }

  /** A message that comes twice is applied once. One that comes after the closing opens a follow-up, which is not ours to do. */
  clientCommand({ act, contactId, receivedAt }: ClientCommand): void {
    this.#wait(receivedAt, (times) => {
      if (this.#begun.ticket.status === 'closed' || this.#appliedMessages.has(act.messageId)) return;
      this.#apply({ ...act, actor: { kind: 'client', contactId }, ...times });
      this.#appliedMessages.add(act.messageId, true);
    });
  }

  /** Judged with the head's rights. A refusal is recorded, since nobody is there to be told. */
  engineerAct(act: StaffAct): void {
    this.#wait(this.#now, (times) => {
      const refusal = this.#apply({ ...act, actor: { kind: 'engineer' }, ...times });
      if (refusal !== null) this.#recordRefusal(act.type, refusal.refused, times);
    });
  }

  /** For an engineer's act whose arguments nobody can read. */
  engineerMistake(act: StaffAct['type']): void {
    this.#wait(this.#now, (times) => this.#recordRefusal(act, 'arguments-not-understood', times));
  }

  noticeFailed(noticeId: string, at: Instant): void {
    this.#systemAct(at, { type: 'notice-failed', noticeId });
  }

  calendarPublished(news: CalendarNews): void {
    this.#calendarNews.push(news);
    void this.#loadCalendarNews();
  }

  /** Resolves once everything that was due by now is applied and recorded. */
  async settled(): Promise<void> {
    await new Promise<void>((resolve) => this.#wait(this.#now, () => resolve()));
    await condition(() => this.#recorder.isIdle);
  }

  get #begun(): Begun {
    if (this.#state === null) throw new Error('the ticket has not been registered yet');
    return this.#state;
  }

  /** Never before the receipt: the clock of Temporal may be a little behind the one that stamped it. */
  get #now(): Instant {
    return Math.max(Date.now(), this.#intake.receivedAt);
  }

  async #begin(): Promise<void> {
    const calendar = await TicketCalendar.inForce(this.#intake.receivedAt);
    const event = receiveTicket(this.#intake, this.#now, calendar.working);
    const ticket = evolve(null, event);
    this.#state = { ticket, calendar };
    this.#happened([event], noticesOf(event, ticket));
  }

  /** Applies all that is due or waits, in the order of instants: before a command of instant t every deadline before t (reading 20). */
  async #catchUp(): Promise<void> {
    for (;;) {
      try {
        const due = this.#due();
        const turn = this.#turns.next;
        if (due !== null && due.at < (turn?.at ?? this.#now)) {
          if (closesTicket(due.kind) && this.#askedAbout !== due.at) await this.#askBeforeClosing(due);
          else this.#fire(due);
        } else if (turn !== null) {
          this.#turns.take(turn, this.#now);
        } else {
          return;
        }
      } catch (error) {
        if (!(error instanceof HorizonExceeded)) throw error;
        await this.#reachBeyond(error);
      }
    }
  }

  #due(): Deadline | null {
    const { ticket, calendar } = this.#begun;
    return nextDeadline(ticket, calendar.working);
  }

  #fire(due: Deadline): void {
    const { version } = this.#begun.ticket;
    this.#apply(commandOf(due, this.#now));
    if (this.#begun.ticket.version === version) throw new Error(`${due.kind} of ${due.at} fired and left no event`);
  }

  async #askBeforeClosing(due: Deadline): Promise<void> {
    const found = await askForMessages(this.#begun.ticket.number, due.at);
    for (const message of found) this.clientCommand(clientCommandOf(message));
    this.#askedAbout = due.at;
  }

  /**
   * Has the calendar extended past the instant that is needed. Where it ends for good, nothing is guessed: staff are told
   * so, and the rest waits for a longer calendar.
   */
  async #reachBeyond(horizon: HorizonExceeded): Promise<void> {
    const { ticket, calendar } = this.#begun;
    const longer = await calendar.longer(horizon);
    if (longer.reaches(calendar.packed.to)) this.#useCalendar(longer);
    if (longer.reaches(horizon.needed)) return;
    const ends = longer.endDate;
    const sentence = `the working calendar ends on ${ends} and ticket ${ticket.number} needs more: publish a longer one, then repeat`;
    if (this.#turns.refuseAll(refuse('beyond-calendar', sentence)) > 0) return;
    const published = this.#turns.calendar;
    if (published !== null) {
      this.#turns.take(published, this.#now);
      return;
    }
    log.error('the working calendar ends before an answer that is needed', { needed: horizon.needed, ends });
    this.#recorder.start();
    const known = this.#turns.count;
    await condition(() => this.#turns.count > known, '1 hour', { summary: `the working calendar ends on ${ends}` });
  }

  #useCalendar(calendar: TicketCalendar): void {
    this.#state = { ...this.#begun, calendar };
  }

  #wait(at: Instant, take: (times: Times) => void): void {
    // What comes from a clock that is ahead of ours cannot have happened later than now.
    this.#turns.add({ at: Math.min(at, this.#now), take });
  }

  #systemAct(at: Instant, act: SystemAct): void {
    this.#wait(at, (times) => {
      this.#apply({ ...act, actor: SYSTEM, ...times });
    });
  }

  #recordRefusal(act: StaffAct['type'], code: string, times: Times): void {
    this.#apply({ type: 'record-refusal', act, code, actor: { kind: 'engineer' }, ...times });
  }

  #applied(command: StaffCommand): Promise<CommandResult> {
    return new Promise((resolve, reject) => {
      this.#turns.add({
        at: this.#now,
        take: (times) => {
          const refusal = this.#apply(staffCommandOf(command, times));
          const { version, revision } = this.#begun.ticket;
          if (refusal === null) resolve({ version, revision });
          else reject(refusalFailure(refusal));
        },
        refuse: (refusal) => reject(refusalFailure(refusal)),
      });
    });
  }

  #apply(command: Command): Refusal | null {
    const { ticket, calendar } = this.#begun;
    const decision = decide(command, ticket, calendar.working);
    if (isRefused(decision)) return decision;
    const notices: Notice[] = [];
    let after = ticket;
    for (const event of decision.events) {
      after = evolve(after, event);
      notices.push(...noticesOf(event, after));
    }
    this.#state = { ...this.#begun, ticket: after };
    this.#happened(decision.events, notices);
    return null;
  }

  #happened(events: TicketEvent[], notices: Notice[]): void {
    if (events.length === 0) return;
    this.#sender.owe(notices);
    this.#recorder.add({ events, notices, ticket: this.#begun.ticket });
  }

  #noticeSettled(notice: Notice, fate: NoticeFate): void {
    if (fate.fate === 'failed') {
      log.warn('notice failed', { notice: notice.id, code: fate.code });
      this.#systemAct(this.#now, { type: 'notice-failed', noticeId: notice.id });
    } else if (fate.fate === 'delivered' && isTracked(notice.kind)) {
      this.#systemAct(this.#now, { type: 'notice-delivered', noticeId: notice.id });
    }
  }

  /** Beside the loop, one after another: what is counted until it comes is corrected by the publication's own instant (reading 10). */
  async #loadCalendarNews(): Promise<void> {
    if (this.#isLoadingNews || this.#state === null) return;
    this.#isLoadingNews = true;
    for (let news = this.#calendarNews[0]; news !== undefined; news = this.#calendarNews[0]) {
      if (news.version > this.#begun.ticket.calendarVersion) {
        const calendar = await this.#begun.calendar.published(news.version, this.#now);
        if (calendar !== null) this.#turns.add(this.#calendarTurn(calendar, news.publishedAt));
      }
      this.#calendarNews.shift();
    }
    this.#isLoadingNews = false;
  }

  #calendarTurn(calendar: TicketCalendar, publishedAt: Instant): Turn {
    return {
      at: Math.min(publishedAt, this.#now),
      take: (times) => {
        const { ticket } = this.#begun;
        this.#apply({ type: 'calendar-published', calendar: calendar.working, actor: SYSTEM, ...times });
        if (this.#begun.ticket !== ticket) this.#useCalendar(calendar);
      },
      isCalendar: true,
    };
  }

  #arm(): void {
    const { ticket, calendar } = this.#begun;
    if (ticket.status === 'closed') this.#alarm.cancel();
    const due = this.#due();
    this.#alarm.arm(due?.at ?? null, () => (due === null ? '' : deadlineSummary(due, calendar.working)));
  }

  /** Over: closed, all of it in the database, everybody told or given up on, everyone answered. */
  #isOver(): boolean {
    return (
      this.#state?.ticket.status === 'closed' &&
      this.#turns.count === 0 &&
      this.#recorder.isIdle &&
      this.#sender.unsettled.length === 0 &&
      allHandlersFinished()
    );
  }

  /** The server suggests a new run, nobody waits for an answer, and what is on its way out has arrived or had its time. */
  #mayHandOn(): boolean {
    if (!workflowInfo().continueAsNewSuggested || this.#turns.count > 0 || !allHandlersFinished()) return false;
    return this.#patience.rang || (this.#recorder.isIdle && !this.#sender.isRunning);
  }

  #losePatience(): void {
    if (this.#isLosingPatience) return;
    this.#isLosingPatience = true;
    const endsAt = this.#now + HAND_ON_PATIENCE_MS;
    this.#patience.arm(endsAt, () => 'for what is on its way out, before continuing as new');
  }
}
