import { ApplicationFailure } from '@temporalio/activity';
import { databaseCodes, isDatabaseDown } from '../prisma/client.ts';
import { RecordedOtherwise } from '../prisma/ticket-records.ts';

/**
 * An activity whose failures may be kept in a history: they tell what failed by names and codes, never by the values
 * that it handled (docs/architecture.md). What repeating cannot cure is marked so.
 */
export function withSafeFailures<Arguments extends unknown[], Result>(
  activity: string,
  run: (...given: Arguments) => Promise<Result>,
): (...given: Arguments) => Promise<Result> {
  return async (...given) => {
    try {
      return await run(...given);
    } catch (error) {
      throw safeFailure(activity, error);
    }
  };
}

/** Trouble that passes: tried again by the workflow's retry policy, or after the time that is given. */
export function temporary(message: string, type: string, nextRetryDelay?: '1 second'): ApplicationFailure {
  return ApplicationFailure.create({ message, type, ...(nextRetryDelay === undefined ? {} : { nextRetryDelay }) });
}

function safeFailure(activity: string, error: unknown): ApplicationFailure {
  if (error instanceof ApplicationFailure) return error;
  if (error instanceof RecordedOtherwise) return ApplicationFailure.nonRetryable(error.message, error.name);
  const name = error instanceof Error ? error.name : 'unknown error';
  const codes = [name, ...databaseCodes(error)].join(' ');
  const failure = isDatabaseDown(error)
    ? temporary(`${activity}: the database is not there (${codes})`, 'DatabaseDown')
    : temporary(`${activity} failed: ${codes}`, name);
  // The places of the original without its message.
  const places = (error instanceof Error ? (error.stack ?? '') : '').split('\n').filter((line) => /^\s+at /.test(line));
  failure.stack = [failure.message, ...places].join('\n');
  return failure;
}
