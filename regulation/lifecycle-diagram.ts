import { TRANSITIONS } from './transitions.ts';
import type { Transition } from './transitions.ts';
import type { LiveStatus } from './vocabulary.ts';

/** How the diagram calls each status. */
const NAMES: Readonly<Record<LiveStatus, string>> = {
  triage: 'in triage',
  work: 'in work',
  'waiting-on-client': 'waiting on the client',
  'escalated-to-development': 'with development',
  completed: 'completed, not told yet',
  'awaiting-confirmation': 'awaiting confirmation',
  closed: 'closed',
};

/**
 * The lifecycle as a mermaid `stateDiagram-v2`, printed from the table of transitions, so that the README cannot say
 * another one. Transitions between the same two statuses share an arrow; each names its clause.
 */
export function lifecycleDiagram(): string {
  const names = Object.entries(NAMES).map(([status, name]) => `state "${name}" as ${idOf(status)}`);
  const arrows = [...byEnds().values()].map((rows) => arrowOf(rows));
  return ['stateDiagram-v2', ...[...names, ...arrows, 'closed --> [*]'].map((line) => `    ${line}`)].join('\n');
}

function byEnds(): Map<string, Transition[]> {
  const groups = new Map<string, Transition[]>();
  for (const row of TRANSITIONS) {
    const ends = `${row.from} to ${row.to}`;
    groups.set(ends, [...(groups.get(ends) ?? []), row]);
  }
  return groups;
}

function arrowOf(rows: readonly Transition[]): string {
  const [first] = rows;
  if (first === undefined) throw new Error('an arrow without a row');
  const from = first.from === 'start' ? '[*]' : idOf(first.from);
  return `${from} --> ${idOf(first.to)}: ${rows.map(({ on, clause }) => `${on} (${clause})`).join(', ')}`;
}

/** Mermaid reads a hyphen as part of an arrow. */
function idOf(status: string): string {
  return status.replaceAll('-', '_');
}
