import type { Actor } from './actor.ts';
import type { AgreementFact } from './agreement.ts';
import type { Interval } from './clock.ts';
import type { Instant } from './instant.ts';
import type { Breach } from './ticket.ts';
import type {
  AgreementStanding,
  Channel,
  ClosingReason,
  CompletionOutcome,
  DeclineReason,
  DevelopmentDecision,
  Impact,
  Outcome,
  PostponeReason,
  RequestPart,
  Severity,
  Verdict,
} from './vocabulary.ts';

/** A limit found to be already past by an act that moved it (reading 1, 8, 10, 13). */
export interface BreachFound {
  dueAt: Instant;
  cause: Breach['cause'];
}

/** What happened to a ticket, in the past tense. Together they are its audit trail, and `evolve` over them is the ticket. */
export type TicketFact =
  | {
      type: 'ticket-received';
      number: number;
      edition: string;
      channel: Channel;
      clientId: string | null;
      contactId: string | null;
      productId: string | null;
      agreements: AgreementFact[];
      agreementStanding: AgreementStanding;
      impact: Impact | null;
      affectedUsers: number | null;
      proposedSeverity: Severity | null;
      messageId: string;
      followUpOf: number | null;
      calendarVersion: number;
    }
  | {
      type: 'client-linked';
      clientId: string;
      contactId: string | null;
      agreements: AgreementFact[];
      agreementStanding: AgreementStanding;
    }
  | {
      type: 'classified';
      severity: Severity;
      previousSeverity: Severity | null;
      impact: Impact | null;
      affectedUsers: number | null;
      productId: string;
      agreementStanding: AgreementStanding;
      reasonId: string | null;
      /** The new deadline, or null while the clock is paused with time left. */
      dueAt: Instant | null;
    }
  | { type: 'declined'; reason: DeclineReason; textId: string }
  | {
      type: 'assigned';
      staffId: string | null;
      previousId: string | null;
      how: 'taken' | 'given';
      reasonId: string | null;
    }
  | { type: 'replied'; messageId: string }
  | { type: 'noted'; messageId: string }
  | {
      type: 'client-asked';
      messageId: string;
      missing: RequestPart[];
      byPhone: boolean;
      /** In triage a question is only a question; in work it begins the waiting (readings 5 and 18). */
      effect: 'begins-waiting' | 'asks-again' | 'asks-only';
    }
  /** Without a notice it was told by telephone, as `noteId` says or in the act of asking. */
  | { type: 'question-handed-over'; noticeId: string | null; noteId: string | null }
  | { type: 'question-undeliverable'; noticeId: string }
  | {
      type: 'message-received';
      messageId: string;
      channel: Channel;
      automatic: boolean;
      effect: 'ends-waiting' | 'to-be-judged' | 'none';
    }
  | { type: 'disagreed-without-reason'; messageId: string }
  | { type: 'disagreed'; messageId: string }
  | { type: 'message-judged'; messageId: string; verdict: Verdict; reasonId: string | null; messageReceivedAt: Instant }
  | { type: 'returned-to-work'; reasonId: string | null }
  | { type: 'escalated'; diagnosisId: string }
  | {
      type: 'development-decided';
      decision: DevelopmentDecision;
      textId: string;
      releaseId: string | null;
      targetDate: string | null;
    }
  | { type: 'postponed'; reason: PostponeReason; textId: string }
  | {
      type: 'completed';
      outcome: CompletionOutcome;
      textId: string;
      vendorId: string | null;
      releaseId: string | null;
    }
  | { type: 'client-told'; noticeId: string | null; noteId: string | null }
  | { type: 'telling-failed'; noticeId: string }
  | { type: 'notice-resent'; noticeId: string; of: 'question' | 'completion' }
  | { type: 'notice-undeliverable'; noticeId: string }
  | {
      type: 'closed';
      because: ClosingReason;
      outcome: Outcome | null;
      messageId: string | null;
      mergedInto: number | null;
    }
  | { type: 'put-ahead'; reasonId: string }
  | { type: 'marked-abusive'; messageId: string; reasonId: string }
  | {
      type: 'absorbed';
      from: number;
      receivedAt: Instant;
      firstRespondedAt: Instant | null;
      severity: Severity | null;
    }
  | { type: 'tied-to-update'; updateId: string; startedAt: Instant | null; endedAt: Instant | null }
  | { type: 'update-started'; updateId: string }
  | { type: 'update-ended'; updateId: string }
  | {
      type: 'calendar-changed';
      calendarVersion: number;
      previousVersion: number;
      oldDueAt: Instant | null;
      newDueAt: Instant | null;
      oldSilenceAt: Instant | null;
      newSilenceAt: Instant | null;
      /**
       * The open hours before the publication, as the calendars of those days gave them; they stay as counted
       * (reading 10). Null for a clock that needs no calendar, or none.
       */
      pastHours: Interval[] | null;
      silencePastHours: Interval[] | null;
      /** The due instants of breaches that the new calendar removes. */
      superseded: Instant[];
    }
  | { type: 'first-response-warned'; dueAt: Instant; announced: boolean }
  | { type: 'first-response-breached'; dueAt: Instant; cause: Breach['cause'] }
  | { type: 'resolution-warned'; dueAt: Instant; announced: boolean; provisional: boolean }
  /** A provisional limit has passed in triage: an alarm, not a breach (reading 18). */
  | { type: 'resolution-alarmed'; dueAt: Instant }
  | { type: 'resolution-breached'; dueAt: Instant; cause: Breach['cause'] }
  | { type: 'client-reminded'; dueAt: Instant; announced: boolean }
  | { type: 'confirmation-overdue'; dueAt: Instant }
  | { type: 'not-told-alarmed'; dueAt: Instant }
  | { type: 'development-target-warned'; dueAt: Instant; announced: boolean }
  | { type: 'development-target-missed'; dueAt: Instant }
  | { type: 'act-refused'; act: string; code: string };

export type TicketFactType = TicketFact['type'];

/** A fact as it is kept: numbered from 1 in each ticket, with its instant, actor and clause. */
export type TicketEvent<F extends TicketFact = TicketFact> = F & {
  version: number;
  at: Instant;
  knownAt: Instant;
  actor: Actor;
  clause: string;
};
