import { proxyActivities } from '@temporalio/workflow';
import type { TicketActivities } from '../../../activities/ticket-activities.ts';
import type { CarriedTicket } from '../../../workflows/carried-ticket.ts';
import { ticket as realTicket } from '../../../workflows/ticket.ts';
import type { TicketEnd } from '../../../workflows/ticket.ts';
import type { ReceivedRequest } from '../../../regulation/decide.ts';

const { messagesOnTheWay } = proxyActivities<TicketActivities>({ startToCloseTimeout: '1 minute' });

/** A planted nondeterminism: one activity that no recorded history has. */
export async function ticket(intake: ReceivedRequest, carried?: CarriedTicket): Promise<TicketEnd> {
  const life = realTicket(intake, carried);
  await messagesOnTheWay({ ticketNumber: intake.number, receivedBy: intake.receivedAt });
  return life;
}
