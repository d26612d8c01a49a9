import { REMARK } from '../../../prisma/staff-texts.ts';
import type { StaffActType } from '../../../regulation/commands.ts';
import type { TicketEvent, TicketFactType } from '../../../regulation/events.ts';
import { evolve } from '../../../regulation/evolve.ts';
import type { Ticket } from '../../../regulation/ticket.ts';
import { identityOf } from './evidence.ts';
import type { Evidence, KeptMessage, KeptTicket } from './evidence.ts';
import { wrongDeadlines } from './wrong-deadlines.ts';
import { wrongLetters, wrongNotices } from './wrong-letters.ts';

/**
 * Everything that is wrong with what a storm has left, one sentence each; none when all invariants hold. What was asked
 * and answered (H), the records (R), the workflows (W) and the letters (S) must tell the same story.
 */
export function objectionsTo(evidence: Evidence): string[] {
  return [
    ...lostOrDoubledMessages(evidence),
    ...lostOrDoubledTickets(evidence),
    ...evidence.tickets.flatMap((ticket) => [...brokenTrail(ticket)]),
    ...lostOrDoubledCommands(evidence),
    ...wronglyTakenMessages(evidence),
    ...evidence.tickets.flatMap((ticket) => [...wrongDeadlines(ticket, evidence)]),
    ...evidence.tickets.flatMap((ticket) => [...reopened(ticket)]),
    ...wrongNotices(evidence),
    ...wrongLetters(evidence),
    ...stillPending(evidence),
    ...sickWorkflows(evidence),
    ...tellingLogs(evidence),
    ...evidence.asked.contradictions.map((one) => `the same key had two answers: ${one}`),
  ];
}

/** Every 202 has exactly one message; nothing else has one (threats, invariants 1 and 2). */
function* lostOrDoubledMessages({ asked, messages }: Evidence): Generator<string> {
  const expected = new Map<string, string[]>();
  const confirmed = new Map<number, number>();
  const brought = new Map<string, { words: string; number: number; firsts: number }>();
  for (const { words, act, identity, number, duplicate } of asked.accepted) {
    if (act === 'confirm') confirmed.set(number, (confirmed.get(number) ?? 0) + 1);
    else if (identity === null) expected.set(words, [`message "${words}"`]);
    else {
      const key = identityOf(identity);
      const first = brought.get(key) ?? { words, number, firsts: 0 };
      brought.set(key, { ...first, firsts: first.firsts + (duplicate ? 0 : 1) });
      if (number !== first.number) yield `${key} was told to be on tickets ${first.number} and ${number}`;
    }
  }
  for (const [words] of expected) {
    const rows = messages.filter(({ text }) => text === words);
    if (rows.length !== 1) yield `message "${words}" was accepted once and is kept ${rows.length} times`;
  }
  for (const [key, { words, number, firsts }] of brought) {
    const rows = messages.filter(({ identity }) => identity === key);
    if (rows.length !== 1) yield `message ${key} was accepted once and is kept ${rows.length} times`;
    if (rows.some(({ text }) => text !== words)) yield `message ${key} is not kept in its first words`;
    if (rows.some((row) => whereOf(row) !== number))
      yield `message ${key} is not on the ticket that was told, ${number}`;
    if (firsts > 1) yield `message ${key} was called the first ${firsts} times`;
  }
  for (const [number, count] of confirmed) {
    const rows = messages.filter(({ act, ticketNumber }) => act === 'confirm' && ticketNumber === number);
    if (rows.length !== count)
      yield `ticket ${number} was confirmed ${count} times and has ${rows.length} confirmations`;
  }
  const all = expected.size + brought.size + [...confirmed.values()].reduce((sum, count) => sum + count, 0);
  if (messages.length !== all) yield `${all} messages were accepted and ${messages.length} are kept`;
  for (const { id, hasOriginal } of messages) if (!hasOriginal) yield `message ${id} has lost its original bytes`;
}

function whereOf({ ticketNumber, followUpNumber }: KeptMessage): number {
  return followUpNumber ?? ticketNumber;
}

/** Every request is one ticket with one workflow, and a closed ticket has one follow-up at most (invariants 1, 2 and 5). */
function* lostOrDoubledTickets({ asked, messages, tickets, runs }: Evidence): Generator<string> {
  const opening = new Set(asked.accepted.filter(({ way }) => way !== 'link').map(({ number }) => number));
  const kept = tickets.filter(({ followUpOf }) => followUpOf === null);
  if (kept.length !== opening.size) yield `${opening.size} requests were accepted and ${kept.length} are kept`;
  for (const number of opening) {
    if (!kept.some((one) => one.number === number)) yield `request ${number} was accepted and is lost`;
  }
  for (const { number, firstMessageId, followUpOf, events } of tickets) {
    const first = messages.filter(({ id }) => id === firstMessageId);
    if (first.length !== 1) yield `ticket ${number} was opened by ${first.length} messages`;
    const workflows = runs.filter(({ workflowId }) => workflowId === `ticket-${number}`);
    if (workflows.length !== 1) yield `ticket ${number} has ${workflows.length} workflow runs`;
    const followUps = tickets.filter((one) => one.followUpOf === number);
    if (followUps.length > 1) yield `ticket ${number} has ${followUps.length} follow-ups`;
    if (followUpOf !== null && first.some((row) => row.followUpNumber !== number)) {
      yield `follow-up ${number} was opened by a message that is not given to it`;
    }
    if (events[0]?.type !== 'ticket-received') yield `ticket ${number} does not begin with its receipt`;
  }
}

/** Versions without gaps, and the fold of the events is what the records and the workflow have (invariants 3 and 4). */
function* brokenTrail({ number, events, state, workflow }: KeptTicket): Generator<string> {
  const gap = events.findIndex(({ version }, index) => version !== index + 1);
  if (gap !== -1) {
    yield `ticket ${number} has event ${events[gap]?.version} in place ${gap + 1}`;
    return;
  }
  const folded = foldOf(events);
  if (canonical(folded) !== canonical(state)) yield `ticket ${number} is not the fold of its events`;
  if (workflow === null) {
    yield `the workflow of ticket ${number} does not answer`;
    return;
  }
  if (canonical(workflow.ticket) !== canonical(state)) yield `the workflow of ticket ${number} knows another ticket`;
  if (workflow.recordedVersion !== events.length) {
    yield `the workflow of ticket ${number} knows version ${workflow.recordedVersion} recorded, of ${events.length}`;
  }
}

function foldOf(events: readonly TicketEvent[]): Ticket | null {
  return events.reduce<Ticket | null>((ticket, event) => evolve(ticket, event), null);
}

/** The same for two values that are the same, whatever the order of their fields. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

/** What the storm's acts are called once they have happened. */
const EVENT_OF: Partial<Record<StaffActType, TicketFactType>> = {
  take: 'assigned',
  classify: 'classified',
  reply: 'replied',
  note: 'noted',
  'ask-client': 'client-asked',
  'return-to-work': 'returned-to-work',
  escalate: 'escalated',
  'record-development-decision': 'development-decided',
  postpone: 'postponed',
  complete: 'completed',
  'judge-message': 'message-judged',
  decline: 'declined',
};

/** What an act may bring with it; it is counted with the act. */
const CONSEQUENCES: readonly TicketFactType[] = ['closed', 'resolution-breached', 'resolution-alarmed'];

/** An accepted act is one event of its actor, a refused one is none, and nobody did what he did not ask for (invariants 12 and 14). */
function* lostOrDoubledCommands({ asked, tickets, texts }: Evidence): Generator<string> {
  const ofStaff = tickets.flatMap(({ number, events }) =>
    events.flatMap((event) =>
      event.actor.kind === 'staff' && !CONSEQUENCES.includes(event.type) ? [{ number, event }] : [],
    ),
  );
  const remarks = new Set(texts.filter(({ act }) => act === REMARK).map(({ body }) => body));
  const done = asked.commanded.filter(({ status, words }) => status === 200 && !remarks.has(words ?? ''));
  if (done.length !== ofStaff.length) yield `${done.length} acts were accepted and ${ofStaff.length} are in the trails`;
  for (const { type, words, number, staffId, role, status, code, version } of asked.commanded) {
    const what = `${type} of ${role} on ticket ${number} (${words ?? 'without words'})`;
    if (status !== 200 && status !== 409) yield `${what} was answered ${status} ${code}`;
    if (words === null) continue;
    const kept = texts.filter(({ body }) => body === words);
    const named = ofStaff.filter(({ event }) => kept.some(({ id }) => Object.values(event).includes(id)));
    // A note on a closed ticket is a remark, which changes nothing.
    const isRemark = type === 'note' && status === 200 && kept.length === 1 && kept[0]?.act === REMARK;
    if (isRemark && tickets.find((one) => one.number === number)?.state?.status !== 'closed') {
      yield `${what} is a remark, and the ticket is open`;
    }
    if (named.length !== (status === 200 && !isRemark ? 1 : 0))
      yield `${what}, answered ${status}, is in the trails ${named.length} times`;
    for (const one of named) {
      const { actor } = one.event;
      const isHis = actor.kind === 'staff' && actor.staffId === staffId && actor.role === role;
      if (!isHis) yield `${what} is in the trail as an act of ${JSON.stringify(actor)}`;
      if (one.number !== number || one.event.type !== EVENT_OF[type])
        yield `${what} became ${one.event.type} of ${one.number}`;
      if (version !== null && one.event.version > version) yield `${what} was answered before it was recorded`;
    }
  }
  const takings = done.filter(({ type }) => type === 'take');
  for (const { number, staffId } of takings) {
    const wanted = takings.filter((one) => one.number === number && one.staffId === staffId).length;
    const found = ofStaff.filter(
      (one) => one.number === number && one.event.type === 'assigned' && one.event.staffId === staffId,
    ).length;
    if (found !== wanted) yield `ticket ${number} was taken ${wanted} times by ${staffId} and has ${found} takings`;
  }
}

/** Each message is taken up by one event of its client, on the ticket or its follow-up, or is only noted after closing (reading 12). */
function* wronglyTakenMessages({ messages, tickets }: Evidence): Generator<string> {
  for (const message of messages) {
    const named = tickets.flatMap(({ number, events }) =>
      events.flatMap((event) =>
        // Staff judge a message, and may close by it; it was taken up before.
        'messageId' in event && event.messageId === message.id && event.actor.kind !== 'staff'
          ? [{ number, event }]
          : [],
      ),
    );
    const [first] = named;
    const ticket = tickets.find(({ number }) => number === whereOf(message));
    const mayBeNoted = message.act === 'confirm' && ticket?.state?.status === 'closed';
    if (named.length > 1 || (named.length === 0 && !mayBeNoted)) {
      yield `message "${message.text}" (${message.act}) of ticket ${message.ticketNumber} is in the trails ${named.length} times`;
    }
    if (first === undefined) continue;
    if (first.number !== whereOf(message)) yield `message ${message.id} is in the trail of ticket ${first.number}`;
    if (first.event.actor.kind !== 'client') yield `message ${message.id} is an act of ${first.event.actor.kind}`;
  }
}

/** Closed stays closed (invariant 5). */
function* reopened({ number, events }: KeptTicket): Generator<string> {
  const end = events.findIndex(({ type }) => type === 'closed' || type === 'declined');
  if (end === -1) return;
  for (const { type } of events.slice(end + 1)) yield `${type} came after the closing of ticket ${number}`;
}

function* stillPending({ messages, tickets }: Evidence): Generator<string> {
  for (const { id, isDispatched, isSettled } of messages) {
    if (!isDispatched) yield `message ${id} still waits to be dispatched`;
    else if (!isSettled) yield `message ${id} is still not settled`;
  }
  for (const { number, workflow } of tickets) {
    const pending = workflow?.pendingNotices ?? [];
    if (pending.length > 0) yield `ticket ${number} still has notices on their way: ${pending.join(', ')}`;
  }
}

/** No workflow failed, none stumbled over the same task, and no person's words are in a history (invariant 17; DESIGN.md, invariant 3). */
function* sickWorkflows({ runs }: Evidence): Generator<string> {
  for (const { workflowId, status, taskFailures, personalText } of runs) {
    if (!/^(RUNNING|COMPLETED)$/.test(status)) yield `${workflowId} is ${status}`;
    for (const failure of taskFailures) {
      if (!/UNHANDLED_COMMAND/.test(failure)) yield `a task of ${workflowId} failed: ${failure}`;
    }
    if (personalText.length > 0) yield `the history of ${workflowId} has ${personalText.join(', ')}`;
  }
}

/** Logs have ids alone (threats S34). */
function* tellingLogs({ logs }: Evidence): Generator<string> {
  for (const { file, personalText } of logs)
    if (personalText.length > 0) yield `the log ${file} has ${personalText.join(', ')}`;
}
