import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from '../../prisma/client.ts';
import { isRequestOnItsWay, keepTried, offeredTickets, ticketsTriedFor } from '../../prisma/queue.ts';
import type { QueueAsking } from '../../prisma/queue.ts';
import type { TicketRow } from '../../prisma/ticket-reads.ts';
import { assertNever } from '../../regulation/errors.ts';
import type { SignedInStaff } from '../plugins/staff-session.ts';
import type { TicketGateway } from '../ticket-gateway.ts';
import { actorOf } from '../ticket-view.ts';
import { BEGUN_WITHIN_MS, existingTicket, LOOK_EVERY_MS, notKnown } from './carry-out.ts';
import { updateIdOf } from './derived-ids.ts';

/** How many of the queue are looked at together; more callers at the same instant than this look again. */
const LOOK_AHEAD = 20;
/** How often the queue is read before it counts as empty: others may take what was read, and the records may lag. */
const MOST_LOOKS = 5;

/**
 * Takes the next ticket of the queue (§2.3, reading 14), or null when nothing is offered. The ticket's own workflow says
 * who was first, so two who ask at the same instant never get the same one.
 * @throws Problem `not-known-whether-applied` when only a repeat under the same key can tell
 */
export async function takeNext(acting: {
  db: Database;
  gateway: TicketGateway;
  staff: SignedInStaff;
  key: string | null;
}): Promise<TicketRow | null> {
  const { db, staff } = acting;
  const asking = { staffId: staff.id, key: acting.key ?? randomUUID() };
  const before = acting.key === null ? [] : await ticketsTriedFor(db, asking);
  for (const number of before) {
    if (await takes(number, acting, asking)) return existingTicket(db, number);
  }
  const refused = new Set(before);
  for (let look = 0; look < MOST_LOOKS; look += 1) {
    const offered = await offeredNow(db, refused);
    if (offered.length === 0) return null;
    for (const number of offered) {
      if (acting.key !== null) await keepTried(db, asking, number);
      if (await takes(number, acting, asking)) return existingTicket(db, number);
      refused.add(number);
    }
  }
  return null;
}

/** What the queue offers; a request that was accepted this moment is waited for, before the answer is that there is nothing. */
async function offeredNow(db: Database, refused: ReadonlySet<number>): Promise<number[]> {
  for (;;) {
    const numbers = await offeredTickets(db, LOOK_AHEAD + refused.size);
    const offered = numbers.filter((number) => !refused.has(number));
    if (offered.length > 0 || !(await isRequestOnItsWay(db, { acceptedWithinMs: BEGUN_WITHIN_MS }))) return offered;
    await pause(LOOK_EVERY_MS);
  }
}

async function takes(
  number: number,
  { gateway, staff }: { gateway: TicketGateway; staff: SignedInStaff },
  { key }: QueueAsking,
): Promise<boolean> {
  const command = { act: { type: 'take' }, actor: actorOf(staff), expectedRevision: null } as const;
  const updateId = updateIdOf({ actor: `queue:${staff.id}`, ticketNumber: number, key });
  const outcome = await gateway.staffCommand(number, command, updateId);
  switch (outcome.outcome) {
    case 'done':
      return true;
    case 'refused':
    case 'not-found':
      return false;
    case 'unknown':
      throw notKnown();
    default:
      return assertNever(outcome);
  }
}
