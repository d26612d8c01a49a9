import type { Actor } from './actor.ts';
import { roleOf, SYSTEM } from './actor.ts';
import { standingOn } from './agreement.ts';
import type { AgreementFact } from './agreement.ts';
import { clauseOf } from './clauses.ts';
import type { Act, Command, StaffAct, StaffActType } from './commands.ts';
import { decideClientAct } from './decide-client.ts';
import { decideDeadline } from './decide-deadline.ts';
import { decideStaffAct, refuseArguments } from './decide-staff.ts';
import { decideSystemAct } from './decide-system.ts';
import type { TicketEvent, TicketFact } from './events.ts';
import { evolve } from './evolve.ts';
import type { Instant } from './instant.ts';
import { refuseAbsorbing } from './merging.ts';
import { foundByMoving } from './moved-deadlines.ts';
import { proposeSeverity } from './proposal.ts';
import { refuse } from './refusal.ts';
import type { Refusal } from './refusal.ts';
import { noticesOnTheWay } from './ticket.ts';
import type { Ticket } from './ticket.ts';
import { isStaffAct, STAFF_ACTS } from './transitions.ts';
import { DEADLINE_KINDS } from './vocabulary.ts';
import type { Channel, DeadlineKind, Impact, LiveStatus } from './vocabulary.ts';
import { localDateOf } from './working-calendar.ts';
import type { WorkingCalendar } from './working-calendar.ts';

/** What comes of a command: the events, perhaps none, or the reason why it may not be. */
export type Decision = { events: TicketEvent[] } | Refusal;

export function isRefused(decision: Decision): decision is Refusal {
  return 'refused' in decision;
}

/**
 * Whether a command may be carried out, and what happens if it is. The only place that says so: the workflow, the API's
 * `allowed` list and the console's buttons all ask here (docs/architecture.md). Deadlines that fall before the command
 * must have been applied already (reading 20).
 * @throws HorizonExceeded when the calendar ends before an answer that is needed
 */
export function decide(command: Command, ticket: Ticket, calendar: WorkingCalendar): Decision {
  if (ticket.status === 'closed')
    return refuse('ticket-closed', `ticket ${ticket.number} is closed; nothing reopens it`);
  const refusal = refuseCommand(command, ticket, calendar);
  if (refusal !== null) return refusal;
  const facts = factsFor(command, ticket, calendar);
  const events = numbered(command, ticket, facts);
  return { events: withFound(command, ticket, events, calendar) };
}

/** The acts an actor may do now, each with the fields it needs, by the contract's names. */
export function allowedActs(ticket: Ticket, actor: Actor): { type: StaffActType; needs: string[] }[] {
  if (ticket.status === 'closed') return [];
  return (Object.keys(STAFF_ACTS) as StaffActType[])
    .filter((type) => refuseInState(type, ticket, actor) === null)
    .map((type) => ({ type, needs: [...STAFF_ACTS[type].needs, ...furtherNeeds(type, ticket)] }));
}

/** What intake knows of a request; `receivedAt` is the receipt of reading 4. */
export interface ReceivedRequest {
  number: number;
  edition: string;
  channel: Channel;
  receivedAt: Instant;
  clientId: string | null;
  contactId: string | null;
  productId: string | null;
  agreements: AgreementFact[];
  impact: Impact | null;
  affectedUsers: number | null;
  messageId: string;
  followUpOf: number | null;
}

/** The first event of a ticket: every request is registered, a full one or not (§2.3, §3.2); no one may refuse here. */
export function receiveTicket(
  request: ReceivedRequest,
  knownAt: Instant,
  calendar: WorkingCalendar,
): TicketEvent & { type: 'ticket-received' } {
  const { receivedAt, ...known } = request;
  const date = localDateOf(calendar, receivedAt);
  return {
    ...known,
    type: 'ticket-received',
    agreementStanding: request.clientId === null ? 'unknown' : standingOn(request.agreements, date, request.productId),
    proposedSeverity: proposeSeverity(request.impact),
    calendarVersion: calendar.version,
    version: 1,
    at: receivedAt,
    knownAt,
    actor: { kind: 'client', contactId: request.contactId },
    clause: '2.3',
  };
}

const STATUS_WORDS: Record<LiveStatus, string> = {
  triage: 'in triage',
  work: 'in work',
  'waiting-on-client': 'waiting on the client',
  'escalated-to-development': 'escalated to development',
  completed: 'completed and not yet told to the client',
  'awaiting-confirmation': "awaiting the client's confirmation",
  closed: 'closed',
};

type StaffCommand = Command<StaffAct>;

function isStaffCommand(command: Command): command is StaffCommand {
  return isStaffAct(command.type);
}

function isDeadlineCommand(command: Command): command is Command<Extract<Act, { dueAt: Instant }>> {
  return DEADLINE_KINDS.includes(command.type as DeadlineKind);
}

function refuseCommand(command: Command, ticket: Ticket, calendar: WorkingCalendar): Refusal | null {
  if (isStaffCommand(command)) return refuseStaff(command, ticket, calendar);
  return command.type === 'absorb' ? refuseAbsorbing(command, ticket) : null;
}

function refuseStaff(command: StaffCommand, ticket: Ticket, calendar: WorkingCalendar): Refusal | null {
  const refusal = refuseInState(command.type, ticket, command.actor);
  if (refusal?.refused === 'wrong-role') return refusal;
  if (command.expectedRevision !== undefined && command.expectedRevision !== ticket.revision) {
    return refuse(
      'stale-revision',
      `you saw revision ${command.expectedRevision} of ticket ${ticket.number}; it is at ${ticket.revision} now`,
    );
  }
  return refusal ?? refuseArguments(command, ticket, calendar);
}

/** Whether the role and the ticket's state allow an act of this type at all, whatever its arguments. Roles come first. */
function refuseInState(type: StaffActType, ticket: Ticket, actor: Actor): Refusal | null {
  const rule = STAFF_ACTS[type];
  const role = roleOf(actor);
  const developerReturns = type === 'return-to-work' && role === 'developer';
  if (role === null || !rule.roles.includes(role)) {
    return refuse('wrong-role', `${type} is for ${rule.roles.join(', ')}; you are ${role ?? 'not staff'}`);
  }
  if (type === 'take' && actor.kind !== 'staff') {
    return refuse('wrong-role', 'take is for agents and the head themselves; use assign to name the assignee');
  }
  const from: readonly string[] = developerReturns ? ['escalated-to-development'] : rule.from;
  if (!from.includes(ticket.status)) {
    return refuse(
      'wrong-status',
      `cannot ${type} ticket ${ticket.number}: it is ${STATUS_WORDS[ticket.status]}; allowed from ${from.join(', ')}`,
    );
  }
  return refuseByState(type, ticket);
}

function refuseByState(type: StaffActType, ticket: Ticket): Refusal | null {
  switch (type) {
    case 'take':
      return ticket.assigneeId === null
        ? null
        : refuse('already-assigned', `ticket ${ticket.number} already has an assignee; use assign to hand it over`);
    case 'put-ahead':
      return ticket.putAheadAt === null ? null : refuse('already-ahead', `ticket ${ticket.number} is ahead already`);
    case 'classify':
      return ticket.clientId === null
        ? refuse('client-required', `ticket ${ticket.number} has no client yet: link one, or decline it`)
        : null;
    case 'merge':
      return ticket.clientId === null
        ? refuse(
            'client-required',
            `ticket ${ticket.number} has no client yet, so no other ticket is of the same client`,
          )
        : null;
    case 'resend-notice':
      return noticesOnTheWay(ticket).length > 0
        ? null
        : refuse(
            'unknown-notice',
            `ticket ${ticket.number} has no notice to send again: the client was asked by telephone`,
          );
    case 'judge-message':
      return 'completion' in ticket && ticket.completion.unjudged.length > 0
        ? null
        : refuse('nothing-to-judge', `no message of ticket ${ticket.number} waits for judgement`);
    default:
      return null;
  }
}

function furtherNeeds(type: StaffActType, ticket: Ticket): string[] {
  if (type !== 'classify') return [];
  return [...(ticket.productId === null ? ['productId'] : []), ...(ticket.severity === null ? [] : ['reason'])];
}

function factsFor(command: Command, ticket: Ticket, calendar: WorkingCalendar): TicketFact[] {
  if (isStaffCommand(command)) return decideStaffAct(command, ticket, calendar);
  if (isDeadlineCommand(command)) return decideDeadline(command, ticket, calendar);
  switch (command.type) {
    case 'message-received':
    case 'confirm':
    case 'disagree':
      return decideClientAct(command, ticket);
    default:
      return decideSystemAct(command, ticket, calendar);
  }
}

function numbered(command: Command, ticket: Ticket, facts: TicketFact[]): TicketEvent[] {
  return facts.map((fact, index) => ({
    ...fact,
    version: ticket.version + 1 + index,
    at: command.at,
    knownAt: command.knownAt,
    actor: command.actor,
    clause: clauseOf(fact, ticket.status),
  }));
}

/** Adds the breaches that the command itself has made or uncovered by moving a deadline into the past. */
function withFound(command: Command, ticket: Ticket, events: TicketEvent[], calendar: WorkingCalendar): TicketEvent[] {
  const after = events.reduce<Ticket>(evolve, ticket);
  const inForce = command.type === 'calendar-published' ? command.calendar : calendar;
  const found = foundByMoving({ events, after, calendar: inForce });
  // A fact learned late may have uncovered a limit that fell due after it: the breach is no older than the limit.
  const at = Math.max(command.at, ...found.map(({ dueAt }) => dueAt));
  return [...events, ...numbered({ ...command, actor: SYSTEM, at }, after, found)];
}
