import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from '../../prisma/client.ts';
import { REMARK, writeStaffTexts } from '../../prisma/staff-texts.ts';
import { findTicket, stateOf } from '../../prisma/ticket-reads.ts';
import type { TicketRow } from '../../prisma/ticket-reads.ts';
import { assertNever } from '../../regulation/errors.ts';
import { STAFF_ACTS } from '../../regulation/transitions.ts';
import { Problem } from '../errors.ts';
import type { SignedInStaff } from '../plugins/staff-session.ts';
import type { TicketGateway } from '../ticket-gateway.ts';
import { actorOf, NOT_YET_AVAILABLE } from '../ticket-view.ts';
import type { CommandBody } from './command-body.ts';
import { textIdOf, updateIdOf } from './derived-ids.ts';
import type { Occasion } from './derived-ids.ts';
import { prepareAct } from './staff-act.ts';

export interface Acting {
  db: Database;
  gateway: TicketGateway;
  staff: SignedInStaff;
  /** The Idempotency-Key, or null for an act that is never repeated. */
  key: string | null;
}

/**
 * Carries out an act of staff and gives the ticket's row once the act is recorded. Roles come first, then what the body
 * names, then, in the workflow, the ticket's state.
 * @throws Problem with the refusal's code; `not-known-whether-applied` when only a repeat under the same key can tell
 */
export async function carryOut(
  command: { number: number; body: CommandBody; expectedRevision: number | null },
  acting: Acting,
): Promise<TicketRow> {
  const { number, body, expectedRevision } = command;
  const { db, staff } = acting;
  refuseRole(body.type, staff);
  if (NOT_YET_AVAILABLE.has(body.type)) {
    await existingTicket(db, number);
    throw new Problem('not-yet-available', `${body.type} is not available yet`);
  }
  const row = await begunTicket(db, number);
  const occasion = { actor: `staff:${staff.id}`, ticketNumber: number, key: acting.key ?? randomUUID() };
  if (body.type === 'note' && row.ticket?.status === 'closed') return remark(body.text, { occasion, row, acting });
  const { act, texts } = await prepareAct(body, { db, row, occasion });
  await write(
    texts.map((text) => ({ ...text, ticketNumber: number, staffId: staff.id, act: body.type })),
    db,
  );
  const outcome = await acting.gateway.staffCommand(
    number,
    { act, actor: actorOf(staff), expectedRevision },
    updateIdOf(occasion),
  );
  switch (outcome.outcome) {
    case 'done':
      return existingTicket(db, number);
    case 'refused':
      throw new Problem(outcome.code, outcome.detail);
    case 'not-found':
      throw notRunning(await existingTicket(db, number));
    case 'unknown':
      throw notKnown();
    default:
      return assertNever(outcome);
  }
}

/** The answer when the workflow was asked and said nothing: a repeat under the same key learns what became of it. */
export function notKnown(): Problem {
  const detail =
    'the workflow gave no answer in time; repeat with the same Idempotency-Key to learn whether it was applied';
  return new Problem('not-known-whether-applied', detail, { retryAfterSeconds: 2 });
}

export async function existingTicket(db: Database, number: number): Promise<TicketRow> {
  const row = await findTicket(db, number);
  if (row === null) throw new Problem('not-found', `there is no ticket ${number}`);
  return row;
}

/**
 * A request that was accepted this moment is a ticket the next: whoever acts on it meanwhile waits for that, since before
 * its first event nobody knows whose ticket it is.
 * @throws Problem `not-found`, or `not-yet-started` when it takes longer than a moment
 */
async function begunTicket(db: Database, number: number): Promise<TicketRow> {
  const lateAt = Date.now() + BEGUN_WITHIN_MS;
  for (;;) {
    const row = await existingTicket(db, number);
    if (row.ticket !== null) return row;
    if (Date.now() >= lateAt) throw notRunning(row);
    await pause(LOOK_EVERY_MS);
  }
}

/** How long an act waits for a request that is on its way to its workflow. */
export const BEGUN_WITHIN_MS = 3_000;
export const LOOK_EVERY_MS = 50;

function refuseRole(type: CommandBody['type'], { role }: SignedInStaff): void {
  const { roles } = STAFF_ACTS[type];
  if (roles.includes(role)) return;
  throw new Problem('wrong-role', `${type} is for ${roles.join(', ')}; you are ${role}`);
}

/** What is said of a closed ticket changes nothing of it: the words stand after its events. */
async function remark(
  body: string,
  { occasion, row, acting }: { occasion: Occasion; row: TicketRow; acting: Acting },
): Promise<TicketRow> {
  const text = { id: textIdOf(occasion, REMARK), field: 'text', body };
  await write([{ ...text, ticketNumber: row.number, staffId: acting.staff.id, act: REMARK }], acting.db);
  return row;
}

async function write(texts: Parameters<typeof writeStaffTexts>[1], db: Database): Promise<void> {
  if (await writeStaffTexts(db, texts)) return;
  const detail = 'this Idempotency-Key was used here before with other words: a new act needs a new key';
  throw new Problem('idempotency-key-reused', detail);
}

/** No workflow runs under this number: it has closed, or it is still to be started. */
export function notRunning(row: TicketRow): Problem {
  const { number } = row;
  if (stateOf(row)?.status === 'closed') {
    return new Problem('ticket-closed', `ticket ${number} is closed; nothing reopens it`);
  }
  const detail = `the workflow of ticket ${number} is not running yet; nothing was done, so ask again in a moment`;
  return new Problem('not-yet-started', detail, { retryAfterSeconds: 1 });
}
