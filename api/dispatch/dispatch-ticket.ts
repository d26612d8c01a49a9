import type { FastifyBaseLogger } from 'fastify';
import type { Database } from '../../prisma/client.ts';
import { markDispatched, markStarted, ticketToDispatch } from '../../prisma/dispatch.ts';
import type { MessageToDispatch } from '../../prisma/dispatch.ts';
import type { ClientAct } from '../../regulation/commands.ts';
import { assertNever } from '../../regulation/errors.ts';
import type { TicketGateway } from '../ticket-gateway.ts';
import { placeLateMessage } from './late-messages.ts';

export interface DispatchMeans {
  db: Database;
  gateway: TicketGateway;
  log: Pick<FastifyBaseLogger, 'info'>;
}

/**
 * Brings a leased ticket's facts to its workflow in the order of their commitment: the start, which carries the first
 * message, then each message as a signal. Repeating is harmless: a workflow starts once, and takes a message up once.
 * @throws TemporalUnavailable
 */
export async function dispatchTicket(means: DispatchMeans, number: number): Promise<void> {
  const { db, gateway } = means;
  for (;;) {
    const ticket = await ticketToDispatch(db, number);
    if (!ticket.isStarted) {
      await gateway.start(ticket.request);
      await markStarted(db, ticket.request);
    }
    const further = ticket.messages.filter((message) => ticket.isStarted || message.id !== ticket.request.messageId);
    if (further.length === 0) return;
    for (const message of further) {
      if (ticket.status === 'closed') await placeLateMessage(means, message.id);
      else await deliver(means, number, message);
    }
  }
}

/** Temporal does not know a ticket that has recorded a part of its life and not its end. Its facts wait for a person. */
export class WorkflowMissing extends Error {
  override readonly name = 'WorkflowMissing';
}

async function deliver(means: DispatchMeans, number: number, message: MessageToDispatch): Promise<void> {
  const { db, gateway } = means;
  const command = commandOf(message);
  if ((await gateway.clientCommand(number, command)) === 'sent') return markDispatched(db, message.id);
  const { request, status } = await ticketToDispatch(db, number);
  if (status === 'closed') {
    await placeLateMessage(means, message.id);
    return;
  }
  // With nothing recorded a second life repeats nothing; otherwise it would contradict the first.
  if (status !== null) throw new WorkflowMissing(`ticket ${number} is open and its workflow is not there`);
  await gateway.start(request);
  if ((await gateway.clientCommand(number, command)) === 'sent') return markDispatched(db, message.id);
  throw new WorkflowMissing(`ticket ${number} was started again and its workflow is not there`);
}

function commandOf(message: MessageToDispatch): Parameters<TicketGateway['clientCommand']>[1] {
  return { act: actOf(message), contactId: message.contactId, receivedAt: message.receivedAt };
}

/** What was meant for a closed ticket confirms and contradicts nothing of its follow-up: there it is a message. */
function actOf({ id, act, isForFollowUp, automatic, channel, hasReason }: MessageToDispatch): ClientAct {
  if (isForFollowUp) return { type: 'message-received', messageId: id, automatic, channel };
  switch (act) {
    case 'message':
      return { type: 'message-received', messageId: id, automatic, channel };
    case 'confirm':
      return { type: 'confirm', messageId: id };
    case 'disagree':
      return { type: 'disagree', messageId: id, hasReason };
    default:
      return assertNever(act);
  }
}
