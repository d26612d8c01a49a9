/**
 * The words that clients of the API, the database, the workflow and the console share.
 * One home: the schemas, the database enums and the labels are held to these lists by test/vocabulary.test.ts.
 */

export const CHANNELS = ['email', 'telegram', 'web-form', 'web-chat', 'phone'] as const;
export type Channel = (typeof CHANNELS)[number];

/** The levels of clause 2.5, from critical (1) to low (4). */
export const SEVERITIES = [1, 2, 3, 4] as const;
export type Severity = (typeof SEVERITIES)[number];

export const ROLES = ['agent', 'head', 'developer', 'administrator'] as const;
export type Role = (typeof ROLES)[number];

/** `received` is what lists show until the ticket's workflow has recorded its first event; no workflow is ever in it. */
export const STATUSES = [
  'received',
  'triage',
  'work',
  'waiting-on-client',
  'escalated-to-development',
  'completed',
  'awaiting-confirmation',
  'closed',
] as const;
export type Status = (typeof STATUSES)[number];
export type LiveStatus = Exclude<Status, 'received'>;
export type OpenStatus = Exclude<LiveStatus, 'closed'>;

export const IMPACTS = ['stopped', 'degraded', 'minor', 'consultation', 'reporting'] as const;
export type Impact = (typeof IMPACTS)[number];

export const FREQUENCIES = ['always', 'often', 'sometimes', 'once'] as const;
export type Frequency = (typeof FREQUENCIES)[number];

/** The four ends of processing, §3.6. */
export const OUTCOMES = ['information-provided', 'not-our-software', 'coming-update', 'client-unresponsive'] as const;
export type Outcome = (typeof OUTCOMES)[number];
/** What a specialist may give at completion; silence alone ends a ticket as unresponsive. */
export const COMPLETION_OUTCOMES = ['information-provided', 'not-our-software', 'coming-update'] as const;
export type CompletionOutcome = (typeof COMPLETION_OUTCOMES)[number];

export const CLOSING_REASONS = ['confirmed', 'no-answer', 'client-silent', 'declined', 'merged'] as const;
export type ClosingReason = (typeof CLOSING_REASONS)[number];

export const DECLINE_REASONS = ['no-valid-agreement', 'out-of-scope', 'not-a-request', 'unknown-sender'] as const;
export type DeclineReason = (typeof DECLINE_REASONS)[number];

/** Why a solution is put off, §3.4. */
export const POSTPONE_REASONS = [
  'not-enough-information',
  'needs-development',
  'technical-requirements-broken',
  'out-of-scope',
] as const;
export type PostponeReason = (typeof POSTPONE_REASONS)[number];

export const DEVELOPMENT_DECISIONS = ['planned', 'declined'] as const;
export type DevelopmentDecision = (typeof DEVELOPMENT_DECISIONS)[number];

export const VERDICTS = ['confirms', 'disagrees', 'neither'] as const;
export type Verdict = (typeof VERDICTS)[number];

export const CLOCKS = ['first-response', 'resolution'] as const;
export type ClockName = (typeof CLOCKS)[number];

export const DEADLINE_KINDS = [
  'first-response-warning',
  'first-response-due',
  'resolution-warning',
  'resolution-due',
  'client-reminder',
  'silence-limit',
  'confirmation-limit',
  'not-told-alarm',
  'development-target-warning',
  'development-target-due',
] as const;
export type DeadlineKind = (typeof DEADLINE_KINDS)[number];

/** What a full request has besides its problem, §3.2. */
export const REQUEST_PARTS = ['steps', 'screenshots', 'frequency', 'phone', 'email', 'full-name'] as const;
export type RequestPart = (typeof REQUEST_PARTS)[number];

/** How the client's agreement stood on the day of receipt, §1.3. */
export const AGREEMENT_STANDINGS = [
  'valid',
  'ended',
  'not-yet-begun',
  'product-not-covered',
  'none',
  'unknown',
] as const;
export type AgreementStanding = (typeof AGREEMENT_STANDINGS)[number];

export const LANGUAGES = ['ru', 'ky', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];
