import type { FastifyBaseLogger } from 'fastify';
import type { Database } from '../../prisma/client.ts';
import { lateMessages, settleMessage, takeLateMessage } from '../../prisma/dispatch.ts';
import { giveToFollowUp } from '../../prisma/follow-ups.ts';
import { findTicket } from '../../prisma/ticket-reads.ts';
import { followUpFor } from '../intake/filing.ts';

type Log = Pick<FastifyBaseLogger, 'info'>;

const MESSAGES_A_SWEEP = 50;

/** Gives every message that reached a workflow too late to its follow-up; gives the tickets that have something to dispatch now. */
export async function followUpLateMessages(db: Database, log: Log): Promise<number[]> {
  const followUps: number[] = [];
  for (const messageId of await lateMessages(db, MESSAGES_A_SWEEP)) {
    const followUp = await placeLateMessage({ db, log }, messageId);
    if (followUp !== null) followUps.push(followUp);
  }
  return followUps;
}

/**
 * What becomes of a message whose ticket is closed (reading 12), decided once, by its id. An event names it: then it was
 * taken up in time. A confirmation is only noted and what a machine wrote is only filed. Anything else opens the
 * follow-up or joins the open one, whose number comes back.
 */
export async function placeLateMessage(
  { db, log }: { db: Database; log: Log },
  messageId: string,
): Promise<number | null> {
  return db.$transaction(async (tx) => {
    const message = await takeLateMessage(tx, messageId);
    if (message === null) return null;
    if (message.isNamed || message.automatic || message.act === 'confirm') {
      await settleMessage(tx, messageId);
      return null;
    }
    const closed = await findTicket(tx, message.ticketNumber);
    if (closed === null) throw new Error(`ticket ${message.ticketNumber} has a message and is not there`);
    const { number, opened } = await followUpFor(tx, { row: closed, message });
    await giveToFollowUp(tx, { messageId, followUpNumber: number });
    log.info(
      { ticketNumber: closed.number, followUp: number, opened: opened !== null },
      'late message goes to the follow-up',
    );
    return number;
  });
}
