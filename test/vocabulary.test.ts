import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';

import { CommandBody } from '../api/commands/command-body.ts';
import { AUDIENCES } from '../regulation/notices.ts';
import { STAFF_ACTS } from '../regulation/transitions.ts';
import {
  CHANNELS,
  CLOSING_REASONS,
  COMPLETION_OUTCOMES,
  DEADLINE_KINDS,
  FREQUENCIES,
  IMPACTS,
  LANGUAGES,
  OUTCOMES,
  ROLES,
  SEVERITIES,
  STATUSES,
} from '../regulation/vocabulary.ts';

/** The words that the database lets into each column; a migration that comes later replaces an earlier constraint. */
function wordsOfColumns(): Map<string, string[]> {
  const folder = new URL('../prisma/migrations/', import.meta.url);
  const words = new Map<string, string[]>();
  for (const name of readdirSync(folder).toSorted()) {
    if (!/^\d{14}_/.test(name)) continue;
    const sql = readFileSync(new URL(`${name}/migration.sql`, folder), 'utf8');
    const checks = sql.matchAll(/ALTER TABLE (\w+)\s+ADD CONSTRAINT \w+\s+CHECK \((\w+) IN \(([^)]*)\)\)/g);
    for (const [, table, column, list = ''] of checks) {
      words.set(
        `${table}.${column}`,
        [...list.matchAll(/'([^']*)'|\d+/g)].map(([digits, word]) => word ?? digits),
      );
    }
  }
  return words;
}

const LISTS: Record<string, readonly (string | number)[]> = {
  'staff.role': ROLES,
  'staff.language': LANGUAGES,
  'contacts.language': LANGUAGES,
  'contacts.preferred_channel': CHANNELS,
  'ticket_requests.channel': CHANNELS,
  'ticket_requests.frequency': FREQUENCIES,
  'ticket_requests.impact': IMPACTS,
  'ticket_requests.language': LANGUAGES,
  'messages.channel': CHANNELS,
  // No workflow is ever in `received`, and the record is the workflow's.
  'tickets.status': STATUSES.filter((status) => status !== 'received'),
  'tickets.channel': CHANNELS,
  'tickets.severity': SEVERITIES,
  'tickets.proposed_severity': SEVERITIES,
  'tickets.effective_severity': SEVERITIES,
  'tickets.outcome': OUTCOMES,
  'tickets.closed_because': CLOSING_REASONS,
  'tickets.next_deadline_kind': DEADLINE_KINDS,
  'notices.audience': AUDIENCES,
  'notice_deliveries.channel': CHANNELS,
};

/** Words of the database's own, which no rule of the regulation knows. */
const OWN = ['agreements.kind', 'messages.act', 'notice_deliveries.fate'];

describe('one vocabulary', () => {
  const columns = wordsOfColumns();

  for (const [column, words] of Object.entries(LISTS)) {
    it(`lets into ${column} the words of the regulation and no others`, () => {
      expect(columns.get(column)).toEqual(words.map(String));
    });
  }

  it('knows every column that the database holds to a list', () => {
    expect([...columns.keys()].toSorted()).toEqual([...Object.keys(LISTS), ...OWN].toSorted());
  });

  it('has each word once in its list', () => {
    for (const list of Object.values(LISTS)) expect(new Set(list).size).toBe(list.length);
  });

  it('lets a specialist give every outcome but the one of silence (§3.6)', () => {
    expect(OUTCOMES.filter((outcome) => outcome !== 'client-unresponsive')).toEqual(COMPLETION_OUTCOMES);
  });
});

describe('the body of a command', () => {
  it('has a shape for every act of staff, which needs the fields that the list of allowed acts names', () => {
    const needed = CommandBody.options.map(({ shape: { type, ...fields } }) => [
      type.value,
      Object.entries(fields).flatMap(([name, field]) => (field.safeParse(undefined).success ? [] : [name])),
    ]);
    const named = Object.entries(STAFF_ACTS).map(([type, { needs }]) => [type, needs]);
    expect(Object.fromEntries(needed)).toEqual(Object.fromEntries(named));
  });
});
