import type { RecordedDeadlines, TicketRecord } from '../activities/ticket-activities.ts';
import { firstResponseDueAt, recordedDeadlines } from '../regulation/deadlines.ts';
import { HorizonExceeded } from '../regulation/errors.ts';
import type { TicketEvent } from '../regulation/events.ts';
import type { Notice } from '../regulation/notices.ts';
import { effectiveSeverity } from '../regulation/resolution.ts';
import type { Ticket } from '../regulation/ticket.ts';
import type { WorkingCalendar } from '../regulation/working-calendar.ts';

/** What one command has done, and the ticket after it. */
export interface Step {
  events: TicketEvent[];
  notices: Notice[];
  ticket: Ticket;
}

/** A batch stays far below the size Temporal allows an argument, also after a day without a database. */
const STEPS_PER_BATCH = 100;

/**
 * Brings what happened into the database, beside the loop: one batch in flight, and what comes meanwhile goes into the
 * next. Clocks and deadlines never wait for it; an answer to staff does.
 */
export class Recorder {
  readonly #record: (record: TicketRecord) => Promise<void>;
  readonly #calendar: () => WorkingCalendar;
  readonly #onRecorded: () => void;
  readonly #steps: Step[] = [];
  #inFlight = false;
  #recordedVersion: number;

  constructor({
    recordedVersion,
    record,
    calendar,
    onRecorded,
  }: {
    recordedVersion: number;
    /** Resolves once the database has it, however long that takes. */
    record: (record: TicketRecord) => Promise<void>;
    /** The calendar that the ticket runs by now. */
    calendar: () => WorkingCalendar;
    onRecorded: () => void;
  }) {
    this.#recordedVersion = recordedVersion;
    this.#record = record;
    this.#calendar = calendar;
    this.#onRecorded = onRecorded;
  }

  get recordedVersion(): number {
    return this.#recordedVersion;
  }

  get isIdle(): boolean {
    return this.#steps.length === 0;
  }

  /** What the database is not known to have, in order; for the next run. */
  get unrecorded(): { events: TicketEvent[]; notices: Notice[] } {
    return {
      events: this.#steps.flatMap((step) => step.events),
      notices: this.#steps.flatMap((step) => step.notices),
    };
  }

  add(step: Step): void {
    this.#steps.push(step);
  }

  /** Starts a batch unless one is in flight. */
  start(): void {
    if (this.#inFlight || this.isIdle) return;
    this.#inFlight = true;
    void this.#recordAll();
  }

  async #recordAll(): Promise<void> {
    while (!this.isIdle) {
      const batch = this.#steps.slice(0, STEPS_PER_BATCH);
      const record = this.#recordOf(batch);
      await this.#record(record);
      this.#steps.splice(0, batch.length);
      this.#recordedVersion = record.ticket.version;
      this.#onRecorded();
    }
    this.#inFlight = false;
  }

  #recordOf(batch: readonly Step[]): TicketRecord {
    const last = batch.at(-1);
    if (last === undefined) throw new Error('there is nothing to record');
    return {
      events: batch.flatMap((step) => step.events),
      ticket: last.ticket,
      notices: batch.flatMap((step) => step.notices),
      deadlines: deadlinesOf(last.ticket, this.#calendar()),
    };
  }
}

/** Where the calendar ends first, nobody knows the deadline, and nobody is told one. */
function deadlinesOf(ticket: Ticket, calendar: WorkingCalendar): RecordedDeadlines {
  try {
    return recordedDeadlines(ticket, calendar);
  } catch (error) {
    if (!(error instanceof HorizonExceeded)) throw error;
    return {
      firstResponseDueAt: firstResponseDueAt(ticket),
      resolutionDueAt: null,
      provisional: ticket.status === 'triage',
      effectiveSeverity: effectiveSeverity(ticket),
      next: null,
    };
  }
}
