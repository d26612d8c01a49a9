import { ApplicationFailure } from '@temporalio/common';

import type {
  MessageOnTheWay,
  NoticeFate,
  TicketActivities,
  TicketRecord,
} from '../../activities/ticket-activities.ts';
import type { TicketEvent } from '../../regulation/events.ts';
import type { Instant } from '../../regulation/instant.ts';
import type { Notice } from '../../regulation/notices.ts';
import type { CompiledCalendar } from '../../regulation/working-calendar.ts';

/** How a channel behaves: it says what became of the notice, or `busy`, which is tried again. */
export type ChannelBehaviour = (notice: Notice) => NoticeFate | 'busy';

const DELIVERS: ChannelBehaviour = () => ({ fate: 'delivered', channel: 'email' });

/**
 * The effects of tickets over arrays, for tests of the workflow: records, letters and calendars that can be looked at,
 * and that can be made to fail. What PostgreSQL and the channels do is proven in test/activities.
 */
export class InMemoryEffects implements TicketActivities {
  /** Every batch that was accepted, in order. */
  readonly records: TicketRecord[] = [];
  /** Every notice that was handed over, in order. */
  readonly sent: Notice[] = [];
  /** How often each notice was tried, whatever came of it. */
  readonly attempts: string[] = [];
  readonly askedFor: { ticketNumber: number; receivedBy: Instant }[] = [];
  readonly loaded: { version: number | null; from: Instant; to: Instant }[] = [];
  /** While true, nothing is recorded, loaded or looked up. */
  databaseIsDown = false;
  readonly #channels = new Map<number, ChannelBehaviour>();
  readonly #onTheWay = new Map<number, MessageOnTheWay[]>();
  readonly #calendars: ((request: { from: Instant; to: Instant }) => CompiledCalendar)[] = [];

  /** Publishes a calendar, given its number; the newest is the one in force. */
  publish(compile: (version: number, request: { from: Instant; to: Instant }) => CompiledCalendar): number {
    const version = this.#calendars.length + 1;
    this.#calendars.push((request) => compile(version, request));
    return version;
  }

  /** How the channels behave toward a ticket from now on; they deliver when nothing is said. */
  setChannel(ticketNumber: number, behaviour: ChannelBehaviour): void {
    this.#channels.set(ticketNumber, behaviour);
  }

  /** A message that the records have and no signal has brought. */
  leaveOnTheWay(ticketNumber: number, message: MessageOnTheWay): void {
    this.#onTheWay.set(ticketNumber, [...(this.#onTheWay.get(ticketNumber) ?? []), message]);
  }

  eventsOf(ticketNumber: number): TicketEvent[] {
    return this.records.filter((record) => record.ticket.number === ticketNumber).flatMap((record) => record.events);
  }

  async recordTicket(record: TicketRecord): Promise<void> {
    this.#refuseWhileDown();
    const known = this.eventsOf(record.ticket.number).length;
    const news = record.events.filter((event) => event.version > known);
    const last = record.events.at(-1);
    if (last === undefined || last.version !== record.ticket.version || (news[0]?.version ?? known + 1) !== known + 1) {
      throw ApplicationFailure.nonRetryable(`a gap after event ${known} of ticket ${record.ticket.number}`, 'Gap');
    }
    if (news.length > 0) this.records.push({ ...record, events: news });
  }

  async sendNotice(notice: Notice): Promise<NoticeFate> {
    this.attempts.push(notice.id);
    const isRecorded = this.records.some((record) => record.notices.some(({ id }) => id === notice.id));
    if (!isRecorded) throw ApplicationFailure.nonRetryable(`no row for notice ${notice.id}`, 'NotRecorded');
    const fate = (this.#channels.get(notice.ticketNumber) ?? DELIVERS)(notice);
    if (fate === 'busy') throw new Error('the channel is busy');
    if (fate.fate === 'delivered') this.sent.push(notice);
    return fate;
  }

  async loadCalendar(request: { version: number | null; from: Instant; to: Instant }): Promise<CompiledCalendar> {
    this.#refuseWhileDown();
    this.loaded.push(request);
    const compile = this.#calendars[(request.version ?? this.#calendars.length) - 1];
    if (compile === undefined) throw new Error(`no calendar ${request.version}`);
    return compile(request);
  }

  async messagesOnTheWay({ ticketNumber, receivedBy }: { ticketNumber: number; receivedBy: Instant }) {
    this.#refuseWhileDown();
    this.askedFor.push({ ticketNumber, receivedBy });
    const named = JSON.stringify(this.eventsOf(ticketNumber));
    return (this.#onTheWay.get(ticketNumber) ?? []).filter(
      (message) => message.receivedAt <= receivedBy && !named.includes(`"${message.messageId}"`),
    );
  }

  #refuseWhileDown(): void {
    if (this.databaseIsDown) throw new Error('the database does not answer');
  }
}
