import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import type { Client } from '@temporalio/client';

/** A payload as histories in JSON have it; both parts in base64. */
export interface JsonPayload {
  metadata?: Record<string, string>;
  data?: string;
}

/** A history as the CLI and `historyToJSON` write it, as far as tests look into it. */
export interface JsonHistory {
  events: {
    eventType: string;
    userMetadata?: { summary?: JsonPayload };
    activityTaskScheduledEventAttributes?: { activityType?: { name: string }; input?: { payloads?: JsonPayload[] } };
    workflowExecutionStartedEventAttributes?: { continuedExecutionRunId?: string };
  }[];
}

/** The value that a payload carries, if it is JSON. */
export function payloadValue(payload: JsonPayload | undefined): unknown {
  return JSON.parse(Buffer.from(payload?.data ?? '', 'base64').toString('utf8'));
}

export async function historyOf(client: Client, workflowId: string, runId?: string): Promise<JsonHistory> {
  const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
  return JSON.parse(historyToJSON(history)) as JsonHistory;
}

/**
 * Everything that can be read in a history: every plain string, and every payload decoded (arguments, results, failures,
 * search attributes, memo, summaries), whose bytes stand in `data` in base64.
 */
export function* readableTexts(part: unknown): Generator<string> {
  if (typeof part === 'string') yield part;
  if (typeof part !== 'object' || part === null) return;
  for (const [key, value] of Object.entries(part)) {
    yield* readableTexts(value);
    if (key === 'data' && typeof value === 'string') yield Buffer.from(value, 'base64').toString('utf8');
  }
}

/** What people write and ids never look like: Cyrillic words, addresses, telephone numbers. */
const PERSONAL = [/\p{Script=Cyrillic}+/gu, /[\w.+-]+@[\w-]+\.[a-z]{2,}/gi, /\+\d{9,}/g];

/** A person's words and addresses that can be read in a history, with whatever canary was planted. There should be none (docs/architecture.md). */
export function personalTextIn(history: JsonHistory, canaries: readonly string[] = []): string[] {
  const found = new Set<string>();
  for (const text of readableTexts(history)) {
    for (const pattern of PERSONAL) for (const words of text.match(pattern) ?? []) found.add(words);
    for (const canary of canaries) if (text.includes(canary)) found.add(canary);
  }
  return [...found];
}

/** Every history that the namespace has, run by run. */
export async function* historiesOf(
  client: Client,
  query?: string,
): AsyncGenerator<{ workflowId: string; history: JsonHistory }> {
  for await (const { workflowId, runId } of client.workflow.list(query === undefined ? {} : { query })) {
    yield { workflowId, history: await historyOf(client, workflowId, runId) };
  }
}
