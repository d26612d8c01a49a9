/** How the bundled Temporal server is started. */
export interface TemporalServer {
  port: number;
  /** Without it the server shows no pages. */
  uiPort?: number;
  /** Where it keeps its workflows; without it, in memory. */
  databaseFile?: string;
  namespace?: string;
}

/**
 * The arguments of `temporal` for a server whose workflows may have their own time in rehearsal. The two
 * timer settings make a skipped timer fire at once instead of seconds later.
 */
export function temporalArguments(server: TemporalServer): string[] {
  const options: Record<string, string | undefined> = {
    '--ip': '127.0.0.1',
    '--port': String(server.port),
    '--ui-port': server.uiPort?.toString(),
    '--db-filename': server.databaseFile,
    '--namespace': server.namespace,
    '--log-level': 'warn',
  };
  return [
    'server',
    'start-dev',
    ...Object.entries(options).flatMap(([name, value]) => (value === undefined ? [] : [name, value])),
    server.uiPort === undefined ? '--headless' : '--ui-disable-news-fetch',
    ...(server.databaseFile === undefined ? [] : FILE_PRAGMAS.flatMap((pragma) => ['--sqlite-pragma', pragma])),
    ...OWN_TIME.flatMap((value) => ['--dynamic-config-value', value]),
  ];
}

const FILE_PRAGMAS = ['journal_mode=WAL', 'synchronous=NORMAL'];
/** Settings of a server whose workflows may have their own time. */
export const OWN_TIME = [
  'frontend.WorkflowTimeSkippingEnabled=true',
  'history.timerProcessorMaxTimeShift="10ms"',
  'history.timerProcessorMaxPollRPS=500',
];
