import type { TicketEvent } from '../regulation/events.ts';
import type { Instant } from '../regulation/instant.ts';
import type { Notice } from '../regulation/notices.ts';
import type { Ticket } from '../regulation/ticket.ts';
import type { Channel, DeadlineKind, Severity } from '../regulation/vocabulary.ts';
import type { CompiledCalendar } from '../regulation/working-calendar.ts';

/** What lists and reads need of a ticket; written in one transaction, idempotent by (ticket, version). */
export interface TicketRecord {
  events: TicketEvent[];
  /** The ticket after the last of them. */
  ticket: Ticket;
  notices: Notice[];
  /** Deadlines as of this version, computed under the calendar the ticket runs by. */
  deadlines: RecordedDeadlines;
}

export interface RecordedDeadlines {
  firstResponseDueAt: Instant;
  /** Null while there is no client, or while the clock is paused with time left. */
  resolutionDueAt: Instant | null;
  /** In triage the resolution deadline is that of the proposed level (reading 18). */
  provisional: boolean;
  /** The level that the deadline and the queue go by (readings 14 and 18). */
  effectiveSeverity: Severity;
  next: { kind: DeadlineKind; at: Instant } | null;
}

/** A client's message that the records know of and the ticket may not (reading 20). */
export interface MessageOnTheWay {
  messageId: string;
  kind: 'message' | 'confirm' | 'disagree';
  hasReason: boolean;
  automatic: boolean;
  channel: Channel;
  contactId: string | null;
  receivedAt: Instant;
}

export type NoticeFate =
  | { fate: 'delivered'; channel: Channel }
  | { fate: 'failed'; code: string }
  /** Not sent on purpose (nobody is to have it any more, or the address has had enough of its kind): not a failure. */
  | { fate: 'withheld'; code: string };

/** The effects a ticket workflow may ask for. The worker provides them; workflows import this interface alone. */
export interface TicketActivities {
  recordTicket(record: TicketRecord): Promise<void>;
  /**
   * Hands a notice to a channel. A permanent failure of every channel is an answer; a temporary one is thrown and
   * tried again, for 24 hours at the most (reading 5).
   */
  sendNotice(notice: Notice): Promise<NoticeFate>;
  /** The calendar of a version (null: the one in force), covering `from` to `to` at least. */
  loadCalendar(request: { version: number | null; from: Instant; to: Instant }): Promise<CompiledCalendar>;
  /** Messages of persons received by an instant and not named by any recorded event. */
  messagesOnTheWay(request: { ticketNumber: number; receivedBy: Instant }): Promise<MessageOnTheWay[]>;
}
