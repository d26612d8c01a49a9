import { tsImport } from 'tsx/esm/api';

/** Starts the servers of the run, once, before the first file that needs them; see servers.ts. */
export default async function globalSetup() {
  /** @type {typeof import('./servers.ts')} */
  const { startTestServers } = await tsImport('./servers.ts', import.meta.url);
  const servers = await startTestServers();
  Object.assign(process.env, servers.env);
  globalThis.__testServers = servers;
}
