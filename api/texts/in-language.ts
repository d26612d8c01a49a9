import type { TicketFact } from '../../regulation/events.ts';
import type { Language } from '../../regulation/vocabulary.ts';
import { EN } from './en.ts';
import { KY } from './ky.ts';
import { RU } from './ru.ts';
import type { Names, Texts } from './texts.ts';

const TEXTS: Readonly<Record<Language, Texts>> = { ru: RU, ky: KY, en: EN };

export function textsIn(language: Language): Texts {
  return TEXTS[language];
}

/** The sentence of an event. */
export function sentenceOf(texts: Texts, fact: TicketFact, names: Names): string {
  // The table's entry for a type takes exactly the facts of that type; TypeScript cannot follow the pairing through a union.
  const say = texts.events[fact.type] as (fact: TicketFact, names: Names) => string;
  return say(fact, names);
}
