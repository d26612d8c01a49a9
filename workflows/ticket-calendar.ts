import type { HorizonExceeded } from '../regulation/errors.ts';
import { DAY_MS } from '../regulation/instant.ts';
import type { Instant } from '../regulation/instant.ts';
import { loadCalendar, localTimeOf } from '../regulation/working-calendar.ts';
import type { CompiledCalendar, WorkingCalendar } from '../regulation/working-calendar.ts';
import { load, loadPublished } from './effects.ts';

/** How much a ticket asks for: back to before a call that is entered a week late, on to where ordinary deadlines end. */
const BEFORE_MS = 10 * DAY_MS;
const AFTER_MS = 60 * DAY_MS;

/** The calendar a ticket runs by, ready to be asked, and packed as the next run gets it. */
export class TicketCalendar {
  readonly packed: CompiledCalendar;
  readonly working: WorkingCalendar;

  constructor(packed: CompiledCalendar) {
    this.packed = packed;
    this.working = loadCalendar(packed);
  }

  /** The one in force, around a receipt. */
  static async inForce(receivedAt: Instant): Promise<TicketCalendar> {
    return new TicketCalendar(await load({ version: null, from: receivedAt - BEFORE_MS, to: receivedAt + AFTER_MS }));
  }

  /** Another version, for as long as this one and an ordinary deadline from now; null when there is none. */
  async published(version: number, now: Instant): Promise<TicketCalendar | null> {
    const { from, to } = this.packed;
    const packed = await loadPublished({ version, from, to: Math.max(to, now + AFTER_MS) });
    return packed === null ? null : new TicketCalendar(packed);
  }

  /** The same version reaching further, if it can: past the instant that was needed, or to where its definition ends. */
  async longer({ needed }: HorizonExceeded): Promise<TicketCalendar> {
    const { version, from, to } = this.packed;
    return new TicketCalendar(await load({ version, from, to: Math.max(needed, to) + AFTER_MS }));
  }

  reaches(t: Instant): boolean {
    return this.packed.to > t;
  }

  /** The local date on which it ends. */
  get endDate(): string {
    return localTimeOf(this.working, this.packed.to).date;
  }
}
