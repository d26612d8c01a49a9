import type { Logger as TemporalLogger, LogLevel, LogMetadata } from '@temporalio/worker';
import { pino } from 'pino';
import type { DestinationStream, Logger } from 'pino';

/**
 * One line per fact, with ids alone (threats S34). Nothing of the names below is logged on purpose; should a library
 * try, it is left out.
 */
export function createLog(level: string, destination?: DestinationStream): Logger {
  const paths = ['body', 'text', 'html', 'subject', 'name', 'email', 'phone', 'address', 'to', 'envelope', 'password'];
  const options = {
    level,
    redact: { paths: [...paths, ...paths.map((path) => `*.${path}`)], remove: true },
    serializers: { error: pino.stdSerializers.err },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

/** Temporal's own lines, among ours. */
export function temporalLogger(log: Logger): TemporalLogger {
  const at = (level: 'trace' | 'debug' | 'info' | 'warn' | 'error') => (message: string, meta?: LogMetadata) =>
    log[level]({ ...meta }, message);
  const logger = {
    trace: at('trace'),
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
  };
  return {
    ...logger,
    log: (level: LogLevel, message: string, meta?: LogMetadata) => logger[LEVELS[level]](message, meta),
  };
}

const LEVELS = { TRACE: 'trace', DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' } as const;
