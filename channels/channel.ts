import type { Language } from '../regulation/vocabulary.ts';

/** A message ready to be handed over: who gets it, what it says, and what the outside may do with it. */
export interface OutgoingMessage {
  to: { address: string; name: string | null };
  language: Language;
  subject: string;
  text: string;
  html: string;
  /** The same for the same notice and recipient, always, so that a repeat can be known as one. */
  messageId: string;
  /** What was said before on the ticket, oldest first, by the channel's own ids. */
  references: readonly string[];
  /** Where an answer goes so that it joins the ticket; null when answers are not taken this way. */
  replyToken: string | null;
  /** Who speaks: a person, or the system by itself or in answer to a message. A machine must not answer the system. */
  author: 'person' | 'system' | 'system-in-answer';
  /** Whether news that it could not be delivered must come back to us (readings 5 and 7). */
  bounces: 'returned' | 'dropped';
}

export type SendResult =
  /** The channel has taken it. */
  | { outcome: 'delivered'; externalId: string }
  /** `permanent`: trying again would not help; otherwise it would. `code` is stable and names no person. */
  | { outcome: 'failed'; code: string; permanent: boolean };

/** The sending half of a channel. It answers every failure as a value and never throws for one. */
export interface ChannelSender {
  send(message: OutgoingMessage): Promise<SendResult>;
  /** Waits for what is being sent, and lets go of its connections. */
  close(): Promise<void>;
}
