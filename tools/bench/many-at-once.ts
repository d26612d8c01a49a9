/** Runs `work` for 0 … count-1 with so many at a time, and gives the milliseconds that each took and that all took. */
export async function manyAtOnce(
  { count, atOnce }: { count: number; atOnce: number },
  work: (i: number) => Promise<void>,
): Promise<{ eachMs: number[]; allMs: number }> {
  const eachMs: number[] = [];
  let next = 0;
  const began = performance.now();
  const worker = async (): Promise<void> => {
    for (let i = next; i < count; i = next) {
      next += 1;
      const from = performance.now();
      await work(i);
      eachMs.push(performance.now() - from);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return { eachMs, allMs: performance.now() - began };
}

/** The value below which the share of all lies; `share` from 0 to 1. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export function perSecond(count: number, allMs: number): number {
  return (count * 1_000) / allMs;
}
