import { Supervisor } from '../../tools/stack/supervisor.ts';
import { supervisedChild } from './supervised-child.ts';

/** A supervisor of two processes as a process of its own, to be killed: `node --import tsx supervise-two.ts <folder>`. */
const folder = process.argv[2] ?? '';
const supervisor = new Supervisor(folder, () => {});
await supervisor.begin();
await supervisor.start(supervisedChild('one', folder));
await supervisor.start(supervisedChild('two', folder));
process.send?.('ready');
setInterval(() => {}, 1e6);
