import { evolve } from '../../../regulation/evolve.ts';
import { noticesOf } from '../../../regulation/notices.ts';
import type { Ticket } from '../../../regulation/ticket.ts';
import type { Evidence, SeenLetter } from './evidence.ts';

/** Each notice that the trail owes is recorded and settled for everybody, and no other (invariant 9). */
export function* wrongNotices({ tickets, notices }: Evidence): Generator<string> {
  const kept = new Map(notices.map((notice) => [notice.id, notice]));
  for (const { number, events } of tickets) {
    let ticket: Ticket | null = null;
    for (const [index, event] of events.entries()) {
      // A trail with a gap has been objected to.
      if (event.version !== index + 1) break;
      ticket = evolve(ticket, event);
      for (const { id } of noticesOf(event, ticket)) {
        if (!kept.delete(id)) yield `ticket ${number} owes notice ${id}, and it is not recorded`;
      }
    }
  }
  for (const id of kept.keys()) yield `notice ${id} is recorded and nothing owes it`;
  for (const { id, audience, deliveries } of notices) {
    const clients = deliveries.filter(({ recipient }) => recipient === 'client').length;
    if (deliveries.length === 0) yield `nobody knows what became of notice ${id}`;
    if (audience === 'client' && (clients !== 1 || deliveries.length !== 1)) {
      yield `notice ${id} to the client was settled ${deliveries.length} times`;
    }
    for (const { fate, code } of deliveries) {
      if (fate !== 'delivered' && code !== 'overtaken' && code !== 'no-address') yield `notice ${id} failed: ${code}`;
    }
  }
}

/**
 * A notice that was handed over is in the mailbox, once; twice only where a kill of the sender, of the records or of the
 * mailbox fell between the hand-over and its record, and then under the same Message-ID (invariants 9 to 11).
 */
export function* wrongLetters({ asked, notices, letters, texts, tickets }: Evidence): Generator<string> {
  const byId = new Map<string, SeenLetter[]>();
  for (const letter of letters) byId.set(letter.messageId, [...(byId.get(letter.messageId) ?? []), letter]);
  const owed = new Map<string, string>();
  for (const { id, deliveries } of notices) {
    for (const { fate, externalId } of deliveries) if (fate === 'delivered') owed.set(externalId ?? '', id);
  }
  for (const [messageId, notice] of owed) {
    if (!byId.has(messageId))
      yield `notice ${notice} is recorded as handed over, and its letter ${messageId} is not there`;
  }
  const isExplained = (from: number, to: number): boolean =>
    asked.killings.some(
      ({ process, killedAt, backAt }) =>
        ['worker', 'postgres', 'everything'].includes(process) && killedAt <= to && backAt >= from,
    );
  // Nobody remembered the hand-over, and when it was to be repeated the client had closed the ticket.
  const wasOvertaken = ([letter]: readonly SeenLetter[]): boolean =>
    notices.some(({ id, deliveries }) =>
      deliveries.some(
        ({ code, settledAt }) =>
          letter !== undefined &&
          letter.messageId.startsWith(`<${id.split(':').slice(0, 2).join('.')}.`) &&
          code === 'overtaken' &&
          isExplained(letter.receivedAt, settledAt),
      ),
    );
  for (const [messageId, copies] of byId) {
    if (!owed.has(messageId) && !wasOvertaken(copies)) yield `letter ${messageId} is recorded nowhere`;
    for (const [index, second] of copies.entries()) {
      const first = copies[index - 1];
      if (first === undefined) continue;
      if (!isExplained(first.receivedAt, second.receivedAt))
        yield `letter ${messageId} came twice, at ${new Date(first.receivedAt).toISOString()} and ${new Date(second.receivedAt).toISOString()}, with no kill between`;
      if (first.to.join() !== second.to.join()) yield `letter ${messageId} went to ${second.to.join()} too`;
    }
  }
  // What is said among staff alone.
  const notes = new Set(
    tickets.flatMap(({ events }) =>
      events.flatMap((event) =>
        event.type === 'noted' ? event.messageId : event.type === 'escalated' ? event.diagnosisId : [],
      ),
    ),
  );
  for (const { id, body } of texts) {
    if (notes.has(id) && letters.some(({ text }) => text.includes(body)))
      yield `an internal note has left the house: ${body}`;
  }
}
