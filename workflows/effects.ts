import {
  ActivityFailure,
  log,
  proxyActivities,
  proxyLocalActivities,
  sleep,
  TemporalFailure,
} from '@temporalio/workflow';
import type { MessageOnTheWay, NoticeFate, TicketActivities, TicketRecord } from '../activities/ticket-activities.ts';
import { DAY_MS } from '../regulation/instant.ts';
import type { Instant } from '../regulation/instant.ts';
import type { Notice } from '../regulation/notices.ts';
import type { CompiledCalendar } from '../regulation/working-calendar.ts';

/**
 * Into the database, tried until it answers. A regular activity: a local one would write before its workflow task is
 * certain to count (in 30 races of a message with a closing, 52 rows told what never happened). It is one statement, so what has not come back soon was
 * with a worker that is dead, and staff wait for it.
 */
const { recordTicket, messagesOnTheWay } = proxyActivities<Pick<TicketActivities, 'recordTicket' | 'messagesOnTheWay'>>(
  {
    startToCloseTimeout: '10 seconds',
    retry: { initialInterval: '500 milliseconds', maximumInterval: '10 seconds' },
  },
);

/** A temporary failure of a channel counts as a failure after 24 hours (reading 5). */
const GIVE_UP_SENDING_MS = DAY_MS;

/**
 * To a channel. The pauses grow to an hour, so that a dead channel costs about thirty attempts and not thousands. A slow
 * one may take two minutes; a worker that died meanwhile is known by its silence.
 */
const sending = { startToCloseTimeout: '2 minutes', heartbeatTimeout: '10 seconds' } as const;
const { sendNotice } = proxyActivities<Pick<TicketActivities, 'sendNotice'>>(sending);

/** A read, so it may be local: one event instead of six. Waiting for the next attempt never holds the workflow task. */
const loading = { startToCloseTimeout: '10 seconds', localRetryThreshold: '500 milliseconds' } as const;
const { loadCalendar } = proxyLocalActivities<Pick<TicketActivities, 'loadCalendar'>>(loading);

/** Resolves once the database has it. A failure that retrying cannot cure is a bug, and waits for its cure. */
export async function record(record: TicketRecord): Promise<void> {
  const { version } = record.ticket;
  const first = record.events[0]?.version ?? version;
  const summary = first === version ? `record event ${version}` : `record events ${first} to ${version}`;
  for (;;) {
    try {
      await recordTicket.executeWithOptions({ summary }, [record]);
      return;
    } catch (error) {
      if (!(error instanceof ActivityFailure)) throw error;
      log.error('recording failed for good; trying again in ten minutes', { version, error });
      await sleep('10 minutes', { summary: 'before recording is tried again' });
    }
  }
}

/**
 * Resolves with the fate of a notice, 24 hours after its first try at the latest: Temporal gives up when the next
 * attempt would come too late, so the last one is made here, when the time is over.
 */
export async function send(notice: Notice, since: Instant): Promise<NoticeFate> {
  const { kind, audience } = notice;
  const leftMs = (): number => since + GIVE_UP_SENDING_MS - Date.now();
  const summary = `send ${kind} to ${audience}`;
  try {
    return await sendNotice.executeWithOptions(
      {
        ...sending,
        summary,
        scheduleToCloseTimeout: Math.max(1, leftMs()),
        retry: { initialInterval: '5 seconds', backoffCoefficient: 4, maximumInterval: '1 hour' },
      },
      [notice],
    );
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
  }
  if (leftMs() > 0) await sleep(leftMs(), { summary: `before the last try to ${summary}` });
  try {
    return await sendNotice.executeWithOptions({ ...sending, summary, retry: { maximumAttempts: 1 } }, [notice]);
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    return { fate: 'failed', code: 'no-success-in-24-hours' };
  }
}

type CalendarRequest = Parameters<TicketActivities['loadCalendar']>[0];

/** A calendar without which the ticket cannot go on, so it is asked for until it comes. */
export function load(request: CalendarRequest): Promise<CompiledCalendar> {
  const which = request.version === null ? 'the calendar in force' : `calendar ${request.version}`;
  const retry = { initialInterval: '1 second', maximumInterval: '1 minute' } as const;
  return loadCalendar.executeWithOptions({ ...loading, retry, summary: `load ${which}` }, [request]);
}

/** A calendar that a signal speaks of: null when there has been none for a day, as when an engineer mistypes its version. */
export async function loadPublished(request: CalendarRequest & { version: number }): Promise<CompiledCalendar | null> {
  // Eight attempts in the first half hour, then one in each; the timeouts of a local activity know no timer in between.
  const retry = {
    initialInterval: '1 second',
    backoffCoefficient: 3,
    maximumInterval: '30 minutes',
    maximumAttempts: 55,
  } as const;
  const summary = `load calendar ${request.version}, as published`;
  try {
    return await loadCalendar.executeWithOptions({ ...loading, retry, summary }, [request]);
  } catch (error) {
    // A local activity that has waited between its attempts fails with its own failure, unwrapped.
    if (!(error instanceof TemporalFailure)) throw error;
    log.error('no such calendar has come in a day', { version: request.version });
    return null;
  }
}

/** Asked before a deadline closes the ticket (reading 20). */
export function askForMessages(ticketNumber: number, receivedBy: Instant): Promise<MessageOnTheWay[]> {
  return messagesOnTheWay.executeWithOptions({ summary: 'messages on their way before closing' }, [
    { ticketNumber, receivedBy },
  ]);
}
