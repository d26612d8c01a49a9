import { compileCalendar } from '../../regulation/compile-calendar.ts';
import { msToTs, tsToMs } from '@temporalio/common/lib/time.js';

import type { MessageOnTheWay } from '../../activities/ticket-activities.ts';
import type { CalendarDefinition } from '../../regulation/calendar-definition.ts';
import type { ClientAct, StaffAct } from '../../regulation/commands.ts';
import type { ReceivedRequest } from '../../regulation/decide.ts';
import type { TicketEvent, TicketFactType } from '../../regulation/events.ts';
import { DAY_MS } from '../../regulation/instant.ts';
import type { Instant } from '../../regulation/instant.ts';
import type { Notice } from '../../regulation/notices.ts';
import type { RefusalCode } from '../../regulation/refusal.ts';
import type { Ticket } from '../../regulation/ticket.ts';
import { ticketQuery, ticketWorkflowId } from '../../workflows/ticket-messages.ts';
import type { CommandResult, StaffCommand, TicketView } from '../../workflows/ticket-messages.ts';
import { calendarDefinition } from './calendars.ts';
import { historyOf, payloadValue } from './history-payloads.ts';
import type { ChannelBehaviour } from './in-memory-effects.ts';
import { StoryTime } from './story-time.ts';
import type { TicketWorker } from './ticket-worker.ts';
import { request } from './tickets.ts';
import type { Move } from './tickets.ts';

export interface Beginning extends Omit<Partial<ReceivedRequest>, 'receivedAt'> {
  /** The story's wall clock at the receipt. */
  receivedAt?: string;
  /** What the story's wall clock says now, when the request is not received at this moment. */
  now?: string;
  calendar?: Partial<CalendarDefinition>;
}

/** A ticket whose workflow runs on the real server, moved through a story by the server's own time skipping. */
export class LiveTicket {
  readonly number: number;
  readonly story: StoryTime;
  readonly worker: TicketWorker;
  #updates = 0;

  private constructor(worker: TicketWorker, number: number, story: StoryTime) {
    this.worker = worker;
    this.number = number;
    this.story = story;
  }

  static async receive(worker: TicketWorker, beginning: Beginning = {}): Promise<LiveTicket> {
    const { receivedAt = '2026-03-02 09:00', now = receivedAt, calendar = {}, ...known } = beginning;
    const number = uniqueNumber();
    const ticket = new LiveTicket(worker, number, new StoryTime(now, Date.now()));
    ticket.publish(calendar);
    await worker.gateway.start({ ...request(known), number, receivedAt: ticket.story.at(receivedAt) });
    return ticket;
  }

  get workflowId(): string {
    return ticketWorkflowId(this.number);
  }

  /** How the channels behave toward this ticket. */
  set channel(behaviour: ChannelBehaviour) {
    this.worker.effects.setChannel(this.number, behaviour);
  }

  /** A signal as an engineer sends it from the Temporal UI. */
  async signal(name: string, ...args: unknown[]): Promise<void> {
    await this.worker.client.workflow.getHandle(this.workflowId).signal(name, ...args);
  }

  /** Puts another calendar into force and gives its number; nobody is told. */
  publish(calendar: Partial<CalendarDefinition>): number {
    const definition = calendarDefinition(calendar);
    return this.worker.effects.publish((version, { from, to }) => {
      const dates = { from: this.story.tell(from).slice(0, 10), to: this.story.tell(to + DAY_MS).slice(0, 10) };
      return this.story.calendar(compileCalendar(definition, { version, ...dates }));
    });
  }

  /** An act of staff that must be allowed. */
  async does(move: Move<StaffAct>, updateId = this.newUpdateId()): Promise<CommandResult> {
    const answer = await this.worker.gateway.staffCommand(this.number, staffCommand(move), updateId);
    if (answer.outcome !== 'done') throw new Error(`${move.type}: ${JSON.stringify(answer)}; ${await this.tale()}`);
    return answer.result;
  }

  /** An act of staff that must be refused: the code. */
  async refuses(move: Move<StaffAct>, updateId = this.newUpdateId()): Promise<RefusalCode> {
    const answer = await this.worker.gateway.staffCommand(this.number, staffCommand(move), updateId);
    if (answer.outcome !== 'refused') throw new Error(`${move.type}: ${JSON.stringify(answer)}`);
    return answer.code;
  }

  /** A client's act, received at a wall clock of the story, or now. */
  async hears(move: Move<ClientAct>, receivedAt?: string | Instant): Promise<void> {
    const at = receivedAt === undefined ? await this.now() : this.#instant(receivedAt);
    const { actor, ...act } = move;
    const contactId = actor.kind === 'client' ? actor.contactId : null;
    await this.worker.gateway.clientCommand(this.number, { act, contactId, receivedAt: at });
  }

  /** Moves the ticket's clock just past a wall clock of the story; what fell due by then has been recorded. */
  async until(wallClock: string | Instant): Promise<void> {
    const past = this.#instant(wallClock) + JUST_PAST_MS;
    const time = await this.worker.gateway.advance(this.number, Math.max(0, past - (await this.now())));
    if (time === 'not-found') throw new Error(`ticket ${this.number} was not found`);
  }

  /** Moves the ticket's clock to a moment before a wall clock of the story. */
  async untilJustBefore(wallClock: string): Promise<void> {
    await this.until(this.#instant(wallClock) - 2 * JUST_PAST_MS);
  }

  /** Lets the ticket's clock pass its next deadline, at the given instant, while there is no worker. */
  async passesWithoutWorker(deadline: Instant): Promise<void> {
    await this.passes(deadline - (await this.#clock()) + JUST_PAST_MS);
    await eventually(async () => (await this.#clock()) > deadline, 'the clock stands still');
  }

  /** Sets the ticket's clock going ahead by so much, and does not wait for its arrival. */
  async passes(byMs: number): Promise<void> {
    const { workflowService, options } = this.worker.client;
    const fastForwardConfig = { id: this.newUpdateId(), duration: msToTs(byMs) };
    await workflowService.updateWorkflowExecutionOptions({
      namespace: options.namespace,
      workflowExecution: { workflowId: this.workflowId },
      updateMask: { paths: ['time_skipping_config'] },
      workflowExecutionOptions: { timeSkippingConfig: { enabled: true, fastForwardConfig } },
    });
  }

  /** The ticket's clock as the server has it, for which no worker is needed. */
  async #clock(): Promise<Instant> {
    const { raw } = await this.worker.client.workflow.getHandle(this.workflowId).describe();
    const skipped = raw.workflowExtendedInfo?.timeSkippingInfo?.currentTime;
    return skipped == null ? Date.now() : tsToMs(skipped);
  }

  /** A message that is committed and that no signal has brought yet. */
  leaveOnTheWay(message: Pick<MessageOnTheWay, 'messageId' | 'kind' | 'receivedAt'> & Partial<MessageOnTheWay>): void {
    const rest = { hasReason: false, automatic: false, channel: 'email', contactId: 'contact-1' } as const;
    this.worker.effects.leaveOnTheWay(this.number, { ...rest, ...message });
  }

  async now(): Promise<Instant> {
    const time = await this.worker.gateway.tellTime(this.number);
    if (time === 'not-found') throw new Error(`ticket ${this.number} was not found`);
    return time.now;
  }

  async view(): Promise<TicketView> {
    return this.worker.client.workflow.getHandle(this.workflowId).query(ticketQuery);
  }

  /** The ticket as the workflow has it, once everything due is recorded. */
  async ticket(): Promise<Ticket> {
    await this.now();
    const { ticket } = await this.view();
    if (ticket === null) throw new Error(`ticket ${this.number} has not begun`);
    return ticket;
  }

  /** The result of the workflow; waits for its end. */
  ended(): Promise<unknown> {
    return this.worker.client.workflow.getHandle(this.workflowId).result();
  }

  get events(): TicketEvent[] {
    return this.worker.effects.eventsOf(this.number);
  }

  /** The recorded facts of some types, in order. */
  happened<T extends TicketFactType>(...types: T[]): Extract<TicketEvent, { type: T }>[] {
    return this.events.filter((event): event is Extract<TicketEvent, { type: T }> => types.includes(event.type as T));
  }

  /** The only recorded fact of a type. */
  the<T extends TicketFactType>(type: T): Extract<TicketEvent, { type: T }> {
    const [found, ...more] = this.happened(type);
    if (found === undefined || more.length > 0)
      throw new Error(`${type} happened ${more.length + (found ? 1 : 0)} times`);
    return found;
  }

  /** Each recorded fact with the story's wall clock of its own instant, to the minute. */
  told(...types: TicketFactType[]): string[] {
    const events = types.length === 0 ? this.events : this.happened(...types);
    return events.map((event) => `${event.type} ${this.story.tell(event.at).slice(0, 16)}`);
  }

  /** The notices handed over, in order, as `kind audience`. */
  get letters(): string[] {
    return this.#notices(this.worker.effects.sent).map(({ kind, audience }) => `${kind} ${audience}`);
  }

  /** The last notice of a kind that the ticket owes, once it is recorded. */
  async notice(kind: Notice['kind']): Promise<Notice> {
    const owed = () =>
      this.#notices(this.worker.effects.records.flatMap((record) => record.notices)).findLast(
        (one) => one.kind === kind,
      );
    await eventually(() => owed() !== undefined, `no notice ${kind}`);
    return owed()!;
  }

  /** Waits, in real time, until so many facts of a type are recorded; gives the last. */
  async waitsFor<T extends TicketFactType>(type: T, count = 1): Promise<Extract<TicketEvent, { type: T }>> {
    await eventually(() => this.happened(type).length >= count, `${type} is not recorded: ${this.told().join(', ')}`);
    return this.happened(type)[count - 1]!;
  }

  /** Waits, in real time, until all these messages are recorded. */
  async hasHeard(ids: readonly string[]): Promise<void> {
    const missing = () => {
      const heard = new Set(this.happened('message-received').map(({ messageId }) => messageId));
      return ids.filter((id) => !heard.has(id));
    };
    await eventually(() => missing().length === 0, `not all of ${ids.length} messages are recorded`);
  }

  /** Waits, in real time, until nothing is on its way any more. */
  async rests(): Promise<void> {
    await eventually(async () => {
      const { ticket, recordedVersion, pendingNotices } = await this.view();
      return ticket !== null && recordedVersion === ticket.version && pendingNotices.length === 0;
    }, 'something is still on its way');
  }

  /** In how many runs it has lived so far. */
  async runs(): Promise<number> {
    let count = 0;
    let runId: string | null | undefined;
    const { workflow } = this.worker.client;
    do {
      const { events } = await workflow.getHandle(this.workflowId, runId ?? undefined).fetchHistory();
      runId = events?.[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId;
      count += 1;
    } while (runId);
    return count;
  }

  async historyLength(): Promise<number> {
    return (await this.eventTypes()).length;
  }

  /** What the history says of each timer and activity in its own words; null for one that says nothing. */
  async summaries(): Promise<(string | null)[]> {
    const { events } = await historyOf(this.worker.client, this.workflowId);
    return events
      .filter(({ eventType }) => /_(ACTIVITY_TASK_SCHEDULED|TIMER_STARTED|MARKER_RECORDED)$/.test(eventType))
      .map(({ userMetadata }) =>
        userMetadata?.summary === undefined ? null : String(payloadValue(userMetadata.summary)),
      );
  }

  /** The types of the history's events, by their names in the Temporal UI. */
  async eventTypes(): Promise<string[]> {
    const { events } = await historyOf(this.worker.client, this.workflowId);
    return events.map(({ eventType }) => eventTypeName(eventType));
  }

  newUpdateId(): string {
    this.#updates += 1;
    return `${this.number}-act-${this.#updates}`;
  }

  #notices(notices: readonly Notice[]): Notice[] {
    return notices.filter((notice) => notice.ticketNumber === this.number);
  }

  #instant(when: string | Instant): Instant {
    return typeof when === 'string' ? this.story.at(when) : when;
  }

  private async tale(): Promise<string> {
    const { ticket } = await this.view();
    return `${ticket?.status ?? 'not begun'}: ${this.told().join(', ')}`;
  }
}

function eventTypeName(type: string): string {
  return type
    .replace('EVENT_TYPE_', '')
    .toLowerCase()
    .replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** Deadlines within milliseconds of the target of a skip may not have been handled when it ends. */
const JUST_PAST_MS = 1_000;

export function staffCommand({ actor, ...act }: Move<StaffAct>, expectedRevision: number | null = null): StaffCommand {
  if (actor.kind !== 'staff') throw new Error('only staff act by command');
  return { act, actor, expectedRevision };
}

/** Waits, in real time, for something that is on its way and cannot be asked for. */
export async function eventually(isSo: () => boolean | Promise<boolean>, otherwise: string): Promise<void> {
  const giveUpAt = Date.now() + 20_000;
  while (!(await isSo())) {
    if (Date.now() > giveUpAt) throw new Error(otherwise);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** All test files share a namespace, where a ticket's number is its workflow's id. */
function uniqueNumber(): number {
  return 1_000_000 + Math.floor(Math.random() * 1_000_000_000);
}
