import { z } from 'zod';
import { COMMON_SETTINGS, readEnvironment, secret } from '../settings/environment.ts';

const port = z.coerce.number().int().min(0).max(65_535);
const perMinute = z.coerce.number().int().min(1).max(1_000_000);

const Environment = z
  .object({
    ...COMMON_SETTINGS,
    /** Shown to engineers as the place where workflows are watched. */
    TEMPORAL_UI_URL: z.url().optional(),
    SESSION_SECRET: secret,
    HOST: z.string().min(1).default('127.0.0.1'),
    PORT: port.default(8080),
    NODE_ENV: z.string().default('development'),
    REHEARSAL: z.enum(['on', 'off']).default('off'),
    /** Whose X-Forwarded-… headers are believed: addresses, networks, or `loopback`, `linklocal`, `uniquelocal`. */
    TRUSTED_PROXIES: z.string().optional(),
    /** How long a client's link works once its ticket has closed. */
    CLIENT_LINK_DAYS_AFTER_CLOSING: z.coerce.number().int().min(1).max(3_650).default(90),
    /** Requests that one source may send in a minute by the public form. */
    PUBLIC_REQUESTS_PER_MINUTE: perMinute.default(120),
    /** Reads and acts that one source may send in a minute with client links. */
    CLIENT_LINK_REQUESTS_PER_MINUTE: perMinute.default(600),
    /** Messages that one integration may bring in a minute. */
    INTAKE_REQUESTS_PER_MINUTE: perMinute.default(12_000),
    /** Attempts to sign in, right or wrong, that one source may make in a minute. */
    SIGN_INS_PER_MINUTE: perMinute.default(300),
  })
  .superRefine((env, context) => {
    if (env.REHEARSAL === 'on' && env.NODE_ENV === 'production') {
      context.addIssue({ code: 'custom', path: ['REHEARSAL'], message: 'must not be on when NODE_ENV is production' });
    }
  });

export interface ApiSettings {
  databaseUrl: string;
  temporal: { address: string; namespace: string; taskQueue: string; uiUrl: string | null };
  publicUrl: string;
  linkSecret: string;
  sessionSecret: string;
  host: string;
  port: number;
  logLevel: string;
  rehearsal: boolean;
  trustedProxies: string[];
  clientLinkDaysAfterClosing: number;
  limits: { publicRequests: number; clientLink: number; intake: number; signIns: number };
}

/**
 * The settings of the API, read once at start.
 * @throws InvalidSetting that names every setting at fault, one a line
 */
export function readApiSettings(environment: Readonly<Record<string, string | undefined>>): ApiSettings {
  const env = readEnvironment(Environment, environment);
  return {
    databaseUrl: env.DATABASE_URL,
    temporal: {
      address: env.TEMPORAL_ADDRESS,
      namespace: env.TEMPORAL_NAMESPACE,
      taskQueue: env.TEMPORAL_TASK_QUEUE,
      uiUrl: env.TEMPORAL_UI_URL ?? null,
    },
    publicUrl: env.PUBLIC_URL,
    linkSecret: env.LINK_SECRET,
    sessionSecret: env.SESSION_SECRET,
    host: env.HOST,
    port: env.PORT,
    logLevel: env.LOG_LEVEL,
    rehearsal: env.REHEARSAL === 'on',
    trustedProxies: proxies(env.TRUSTED_PROXIES ?? defaultProxies(env.PUBLIC_URL)),
    clientLinkDaysAfterClosing: env.CLIENT_LINK_DAYS_AFTER_CLOSING,
    limits: {
      publicRequests: env.PUBLIC_REQUESTS_PER_MINUTE,
      clientLink: env.CLIENT_LINK_REQUESTS_PER_MINUTE,
      intake: env.INTAKE_REQUESTS_PER_MINUTE,
      signIns: env.SIGN_INS_PER_MINUTE,
    },
  };
}

/** A public https address means that something on our own network ends TLS before us, for we speak plain HTTP. */
function defaultProxies(publicUrl: string): string {
  return publicUrl.startsWith('https:') ? 'loopback,linklocal,uniquelocal' : '';
}

function proxies(list: string): string[] {
  return list
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
}
