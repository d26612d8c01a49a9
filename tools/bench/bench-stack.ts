import { mkdtempSync, chmodSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from '../stack/ports.ts';
import { readStackSettings } from '../stack/stack-settings.ts';
import { startStack } from '../stack/start-stack.ts';
import { Supervisor } from '../stack/supervisor.ts';

/** A whole system of the benchmark's own, as `npm start` brings it up, in a folder that is thrown away. */
export interface BenchStack {
  api: string;
  databaseUrl: string;
  temporalAddress: string;
  taskQueue: string;
  intakeToken: string;
  /** The worker's process, to be measured from outside. */
  workerPid: number;
  stop(): Promise<void>;
}

export async function startBenchStack(): Promise<BenchStack> {
  const folder = mkdtempSync(path.join(tmpdir(), 'siroca-support-bench-'));
  chmodSync(folder, 0o755);
  const ports = await freePorts();
  const settings = readStackSettings({ DATA_DIR: folder, ...ports });
  // The stack's processes inherit this environment: limits on strangers are not what is measured.
  process.env['LOG_LEVEL'] ??= 'warn';
  const supervisor = new Supervisor(folder, () => {});
  const stop = async (): Promise<void> => {
    await supervisor.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const { api } = await startStack(settings, supervisor, () => {});
    const pids = readJson(folder, 'processes.json');
    const secrets = readJson(folder, 'secrets.json');
    return {
      api,
      databaseUrl: `postgresql://postgres:${String(secrets['databasePassword'])}@127.0.0.1:${ports.POSTGRES_PORT}/siroca_support`,
      temporalAddress: `127.0.0.1:${ports.TEMPORAL_PORT}`,
      taskQueue: settings.taskQueue,
      intakeToken: String(readJson(folder, 'demo-tokens.json')['intake']),
      workerPid: Number(pids['worker']),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function freePorts() {
  return {
    PORT: String(await freePort()),
    TEMPORAL_PORT: String(await freePort()),
    TEMPORAL_UI_PORT: String(await freePort()),
    MAIL_SINK_SMTP_PORT: String(await freePort()),
    MAIL_SINK_HTTP_PORT: String(await freePort()),
    POSTGRES_PORT: String(await freePort()),
  };
}

function readJson(folder: string, file: string): Record<string, unknown> {
  return JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as Record<string, unknown>;
}
