import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { PlainFailure } from '../plain-failure.mjs';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** What the local stack is told by its environment; every setting is in .env.example. */
export interface StackSettings {
  dataFolder: string;
  ports: { api: number; temporal: number; temporalUi: number; mailSmtp: number; mailPages: number; postgres: number };
  /** Addresses of servers that somebody else runs; null: bring our own. */
  given: { databaseUrl: string | null; temporalAddress: string | null; smtpUrl: string | null };
  temporalNamespace: string;
  taskQueue: string;
  host: string;
  publicUrl: string;
  /** Whether clients and staff to learn with are put in: by itself only into a database of our own. */
  demonstration: boolean;
  rehearsal: 'on' | 'off';
}

export function readStackSettings(env: NodeJS.ProcessEnv): StackSettings {
  const given = {
    databaseUrl: env['DATABASE_URL'] || null,
    temporalAddress: env['TEMPORAL_ADDRESS'] || null,
    smtpUrl: env['SMTP_URL'] || null,
  };
  const ports = {
    api: port(env, 'PORT', 8080),
    temporal: port(env, 'TEMPORAL_PORT', 7233),
    temporalUi: port(env, 'TEMPORAL_UI_PORT', 8233),
    mailSmtp: port(env, 'MAIL_SINK_SMTP_PORT', 1025),
    mailPages: port(env, 'MAIL_SINK_HTTP_PORT', 8025),
    postgres: port(env, 'POSTGRES_PORT', 54_329),
  };
  const isProduction = env['NODE_ENV'] === 'production';
  return {
    dataFolder: path.resolve(ROOT, env['DATA_DIR'] || '.data'),
    ports,
    given,
    temporalNamespace: env['TEMPORAL_NAMESPACE'] || 'default',
    taskQueue: env['TEMPORAL_TASK_QUEUE'] || 'tickets',
    host: env['HOST'] || '127.0.0.1',
    publicUrl: env['PUBLIC_URL'] || `http://127.0.0.1:${ports.api}`,
    demonstration: onOrOff(env, 'DEMO_DATA', given.databaseUrl === null && !isProduction ? 'on' : 'off') === 'on',
    rehearsal: onOrOff(env, 'REHEARSAL', given.temporalAddress === null && !isProduction ? 'on' : 'off'),
  };
}

function port(env: NodeJS.ProcessEnv, name: string, standard: number): number {
  const text = env[name] || String(standard);
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 65_535) {
    throw new PlainFailure(`${name} must be a port from 1 to 65535, not "${text}".`);
  }
  return value;
}

function onOrOff(env: NodeJS.ProcessEnv, name: string, standard: 'on' | 'off'): 'on' | 'off' {
  const text = env[name] || standard;
  if (text !== 'on' && text !== 'off') throw new PlainFailure(`${name} must be on or off, not "${text}".`);
  return text;
}
