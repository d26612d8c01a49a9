import { z } from 'zod';
import type { Queries } from '../prisma/client.ts';
import { namesById } from '../prisma/ticket-history.ts';
import type { TicketHistory } from '../prisma/ticket-history.ts';

const instant = z.iso.datetime();

/** One thing said between the client and us, either way (§3.1). */
export const MessageView = z
  .object({
    /** The id of the client's message, of our text, or of the notice when its words are the system's own. */
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
        state: z.enum(['pending', 'delivered', 'failed']),
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
  const abusive = new Set(history.events.flatMap((event) => (event.type === 'marked-abusive' ? event.messageId : [])));
  const fromClient = history.messages.map((message): MessageView => ({
    id: message.id,
    direction: 'from-client',
    kind: message.act,
    at: message.receivedAt.toISOString(),
    channel: message.channel,
    author: {
      kind: 'client',
      id: message.contactId,
      name: (message.contactId === null ? null : names.contacts.get(message.contactId)) ?? message.senderName,
    },
    text: message.text,
    automatic: message.automatic,
    onTheWay: message.dispatchedAt === null,
    abusive: abusive.has(message.id),
    followUpNumber: message.followUpNumber,
    noticeId: null,
    delivery: null,
    letter: null,
  }));
  const ofStaff = (textId: string | null) => history.texts.find((text) => text.id === textId);
  const author = (text: ReturnType<typeof ofStaff>): MessageView['author'] =>
    text === undefined
      ? { kind: 'system', id: null, name: null }
      : { kind: 'staff', id: text.staffId, name: names.staff.get(text.staffId) ?? null };
  const ours = {
    direction: 'to-client',
    automatic: false,
    onTheWay: false,
    abusive: false,
    followUpNumber: null,
  } as const;
  const notices = history.notices
    .filter(({ content }) => content.audience === 'client')
    .map((notice): MessageView => {
      const text = ofStaff(notice.content.textId);
      const event = history.events.find((one) => one.version === notice.content.version);
      const delivery = notice.deliveries.find((one) => one.recipient === 'client');
      return {
        ...ours,
        id: text?.id ?? notice.id,
        kind: notice.content.kind,
        at: (event === undefined ? notice.recordedAt : new Date(event.at)).toISOString(),
        channel: delivery?.channel ?? null,
        author: author(text),
        text: text?.body ?? null,
        noticeId: notice.id,
        delivery: {
          state: delivery === undefined ? 'pending' : delivery.fate === 'delivered' ? 'delivered' : 'failed',
          channel: delivery?.channel ?? null,
          at: delivery?.settledAt.toISOString() ?? null,
          code: delivery?.code ?? null,
        },
        letter: delivery?.fate === 'delivered' ? { subject: delivery.subject, body: delivery.body } : null,
      };
    });
  const spoken = history.events.flatMap((event): MessageView[] => {
    if (event.type !== 'client-asked' || !event.byPhone) return [];
    const text = ofStaff(event.messageId);
    return [
      {
        ...ours,
        id: event.messageId,
        kind: 'question',
        at: new Date(event.at).toISOString(),
        channel: 'phone',
        author: author(text),
        text: text?.body ?? null,
        noticeId: null,
        delivery: null,
        letter: null,
      },
    ];
  });
  return [...fromClient, ...notices, ...spoken].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}
