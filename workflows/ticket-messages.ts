import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { Actor } from '../regulation/actor.ts';
import type { ClientAct, StaffAct } from '../regulation/commands.ts';
import type { Instant } from '../regulation/instant.ts';
import type { Ticket } from '../regulation/ticket.ts';
import type { LiveStatus } from '../regulation/vocabulary.ts';

/**
 * The message contract of the ticket workflow: what the API may send and what it gets back.
 * Nothing in it is a person's word or address (docs/architecture.md).
 */

export const TICKET_WORKFLOW = 'ticket';

export function ticketWorkflowId(number: number): string {
  return `ticket-${number}`;
}

/** A staff act with its author. The workflow stamps the instant of acceptance. */
export interface StaffCommand {
  act: StaffAct;
  actor: Extract<Actor, { kind: 'staff' }>;
  /** The `revision` the caller saw (If-Match), or null. */
  expectedRevision: number | null;
}

/** A client's act with its receipt; already committed as a message. */
export interface ClientCommand {
  act: ClientAct;
  contactId: string | null;
  receivedAt: Instant;
}

/** Given once the version is recorded in the database, so that a read that follows sees it. */
export interface CommandResult {
  version: number;
  revision: number;
}

export interface TicketView {
  /** Null until the workflow has registered the request: it loads the calendar first. */
  ticket: Ticket | null;
  recordedVersion: number;
  pendingNotices: string[];
}

/** An update, because the caller waits for the answer or the refusal. Refusals are ApplicationFailures typed with their code. */
export const staffCommandUpdate = defineUpdate<CommandResult, [StaffCommand]>('staff-command');
/** A signal, because it is a fact: the client has already been told that it was received. */
export const clientCommandSignal = defineSignal<[ClientCommand]>('client-command');
/** A new calendar has been published at an instant; the ticket loads it by an activity. */
export const calendarPublishedSignal = defineSignal<[{ version: number; publishedAt: Instant }]>('calendar-published');
/** The late news of a notice's fate from a channel (a bounce). */
export const noticeFailedSignal = defineSignal<[{ noticeId: string; at: Instant }]>('notice-failed');
/** Signals for an engineer in the Temporal UI; they carry no text and are judged with the head's rights. */
export const returnToWorkSignal = defineSignal('return-to-work');
export const assignSignal = defineSignal<[{ staffId: string | null }]>('assign');
export const resendNoticeSignal = defineSignal<[{ noticeId: string }]>('resend-notice');
/** Rehearsal: answers with the ticket's own time once everything due by then is recorded. */
export const tellTimeUpdate = defineUpdate<{ now: Instant; status: LiveStatus }>('tell-time');
export const ticketQuery = defineQuery<TicketView>('ticket');
