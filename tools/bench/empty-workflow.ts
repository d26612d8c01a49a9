/** What Temporal costs by itself: a workflow that does nothing. The denominator of the lifecycles' ratio. */
export async function empty(): Promise<void> {}
