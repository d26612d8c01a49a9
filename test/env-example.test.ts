import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';

const read = (name: string) => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8');

/** The files that read settings; each names a setting as a key of its schema or of `env`. */
const READERS = [
  'settings/environment.ts',
  'api/settings.ts',
  'worker/settings.ts',
  'tools/stack/stack-settings.ts',
  'tools/setup/temporal-cli.mjs',
];
/** Read there, and no setting of this program. */
const SYSTEM = ['PATH', 'XDG_CACHE_HOME'];

describe('.env.example', () => {
  const inFile = new Set([...read('.env.example').matchAll(/^#? ?([A-Z][A-Z0-9_]+)=/gm)].map(([, name = '']) => name));
  const inCode = new Set(
    READERS.flatMap((file) => [
      ...read(file).matchAll(/^ +([A-Z][A-Z0-9_]+): |\benv\.([A-Z][A-Z0-9_]+)|\benv(?:, |\[)'([A-Z][A-Z0-9_]+)'/gm),
    ]).map(([, key, member, word]) => key ?? member ?? word ?? ''),
  );

  it('names every setting that is read', () => {
    expect([...inCode].filter((name) => !inFile.has(name) && !SYSTEM.includes(name))).toEqual([]);
  });

  it('names none that nobody reads', () => {
    expect([...inFile].filter((name) => !inCode.has(name))).toEqual([]);
  });

  it('changes nothing when it is copied as it is', () => {
    expect(read('.env.example')).not.toMatch(/^[A-Z]/m);
  });
});
