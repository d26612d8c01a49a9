import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import type { SearchAttributePair, SearchAttributeUpdatePair } from '@temporalio/common';
import type { ReceivedRequest } from '../regulation/decide.ts';
import { editionOf } from '../regulation/editions.ts';
import type { Instant } from '../regulation/instant.ts';
import { proposeSeverity } from '../regulation/proposal.ts';
import { effectiveSeverity } from '../regulation/resolution.ts';
import { breachThatCounts } from '../regulation/ticket.ts';
import type { Ticket } from '../regulation/ticket.ts';

/** What engineers filter and sort tickets by in the Temporal UI. Ids and codes alone: these values are never encrypted. */
export const TICKET_STATUS = defineSearchAttributeKey('TicketStatus', SearchAttributeType.KEYWORD);
/** The level that the deadline and the queue go by: assigned, else proposed, else 2. */
export const SEVERITY = defineSearchAttributeKey('Severity', SearchAttributeType.INT);
export const CLIENT = defineSearchAttributeKey('Client', SearchAttributeType.KEYWORD);
export const PRODUCT = defineSearchAttributeKey('Product', SearchAttributeType.KEYWORD);
export const CHANNEL = defineSearchAttributeKey('Channel', SearchAttributeType.KEYWORD);
export const ASSIGNEE = defineSearchAttributeKey('Assignee', SearchAttributeType.KEYWORD);
export const NEXT_DEADLINE_AT = defineSearchAttributeKey('NextDeadlineAt', SearchAttributeType.DATETIME);
/** Whether a breach of either clock counts now. */
export const BREACHED = defineSearchAttributeKey('Breached', SearchAttributeType.BOOL);

/** All of them, for whoever registers them with a namespace. */
export const TICKET_SEARCH_ATTRIBUTES = [
  TICKET_STATUS,
  SEVERITY,
  CLIENT,
  PRODUCT,
  CHANNEL,
  ASSIGNEE,
  NEXT_DEADLINE_AT,
  BREACHED,
] as const;

export function searchAttributesOf(ticket: Ticket, nextDeadlineAt: Instant | null): SearchAttributeUpdatePair[] {
  const isBreached =
    breachThatCounts(ticket.firstResponse.breaches) !== null || breachThatCounts(ticket.resolution.breaches) !== null;
  return [
    { key: TICKET_STATUS, value: ticket.status },
    { key: SEVERITY, value: effectiveSeverity(ticket) },
    { key: CLIENT, value: ticket.clientId },
    { key: PRODUCT, value: ticket.productId },
    { key: CHANNEL, value: ticket.channel },
    { key: ASSIGNEE, value: ticket.assigneeId },
    { key: NEXT_DEADLINE_AT, value: nextDeadlineAt === null ? null : new Date(nextDeadlineAt) },
    { key: BREACHED, value: isBreached },
  ];
}

/**
 * The attributes a ticket starts with, so that it can be found before its first task, and need not spend an event and
 * an action on them. Only a hint: the workflow corrects what turns out otherwise.
 */
export function searchAttributesAtStart(intake: ReceivedRequest): SearchAttributePair[] {
  const { warnAfterMs } = editionOf(intake.edition).firstResponse;
  return [
    { key: TICKET_STATUS, value: 'triage' },
    { key: SEVERITY, value: proposeSeverity(intake.impact) ?? 2 },
    ...(intake.clientId === null ? [] : [{ key: CLIENT, value: intake.clientId }]),
    ...(intake.productId === null ? [] : [{ key: PRODUCT, value: intake.productId }]),
    { key: CHANNEL, value: intake.channel },
    ...(intake.channel === 'phone'
      ? []
      : [{ key: NEXT_DEADLINE_AT, value: new Date(intake.receivedAt + warnAfterMs) }]),
    { key: BREACHED, value: false },
  ];
}

/** A value as text, so that equal dates are equal. */
export function comparable(value: unknown): string {
  return value instanceof Date ? value.toISOString() : String(value);
}
