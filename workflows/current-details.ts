import { firstResponseDueAt, nextDeadline } from '../regulation/deadlines.ts';
import type { Deadline } from '../regulation/deadlines.ts';
import { allowedActs } from '../regulation/decide.ts';
import { HorizonExceeded } from '../regulation/errors.ts';
import { clocksOf } from '../regulation/explain.ts';
import { HOUR_MS, MINUTE_MS } from '../regulation/instant.ts';
import type { Instant } from '../regulation/instant.ts';
import { effectiveSeverity, resolutionLimit } from '../regulation/resolution.ts';
import type { Ticket } from '../regulation/ticket.ts';
import type { DeadlineKind, LiveStatus } from '../regulation/vocabulary.ts';
import { localTimeOf } from '../regulation/working-calendar.ts';
import type { WorkingCalendar } from '../regulation/working-calendar.ts';

export interface Shown {
  ticket: Ticket;
  calendar: WorkingCalendar;
  recordedVersion: number;
  pendingNotices: readonly string[];
  now: Instant;
}

/**
 * The ticket for an engineer in the Temporal UI, as Markdown: enough to understand it without another tool. Ids, codes
 * and instants alone. Times are the wall clock of the calendar's place.
 */
export function currentDetails(shown: Shown): string {
  try {
    return [heading(shown), clocks(shown), next(shown), possible(shown), onTheWay(shown)].join('\n\n');
  } catch (error) {
    if (!(error instanceof HorizonExceeded)) throw error;
    const ends = wallClock(error.to, shown.calendar);
    return `${heading(shown)}\n\n**Stuck:** the working calendar ends at ${ends}. Publish a longer one.`;
  }
}

/** What a timer waits for, as a row of the history names it. */
export function deadlineSummary(due: Deadline, calendar: WorkingCalendar): string {
  return `${due.kind} at ${wallClock(due.at, calendar)}`;
}

const STATUS_MEANINGS: Readonly<Record<LiveStatus, string>> = {
  triage: 'in triage: a specialist has to determine the impact and assign a level (§2.5)',
  work: 'in work',
  'waiting-on-client': 'waiting on the client',
  'escalated-to-development': 'escalated to development: the resolution clock stands (§1.4)',
  completed: 'completed; the client has not been told yet (§3.7)',
  'awaiting-confirmation': 'the client has been told and may confirm or disagree (§3.7)',
  closed: 'closed',
};

const DEADLINE_MEANINGS: Readonly<Record<DeadlineKind, string>> = {
  'first-response-warning': 'warns that nobody has answered yet (§2.6)',
  'first-response-due': 'records the breach of the first response (§2.6)',
  'resolution-warning': 'warns that three quarters of the resolution limit are used (§2.6)',
  'resolution-due': 'records the breach of the resolution limit; in triage, an alarm (§2.6)',
  'client-reminder': 'reminds the client of the question (§3.6)',
  'silence-limit': 'closes the ticket as client-silent, unless the client has written (§3.6)',
  'confirmation-limit': 'closes the ticket as no-answer, unless a message waits for judgement (§3.7)',
  'not-told-alarm': 'alarms that the client could not be told of the completion (§3.7)',
  'development-target-warning': "warns of development's target date (§1.4)",
  'development-target-due': "records that development's target date has passed (§1.4)",
};

function heading({ ticket, calendar }: Shown): string {
  const level = ticket.severity === null ? `${effectiveSeverity(ticket)} (provisional)` : String(ticket.severity);
  const closing =
    ticket.status === 'closed'
      ? `: ${ticket.closedBecause}${ticket.outcome === null ? '' : `, ${ticket.outcome}`}, ${wallClock(ticket.closedAt, calendar)}`
      : '';
  return [
    `### Ticket ${ticket.number}: ${STATUS_MEANINGS[ticket.status]}${closing}`,
    `severity ${level} · client ${code(ticket.clientId)} · product ${code(ticket.productId)} · ${ticket.channel} · ` +
      `assignee ${code(ticket.assigneeId)} · received ${wallClock(ticket.receivedAt, calendar)}`,
  ].join('\n\n');
}

function clocks({ ticket, calendar, now }: Shown): string {
  const { firstResponse, resolution } = clocksOf(ticket, calendar, now);
  const { limitMs, hours } = resolutionLimit(ticket);
  const breached = (at: Instant | undefined): string => (at === undefined ? '' : `**${wallClock(at, calendar)}**`);
  const due = resolution.dueAt === null ? '' : wallClock(resolution.dueAt, calendar);
  return [
    `| clock | state | due | used by ${wallClock(now, calendar)} | breached |`,
    '| --- | --- | --- | --- | --- |',
    `| first response | ${firstResponse.state} | ${wallClock(firstResponseDueAt(ticket), calendar)} | ` +
      `${duration(firstResponse.elapsedMs)} | ${breached(firstResponse.breachedAt)} |`,
    `| resolution | ${resolution.state}${resolution.provisional ? ', provisional' : ''} | ${due} | ` +
      `${duration(resolution.elapsedMs)} of ${duration(limitMs)}, ${hours} | ${breached(resolution.breachedAt)} |`,
  ].join('\n');
}

function next({ ticket, calendar }: Shown): string {
  const due = nextDeadline(ticket, calendar);
  if (due === null) return '**Next:** nothing falls due by itself.';
  return `**Next:** ${due.kind} at ${wallClock(due.at, calendar)} ${DEADLINE_MEANINGS[due.kind]}.`;
}

function possible({ ticket }: Shown): string {
  const acts = allowedActs(ticket, { kind: 'engineer' }).map(({ type }) => type);
  if (acts.length === 0) return '**Possible now:** nothing; a later message opens a follow-up ticket.';
  const signals = [
    ...(acts.includes('return-to-work') ? ['`return-to-work`'] : []),
    ...(acts.includes('assign') ? ['`assign` with `{"staffId": "…"}` or `{"staffId": null}`'] : []),
    ...(acts.includes('resend-notice') ? ['`resend-notice` with `{"noticeId": "…"}`'] : []),
    '`calendar-published` with `{"version": …}`',
  ];
  return `**Possible now** (by agents and the head, through the API): ${acts.join(', ')}.\n\n**By signal from here:** ${signals.join('; ')}.`;
}

function onTheWay({ ticket, recordedVersion, pendingNotices }: Shown): string {
  const recorded =
    recordedVersion === ticket.version
      ? `all ${ticket.version} events are in the database`
      : `**${ticket.version - recordedVersion} of ${ticket.version} events are not in the database yet**`;
  const notices =
    pendingNotices.length === 0
      ? 'no notice is on its way'
      : `notices on their way: ${pendingNotices.map(code).join(', ')}`;
  return `**On the way:** ${recorded}; ${notices}. Calendar ${ticket.calendarVersion}, edition ${ticket.edition}.`;
}

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;

/** Outside the calendar's horizon no offset is known, and the time is told in UTC. */
function wallClock(t: Instant, calendar: WorkingCalendar): string {
  if (t < calendar.from || t > calendar.to) return new Date(t).toISOString();
  const { date, time } = localTimeOf(calendar, t);
  return `${WEEKDAYS[new Date(`${date}T00:00Z`).getUTCDay()] ?? ''} ${date} ${time}`;
}

function duration(ms: number): string {
  const minutes = Math.floor(ms / MINUTE_MS);
  const hours = Math.floor(ms / HOUR_MS);
  return hours === 0 ? `${minutes} min` : `${hours} h ${minutes % 60} min`;
}

function code(id: string | null): string {
  return id === null ? '–' : `\`${id}\``;
}
