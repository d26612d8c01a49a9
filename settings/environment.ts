import { z } from 'zod';
import { InvalidSetting } from '../regulation/errors.ts';

/** A secret that links or sessions are derived from. */
export const secret = z.string({ error: 'must be set' }).min(32, 'must have at least 32 characters');

/**
 * The settings that the API and the worker must agree on: the same records, the same workflows, and links that one makes
 * and the other reads.
 */
export const COMMON_SETTINGS = {
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must be an address postgresql://…' }),
  TEMPORAL_ADDRESS: z.string().min(1).default('127.0.0.1:7233'),
  TEMPORAL_NAMESPACE: z.string().min(1).default('default'),
  TEMPORAL_TASK_QUEUE: z.string().min(1).default('tickets'),
  /** The base of every link that leaves the house; never taken from a Host header. */
  PUBLIC_URL: z.url({ protocol: /^https?$/, error: 'must be an address http(s)://…' }).default('http://127.0.0.1:8080'),
  LINK_SECRET: secret,
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
};

/**
 * An environment as a schema reads it; a variable that is set to nothing counts as not set.
 * @throws InvalidSetting that names every setting at fault, one a line
 */
export function readEnvironment<Schema extends z.ZodType>(
  schema: Schema,
  environment: Readonly<Record<string, string | undefined>>,
): z.infer<Schema> {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const read = schema.safeParse(given);
  if (read.success) return read.data;
  const lines = read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new InvalidSetting('environment', lines.join('\n'));
}
