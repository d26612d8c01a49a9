import { z } from 'zod';
import { isMailAddress } from '../channels/email/mail-address.ts';
import { OFFICIAL_CHANNELS } from '../channels/official-channels.ts';
import { InvalidSetting } from '../regulation/errors.ts';

const Environment = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must be an address postgresql://…' }),
  TEMPORAL_ADDRESS: z.string().min(1).default('127.0.0.1:7233'),
  TEMPORAL_NAMESPACE: z.string().min(1).default('default'),
  TEMPORAL_TASK_QUEUE: z.string().min(1).default('tickets'),
  /** The base of every link that leaves the house. */
  PUBLIC_URL: z.url({ protocol: /^https?$/, error: 'must be an address http(s)://…' }).default('http://127.0.0.1:8080'),
  /** The same as the API's: what one makes the other must read. */
  LINK_SECRET: z.string().min(32, 'must have at least 32 characters'),
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: 'must be an address smtp(s)://…' }),
  MAIL_FROM: z.string().refine(isMailAddress, 'must be a mail address').default(OFFICIAL_CHANNELS.email),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
});

export interface WorkerSettings {
  databaseUrl: string;
  temporal: { address: string; namespace: string; taskQueue: string };
  publicUrl: string;
  linkSecret: string;
  smtpUrl: string;
  mailFrom: string;
  logLevel: string;
}

/**
 * The settings of the worker, read once at start.
 * @throws InvalidSetting that names every setting at fault, one a line
 */
export function readWorkerSettings(environment: Readonly<Record<string, string | undefined>>): WorkerSettings {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const read = Environment.safeParse(given);
  if (!read.success) {
    const lines = read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw new InvalidSetting('environment', lines.join('\n'));
  }
  const env = read.data;
  return {
    databaseUrl: env.DATABASE_URL,
    temporal: {
      address: env.TEMPORAL_ADDRESS,
      namespace: env.TEMPORAL_NAMESPACE,
      taskQueue: env.TEMPORAL_TASK_QUEUE,
    },
    publicUrl: env.PUBLIC_URL,
    linkSecret: env.LINK_SECRET,
    smtpUrl: env.SMTP_URL,
    mailFrom: env.MAIL_FROM,
    logLevel: env.LOG_LEVEL,
  };
}
