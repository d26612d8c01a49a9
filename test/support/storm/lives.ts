import { randomUUID } from 'node:crypto';
import type { Filed, Storm } from './storm.ts';

/** One ticket's life, as its client and the staff live it through the storm. */
export type Life = (storm: Storm) => Promise<void>;

/** Each ends in a closed ticket, or leaves one alone and says so in the record. */
export const LIVES: readonly Life[] = [
  solvedAndConfirmed,
  solvedAndConfirmed,
  wroteAfterClosing,
  disagreed,
  askedAndAnswered,
  judged,
  escalated,
  declined,
  offered,
  leftSilent,
  leftUnconfirmed,
  leftUnsolved,
  leftUnanswered,
];

async function solvedAndConfirmed(storm: Storm): Promise<void> {
  await solvedTicket(storm);
}

async function solvedTicket(storm: Storm): Promise<Filed> {
  const ticket = await storm.files({ impact: 'minor' });
  // Two agents reach for it at once: one has it, the other is told so.
  await Promise.all([
    storm.staffDoes(ticket.number, 'agent', { type: 'take' }),
    storm.staffDoes(ticket.number, 'agent2', { type: 'take' }),
  ]);
  await classified(storm, ticket.number);
  await storm.staffDoes(ticket.number, 'agent', { type: 'reply' }, 'text');
  await completed(storm, ticket.number);
  await storm.clientDoes(ticket, 'confirm');
  await storm.becomes(ticket.number, 'closed');
  return ticket;
}

/** Nothing reopens it: the words open one follow-up or join it, and a confirmation is only noted (reading 12). */
async function wroteAfterClosing(storm: Storm): Promise<void> {
  const ticket = await solvedTicket(storm);
  await Promise.all([
    storm.clientDoes(ticket, 'answer'),
    storm.clientDoes(ticket, 'answer'),
    storm.clientDoes(ticket, 'confirm'),
    storm.staffDoes(ticket.number, 'agent', { type: 'reply' }, 'text'),
    storm.staffDoes(ticket.number, 'head', { type: 'return-to-work' }, 'reason'),
  ]);
}

async function disagreed(storm: Storm): Promise<void> {
  const ticket = await storm.files({ impact: 'degraded' });
  await classified(storm, ticket.number, 2);
  await completed(storm, ticket.number);
  await storm.becomes(ticket.number, 'awaiting-confirmation');
  await storm.clientDoes(ticket, 'disagree');
  await storm.becomes(ticket.number, 'work');
  await completed(storm, ticket.number);
  await storm.clientDoes(ticket, 'confirm');
  await storm.becomes(ticket.number, 'closed');
}

async function askedAndAnswered(storm: Storm): Promise<void> {
  const ticket = await storm.files({ impact: 'consultation' });
  await classified(storm, ticket.number);
  await storm.staffDoes(ticket.number, 'agent', { type: 'ask-client', missing: ['screenshots'] }, 'text');
  await storm.clientDoes(ticket, 'answer');
  await storm.becomes(ticket.number, 'work');
  await storm.staffDoes(ticket.number, 'agent', { type: 'note' }, 'text');
  await storm.staffDoes(ticket.number, 'head', { type: 'postpone', reason: 'needs-development' }, 'text');
  await completed(storm, ticket.number);
  await storm.clientDoes(ticket, 'confirm');
  await storm.becomes(ticket.number, 'closed');
}

/** Free words after the completion wait for a specialist's judgement (reading 7). */
async function judged(storm: Storm): Promise<void> {
  const ticket = await storm.files({ impact: 'reporting' });
  await classified(storm, ticket.number, 4);
  await completed(storm, ticket.number);
  await storm.becomes(ticket.number, 'awaiting-confirmation');
  await storm.clientDoes(ticket, 'answer');
  const messageId = await storm.messageToJudge(ticket.number);
  await storm.staffDoes(ticket.number, 'agent', { type: 'judge-message', messageId, verdict: 'confirms' }, 'reason');
  await storm.becomes(ticket.number, 'closed');
}

async function escalated(storm: Storm): Promise<void> {
  const ticket = await storm.files({ impact: 'stopped' });
  await classified(storm, ticket.number, 1);
  await storm.staffDoes(ticket.number, 'agent', { type: 'escalate' }, 'diagnosis');
  const decision = { type: 'record-development-decision', decision: 'declined' } as const;
  await storm.staffDoes(ticket.number, 'developer', decision, 'text');
  await storm.staffDoes(ticket.number, 'agent', { type: 'complete', outcome: 'not-our-software' }, 'text');
  await storm.clientDoes(ticket, 'confirm');
  await storm.becomes(ticket.number, 'closed');
}

async function declined(storm: Storm): Promise<void> {
  const { number } = await storm.files();
  await storm.staffDoes(number, 'agent2', { type: 'decline', reason: 'not-a-request' }, 'text');
}

async function offered(storm: Storm): Promise<void> {
  const number = await storm.takesNext(storm.random.pick(['agent', 'agent2']));
  if (number !== null) await storm.staffDoes(number, 'head', { type: 'note' }, 'text');
}

async function leftSilent(storm: Storm): Promise<void> {
  const { number } = await storm.files({ impact: 'minor' });
  await classified(storm, number);
  await storm.staffDoes(number, 'agent', { type: 'ask-client', missing: ['steps'] }, 'text');
  storm.record.left.silent.push(number);
}

async function leftUnconfirmed(storm: Storm): Promise<void> {
  const { number } = await storm.files({ impact: 'minor' });
  await classified(storm, number);
  await completed(storm, number);
  storm.record.left.unconfirmed.push(number);
}

async function leftUnsolved(storm: Storm): Promise<void> {
  const { number } = await storm.files({ impact: 'minor' });
  const level = storm.random.pick([1, 2, 3, 4] as const);
  await classified(storm, number, level);
  storm.record.left.unsolved.push(number);
}

async function leftUnanswered(storm: Storm): Promise<void> {
  const { number } = await storm.files();
  storm.record.left.unanswered.push(number);
}

async function classified(storm: Storm, number: number, severity: 1 | 2 | 3 | 4 = 3): Promise<void> {
  await storm.staffDoes(number, 'agent', { type: 'classify', severity }, 'reason');
}

async function completed(storm: Storm, number: number): Promise<void> {
  await storm.staffDoes(number, 'agent', { type: 'complete', outcome: 'information-provided' }, 'text');
}

/** What integrations bring, with the repeats of which no mail server or bot is free. */
export function intake(storm: Storm): () => Promise<void> {
  const brought: Awaited<ReturnType<Storm['brings']>>[] = [];
  return async () => {
    const { random } = storm;
    const before = brought.length > 0 && random.chance(0.3) ? random.pick(brought) : null;
    if (before !== null) {
      // The same again, or another body under the same id: the first one wins.
      const { channel, externalId } = before.identity;
      await storm.brings({ channel, externalId, ...(random.chance(0.5) ? { words: before.words } : {}) });
    } else if (random.chance(0.3)) {
      const words = storm.words('дважды в одно мгновение');
      const externalId = randomUUID();
      const channel = random.pick(['email', 'telegram'] as const);
      const both = [storm.brings({ channel, externalId, words }), storm.brings({ channel, externalId, words })];
      brought.push((await Promise.all(both))[0] ?? (await storm.brings()));
    } else {
      brought.push(await storm.brings());
    }
  };
}
