import { isMailAddress } from '../../channels/email/mail-address.ts';
import type { NoticeContext } from '../../prisma/notices.ts';
import { assertNever } from '../../regulation/errors.ts';
import type { Channel } from '../../regulation/vocabulary.ts';

export interface ChannelAddress {
  channel: Channel;
  address: string;
}

/**
 * Where a client can be written to, best first: where he last wrote, the channel that he prefers, e-mail. The address
 * is that of the ticket's contact; without one it is the sender's own as intake saw it. Only on the channels that can
 * send.
 */
export function clientAddresses(context: NoticeContext, canSend: (channel: Channel) => boolean): ChannelAddress[] {
  const wanted = [context.lastChannel ?? context.ticket.channel, context.contact?.preferredChannel ?? null, 'email'];
  const channels = [...new Set(wanted)].filter((channel): channel is Channel => channel !== null);
  return channels.filter(canSend).flatMap((channel) => {
    const address = addressOn(channel, context);
    return address === null ? [] : [{ channel, address }];
  });
}

function addressOn(channel: Channel, { contact, request, ticket }: NoticeContext): string | null {
  switch (channel) {
    case 'email':
      if (contact !== null) return contact.email;
      return [request.senderAddress, request.contactEmail].find((text) => text !== null && isMailAddress(text)) ?? null;
    case 'telegram':
      if (contact !== null) return contact.telegramChatId;
      return ticket.channel === 'telegram' ? request.senderAddress : null;
    // Nothing can be written to a form or a telephone, and a chat's window has an address only while it is open.
    case 'web-form':
    case 'web-chat':
    case 'phone':
      return null;
    default:
      return assertNever(channel);
  }
}
