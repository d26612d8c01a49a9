import type { Role } from './vocabulary.ts';

/** Who did it: every act is recorded with its actor (§1.2). Names and addresses stay in the database. */
export type Actor =
  | { kind: 'staff'; staffId: string; role: Role }
  /** An engineer acting by signal in the Temporal UI; judged with the rights of the head. */
  | { kind: 'engineer' }
  | { kind: 'client'; contactId: string | null }
  | { kind: 'system' };

export const SYSTEM: Actor = { kind: 'system' };

/** The role whose rights an actor has, or null for those who hold no staff role. */
export function roleOf(actor: Actor): Role | null {
  if (actor.kind === 'staff') return actor.role;
  return actor.kind === 'engineer' ? 'head' : null;
}

export function isPerson(actor: Actor): boolean {
  return actor.kind !== 'system';
}
