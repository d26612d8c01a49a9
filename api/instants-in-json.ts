/**
 * The content of an event or a notice as readers of the API get it: instants, whose names end in `At`, as ISO 8601;
 * everything else as it is.
 */
export function withIsoInstants(content: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(content).map(([name, value]) => [name, isoIfInstant(name, value)]));
}

function isoIfInstant(name: string, value: unknown): unknown {
  return name.endsWith('At') && typeof value === 'number' ? new Date(value).toISOString() : value;
}
