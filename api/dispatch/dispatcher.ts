import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyBaseLogger } from 'fastify';
import { databaseCodes, isDatabaseDown } from '../../prisma/client.ts';
import type { Database } from '../../prisma/client.ts';
import {
  leaseTicket,
  leaseTickets,
  releaseTicket,
  settleNamedMessages,
  ticketsToTellOfCalendar,
} from '../../prisma/dispatch.ts';
import { SECOND_MS } from '../../regulation/instant.ts';
import { TemporalUnavailable } from '../ticket-gateway.ts';
import type { TicketGateway } from '../ticket-gateway.ts';
import { dispatchTicket } from './dispatch-ticket.ts';
import { followUpLateMessages } from './late-messages.ts';
import { Turnstile } from './turnstile.ts';

export interface Dispatcher {
  /** Dispatches a ticket's facts soon, if it can; the sweep does it in any case. Returns at once. */
  soon(ticketNumber: number): void;
  /** Begins to sweep. */
  start(): void;
  /** Ends sweeping once what is under way has ended. */
  stop(): Promise<void>;
}

export interface DispatcherOptions {
  db: Database;
  gateway: TicketGateway;
  log: Pick<FastifyBaseLogger, 'info' | 'warn' | 'error'>;
  sweepEveryMs?: number;
}

/** Tickets dispatched at once in this process: fewer than the database's connections, so that intake always finds one. */
const AT_ONCE = 8;
/** Tickets leased by one sweep: few enough to be done within their lease. */
const TICKETS_A_SWEEP = 64;
/** Temporal may be back at any moment, and asking costs little. */
const LONGEST_REST_MS = 5 * SECOND_MS;

/**
 * Brings what was committed to the tickets' workflows: at once after an answer, and by a sweep that repeats what a crash
 * or an outage left. Any number of processes may dispatch at the same time; each ticket has one dispatcher at a time,
 * which keeps the order of its facts. While Temporal or PostgreSQL is down it rests, longer each time, and says so once.
 */
export function createDispatcher({ db, gateway, log, sweepEveryMs = SECOND_MS }: DispatcherOptions): Dispatcher {
  const turnstile = new Turnstile(AT_ONCE);
  const stopping = new AbortController();
  /** Tickets whose failure has been said, so that it is not said again with every try. */
  const reported = new Set<number>();
  let restUntil = 0;
  let failures = 0;
  let sweeping: Promise<void> | null = null;

  /** Everything that can be down passes by here, so that its going and its coming are each said once. */
  async function attempt(what: () => Promise<void>): Promise<void> {
    const began = Date.now();
    if (began < restUntil) return;
    try {
      await what();
      if (failures > 0) log.info({ failures }, 'dispatch goes on');
      failures = 0;
    } catch (error) {
      if (!isOutage(error)) throw error;
      // Others that were under way have told of the same outage already.
      if (began < restUntil) return;
      if (failures === 0) {
        const down = error instanceof TemporalUnavailable ? 'temporal' : 'postgresql';
        log.warn({ down }, 'dispatch rests; what was accepted waits');
      }
      restUntil = Date.now() + Math.min(LONGEST_REST_MS, SECOND_MS * 2 ** failures);
      failures += 1;
    }
  }

  /** Of a ticket that is leased. Its own failure holds back nobody else: it is tried again when its lease has ended. */
  async function dispatchLeased(number: number): Promise<void> {
    try {
      await dispatchTicket({ db, gateway, log }, number);
      await releaseTicket(db, number);
      reported.delete(number);
    } catch (error) {
      if (isOutage(error)) {
        await releaseTicket(db, number).catch(() => undefined);
        throw error;
      }
      if (reported.has(number)) return;
      reported.add(number);
      const type = error instanceof Error ? error.name : typeof error;
      log.error(
        { ticketNumber: number, type, codes: databaseCodes(error) },
        'ticket cannot be dispatched; its facts wait',
      );
    }
  }

  async function sweep(): Promise<void> {
    await settleNamedMessages(db);
    for (const number of await followUpLateMessages(db, log)) soon(number);
    let leased: number[];
    do {
      leased = await leaseTickets(db, TICKETS_A_SWEEP);
      const results = await Promise.allSettled(leased.map((number) => turnstile.pass(() => dispatchLeased(number))));
      for (const result of results) if (result.status === 'rejected') throw result.reason;
    } while (leased.length === TICKETS_A_SWEEP && !stopping.signal.aborted);
    const news = await ticketsToTellOfCalendar(db, TICKETS_A_SWEEP);
    await Promise.all(news.map(({ number, ...told }) => turnstile.pass(() => gateway.calendarPublished(number, told))));
  }

  async function sweepUntilStopped(): Promise<void> {
    while (!stopping.signal.aborted) {
      await attempt(sweep).catch(reportBug);
      await pause(sweepEveryMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  }

  function reportBug(error: unknown): void {
    const type = error instanceof Error ? error.name : typeof error;
    log.error({ type, codes: databaseCodes(error) }, 'sweep failed');
    restUntil = Date.now() + LONGEST_REST_MS;
  }

  function soon(number: number): void {
    if (Date.now() < restUntil || stopping.signal.aborted) return;
    void turnstile
      .pass(() =>
        attempt(async () => {
          if (await leaseTicket(db, number)) await dispatchLeased(number);
        }),
      )
      .catch(reportBug);
  }

  return {
    soon,
    start() {
      sweeping ??= sweepUntilStopped();
    },
    async stop() {
      stopping.abort();
      await sweeping;
      await turnstile.empty();
    },
  };
}

function isOutage(error: unknown): boolean {
  return error instanceof TemporalUnavailable || isDatabaseDown(error);
}
