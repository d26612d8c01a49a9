/** Handed from jest's global set-up to its teardown, which run in one process. */
declare var __testServers: import('./servers.ts').TestServers | undefined;
