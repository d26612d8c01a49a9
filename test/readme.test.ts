import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';

import { lifecycleDiagram } from '../regulation/lifecycle-diagram.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

describe('README.md', () => {
  it('shows the lifecycle as the table of transitions has it', () => {
    const diagrams = [...readme.matchAll(/^```mermaid\n(.*?)\n```$/gms)].map(([, diagram]) => diagram);
    expect(diagrams).toContain(lifecycleDiagram());
  });
});
