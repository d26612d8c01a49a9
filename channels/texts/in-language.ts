import type { Language } from '../../regulation/vocabulary.ts';
import { list, paragraph } from '../letter.ts';
import type { Letter } from '../letter.ts';
import { EN } from './en.ts';
import { KY } from './ky.ts';
import { RU } from './ru.ts';
import type { ClientCase, ClientFacts, ClientNotice, StaffCase, StaffFacts, StaffNotice, Texts } from './texts.ts';

const TEXTS: Readonly<Record<Language, Texts>> = { ru: RU, ky: KY, en: EN };

/** How letters, and whatever else a client reads, name an instant, a date and a level. */
export function namesIn(language: Language): Pick<Texts, 'moment' | 'date' | 'severities'> {
  return TEXTS[language];
}

/** A letter to a client, in his language. */
export function clientLetter<K extends ClientNotice>(
  language: Language,
  kind: K,
  { ticket, facts }: { ticket: ClientCase; facts: ClientFacts[K] },
): Letter {
  const texts = TEXTS[language];
  const { subject, blocks } = texts.client[kind](ticket, facts);
  const topic = ticket.topic === null ? [] : [paragraph(texts.topic(ticket.topic))];
  return {
    subject,
    blocks: [paragraph(texts.greeting(ticket.name)), ...topic, ...blocks],
    footer: texts.clientFooter,
  };
}

/** A letter to a member of staff, in his language. */
export function staffLetter<K extends StaffNotice>(
  language: Language,
  kind: K,
  { ticket, facts }: { ticket: StaffCase; facts: StaffFacts[K] },
): Letter {
  const texts = TEXTS[language];
  const { subject, blocks } = texts.staff[kind](ticket, facts);
  return { subject, blocks: [...blocks, ...list(texts.ticket(ticket))], footer: texts.staffFooter };
}
