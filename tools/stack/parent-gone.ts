const POLL_MS = 500;

/** Settles when the npm that started this process is gone: killed, it passes no signal on. Never without npm. */
export function parentGone(): Promise<void> {
  return new Promise((resolve) => {
    if (process.env['npm_lifecycle_event'] === undefined) return;
    const npm = process.ppid;
    setInterval(() => {
      if (process.ppid !== npm) resolve();
    }, POLL_MS).unref();
  });
}
