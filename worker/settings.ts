import { z } from 'zod';
import { isMailAddress } from '../channels/email/mail-address.ts';
import { OFFICIAL_CHANNELS } from '../channels/official-channels.ts';
import { COMMON_SETTINGS, readEnvironment } from '../settings/environment.ts';

const Environment = z.object({
  ...COMMON_SETTINGS,
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: 'must be an address smtp(s)://…' }),
  MAIL_FROM: z.string().refine(isMailAddress, 'must be a mail address').default(OFFICIAL_CHANNELS.email),
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
  const env = readEnvironment(Environment, environment);
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
