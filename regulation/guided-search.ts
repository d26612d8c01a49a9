/**
 * Sorted values with a guide to them. Plain binary search costs a mispredicted branch for each halving, twice as much
 * over twenty years as over two; the guide cuts the list into as many buckets of equal width as it has values, so that
 * a look-up begins among the few of one bucket, however long the list.
 */
export interface GuidedValues {
  readonly values: Float64Array;
  readonly origin: number;
  readonly width: number;
  /** `below[b]` is how many values lie in the buckets before `b`. */
  readonly below: Uint32Array;
}

/** Guides `values`, which are sorted and lie in `[origin, end]`, `origin < end`. */
export function guideTo(values: Float64Array, { origin, end }: { origin: number; end: number }): GuidedValues {
  const buckets = Math.max(1, values.length);
  const width = (end - origin) / buckets;
  const below = new Uint32Array(buckets + 2);
  for (const value of values) below[Math.trunc((value - origin) / width) + 1]! += 1;
  for (let b = 1; b < below.length; b += 1) below[b]! += below[b - 1]!;
  return { values, origin, width, below };
}

/** How many of the values are at or below `limit`, which lies in `[origin, end]`. Allocates nothing. */
export function countUpTo({ values, origin, width, below }: GuidedValues, limit: number): number {
  // Exact whatever the division rounds: values and limits are put into buckets by the same, monotone, expression.
  const bucket = Math.trunc((limit - origin) / width);
  let low = below[bucket]!;
  let high = below[bucket + 1]!;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle]! <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
