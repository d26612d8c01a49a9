import type { StaffActType } from '../../../regulation/commands.ts';
import type { Role } from '../../../regulation/vocabulary.ts';
import type { StackProcess } from '../stack.ts';

/** A message that was answered with 202: from then on it may not be lost. */
export interface Accepted {
  way: 'request' | 'intake' | 'link';
  act: 'message' | 'confirm' | 'disagree';
  /** Its words, which no other message has; a confirmation has none. */
  words: string;
  /** The ticket that the answer, or the link, names. */
  number: number;
  /** What an integration told of it; it may bring the same again. */
  identity: { channel: string; account: string; externalId: string } | null;
  /** It was told to have been brought before. */
  duplicate: boolean;
}

/** An act of staff that was answered, with a yes or a no. */
export interface Commanded {
  number: number;
  staffId: string;
  role: Role;
  type: StaffActType;
  /** The words that it carried, which no other act has. */
  words: string | null;
  status: number;
  /** Why it was refused. */
  code: string | null;
  /** The ticket's version in the answer. */
  version: number | null;
}

/** A process that was killed, and when it served again. */
export interface Killing {
  process: StackProcess | 'everything';
  killedAt: number;
  backAt: number;
}

/** What was asked of a stack and what it answered, as the askers know it. */
export interface StormRecord {
  accepted: Accepted[];
  commanded: Commanded[];
  killings: Killing[];
  /** Tickets that were left alone on purpose, by what they wait for. */
  left: { unanswered: number[]; silent: number[]; unconfirmed: number[]; unsolved: number[] };
  /** Repeats under one key that gave another answer than the first. */
  contradictions: string[];
  /** How often a call had to be repeated until it was answered. */
  repeats: number;
}

export function emptyRecord(): StormRecord {
  return {
    accepted: [],
    commanded: [],
    killings: [],
    left: { unanswered: [], silent: [], unconfirmed: [], unsolved: [] },
    contradictions: [],
    repeats: 0,
  };
}
