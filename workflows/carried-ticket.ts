import type { TicketEvent } from '../regulation/events.ts';
import type { Instant } from '../regulation/instant.ts';
import type { Notice } from '../regulation/notices.ts';
import type { Ticket } from '../regulation/ticket.ts';
import type { CompiledCalendar } from '../regulation/working-calendar.ts';
import type { Unsettled } from './sender.ts';
import type { CommandResult } from './ticket-messages.ts';

/** What one run of a ticket's workflow hands to the next: all that its future depends on. */
export interface CarriedTicket {
  ticket: Ticket;
  /** Packed: it needs no second loading, and a season of it is about a kilobyte. */
  calendar: CompiledCalendar;
  /** The last version that the database is known to have. */
  recordedVersion: number;
  /** What it does not have yet. */
  unrecorded: { events: TicketEvent[]; notices: Notice[] };
  /** Notices whose fate is unknown; they are started again under the same keys. */
  unsettled: Unsettled[];
  /** Publications whose calendar has not been loaded yet. */
  calendarNews: CalendarNews[];
  appliedMessages: [string, true][];
  answeredUpdates: [string, CommandResult][];
}

export interface CalendarNews {
  version: number;
  publishedAt: Instant;
}

/**
 * How many client messages a ticket remembers to have applied. A message can come twice only until a recorded event
 * names it (the dispatch sweep and the question before closing look there), so the newest are enough; a thousand are
 * about 40 kB to carry.
 */
export const REMEMBERED_MESSAGES = 1_000;

/**
 * How many answers to staff a ticket remembers across runs. Within a run Temporal itself answers a repeated id; a repeat
 * comes within minutes, and a hundred acts on one ticket take hours. They are about 10 kB to carry.
 */
export const REMEMBERED_ANSWERS = 100;
