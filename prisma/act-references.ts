import type { Queries } from './client.ts';

/** What an act may name, looked up as far as the act needs it. */

export async function isClient(db: Queries, id: string): Promise<boolean> {
  return (await db.client.count({ where: { id } })) > 0;
}

/** The client that a contact belongs to, null for one who belongs to none, undefined when there is no such contact. */
export async function clientOfContact(db: Queries, id: string): Promise<string | null | undefined> {
  return (await db.contact.findUnique({ where: { id }, select: { clientId: true } }))?.clientId;
}

export async function isProduct(db: Queries, id: string): Promise<boolean> {
  return (await db.product.count({ where: { id } })) > 0;
}

export async function isVendor(db: Queries, id: string): Promise<boolean> {
  return (await db.vendor.count({ where: { id } })) > 0;
}

/** Whether a member of staff works on tickets: an active agent or head (§1.2). */
export async function worksOnTickets(db: Queries, staffId: string): Promise<boolean> {
  return (await db.staff.count({ where: { id: staffId, active: true, role: { in: ['agent', 'head'] } } })) > 0;
}

export async function isMessageOf(db: Queries, ticketNumber: number, messageId: string): Promise<boolean> {
  return (await db.message.count({ where: { id: messageId, ticketNumber } })) > 0;
}

export async function isNoticeOf(db: Queries, ticketNumber: number, noticeId: string): Promise<boolean> {
  return (await db.notice.count({ where: { id: noticeId, ticketNumber } })) > 0;
}
