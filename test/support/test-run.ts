/** An address of the servers that this run started (test/support/servers.ts). */
export function fromTestRun(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: jest's global set-up has not run for this file`);
  return value;
}
