import { createHash } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import { Prisma, PrismaClient } from './generated/client.ts';

export type Database = PrismaClient;
/** What a query needs, inside a transaction or outside of one. */
export type Queries = Omit<PrismaClient, '$connect' | '$disconnect' | '$on' | '$transaction' | '$extends'>;

/**
 * The database at `url` (`postgresql://…`). It connects with the first query, so a process may start before the
 * database does; without a connection within five seconds a query fails, and `isDatabaseDown` knows the error.
 * Close with `$disconnect()`.
 */
export function createDatabase(url: string, { connections = 10 }: { connections?: number } = {}): Database {
  const adapter = new PrismaPg(
    { connectionString: url, max: connections, connectionTimeoutMillis: 5_000, keepAlive: true },
    { statementNameGenerator: ({ sql }) => createHash('sha256').update(sql).digest('base64url').slice(0, 32) },
  );
  // `minimal`: other formats quote the source line and the values of the call, which may be a person's words.
  return new PrismaClient({ adapter, errorFormat: 'minimal', transactionOptions: { maxWait: 5_000, timeout: 15_000 } });
}

/** A row with the same unique key is already there. */
export function isUniqueViolation(error: unknown): boolean {
  return databaseCodes(error).some((code) => code === 'P2002' || code === '23505');
}

/** The database could not be reached or went away: nothing is known to be wrong with what was asked. */
export function isDatabaseDown(error: unknown): boolean {
  if (error instanceof Prisma.PrismaClientInitializationError) return true;
  if (error instanceof Error && LOST_CONNECTION.test(error.message)) return true;
  return databaseCodes(error).some((code) => UNREACHABLE.has(code) || /^(08|53|57P)/.test(code));
}

/** What may be told of a database error in logs and histories: its codes, never the values of the statement. */
export function databaseCodes(error: unknown): string[] {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return [];
  const { cause } = (error.meta?.['driverAdapterError'] ?? {}) as {
    cause?: { kind?: string; originalCode?: string };
  };
  return [error.code, cause?.originalCode, cause?.kind].filter((code) => code !== undefined);
}

const UNREACHABLE: ReadonlySet<string> = new Set([
  'P1001',
  'P1002',
  'P1008',
  'P1017',
  'P2024',
  'P2028',
  'DatabaseNotReachable',
  'ConnectionClosed',
  'SocketTimeout',
  'TooManyConnections',
]);

/** pg and its pool tell these by message alone. */
const LOST_CONNECTION =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/;
