import { wasPausedBy } from './clock.ts';
import type { ClientAct, Command } from './commands.ts';
import type { TicketFact } from './events.ts';
import type { Ticket } from './ticket.ts';
import type { Channel } from './vocabulary.ts';

/**
 * What a client's act does. It is never refused: whatever he says is received. Confirming or disagreeing before the
 * completion is an ordinary message (reading 7).
 */
export function decideClientAct(command: Command<ClientAct>, ticket: Ticket): TicketFact[] {
  const { messageId } = command;
  if (command.type === 'message-received') {
    return [messageFact(command, command.channel, command.automatic, ticket)];
  }
  const completion = completedBefore(command, ticket);
  if (completion === null) return [messageFact(command, ticket.channel, false, ticket)];
  if (command.type === 'confirm') {
    return [{ type: 'closed', because: 'confirmed', outcome: completion.outcome, messageId, mergedInto: null }];
  }
  return [command.hasReason ? { type: 'disagreed', messageId } : { type: 'disagreed-without-reason', messageId }];
}

function messageFact(command: Command<ClientAct>, channel: Channel, automatic: boolean, ticket: Ticket): TicketFact {
  const effect = automatic ? 'none' : effectOf(command, ticket);
  return { type: 'message-received', messageId: command.messageId, channel, automatic, effect };
}

/**
 * A message ends no waiting that began after it, and answers no completion that came after it; a waiting that it fell
 * into ended with it, whatever has been done since (reading 20).
 */
function effectOf(command: Command<ClientAct>, ticket: Ticket): 'ends-waiting' | 'to-be-judged' | 'none' {
  if (completedBefore(command, ticket) !== null) return 'to-be-judged';
  const isWaiting = ticket.status === 'waiting-on-client' && command.at >= ticket.waiting.askedAt;
  return isWaiting || wasPausedBy(ticket.resolution.clock, 'waiting-on-client', command.at) ? 'ends-waiting' : 'none';
}

function completedBefore(command: Command<ClientAct>, ticket: Ticket) {
  if (ticket.status !== 'completed' && ticket.status !== 'awaiting-confirmation') return null;
  return command.at >= ticket.completion.completedAt ? ticket.completion : null;
}
