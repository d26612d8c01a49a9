import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

import {
  Client,
  Connection,
  isGrpcServiceError,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import type { WorkflowHandle } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { msToTs } from '@temporalio/common/lib/time.js';
import { ticketAddress } from '../channels/public-address.ts';
import type { ReceivedRequest } from '../regulation/decide.ts';
import type { Instant } from '../regulation/instant.ts';
import { REFUSAL_CODES } from '../regulation/refusal.ts';
import type { RefusalCode } from '../regulation/refusal.ts';
import type { LiveStatus } from '../regulation/vocabulary.ts';
import { searchAttributesAtStart } from '../workflows/search-attributes.ts';
import {
  calendarPublishedSignal,
  clientCommandSignal,
  noticeFailedSignal,
  staffCommandUpdate,
  tellTimeUpdate,
  TICKET_WORKFLOW,
  ticketQuery,
  ticketWorkflowId,
} from '../workflows/ticket-messages.ts';
import type { ClientCommand, CommandResult, StaffCommand } from '../workflows/ticket-messages.ts';

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

/** A ticket's own clock, which rehearsal may have moved ahead of everybody else's. */
export interface TicketTime {
  now: Instant;
  status: LiveStatus;
}

/** The tickets' workflows, as the API speaks with them. `not-found`: no such ticket runs; it may have closed, which the records know. */
export interface TicketGateway {
  /** Already started is fine. @throws TemporalUnavailable */
  start(intake: ReceivedRequest): Promise<void>;
  /** @throws TemporalUnavailable */
  clientCommand(number: number, command: ClientCommand): Promise<'sent' | 'not-found'>;
  /** @throws TemporalUnavailable */
  calendarPublished(number: number, news: { version: number; publishedAt: Instant }): Promise<'sent' | 'not-found'>;
  /** @throws TemporalUnavailable */
  noticeFailed(number: number, news: { noticeId: string; at: Instant }): Promise<'sent' | 'not-found'>;
  /** The same id again gives the same answer and does nothing twice; a refusal is judged anew. */
  staffCommand(number: number, command: StaffCommand, updateId: string): Promise<StaffCommandOutcome>;
  /**
   * Rehearsal: moves that ticket's own clock; answers when it has arrived and all that was due is recorded, or when the
   * ticket has ended on the way. A clock that something holds up for a minute is left where it is: `now` says where.
   * @throws TemporalUnavailable
   */
  advance(number: number, byMs: number): Promise<TicketTime | 'not-found'>;
  /** Answers once all that was due by now is recorded. @throws TemporalUnavailable */
  tellTime(number: number): Promise<TicketTime | 'not-found'>;
  isUp(): Promise<boolean>;
}

export interface TicketGatewayOptions {
  client: Client;
  taskQueue: string;
  /** The base of the links that engineers see in the Temporal UI (staff alone may follow them); none without it. */
  publicUrl?: string;
  /** How long staff wait for an answer before it is unknown. */
  answerWithinMs?: number;
  /** How long Temporal may take to accept a start or a signal, or to say that it is there. */
  acceptWithinMs?: number;
}

/** How long Temporal may take to accept a start or a signal. */
const ACCEPT_WITHIN_MS = 5_000;
/** How long it may take to say that it is there: whoever asks for readiness waits for it. */
const SAY_WITHIN_MS = 2_000;
const ANSWER_WITHIN_MS = 10_000;
/** How long a rehearsal may be held up, by a letter that is being sent or a database that does not answer. */
const ARRIVE_WITHIN_MS = 60_000;
/** Every timer and every attempt of a resting activity on the way is a skip; the server's own bound is 200. */
const SKIPS_PER_ADVANCE = 1_000;

export function createTicketGateway(options: TicketGatewayOptions): TicketGateway {
  const { client, taskQueue, publicUrl, answerWithinMs = ANSWER_WITHIN_MS } = options;
  const { acceptWithinMs = ACCEPT_WITHIN_MS } = options;
  const inTurn = oneAtATime();

  const handleOf = (number: number): WorkflowHandle => client.workflow.getHandle(ticketWorkflowId(number));

  async function accepted<T>(what: () => Promise<T>): Promise<T> {
    try {
      return await client.withDeadline(Date.now() + acceptWithinMs, what);
    } catch (error) {
      throw isPassing(error) ? new TemporalUnavailable('Temporal does not answer', { cause: error }) : error;
    }
  }

  async function signalled(send: () => Promise<void>): Promise<'sent' | 'not-found'> {
    try {
      await accepted(send);
      return 'sent';
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return 'not-found';
      throw error;
    }
  }

  async function tellTime(number: number): Promise<TicketTime | 'not-found'> {
    const deadline = Date.now() + answerWithinMs;
    try {
      return await repeatedly(deadline, () =>
        client.withDeadline(deadline, () => handleOf(number).executeUpdate(tellTimeUpdate, { updateId: randomUUID() })),
      );
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return timeOfEnd(number);
      throw isPassing(error) ? new TemporalUnavailable('the ticket does not answer', { cause: error }) : error;
    }
  }

  /** An ended workflow takes no updates, but still answers what it was asked last. */
  async function timeOfEnd(number: number): Promise<TicketTime | 'not-found'> {
    try {
      const { ticket } = await accepted(() => handleOf(number).query(ticketQuery));
      return ticket?.status === 'closed' ? { now: ticket.closedAt, status: 'closed' } : 'not-found';
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return 'not-found';
      throw error;
    }
  }

  async function advance(number: number, byMs: number): Promise<TicketTime | 'not-found'> {
    const giveUpAt = Date.now() + ARRIVE_WITHIN_MS;
    let time = await tellTime(number);
    if (time === 'not-found') return time;
    const target = time.now + byMs;
    while (time.now < target && time.status !== 'closed' && Date.now() < giveUpAt) {
      await fastForward(client, ticketWorkflowId(number), { byMs: target - time.now, giveUpAt });
      const arrived = await tellTime(number);
      if (arrived === 'not-found') return arrived;
      time = arrived;
    }
    return time;
  }

  return {
    async start(intake) {
      try {
        await accepted(() =>
          client.workflow.start(TICKET_WORKFLOW, {
            workflowId: ticketWorkflowId(intake.number),
            taskQueue,
            args: [intake],
            workflowIdReusePolicy: 'REJECT_DUPLICATE',
            workflowIdConflictPolicy: 'FAIL',
            // A killed worker's task is given to another after this; with the default of 10 s an act waits as long.
            workflowTaskTimeout: '2 seconds',
            typedSearchAttributes: searchAttributesAtStart(intake),
            staticSummary: `№${intake.number} · ${intake.productId ?? 'product not known'} · ${intake.channel}`,
            ...(publicUrl === undefined ? {} : { staticDetails: links(publicUrl, intake.number) }),
          }),
        );
      } catch (error) {
        if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
      }
    },
    clientCommand: (number, command) => signalled(() => handleOf(number).signal(clientCommandSignal, command)),
    calendarPublished: (number, news) => signalled(() => handleOf(number).signal(calendarPublishedSignal, news)),
    noticeFailed: (number, news) => signalled(() => handleOf(number).signal(noticeFailedSignal, news)),
    async staffCommand(number, command, updateId) {
      const deadline = Date.now() + answerWithinMs;
      try {
        const result = await repeatedly(deadline, () =>
          client.withDeadline(deadline, () =>
            handleOf(number).executeUpdate(staffCommandUpdate, { args: [command], updateId }),
          ),
        );
        return { outcome: 'done', result };
      } catch (error) {
        return outcomeOf(error);
      }
    },
    advance: (number, byMs) => inTurn(number, () => advance(number, byMs)),
    tellTime,
    async isUp() {
      try {
        await client.withDeadline(Date.now() + SAY_WITHIN_MS, () => client.workflowService.getSystemInfo({}));
        return true;
      } catch {
        return false;
      }
    },
  };
}

/** Connects when it is first used, so that the API starts, and takes requests, while Temporal is down. */
export async function connectTicketGateway({
  address,
  namespace,
  ...options
}: { address: string; namespace: string } & Omit<TicketGatewayOptions, 'client'>): Promise<{
  gateway: TicketGateway;
  close: () => Promise<void>;
}> {
  const connection = Connection.lazy({ address });
  const client = new Client({ connection, namespace });
  return { gateway: createTicketGateway({ client, ...options }), close: () => connection.close() };
}

function links(publicUrl: string, number: number): string {
  const ticket = ticketAddress(publicUrl, number);
  return `[Ticket ${number} as data](${ticket}) · [its trail](${ticket}/events) · [why its deadlines](${ticket}/deadlines)`;
}

function outcomeOf(error: unknown): StaffCommandOutcome {
  if (error instanceof WorkflowNotFoundError) return { outcome: 'not-found' };
  if (error instanceof WorkflowUpdateFailedError && error.cause instanceof ApplicationFailure) {
    const code = REFUSAL_CODES.find((one) => one === (error.cause as ApplicationFailure).type);
    if (code !== undefined) return { outcome: 'refused', code, detail: error.cause.message };
  }
  if (isPassing(error)) return { outcome: 'unknown' };
  throw error;
}

const GRPC = {
  cancelled: 1,
  unknown: 2,
  deadlineExceeded: 4,
  notFound: 5,
  resourceExhausted: 8,
  failedPrecondition: 9,
  aborted: 10,
  internal: 13,
  unavailable: 14,
} as const;

/** What passes by itself: no connection, no answer in time, a server that sheds load. */
const PASSING: readonly number[] = [
  GRPC.cancelled,
  GRPC.unknown,
  GRPC.deadlineExceeded,
  GRPC.resourceExhausted,
  GRPC.failedPrecondition,
  GRPC.aborted,
  GRPC.internal,
  GRPC.unavailable,
];

function isPassing(error: unknown): boolean {
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return true;
  const code = grpcCodeOf(error);
  return code !== null && PASSING.includes(code);
}

function grpcCodeOf(error: unknown): number | null {
  if (isGrpcServiceError(error)) return error.code;
  return error instanceof Error && isGrpcServiceError(error.cause) ? error.cause.code : null;
}

/**
 * Asks again, under the same id, when a workflow task was thrown away (9: nothing was applied) or the connection broke
 * (14), until the deadline.
 */
async function repeatedly<T>(deadline: Instant, ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      const code = grpcCodeOf(error);
      const isWorthRepeating = code === GRPC.failedPrecondition || code === GRPC.unavailable;
      if (!isWorthRepeating || Date.now() + REPEAT_AFTER_MS >= deadline) throw error;
      await pause(REPEAT_AFTER_MS);
    }
  }
}

const REPEAT_AFTER_MS = 100;

/** Returns when the clock has arrived, or can no longer arrive, or the time to wait for it is over; the caller looks where it is. */
async function fastForward(
  client: Client,
  workflowId: string,
  { byMs, giveUpAt }: { byMs: number; giveUpAt: Instant },
): Promise<void> {
  const { namespace } = client.options;
  const workflowExecution = { workflowId };
  const fastForwardId = randomUUID();
  const setSkipping = (timeSkippingConfig: TimeSkipping) =>
    client.workflowService.updateWorkflowExecutionOptions({
      namespace,
      workflowExecution,
      updateMask: { paths: ['time_skipping_config'] },
      workflowExecutionOptions: { timeSkippingConfig },
    });
  try {
    await setSkipping({
      enabled: true,
      fastForwardConfig: { id: fastForwardId, duration: msToTs(byMs) },
      maxSessionSkipCount: SKIPS_PER_ADVANCE,
    });
    for (;;) {
      const { fastForwardPollingResult } = await client.workflowService.pollWorkflowExecutionTimeSkipping({
        namespace,
        workflowExecution,
        fastForwardId,
      });
      const result: number = fastForwardPollingResult;
      if (result !== POLL_TIMED_OUT) return;
      if (Date.now() >= giveUpAt) {
        await setSkipping({ enabled: false });
        return;
      }
    }
  } catch (error) {
    if (grpcCodeOf(error) === GRPC.notFound) return;
    throw isPassing(error) ? new TemporalUnavailable('Temporal does not move the clock', { cause: error }) : error;
  }
}

/** FastForwardPollingResult of the API: the server's poll ended before the clock arrived; poll again. */
const POLL_TIMED_OUT = 1;

type SkippingRequest = Parameters<Client['workflowService']['updateWorkflowExecutionOptions']>[0];
type TimeSkipping = NonNullable<NonNullable<SkippingRequest['workflowExecutionOptions']>['timeSkippingConfig']>;

/** A second fast-forward fails the first one's poll, so those of one ticket go one after another. */
function oneAtATime(): <T>(number: number, work: () => Promise<T>) => Promise<T> {
  const last = new Map<number, Promise<unknown>>();
  return (number, work) => {
    const mine = (last.get(number) ?? Promise.resolve()).then(work, work);
    last.set(number, mine);
    const forget = (): void => {
      if (last.get(number) === mine) last.delete(number);
    };
    mine.then(forget, forget);
    return mine;
  };
}
