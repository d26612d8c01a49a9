import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';

const read = (name: string) => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8');

describe('README', () => {
  it('names no command that package.json does not have', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = [...read('README.md').matchAll(/\bnpm (?:run ([a-z][a-z:-]*)|(?:start|test)\b)/g)].map(
      ([command, name]) => name ?? command.slice('npm '.length),
    );
    expect(named).toContain('start');
    expect(named).toContain('test');
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });
});
