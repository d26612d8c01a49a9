import { z } from 'zod';
import type { Queries } from '../prisma/client.ts';
import type { NoticeDelivery } from '../prisma/generated/client.ts';
import { isWithheld } from '../prisma/notices.ts';
import { namesById } from '../prisma/ticket-history.ts';
import type { NamesById, TicketHistory } from '../prisma/ticket-history.ts';

const instant = z.iso.datetime();

/** One thing said between the client and us, either way (§3.1). */
export const MessageView = z
  .object({
    /** Of the client's message, of the notice to him, or of the text of a question asked by telephone. */
    id: z.string(),
    direction: z.enum(['from-client', 'to-client']),
    /** `message`, `confirm`, `disagree` of the client; the kind of the notice, or `question` by telephone, of ours. */
    kind: z.string(),
    at: instant,
    channel: z.string().nullable(),
    author: z.object({
      kind: z.enum(['client', 'staff', 'system']),
      id: z.string().nullable(),
      name: z.string().nullable(),
    }),
    /** The words of a person; null where the system wrote alone (see `letter`). */
    text: z.string().nullable(),
    /** Written by a machine on the client's side (reading 5). */
    automatic: z.boolean(),
    /** Committed, and not yet applied by the ticket's workflow. */
    onTheWay: z.boolean(),
    /** Marked by staff, §3.3. */
    abusive: z.boolean(),
    /** The follow-up that it opened or joined (reading 12). */
    followUpNumber: z.int().nullable(),
    /** What `resend-notice` may name; null for what is no notice. */
    noticeId: z.string().nullable(),
    /** What became of a notice; null for what is none. */
    delivery: z
      .object({
        /** `withheld`: not sent on purpose, because it had been overtaken or its address had had enough of its kind. */
        state: z.enum(['pending', 'delivered', 'failed', 'withheld']),
        channel: z.string().nullable(),
        at: instant.nullable(),
        code: z.string().nullable(),
      })
      .nullable(),
    /** What was sent, word by word, once it was. */
    letter: z.object({ subject: z.string(), body: z.string() }).nullable(),
  })
  .meta({ id: 'TicketMessage' });
export type MessageView = z.infer<typeof MessageView>;

/** The conversation with the client in the order of its instants. Notes of staff are no part of it. */
export async function messageViews(db: Queries, history: TicketHistory): Promise<MessageView[]> {
  const names = await namesById(db, {
    staff: history.texts.map((text) => text.staffId),
    contacts: history.messages.flatMap((message) => message.contactId ?? []),
  });
  return [...fromClient(history, names), ...notices(history, names), ...spoken(history, names)].sort(
    (a, b) => Date.parse(a.at) - Date.parse(b.at),
  );
}

function fromClient(history: TicketHistory, names: NamesById): MessageView[] {
  const abusive = new Set(history.events.flatMap((event) => (event.type === 'marked-abusive' ? event.messageId : [])));
  return history.messages.map((message) => {
    const known = message.contactId === null ? undefined : names.contacts.get(message.contactId);
    return {
      id: message.id,
      direction: 'from-client',
      kind: message.act,
      at: message.receivedAt.toISOString(),
      channel: message.channel,
      author: { kind: 'client', id: message.contactId, name: known ?? message.senderName },
      text: message.text,
      automatic: message.automatic,
      onTheWay: message.dispatchedAt === null,
      abusive: abusive.has(message.id),
      followUpNumber: message.followUpNumber,
      noticeId: null,
      delivery: null,
      letter: null,
    };
  });
}

/** What we owed the client, whether it has been sent or not; with the words of staff that it carries. */
function notices(history: TicketHistory, names: NamesById): MessageView[] {
  return history.notices
    .filter(({ content }) => content.audience === 'client')
    .map(({ id, content, recordedAt, deliveries }) => {
      const event = history.events.find((one) => one.version === content.version);
      const delivery = deliveries.find((one) => one.recipient === 'client');
      return {
        ...OURS,
        ...wordsOf(content.textId, history, names),
        id,
        kind: content.kind,
        at: (event === undefined ? recordedAt : new Date(event.at)).toISOString(),
        channel: delivery?.channel ?? null,
        noticeId: id,
        delivery: {
          state: stateOf(delivery),
          channel: delivery?.channel ?? null,
          at: delivery?.settledAt.toISOString() ?? null,
          code: delivery?.code ?? null,
        },
        letter: delivery?.fate === 'delivered' ? { subject: delivery.subject, body: delivery.body } : null,
      };
    });
}

function stateOf(delivery: NoticeDelivery | undefined): 'pending' | 'delivered' | 'failed' | 'withheld' {
  if (delivery === undefined) return 'pending';
  if (delivery.fate === 'delivered') return 'delivered';
  return isWithheld(delivery.code) ? 'withheld' : 'failed';
}

/** Questions asked by telephone, which no notice carries (reading 5). */
function spoken(history: TicketHistory, names: NamesById): MessageView[] {
  return history.events.flatMap((event) => {
    if (event.type !== 'client-asked' || !event.byPhone) return [];
    const { messageId, at } = event;
    return {
      ...OURS,
      ...wordsOf(messageId, history, names),
      id: messageId,
      kind: 'question',
      at: new Date(at).toISOString(),
      channel: 'phone',
      noticeId: null,
      delivery: null,
      letter: null,
    };
  });
}

const OURS = {
  direction: 'to-client',
  automatic: false,
  onTheWay: false,
  abusive: false,
  followUpNumber: null,
} as const;

/** A text of staff with its author; without one the system spoke. */
function wordsOf(
  textId: string | null,
  { texts }: TicketHistory,
  names: NamesById,
): Pick<MessageView, 'author' | 'text'> {
  const text = texts.find((one) => one.id === textId);
  if (text === undefined) return { author: { kind: 'system', id: null, name: null }, text: null };
  const author = { kind: 'staff', id: text.staffId, name: names.staff.get(text.staffId) ?? null } as const;
  return { author, text: text.body };
}
