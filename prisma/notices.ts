import type { TicketEvent } from '../regulation/events.ts';
import type { Notice } from '../regulation/notices.ts';
import type { Ticket } from '../regulation/ticket.ts';
import type { Channel, Language, RequestPart } from '../regulation/vocabulary.ts';
import type { Queries } from './client.ts';

/** All that a notice's words are put together from, as the records have it now. */
export interface NoticeContext {
  request: {
    subject: string;
    language: Language;
    missing: RequestPart[];
    /** The address that the channel saw, or that the sender gave of himself; it proves nothing (reading 17). */
    senderAddress: string | null;
    contactEmail: string | null;
    linkKeyVersion: number;
    rehearsalOffsetMs: number;
  };
  /** The newest recorded ticket; it may be ahead of the notice. */
  ticket: Ticket;
  clientName: string | null;
  assigneeName: string | null;
  contact: {
    fullName: string;
    email: string | null;
    telegramChatId: string | null;
    language: Language;
    preferredChannel: Channel | null;
  } | null;
  /** The event whose words the notice carries: its own, the last question for a reminder, the last completion for one sent again. */
  event: TicketEvent;
  /** What staff or the client wrote. */
  words: string | null;
  vendor: { name: string; phone: string | null; email: string | null; website: string | null } | null;
  releaseName: string | null;
  /** Where the client last wrote. */
  lastChannel: Channel | null;
  /** The channel's ids of the mails that the client wrote on this ticket, oldest first. */
  mailsHeard: string[];
  /** What was handed over on this ticket before, oldest first. */
  handedOver: { recipient: string; externalId: string }[];
  /** Recipients of this very notice whose part is settled. */
  settled: { recipient: string; fate: 'delivered' | 'failed'; channel: Channel; code: string | null }[];
}

/** Null while the notice itself is not recorded. */
export async function noticeContext(db: Queries, noticeId: string): Promise<NoticeContext | null> {
  const rows = await db.$queryRaw<{ context: NoticeContext }[]>`
    SELECT json_build_object(
      'request', json_build_object(
        'subject', r.subject, 'language', r.language, 'missing', r.missing, 'senderAddress', r.sender_address,
        'contactEmail', r.contact_email, 'linkKeyVersion', r.link_key_version,
        'rehearsalOffsetMs', r.rehearsal_offset_ms
      ),
      'ticket', t.state,
      'clientName', client.name,
      'assigneeName', assignee.name,
      'contact', CASE WHEN c.id IS NULL THEN NULL ELSE json_build_object(
        'fullName', c.full_name, 'email', c.email, 'telegramChatId', c.telegram_chat_id, 'language', c.language,
        'preferredChannel', c.preferred_channel
      ) END,
      'event', carried.event,
      'words', coalesce(
        (SELECT body FROM staff_texts WHERE id = carried.words_id),
        (SELECT text FROM messages WHERE id = carried.words_id)
      ),
      'vendor', CASE WHEN v.id IS NULL THEN NULL ELSE json_build_object(
        'name', v.name, 'phone', v.phone, 'email', v.email, 'website', v.website
      ) END,
      'releaseName', release.name,
      'lastChannel', (
        SELECT channel FROM messages
        WHERE (ticket_number = r.number OR follow_up_number = r.number) AND NOT automatic ORDER BY received_at DESC, seq DESC LIMIT 1
      ),
      'mailsHeard', coalesce((
        SELECT json_agg(external_id ORDER BY seq) FROM messages
        WHERE (ticket_number = r.number OR follow_up_number = r.number) AND channel = 'email'
      ), '[]'),
      'handedOver', coalesce((
        SELECT json_agg(json_build_object('recipient', d.recipient, 'externalId', d.external_id) ORDER BY d.settled_at)
        FROM notices AS earlier JOIN notice_deliveries AS d ON d.notice_id = earlier.id
        WHERE earlier.ticket_number = r.number AND d.external_id IS NOT NULL
      ), '[]'),
      'settled', coalesce((
        SELECT json_agg(json_build_object('recipient', recipient, 'fate', fate, 'channel', channel, 'code', code))
        FROM notice_deliveries WHERE notice_id = n.id
      ), '[]')
    ) AS context
    FROM notices AS n
    JOIN ticket_requests AS r ON r.number = n.ticket_number
    JOIN tickets AS t ON t.number = n.ticket_number
    LEFT JOIN contacts AS c ON c.id = t.contact_id
    LEFT JOIN clients AS client ON client.id = t.client_id
    LEFT JOIN staff AS assignee ON assignee.id = t.assignee_id
    CROSS JOIN LATERAL (
      SELECT event, (CASE WHEN n.kind = 'reminder' THEN event->>'messageId' ELSE n.notice->>'textId' END)::uuid AS words_id
      FROM ticket_events
      WHERE ticket_number = n.ticket_number AND version <= n.version AND CASE n.kind
        WHEN 'completion' THEN type = 'completed'
        WHEN 'reminder' THEN type = 'client-asked'
        ELSE version = n.version
      END
      ORDER BY version DESC LIMIT 1
    ) AS carried
    LEFT JOIN vendors AS v ON v.id = (carried.event->>'vendorId')::uuid
    LEFT JOIN releases AS release ON release.id = (carried.event->>'releaseId')::uuid
    WHERE n.id = ${noticeId}`;
  return rows[0]?.context ?? null;
}

export interface StaffRecipient {
  id: string;
  email: string;
  name: string;
  language: Language;
}

/**
 * Whom a notice to staff is for at this moment: `assignee`, him alone; `on-duty`, him and the head of support, and
 * while nobody who works here is assigned, all agents and the head (reading 9). Only active members of staff.
 */
export async function staffRecipients(
  db: Queries,
  audience: Exclude<Notice['audience'], 'client'>,
  assigneeId: string | null,
): Promise<StaffRecipient[]> {
  const roles = audience === 'assignee' ? [] : ['agent', 'head'];
  const found = await db.staff.findMany({
    where: { active: true, OR: [{ role: { in: roles } }, ...(assigneeId === null ? [] : [{ id: assigneeId }])] },
    select: { id: true, email: true, name: true, role: true, language: true },
    orderBy: { id: 'asc' },
  });
  const hasAssignee = found.some(({ id }) => id === assigneeId);
  return found
    .filter(({ id, role }) => id === assigneeId || role === 'head' || !hasAssignee)
    .map(({ id, email, name, language }) => ({ id, email, name, language: language as Language }));
}

/** Codes of notices that were not sent on purpose; in the records they are no deliveries, and yet no failures. */
export const WITHHELD = ['overtaken', 'enough-receipts', 'nobody-assigned'] as const;
export type Withheld = (typeof WITHHELD)[number];

export function isWithheld(code: string | null): code is Withheld {
  return WITHHELD.some((one) => one === code);
}

export interface Delivery {
  noticeId: string;
  /** `client`, or the id of a member of staff. */
  recipient: string;
  channel: Channel;
  fate: 'delivered' | 'failed';
  code: string | null;
  externalId: string | null;
  subject: string;
  body: string;
}

/** Settles a notice for one recipient; the first fate stays. */
export async function recordDelivery(db: Queries, delivery: Delivery): Promise<void> {
  await db.noticeDelivery.createMany({ data: [delivery], skipDuplicates: true });
}

/** How many receipts went to an address within the hour, for requests of senders whom nobody has verified. */
export async function receiptsOfLastHour(db: Queries, address: string): Promise<number> {
  const [found] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count
    FROM ticket_requests AS r
    JOIN notices AS n ON n.ticket_number = r.number AND n.kind = 'receipt'
    JOIN notice_deliveries AS d ON d.notice_id = n.id
    WHERE r.created_at > now() - interval '1 day' AND r.client_id IS NULL
      AND lower(coalesce(r.sender_address, r.contact_email)) = lower(${address})
      AND d.fate = 'delivered' AND d.settled_at > now() - interval '1 hour'`;
  return found?.count ?? 0;
}
