import type { Explanation } from '../../regulation/explain.ts';
import type { CLIENT_NOTICES } from '../../regulation/notices.ts';
import type { CompletionOutcome } from '../../regulation/vocabulary.ts';

/** What the client's page tells after an act: that it has been received, and what comes of it. */
export const PAGE_NEWS = ['answered', 'confirmed', 'disagreed', 'reason-needed', 'followed-up'] as const;
export type PageNews = (typeof PAGE_NEWS)[number];

/** Why the client's page cannot be shown. */
export const PAGE_REFUSALS = [
  'unknown-link',
  'link-revoked',
  'link-expired',
  'other-site',
  'too-large',
  'too-many',
  'not-understood',
  'not-available',
  'our-failure',
] as const;
export type PageRefusal = (typeof PAGE_REFUSALS)[number];

/** What heads a thing that was said: an act of the client's, or a notice of ours. */
export type SaidKind = 'message' | 'confirm' | 'disagree' | (typeof CLIENT_NOTICES)[number];

/** What the client's page says, in one language. A `moment` is said in full, `18:00 вторника, 24 ноября (время Бишкека)`. */
export interface PageTexts {
  company: string;
  service: string;
  chooseLanguage: string;
  ticket: (number: number) => string;
  facts: { receivedAt: string; closedAt: string; severity: string; outcome: string };
  outcomes: Readonly<Record<CompletionOutcome, string>>;
  units: { days: string; hours: string; minutes: string; lessThanAMinute: string };
  left: (duration: string) => string;
  /** Until when we are waited for, or wait (§1.5: a limit that has passed is said to have passed). */
  waits: {
    soon: string;
    firstResponse: (moment: string) => string;
    firstResponseLate: (moment: string) => string;
    resolution: (moment: string) => string;
    resolutionProvisional: (moment: string) => string;
    resolutionLate: (moment: string) => string;
    silence: (moment: string) => string;
    confirmation: (moment: string) => string;
    /** A message that no specialist has judged holds the closing back (reading 7). */
    confirmationHeldBack: string;
    paused: string;
    withDevelopment: string;
  };
  explanation: {
    title: string;
    names: Readonly<Record<Explanation['kind'], string>>;
    dueAt: (moment: string) => string;
    measured: (limit: string, used: string) => string;
    clause: (clause: string) => string;
    bishkekTime: string;
  };
  acts: {
    title: string;
    question: string;
    solution: string;
    answer: { title: string; label: string; button: string };
    confirm: { hint: string; button: string };
    disagree: { title: string; label: string; button: string };
    writeOnly: string;
    closed: { title: string; hint: string };
    /** A free-text message from the completion on is judged by a specialist (reading 7). */
    unjudged: string;
    empty: string;
    tooLong: (mostCharacters: string) => string;
    reasonNeeded: string;
  };
  /** His word on the solution is received and not applied yet. */
  pending: { confirm: string; disagree: string; reload: string };
  news: Readonly<Record<PageNews, string>>;
  /** The number of the other ticket follows, as a link. */
  followUps: { of: string; by: string; number: (number: number) => string };
  conversation: {
    title: string;
    you: string;
    us: string;
    letter: string;
    inFollowUp: (number: number) => string;
    said: Readonly<Record<SaidKind, string>>;
  };
  contacts: { title: string; phones: string; email: string; telegram: string; site: string };
  refusals: Readonly<Record<PageRefusal, { title: string; text: string }>>;
}
