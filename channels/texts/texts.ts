import type { Instant } from '../../regulation/instant.ts';
import type { CLIENT_NOTICES, STAFF_NOTICES } from '../../regulation/notices.ts';
import type {
  CompletionOutcome,
  DeclineReason,
  DevelopmentDecision,
  PostponeReason,
  RequestPart,
  Severity,
} from '../../regulation/vocabulary.ts';
import type { Block } from '../letter.ts';

export type ClientNotice = (typeof CLIENT_NOTICES)[number];
export type StaffNotice = (typeof STAFF_NOTICES)[number];

/** What every letter to a client may say of his ticket. */
export interface ClientCase {
  number: number;
  /** Null for an unverified sender: no word of a stranger goes to an address that a stranger gave (threats S3). */
  name: string | null;
  topic: string | null;
  /** His way to follow the ticket and to answer. */
  link: string;
  now: Instant;
}

/** What one kind of letter to a client says besides. */
export interface ClientFacts {
  receipt: { missing: readonly RequestPart[] };
  /** Without a deadline its clock is paused. */
  classified: { severity: Severity; dueAt: Instant | null };
  reply: { words: string };
  /** `waits`: the clock stops and silence would close the ticket; not so for a question in triage (reading 18). */
  question: { words: string; missing: readonly RequestPart[]; waits: boolean };
  reminder: { words: string | null; closesAt: Instant | null };
  escalated: object;
  postponed: { reason: PostponeReason; words: string };
  completion: {
    outcome: CompletionOutcome;
    words: string;
    vendor: VendorContacts | null;
    releaseName: string | null;
    answerBy: Instant;
  };
  /** Without a deadline the window has not begun. */
  'reason-asked': { answerBy: Instant | null };
  'back-to-work': object;
  declined: { reason: DeclineReason; words: string };
  'closed-confirmed': object;
  'closed-no-answer': object;
  'closed-silent': object;
}

/** Where a client is sent with a problem of somebody else's product (§3.5). */
export interface VendorContacts {
  name: string;
  phone: string | null;
  email: string | null;
  website: string | null;
}

/** What every letter to staff says of a ticket. */
export interface StaffCase {
  number: number;
  topic: string;
  /** Null for an unverified sender. */
  clientName: string | null;
  severity: Severity | null;
  assigneeName: string | null;
  link: string;
  now: Instant;
}

type WithDeadline = { dueAt: Instant };
type WithWords = { words: string | null };

/** What one kind of letter to staff says besides. */
export interface StaffFacts {
  'critical-received': object;
  assigned: object;
  'client-wrote': WithWords;
  'client-disagreed': WithWords;
  'first-response-warning': WithDeadline;
  'first-response-breach': WithDeadline;
  'resolution-warning': WithDeadline;
  'resolution-alarm': WithDeadline;
  'resolution-breach': WithDeadline;
  'question-undeliverable': object;
  'completion-undeliverable': object;
  'notice-undeliverable': object;
  'not-told-alarm': object;
  'judgement-overdue': WithDeadline;
  'development-decided': WithWords & { decision: DevelopmentDecision; targetDate: string | null };
  'development-target-warning': WithDeadline;
  'development-target-missed': WithDeadline;
}

/** The part of a letter that is its own; greeting, ticket and footer are the same in all. */
interface Said {
  subject: string;
  blocks: readonly Block[];
}

/** Everything that is said to clients and staff, in one language. */
export interface Texts {
  /** An instant in full, with its weekday and the zone: `18:00 вторника, 24 ноября (время Бишкека)`. */
  moment: (at: Instant, now: Instant) => string;
  /** Its date alone, `24 ноября`; with the year when that is another than now. */
  date: (at: Instant, now: Instant) => string;
  /** The levels by number and name. */
  severities: Readonly<Record<Severity, string>>;
  client: { readonly [K in ClientNotice]: (ticket: ClientCase, facts: ClientFacts[K]) => Said };
  staff: { readonly [K in StaffNotice]: (ticket: StaffCase, facts: StaffFacts[K]) => Said };
  greeting: (name: string | null) => string;
  /** Which ticket a letter to a client is about, in his own words. */
  topic: (topic: string) => string;
  /** The ticket as staff need to see it, line by line. */
  ticket: (ticket: StaffCase) => string[];
  clientFooter: readonly string[];
  staffFooter: readonly string[];
}
