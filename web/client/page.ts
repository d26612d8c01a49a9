import type { ClientMessage, ClientTicket } from '../../api/client-page.ts';
import type { DeadlineView } from '../../api/deadlines-view.ts';
import type { PageNews } from '../../api/texts/page-texts.ts';
import type { Contacts } from './layout.ts';

/** Another ticket of the same matter; without an address when that is not his to have. */
export interface LinkedTicket {
  number: number;
  url: string | null;
}

/** What a client sees of his ticket: what the API tells him, and what only a page has. */
export interface TicketPage {
  ticket: ClientTicket;
  explanations: readonly DeadlineView[];
  messages: readonly ClientMessage[];
  /** No person has answered yet (§2.6). */
  awaitsFirstResponse: boolean;
  /** A message waits for a specialist's judgement (reading 7). */
  hasUnjudged: boolean;
  /** His word on the solution that is received and not applied yet. */
  pending: 'confirm' | 'disagree' | null;
  followUpOf: LinkedTicket | null;
  followUps: readonly LinkedTicket[];
  /** What he has just done. */
  news: PageNews | null;
  /** What he wrote and could not be taken. */
  draft: Draft | null;
  /** Makes what one rendering sends, sent twice, act once. */
  formKey: string;
  contacts: Contacts;
}

/** What a client may send by the page. */
export type PageAct = 'answer' | 'confirm' | 'disagree';

/** What he wrote and could not be taken: it is shown to him again with what is wrong with it. */
export interface Draft {
  act: 'answer' | 'disagree';
  text: string;
  fault: 'empty' | 'too-long' | 'reason-needed';
}
