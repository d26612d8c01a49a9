import type { TicketEvent } from '../../../regulation/events.ts';
import type { Evidence, KeptTicket } from './evidence.ts';

/** What could have gone wrong in a storm, done to its evidence, and what must be said about it. */
export const PLANTED_FAULTS: readonly {
  fault: string;
  plant: (evidence: Evidence) => void;
  objection: RegExp;
}[] = [
  {
    fault: 'a message that was accepted is lost',
    plant: ({ messages }) =>
      messages.splice(
        messages.findIndex(({ text }) => text !== ''),
        1,
      ),
    objection: /was accepted once and is kept 0 times/,
  },
  {
    fault: 'a message is kept twice',
    plant: ({ messages }) => messages.push({ ...must(messages.find(({ text }) => text !== '')), id: 'again' }),
    objection: /was accepted once and is kept 2 times/,
  },
  {
    fault: 'a request is registered twice',
    plant: ({ tickets }) =>
      tickets.push({ ...must(tickets.find(({ followUpOf }) => followUpOf === null)), number: 1_000_000 }),
    objection: /requests were accepted and \d+ are kept/,
  },
  {
    fault: 'a ticket is lost',
    plant: ({ tickets }) =>
      tickets.splice(
        tickets.findIndex(({ followUpOf }) => followUpOf === null),
        1,
      ),
    objection: /was accepted and is lost/,
  },
  {
    fault: 'a ticket has a second follow-up',
    plant: ({ tickets }) =>
      tickets.push({ ...must(tickets.find(({ followUpOf }) => followUpOf !== null)), number: 1_000_000 }),
    objection: /has 2 follow-ups/,
  },
  {
    fault: 'an act is in the trail twice',
    plant: ({ tickets }) => {
      const { ticket, index, event } = eventOf(tickets, ({ type }) => type === 'replied');
      ticket.events.splice(index, 0, event);
    },
    objection: /is in the trails 2 times/,
  },
  {
    fault: 'an event is missing',
    plant: ({ tickets }) => {
      const { ticket, index } = eventOf(tickets, ({ type }) => type === 'replied');
      ticket.events.splice(index, 1);
    },
    objection: /has event \d+ in place \d+/,
  },
  {
    fault: 'an act is written down as somebody else’s',
    plant: ({ tickets }) => {
      const { event } = eventOf(tickets, ({ type }) => type === 'replied');
      event.actor = { kind: 'staff', staffId: 'somebody', role: 'agent' };
    },
    objection: /is in the trail as an act of/,
  },
  {
    fault: 'an accepted act is forgotten',
    plant: ({ asked }) =>
      asked.commanded.splice(
        asked.commanded.findIndex(({ status }) => status === 200),
        1,
      ),
    objection: /acts were accepted and \d+ are in the trails/,
  },
  {
    fault: 'the records have another ticket than the trail',
    plant: ({ tickets }) => {
      const { ticket } = eventOf(tickets, ({ type }) => type === 'replied');
      if (ticket.state !== null) ticket.state.revision += 1;
    },
    objection: /is not the fold of its events/,
  },
  {
    fault: 'a deadline that was noticed late is recorded when it was noticed',
    plant: ({ tickets }) => {
      const late = eventOf(
        tickets,
        ({ type, at, knownAt }) => type === 'first-response-breached' && knownAt > at + 100,
      );
      late.event.at = late.event.knownAt;
    },
    objection: /first-response-breached of ticket \d+ stands at/,
  },
  {
    fault: 'a deadline that was due is not recorded',
    plant: ({ tickets }) => {
      const { ticket, index } = eventOf(tickets, ({ type }) => type === 'first-response-breached');
      ticket.events.splice(index, 1);
    },
    objection: /and no breach is recorded/,
  },
  {
    fault: 'something happens to a closed ticket',
    plant: ({ tickets }) => {
      const { ticket } = eventOf(tickets, ({ type }) => type === 'closed');
      const { event } = eventOf(tickets, ({ type }) => type === 'noted');
      ticket.events.push({ ...event, version: ticket.events.length + 1 });
    },
    objection: /came after the closing/,
  },
  {
    fault: 'a notice is not recorded',
    plant: ({ notices }) => notices.splice(0, 1),
    objection: /owes notice .*, and it is not recorded/,
  },
  {
    fault: 'a letter that is called sent was not',
    plant: ({ letters }) => letters.splice(0, 1),
    objection: /is recorded as handed over, and its letter .* is not there/,
  },
  {
    fault: 'a letter comes twice though nothing was killed',
    plant: ({ asked, letters }) => {
      asked.killings = [];
      letters.push(must(letters[0]));
    },
    objection: /came twice/,
  },
  {
    fault: 'an internal note is sent to the client',
    plant: ({ letters, texts, tickets }) => {
      const { event } = eventOf(tickets, ({ type }) => type === 'noted');
      const note = texts.find(({ id }) => event.type === 'noted' && id === event.messageId);
      must(letters[0]).text += must(note).body;
    },
    objection: /an internal note has left the house/,
  },
  {
    fault: 'a workflow has failed',
    plant: ({ runs }) => {
      must(runs[0]).status = 'FAILED';
    },
    objection: /ticket-\d+ is FAILED/,
  },
  {
    fault: 'a workflow stumbles over its own code',
    plant: ({ runs }) => must(runs[0]).taskFailures.push('WORKFLOW_TASK_FAILED_CAUSE_NON_DETERMINISTIC_ERROR'),
    objection: /a task of ticket-\d+ failed/,
  },
  {
    fault: 'words are in a history',
    plant: ({ runs }) => must(runs[0]).personalText.push('Канарейка'),
    objection: /the history of ticket-\d+ has Канарейка/,
  },
  {
    fault: 'words are in a log',
    plant: ({ logs }) => must(logs[0]).personalText.push('Канарейка'),
    objection: /the log .* has Канарейка/,
  },
  {
    fault: 'a message still waits',
    plant: ({ messages }) => {
      must(messages[0]).isDispatched = false;
    },
    objection: /still waits to be dispatched/,
  },
];

function eventOf(
  tickets: readonly KeptTicket[],
  is: (event: TicketEvent) => boolean,
): { ticket: KeptTicket; index: number; event: TicketEvent } {
  for (const ticket of tickets) {
    const index = ticket.events.findIndex(is);
    const event = ticket.events[index];
    if (event !== undefined) return { ticket, index, event };
  }
  throw new Error('the storm has no such event: it was too small to prove anything');
}

function must<T>(one: T | undefined): T {
  if (one === undefined) throw new Error('the storm has no such thing: it was too small to prove anything');
  return one;
}
