import type { EventEmitter } from 'node:events';

/** One Ctrl-C comes twice: from the terminal, and from npm, which passes it on. */
const ONE_PRESS_MS = 1_000;

/**
 * Settles at the first signal to stop. `atOnce` is called for each that comes when the person has waited and insists; a
 * terminal that closes (SIGHUP) does not insist.
 */
export function toldToStop(options: {
  signals: Pick<EventEmitter, 'on'>;
  nowMs: () => number;
  atOnce: () => void;
}): Promise<void> {
  const { signals, nowMs, atOnce } = options;
  return new Promise((resolve) => {
    let firstToldMs: number | null = null;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      signals.on(signal, () => {
        firstToldMs ??= nowMs();
        resolve();
        if (signal !== 'SIGHUP' && nowMs() - firstToldMs >= ONE_PRESS_MS) atOnce();
      });
    }
  });
}
