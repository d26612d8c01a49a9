import type { Command, StaffAct, SystemAct } from './commands.ts';
import { refuse } from './refusal.ts';
import type { Refusal } from './refusal.ts';
import type { Ticket } from './ticket.ts';

type Merge = Extract<StaffAct, { type: 'merge' }>;
type Absorb = Extract<SystemAct, { type: 'absorb' }>;

/**
 * What a ticket tells the one that it is merged into: its receipt, its first response and its level, which the other
 * keeps where they are earlier or higher (reading 13). Its pauses stay behind.
 */
export function absorbOf(ticket: Ticket): Absorb {
  return {
    type: 'absorb',
    from: ticket.number,
    clientId: ticket.clientId,
    receivedAt: ticket.receivedAt,
    firstRespondedAt: ticket.firstResponse.at,
    severity: ticket.severity,
  };
}

/** Whether a ticket may close into another: the same client, both open, neither completed (reading 13). */
export function refuseMerging(command: Command<Merge>, ticket: Ticket): Refusal | null {
  if (command.into === ticket.number) return refuse('same-ticket', 'a ticket cannot be merged into itself');
  if (command.intoClientId !== ticket.clientId) {
    return refuse('different-client', `tickets ${ticket.number} and ${command.into} are not of the same client`);
  }
  return command.intoMayAbsorb ? null : refuse('target-not-open', `ticket ${command.into} is completed or closed`);
}

/** The other side of it: the ticket that goes on is asked before the first one closes, and may refuse. */
export function refuseAbsorbing(command: Command<Absorb>, ticket: Ticket): Refusal | null {
  if (command.from === ticket.number) return refuse('same-ticket', 'a ticket cannot be merged into itself');
  if (command.clientId === null || command.clientId !== ticket.clientId) {
    return refuse('different-client', `tickets ${command.from} and ${ticket.number} are not of the same client`);
  }
  return ticket.status === 'completed' || ticket.status === 'awaiting-confirmation'
    ? refuse('target-not-open', `ticket ${ticket.number} is completed`)
    : null;
}
