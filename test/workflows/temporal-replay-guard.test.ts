import { createRequire } from 'node:module';
import { describe, expect, it } from '@jest/globals';

/** The packages that hand protobuf messages to each other when a history is read from JSON. */
const PACKAGES = ['@temporalio/proto', '@temporalio/common', '@temporalio/worker', '@temporalio/client'];

describe('the installed packages', () => {
  it('share one protobufjs, without which no kept history can be replayed (sdk: "type must be a Type")', () => {
    const here = createRequire(import.meta.url);
    const copies = PACKAGES.map((name) => createRequire(here.resolve(name)).resolve('protobufjs'));
    expect(new Set(copies).size).toBe(1);
  });
});
