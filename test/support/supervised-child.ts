import path from 'node:path';
import type { ChildPlan } from '../../tools/stack/child.ts';

/** A process for tests of the supervisor: it says `ready`, and on SIGTERM writes its name into `stopped` and ends. */
export function supervisedChild(name: string, folder: string): ChildPlan {
  const program = `
    setInterval(() => {}, 1e6);
    process.on('SIGTERM', () => {
      require('node:fs').appendFileSync(${JSON.stringify(path.join(folder, 'stopped'))}, ${JSON.stringify(`${name} `)});
      process.exit(0);
    });
    process.send('ready');`;
  return {
    name,
    title: `Process ${name}`,
    file: process.execPath,
    args: ['-e', program],
    stopSignal: 'SIGTERM',
    isReady: 'message',
  };
}
