import type { Language } from '../regulation/vocabulary.ts';
import type { Queries } from './client.ts';

/** What a sender gives of himself, each in its kept form: e-mail in lower case, telephone as `+` and digits. */
export interface SenderAddresses {
  email: string | null;
  phone: string | null;
  telegramChatId: string | null;
}

export interface KnownContact {
  id: string;
  /** Null for a contact who is known and still unverified. */
  clientId: string | null;
  fullName: string;
  email: string | null;
  phone: string | null;
  language: Language;
}

/** The contact that an address belongs to (reading 17); where addresses disagree, the e-mail decides, then the chat. */
export async function contactOf(db: Queries, sender: SenderAddresses): Promise<KnownContact | null> {
  const { email, phone, telegramChatId } = sender;
  const given = [
    ...(email === null ? [] : [{ email }]),
    ...(telegramChatId === null ? [] : [{ telegramChatId }]),
    ...(phone === null ? [] : [{ phone }]),
  ];
  if (given.length === 0) return null;
  const found = await db.contact.findMany({ where: { OR: given } });
  const contact =
    found.find((one) => one.email !== null && one.email === email) ??
    found.find((one) => one.telegramChatId !== null && one.telegramChatId === telegramChatId) ??
    found[0];
  if (contact === undefined) return null;
  const { id, clientId, fullName, language } = contact;
  return { id, clientId, fullName, email: contact.email, phone: contact.phone, language: language as Language };
}

/** The language of a contact as the directory has it now; null for one that is not there. */
export async function languageOfContact(db: Queries, id: string): Promise<Language | null> {
  const contact = await db.contact.findUnique({ where: { id }, select: { language: true } });
  return contact === null ? null : (contact.language as Language);
}
