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
  log: Pick<FastifyBaseLogger, 'info' | 'warn' | 'error'>;
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
    if (ticket.toStart !== null) {
      await gateway.start(ticket.toStart);
      await markStarted(db, ticket.toStart);
    }
    const further = ticket.messages.filter((message) => message.id !== ticket.toStart?.messageId);
    if (further.length === 0) return;
    for (const message of further) {
      if (ticket.status === 'closed') await placeLateMessage(means, message.id);
      else if (!(await deliver(means, number, message))) return;
    }
  }
}

/** False when the workflow is not there though the ticket is open: its facts wait. */
async function deliver(means: DispatchMeans, number: number, message: MessageToDispatch): Promise<boolean> {
  const { db, gateway, log } = means;
  if ((await gateway.clientCommand(number, commandOf(message))) === 'sent') {
    await markDispatched(db, message.id);
    return true;
  }
  const { status } = await ticketToDispatch(db, number);
  if (status === 'closed') {
    await placeLateMessage(means, message.id);
    return true;
  }
  // Not started, or ended without having recorded its end: neither happens unless Temporal has lost what it had.
  log.error({ ticketNumber: number, status: status ?? 'received' }, 'the workflow of an open ticket is not there');
  return false;
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
