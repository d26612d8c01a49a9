import { ApplicationFailure } from '@temporalio/workflow';
import type { MessageOnTheWay } from '../activities/ticket-activities.ts';
import type { Command, StaffAct } from '../regulation/commands.ts';
import { assertNever } from '../regulation/errors.ts';
import type { Refusal } from '../regulation/refusal.ts';
import type { ClientCommand, StaffCommand } from './ticket-messages.ts';
import type { Times } from './turns.ts';

/** An act of staff as the rules judge it. */
export function staffCommandOf({ act, actor, expectedRevision }: StaffCommand, times: Times): Command<StaffAct> {
  return { ...act, actor, ...times, ...(expectedRevision === null ? {} : { expectedRevision }) };
}

/** A message that the records brought, as the signal would have brought it. */
export function clientCommandOf(message: MessageOnTheWay): ClientCommand {
  const { messageId, kind, hasReason, automatic, channel, contactId, receivedAt } = message;
  switch (kind) {
    case 'message':
      return { act: { type: 'message-received', messageId, automatic, channel }, contactId, receivedAt };
    case 'confirm':
      return { act: { type: 'confirm', messageId }, contactId, receivedAt };
    case 'disagree':
      return { act: { type: 'disagree', messageId, hasReason }, contactId, receivedAt };
    default:
      return assertNever(kind);
  }
}

/** A refusal as the update's caller gets it: the type is the code, the message the sentence. */
export function refusalFailure({ refused, detail }: Refusal): ApplicationFailure {
  return ApplicationFailure.create({ type: refused, message: detail, nonRetryable: true, category: 'BENIGN' });
}
