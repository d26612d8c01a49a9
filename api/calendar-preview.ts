import type { Queries } from '../prisma/client.ts';
import { openTicketsAfter, stateOf } from '../prisma/ticket-reads.ts';
import type { TicketRow } from '../prisma/ticket-reads.ts';
import { SYSTEM } from '../regulation/actor.ts';
import { compileCalendar } from '../regulation/compile-calendar.ts';
import type { CalendarDefinition } from '../regulation/calendar-definition.ts';
import { decide, isRefused } from '../regulation/decide.ts';
import { HorizonExceeded } from '../regulation/errors.ts';
import type { TicketEvent } from '../regulation/events.ts';
import type { Instant } from '../regulation/instant.ts';
import { loadCalendar } from '../regulation/working-calendar.ts';
import type { WorkingCalendar } from '../regulation/working-calendar.ts';
import { ownTimeOf } from './ticket-view.ts';
import type { WorkingCalendars } from './working-calendars.ts';

/** What a calendar would move on one open ticket. */
export interface MovedDeadlines {
  number: number;
  subject: string;
  oldDueAt: Instant | null;
  newDueAt: Instant | null;
  oldSilenceAt: Instant | null;
  newSilenceAt: Instant | null;
}

/** Tickets looked at together; between two pieces others are served. */
const PIECE = 200;

/**
 * The open tickets whose deadlines a calendar would move if it were published now, by their numbers: `decide` is asked
 * what it would make of the publication, and nothing is done (reading 10).
 */
export async function previewCalendar(
  db: Queries,
  { definition, version, calendars }: { definition: CalendarDefinition; version: number; calendars: WorkingCalendars },
): Promise<{ looked: number; moved: MovedDeadlines[] }> {
  const published = loadCalendar(compileCalendar(definition, { version }));
  const moved: MovedDeadlines[] = [];
  let looked = 0;
  let after = 0;
  for (;;) {
    const rows = await openTicketsAfter(db, after, PIECE);
    for (const row of rows) {
      const present = await calendars.ofVersion(row.ticket?.calendarVersion ?? version);
      const change = changeOf(row, present, published);
      if (change !== null && isMove(change)) moved.push({ number: row.number, subject: row.subject, ...change });
    }
    looked += rows.length;
    after = rows.at(-1)?.number ?? after;
    if (rows.length < PIECE) return { looked, moved };
  }
}

type Change = Pick<
  Extract<TicketEvent, { type: 'calendar-changed' }>,
  'oldDueAt' | 'newDueAt' | 'oldSilenceAt' | 'newSilenceAt'
>;

/** Null for a ticket whose own calendar has ended: it has no deadline to move until the next one is there. */
function changeOf(row: TicketRow, present: WorkingCalendar, published: WorkingCalendar): Change | null {
  const ticket = stateOf(row);
  if (ticket === null) return null;
  const at = ownTimeOf(row);
  try {
    const decision = decide(
      { type: 'calendar-published', calendar: published, actor: SYSTEM, at, knownAt: at },
      ticket,
      present,
    );
    if (isRefused(decision)) return null;
    const changed = decision.events.find((event) => event.type === 'calendar-changed');
    if (changed === undefined) return null;
    const { oldDueAt, newDueAt, oldSilenceAt, newSilenceAt } = changed;
    return { oldDueAt, newDueAt, oldSilenceAt, newSilenceAt };
  } catch (error) {
    if (error instanceof HorizonExceeded) return null;
    throw error;
  }
}

function isMove({ oldDueAt, newDueAt, oldSilenceAt, newSilenceAt }: Change): boolean {
  return oldDueAt !== newDueAt || oldSilenceAt !== newSilenceAt;
}
