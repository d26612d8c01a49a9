import { describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const exists = (path: string) => existsSync(new URL(`../${path}`, import.meta.url));

describe('docs/regulation-by-clause.md', () => {
  const index = read('docs/regulation-by-clause.md');
  const rows = index
    .split('\n')
    .filter((line) => line.startsWith('|') && !line.startsWith('| ---'))
    .map((line) => line.split('|').map((cell) => cell.trim()));

  it('has each clause from 1.2 to 3.7 and each of the 22 readings', () => {
    const clauses = [2, 3, 4, 5, 6, 7, 8].map((n) => `1.${n}`);
    for (const n of [3, 4, 5, 6, 7]) clauses.push(`2.${n}`, `3.${n}`);
    for (const clause of [...clauses, '2.1, 2.2', '3.1', '3.2'])
      expect(rows.map(([, first]) => first)).toContain(clause);
    const readings = [...read('docs/readings.md').matchAll(/^(\d+)\. /gm)].map(([, number]) => number);
    expect(readings).toEqual(Array.from({ length: 22 }, (_, i) => String(i + 1)));
    for (const reading of readings) expect(rows.map(([, first]) => first)).toContain(reading);
  });

  it('names files and tests that exist', () => {
    const missing = rows.flatMap(([, , , code = '', test = '']) => [
      ...quoted(code)
        .filter((name) => /[./]/.test(name))
        .filter(
          (name) =>
            !exists(
              name.includes('/') && !name.startsWith('calendars/') && !name.startsWith('editions/')
                ? name
                : `regulation/${name}`,
            ),
        ),
      ...quoted(test).filter((name) => !exists(name.startsWith('test/') ? name : `test/regulation/${name}.test.ts`)),
    ]);
    expect(missing).toEqual([]);
  });
});

/** What stands in backticks. */
function quoted(cell: string): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
}
