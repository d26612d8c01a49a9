import type { TicketFact, TicketFactType } from '../../regulation/events.ts';
import type { IntervalReason } from '../../regulation/explain.ts';
import type { ClosingReason, OpenStatus } from '../../regulation/vocabulary.ts';
import type { PageTexts } from './page-texts.ts';

/** The names behind the ids that an event carries, as the records have them now. */
export interface Names {
  staff(id: string): string;
  client(id: string): string;
  product(id: string): string;
  release(id: string): string;
  vendor(id: string): string;
}

/** What the API says in words of its own, in one language. Clause numbers and instants stand beside it as data. */
export interface Texts {
  /** Why an interval of a clock counted or did not (§1.5); staff and client read the same sentence. */
  intervals: Readonly<Record<IntervalReason, string>>;
  /** What happened, as one sentence of the audit trail; a sentence says what is certain and leaves who and when to its row. */
  events: { readonly [T in TicketFactType]: (fact: Extract<TicketFact, { type: T }>, names: Names) => string };
  /** What came after the closing (reading 12). */
  afterClosing: Readonly<Record<AfterClosing, string>>;
  /** What a client reads about how his request stands (§3.3: polite and plain); a closed one says why it is closed. */
  standing: Readonly<Record<'received' | OpenStatus | ClosingReason, string>>;
  /** The rest of the client's page. */
  page: PageTexts;
}

export type AfterClosing =
  'remark' | 'late-message' | 'late-confirm' | 'late-disagree' | 'late-automatic' | 'late-bounce';
