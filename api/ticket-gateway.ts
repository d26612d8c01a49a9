import type { Instant } from '../regulation/instant.ts';
import type { RefusalCode } from '../regulation/refusal.ts';
import type { LiveStatus } from '../regulation/vocabulary.ts';
import type { ClientCommand, CommandResult, StaffCommand, TicketIntake } from '../workflows/ticket-messages.ts';

/** Temporal cannot be reached: nothing was done, or it is not known; the same may be asked again. */
export class TemporalUnavailable extends Error {
  override readonly name = 'TemporalUnavailable';
}

/** What became of a staff act. `unknown`: no answer in time, or Temporal is not there; repeat with the same id. */
export type StaffCommandOutcome =
  | { outcome: 'done'; result: CommandResult }
  | { outcome: 'refused'; code: RefusalCode; detail: string }
  | { outcome: 'not-found' }
  | { outcome: 'unknown' };

/** The tickets' workflows, as the API speaks with them. */
export interface TicketGateway {
  /** Already started is fine. @throws TemporalUnavailable */
  start(intake: TicketIntake): Promise<void>;
  /** @throws TemporalUnavailable */
  clientCommand(number: number, command: ClientCommand): Promise<'sent' | 'not-found'>;
  /** @throws TemporalUnavailable */
  calendarPublished(number: number, news: { version: number; publishedAt: Instant }): Promise<'sent' | 'not-found'>;
  /** @throws TemporalUnavailable */
  noticeFailed(number: number, news: { noticeId: string; at: Instant }): Promise<'sent' | 'not-found'>;
  staffCommand(number: number, command: StaffCommand, updateId: string): Promise<StaffCommandOutcome>;
  /** Rehearsal: moves that ticket's own clock; answers when it has arrived and all that was due is recorded. */
  advance(number: number, byMs: number): Promise<{ now: Instant; status: LiveStatus } | 'not-found'>;
  tellTime(number: number): Promise<{ now: Instant; status: LiveStatus } | 'not-found'>;
  isUp(): Promise<boolean>;
}
