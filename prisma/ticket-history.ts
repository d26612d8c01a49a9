import type { TicketEvent as Event } from '../regulation/events.ts';
import type { Notice as NoticeContent } from '../regulation/notices.ts';
import type { Queries } from './client.ts';
import type { Message, NoticeDelivery, StaffText } from './generated/client.ts';
import { REMARK } from './staff-texts.ts';

/** Everything that happened to a ticket and was said about it, as the records have it now. */
export interface TicketHistory {
  number: number;
  events: Event[];
  /** Texts that the events name, and remarks. */
  texts: StaffText[];
  /** What the client said, in the order of receipt. */
  messages: Message[];
  /** Messages that an event names; the others wait for their turn, or came after the closing. */
  namedIds: ReadonlySet<string>;
  notices: { id: string; content: NoticeContent; recordedAt: Date; deliveries: NoticeDelivery[] }[];
}

/** The events are read first: what they name was written before them, so it is there when it is looked for. */
export async function ticketHistory(db: Queries, number: number): Promise<TicketHistory> {
  const where = { ticketNumber: number };
  const events = await db.ticketEvent.findMany({ where, orderBy: { version: 'asc' } });
  const [messages, notices, texts] = await Promise.all([
    // What opened or joined it after its predecessor had closed is in both conversations (reading 12).
    db.message.findMany({
      where: { OR: [where, { followUpNumber: number }] },
      orderBy: [{ receivedAt: 'asc' }, { seq: 'asc' }],
    }),
    db.notice.findMany({ where, orderBy: [{ version: 'asc' }, { id: 'asc' }], include: { deliveries: true } }),
    db.staffText.findMany({ where, orderBy: { createdAt: 'asc' } }),
  ]);
  const namedIds = new Set(events.flatMap((row) => row.names));
  return {
    number,
    events: events.map((row) => row.event as unknown as Event),
    texts: texts.filter((text) => namedIds.has(text.id) || text.act === REMARK),
    messages,
    namedIds,
    notices: notices.map(({ id, notice, recordedAt, deliveries }) => ({
      id,
      content: notice as unknown as NoticeContent,
      recordedAt,
      deliveries,
    })),
  };
}

/** The names behind ids, for sentences and lists; an id that is not there any more is missing. */
export interface NamesById {
  staff: ReadonlyMap<string, string>;
  clients: ReadonlyMap<string, string>;
  contacts: ReadonlyMap<string, string>;
  products: ReadonlyMap<string, string>;
  releases: ReadonlyMap<string, string>;
  vendors: ReadonlyMap<string, string>;
}

export async function namesById(db: Queries, ids: { [K in keyof NamesById]?: readonly string[] }): Promise<NamesById> {
  const among = (list: readonly string[]) => ({ where: { id: { in: [...new Set(list)] } } });
  const name = { select: { id: true, name: true } } as const;
  const [staff, clients, contacts, products, releases, vendors] = await Promise.all([
    ids.staff?.length ? db.staff.findMany({ ...among(ids.staff), ...name }) : [],
    ids.clients?.length ? db.client.findMany({ ...among(ids.clients), ...name }) : [],
    ids.contacts?.length ? db.contact.findMany({ ...among(ids.contacts), select: { id: true, fullName: true } }) : [],
    ids.products?.length ? db.product.findMany({ ...among(ids.products), ...name }) : [],
    ids.releases?.length ? db.release.findMany({ ...among(ids.releases), ...name }) : [],
    ids.vendors?.length ? db.vendor.findMany({ ...among(ids.vendors), ...name }) : [],
  ]);
  const byId = (rows: { id: string; name: string }[]) => new Map(rows.map((row) => [row.id, row.name]));
  return {
    staff: byId(staff),
    clients: byId(clients),
    contacts: new Map(contacts.map((row) => [row.id, row.fullName])),
    products: byId(products),
    releases: byId(releases),
    vendors: byId(vendors),
  };
}
