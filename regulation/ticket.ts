import type { AgreementFact } from './agreement.ts';
import type { Clock } from './clock.ts';
import type { Instant } from './instant.ts';
import type {
  AgreementStanding,
  Channel,
  ClosingReason,
  CompletionOutcome,
  DeadlineKind,
  Impact,
  Outcome,
  Severity,
} from './vocabulary.ts';

/** A limit that was passed. It is never erased; a superseded one stays for the record and does not count (readings 1, 9, 10). */
export interface Breach {
  /** The instant at which the limit was used up, whatever workers were doing then. */
  dueAt: Instant;
  /** When the workflow learned of it. */
  knownAt: Instant;
  cause: 'time' | 'reclassification' | 'resumption' | 'calendar' | 'merge';
  superseded: boolean;
}

/** A deadline that has been dealt with, by its kind and its value, so that none repeats and none is lost. */
export interface FiredDeadline {
  kind: DeadlineKind;
  /** The deadline's value that was warned of or passed. */
  dueAt: Instant;
}

export interface FirstResponse {
  /** The first act of a person that the client sees (§2.6, reading 16), or null. */
  at: Instant | null;
  /** The last instant at which the deadline was moved, by merging; a warning whose instant is before it is not sent. */
  movedAt: Instant;
  breaches: Breach[];
}

export interface Resolution {
  clock: Clock;
  /** The last instant at which the deadline was moved; a warning whose instant is before it is not sent (reading 9). */
  movedAt: Instant;
  breaches: Breach[];
  /**
   * Whether a breach stands for the level in force, so that no further one is announced for it: not by a resumption, not
   * by a harder level (readings 1 and 8). An easier level, or a calendar that removes the breach, gives a new chance.
   */
  breachStands: boolean;
}

/** What every ticket has in every status. Plain JSON: ids, codes and instants, never a person's words. */
export interface TicketFacts {
  number: number;
  edition: string;
  /** How many events this ticket has had. */
  version: number;
  /** How many of them were acts of people. */
  revision: number;
  channel: Channel;
  receivedAt: Instant;
  clientId: string | null;
  contactId: string | null;
  productId: string | null;
  agreements: AgreementFact[];
  agreementStanding: AgreementStanding;
  impact: Impact | null;
  affectedUsers: number | null;
  proposedSeverity: Severity | null;
  severity: Severity | null;
  assigneeId: string | null;
  /** Put ahead within its own severity, §2.3. */
  putAheadAt: Instant | null;
  firstResponse: FirstResponse;
  resolution: Resolution;
  fired: FiredDeadline[];
  /** Updates this ticket is tied to, kept at every level (§2.7). */
  updates: { updateId: string; tiedAt: Instant; startedAt: Instant | null; endedAt: Instant | null }[];
  followUpOf: number | null;
  /** The tickets that were merged into this one (reading 13). */
  absorbed: number[];
  calendarVersion: number;
}

/** Silence after a question (§3.6, readings 5 and 6). */
export interface Waiting {
  askedAt: Instant;
  /** The notices that carry the question and its repeats. */
  noticeIds: string[];
  /** Each hand-over of a question or a reminder, in order; the first one starts the pause and the silence. */
  handedOverAt: Instant[];
  /** What was handed over at each of them: a notice, or null for a telephone call. */
  handedOverIds: (string | null)[];
  silence: Clock | null;
  lastReminderAt: Instant | null;
}

export interface DevelopmentPlan {
  decidedAt: Instant;
  releaseId: string | null;
  /** A local date; it falls due at 18:00 of that day (reading 19). */
  targetDate: string | null;
}

export interface Completion {
  completedAt: Instant;
  outcome: CompletionOutcome;
  textId: string;
  vendorId: string | null;
  releaseId: string | null;
  /** The notices that carry it: the first one and each that was sent again. */
  noticeIds: string[];
  /** Messages of the client that wait for the specialist's judgement (reading 7). */
  unjudged: { messageId: string; receivedAt: Instant }[];
}

export type TriageTicket = TicketFacts & { status: 'triage' };
export type WorkTicket = TicketFacts & { status: 'work' };
export type WaitingTicket = TicketFacts & { status: 'waiting-on-client'; waiting: Waiting };
export type EscalatedTicket = TicketFacts & {
  status: 'escalated-to-development';
  escalatedAt: Instant;
  diagnosisId: string;
  plan: DevelopmentPlan | null;
};
export type CompletedTicket = TicketFacts & {
  status: 'completed';
  completion: Completion;
  /** The instant since which telling has failed on every channel, or of the last alarm about it; null while it is under way. */
  telling: { failedAt: Instant; lastAlarmAt: Instant | null } | null;
};
export type AwaitingTicket = TicketFacts & {
  status: 'awaiting-confirmation';
  completion: Completion;
  toldAt: Instant;
  /** The notice by which he was told; null for a telephone call, which no bounce can void. */
  toldBy: string | null;
  /** The 24 hours ended while a message waited for judgement (reading 7). */
  limitPassedAt: Instant | null;
};
export type ClosedTicket = TicketFacts & {
  status: 'closed';
  closedAt: Instant;
  closedBecause: ClosingReason;
  outcome: Outcome | null;
  mergedInto: number | null;
  /** The notices of the last completion: a bounce of one still raises an alarm (reading 7). */
  completionNoticeIds: string[];
};

export type Ticket =
  TriageTicket | WorkTicket | WaitingTicket | EscalatedTicket | CompletedTicket | AwaitingTicket | ClosedTicket;

/** The facts alone, to be joined with another status. */
export function factsOf(ticket: Ticket): TicketFacts {
  const {
    number,
    edition,
    version,
    revision,
    channel,
    receivedAt,
    clientId,
    contactId,
    productId,
    agreements,
    agreementStanding,
    impact,
    affectedUsers,
    proposedSeverity,
    severity,
    assigneeId,
    putAheadAt,
    firstResponse,
    resolution,
    fired,
    updates,
    followUpOf,
    absorbed,
    calendarVersion,
  } = ticket;
  return {
    number,
    edition,
    version,
    revision,
    channel,
    receivedAt,
    clientId,
    contactId,
    productId,
    agreements,
    agreementStanding,
    impact,
    affectedUsers,
    proposedSeverity,
    severity,
    assigneeId,
    putAheadAt,
    firstResponse,
    resolution,
    fired,
    updates,
    followUpOf,
    absorbed,
    calendarVersion,
  };
}

/** The notices that are being, or have been, told about the present question or completion. */
export function noticesOnTheWay(ticket: Ticket): readonly string[] {
  if (ticket.status === 'waiting-on-client') return ticket.waiting.noticeIds;
  return ticket.status === 'completed' ? ticket.completion.noticeIds : [];
}

/** The breach that counts, if any: the first that no calendar change has superseded. */
export function breachThatCounts(breaches: readonly Breach[]): Breach | null {
  return breaches.find((one) => !one.superseded) ?? null;
}
