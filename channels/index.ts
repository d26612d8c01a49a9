import type { Channel } from '../regulation/vocabulary.ts';
import type { ChannelSender } from './channel.ts';
import { createEmailSender } from './email/email-sender.ts';
import type { EmailSettings } from './email/email-sender.ts';

/** The channels that can send; to a client on another one nothing can be sent by itself. */
export type ChannelSenders = Readonly<Partial<Record<Channel, ChannelSender>>>;

export function createChannelSenders({ email }: { email: EmailSettings }): ChannelSenders {
  return { email: createEmailSender(email) };
}

export async function closeChannelSenders(senders: ChannelSenders): Promise<void> {
  await Promise.all(Object.values(senders).map((sender) => sender.close()));
}
