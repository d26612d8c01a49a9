import type { Actor } from './actor.ts';
import type { AgreementFact } from './agreement.ts';
import type { Instant } from './instant.ts';
import type {
  Channel,
  CompletionOutcome,
  DeadlineKind,
  DeclineReason,
  DevelopmentDecision,
  Impact,
  PostponeReason,
  RequestPart,
  Severity,
  Verdict,
} from './vocabulary.ts';
import type { WorkingCalendar } from './working-calendar.ts';

/**
 * What staff may do to a ticket. Words travel as ids of rows the API wrote first (`…Id`); facts that the
 * records know (agreements, whether there is an address to ask at) travel with the act.
 */
export type StaffAct =
  | { type: 'link-client'; clientId: string; contactId: string | null; agreements: AgreementFact[] }
  | { type: 'decline'; reason: DeclineReason; textId: string }
  | {
      type: 'classify';
      severity: Severity;
      impact: Impact | null;
      affectedUsers: number | null;
      productId: string | null;
      reasonId: string | null;
      /** The agreements of the ticket's client as they stand in the records now. */
      agreements: AgreementFact[];
    }
  | { type: 'take' }
  | { type: 'assign'; staffId: string | null; reasonId: string | null }
  | { type: 'reply'; textId: string }
  | { type: 'note'; textId: string }
  | {
      type: 'ask-client';
      textId: string;
      missing: RequestPart[];
      byPhone: boolean;
      /** Whether the contact has an address on any channel (reading 5). */
      reachable: boolean;
    }
  | { type: 'return-to-work'; reasonId: string | null }
  | { type: 'escalate'; diagnosisId: string }
  | {
      type: 'record-development-decision';
      decision: DevelopmentDecision;
      textId: string;
      releaseId: string | null;
      targetDate: string | null;
    }
  | { type: 'postpone'; reason: PostponeReason; textId: string }
  | {
      type: 'complete';
      outcome: CompletionOutcome;
      textId: string;
      vendorId: string | null;
      releaseId: string | null;
    }
  | { type: 'resend-notice'; noticeId: string }
  | { type: 'told-by-phone'; noteId: string }
  | { type: 'judge-message'; messageId: string; verdict: Verdict; reasonId: string | null }
  | { type: 'put-ahead'; reasonId: string }
  | { type: 'mark-abusive'; messageId: string; reasonId: string }
  | { type: 'merge'; into: number; intoClientId: string | null; intoMayAbsorb: boolean }
  | { type: 'tie-update'; updateId: string; startedAt: Instant | null; endedAt: Instant | null };

export type StaffActType = StaffAct['type'];

/** What a client does, by a link, a button or a message. Each is committed as a message before it gets here. */
export type ClientAct =
  | {
      type: 'message-received';
      messageId: string;
      /** Written by a machine (an automatic reply, a delivery report): filed, ends nothing (reading 5). */
      automatic: boolean;
      channel: Channel;
    }
  | { type: 'confirm'; messageId: string }
  | { type: 'disagree'; messageId: string; hasReason: boolean };

/** What the system tells itself. */
export type SystemAct =
  | { type: 'notice-delivered'; noticeId: string }
  | { type: 'notice-failed'; noticeId: string }
  | { type: 'calendar-published'; calendar: WorkingCalendar }
  | { type: 'update-started'; updateId: string }
  | { type: 'update-ended'; updateId: string }
  | {
      type: 'absorb';
      from: number;
      clientId: string | null;
      receivedAt: Instant;
      firstRespondedAt: Instant | null;
      severity: Severity | null;
    }
  /** An act that an engineer tried by signal and that was refused: recorded, since no one was there to be told. */
  | { type: 'record-refusal'; act: StaffActType; code: string };

export type DeadlineAct = { type: DeadlineKind; dueAt: Instant };

export type Act = StaffAct | ClientAct | SystemAct | DeadlineAct;

/** An imperative with its actor and its instant. */
export type Command<A extends Act = Act> = A & {
  actor: Actor;
  /** The fact's own instant (reading 20): a message's receipt, a deadline's due instant, else the acceptance. */
  at: Instant;
  /** When the workflow learned of it; equal to `at` or later. */
  knownAt: Instant;
  /** The `revision` the caller saw, if he minds (If-Match). */
  expectedRevision?: number;
};
