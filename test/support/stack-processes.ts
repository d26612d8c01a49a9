import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import path from 'node:path';

/**
 * Every process that belongs to the stack of a data folder, as Linux knows them: by its command line, its environment or
 * the folder it works in. So a process that no list of ours names is seen too (PostgreSQL's children, what npm started).
 */
export function processesOf(dataFolder: string): { pid: number; command: string }[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((name) => {
      const command = read(name, 'cmdline').replaceAll('\0', ' ').trim();
      const belongs =
        command.includes(dataFolder) || read(name, 'environ').includes(dataFolder) || worksIn(name, dataFolder);
      return belongs && !hasEnded(name) ? [{ pid: Number(name), command }] : [];
    });
}

function read(pid: string, file: string): string {
  try {
    return readFileSync(path.join('/proc', pid, file), 'utf8');
  } catch {
    return '';
  }
}

function worksIn(pid: string, folder: string): boolean {
  try {
    return readlinkSync(path.join('/proc', pid, 'cwd')).startsWith(folder);
  } catch {
    return false;
  }
}

/** One that only waits to be collected. */
function hasEnded(pid: string): boolean {
  const stat = read(pid, 'stat');
  return stat === '' || stat.slice(stat.lastIndexOf(')') + 2).startsWith('Z');
}
