import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { missingFromLock } from '../../tools/check-lock.mjs';
import { ROOT } from '../../tools/stack/stack-settings.ts';

describe('the lock check', () => {
  it('passes a lock in which every optional dependency has an entry, its own or one around it', () => {
    const packages = {
      '': {},
      'node_modules/a': { optionalDependencies: { 'a-linux': '1.0.0', 'a-darwin': '1.0.0' } },
      'node_modules/a-linux': {},
      'node_modules/a/node_modules/a-darwin': {},
      'node_modules/b/node_modules/c': { optionalDependencies: { 'c-linux': '1.0.0' } },
      'node_modules/b/node_modules/c-linux': {},
    };
    expect(missingFromLock({ packages })).toEqual([]);
  });

  it('names each entry that is missing, also one that only a stranger has', () => {
    const packages = {
      '': { optionalDependencies: { root: '1.0.0' } },
      'node_modules/a': { optionalDependencies: { 'a-linux': '1.0.0', 'a-darwin': '1.0.0' } },
      'node_modules/a-linux': {},
      'node_modules/stranger/node_modules/a-darwin': {},
    };
    expect(missingFromLock({ packages })).toEqual([
      'root, which package.json names',
      'a-darwin, which node_modules/a names',
    ]);
  });

  it('finds the lock of this project whole, and without the address of a registry', () => {
    const text = readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8');
    expect(missingFromLock(JSON.parse(text))).toEqual([]);
    expect(text).not.toContain('"resolved"');
  });
});
