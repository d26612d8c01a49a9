import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { MessageView } from '../../api/conversation-view.ts';
import type { DeadlineView } from '../../api/deadlines-view.ts';
import type { EventView } from '../../api/events-view.ts';
import type { TicketView } from '../../api/ticket-view.ts';
import { nextOpening } from '../../regulation/business-time.ts';
import { KYRGYZSTAN } from '../../regulation/calendars/kyrgyzstan.ts';
import { compileCalendar } from '../../regulation/compile-calendar.ts';
import { loadCalendar, localDateOf } from '../../regulation/working-calendar.ts';
import { ROOT } from '../../tools/stack/stack-settings.ts';
import type { Letter } from '../../tools/mail-sink/letters.ts';
import { stackPlace } from '../support/stack.ts';
import type { Stack, StackPlace } from '../support/stack.ts';
import { StackCaller } from '../support/stack-caller.ts';

const GULMIRA = 'gulmira@ak-suu.example';
const DANIEL = 'daniel@ak-suu.example';

let place: StackPlace;
let stack: Stack;
let walk: { code: number | null; said: string; complained: string };
let agent: StackCaller;

beforeAll(async () => {
  place = await stackPlace();
  stack = await place.start();
  walk = await walked();
  agent = await StackCaller.signIn(stack.addresses.api, place.dataFolder, 'agent');
}, 300_000);
afterAll(() => place.remove());

describe("README's walk, typed by a machine", () => {
  it('goes through without a complaint', () => {
    expect(walk).toMatchObject({ code: 0, complained: '' });
  });

  it('closes the ticket that its client lets lie after three working days of silence (§3.6)', async () => {
    expect(await ticket(1)).toMatchObject({
      status: 'closed',
      closedBecause: 'client-silent',
      outcome: 'client-unresponsive',
    });
    expect(walk.said).toMatch(/^ticket 1$/m);
    expect(walk.said).toMatch(/^client-silent$/m);
  });

  it('closes the ticket that its client confirms (§3.7)', async () => {
    expect(await ticket(2)).toMatchObject({
      status: 'closed',
      closedBecause: 'confirmed',
      outcome: 'information-provided',
    });
    expect(walk.said).toMatch(/^confirmed$/m);
  });

  it('tells each client each step in order and in his language', async () => {
    const toGulmira = await lettersTo(GULMIRA);
    expect(toGulmira.map(({ kind }) => kind)).toEqual([
      'receipt',
      'classified',
      'question',
      ...toGulmira.slice(3, -1).map(() => 'reminder'),
      'closed-silent',
    ]);
    expect(toGulmira.filter(({ kind }) => kind === 'reminder').length).toBe(await remindersOwed());
    expect(new Set(toGulmira.map(({ language }) => language))).toEqual(new Set(['ru']));
    const toDaniel = await lettersTo(DANIEL);
    expect(toDaniel.map(({ kind }) => kind)).toEqual(['receipt', 'classified', 'completion', 'closed-confirmed']);
    expect(new Set(toDaniel.map(({ language }) => language))).toEqual(new Set(['en']));
  });

  it.each([1, 2])('explains each deadline of ticket %i to the millisecond (§1.5)', async (number) => {
    const { items } = await agent.reads<{ items: DeadlineView[] }>(`tickets/${number}/deadlines`);
    for (const { elapsedMs, intervals } of items) {
      const counted = intervals.filter((one) => one.counted);
      expect(counted.reduce((sum, { from, to }) => sum + Date.parse(to) - Date.parse(from), 0)).toBe(elapsedMs);
    }
    const elapsedMs = (kind: string) => items.find((one) => one.kind === kind)?.elapsedMs;
    const { clocks } = await ticket(number);
    expect(elapsedMs('first-response-due')).toBe(clocks?.firstResponse.elapsedMs);
    expect(elapsedMs('resolution-due')).toBe(clocks?.resolution.elapsedMs);
  });

  it('shows both as completed workflows on the pages of Temporal', async () => {
    const page = await fetch(stack.addresses.temporalUi ?? '');
    expect([page.status, page.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/html')]);
    const list = await fetch(`${stack.addresses.temporalUi}/api/v1/namespaces/default/workflows`);
    const { executions } = (await list.json()) as {
      executions: { execution: { workflowId: string }; status: string }[];
    };
    const statuses = executions.map(({ execution, status }) => `${execution.workflowId} ${status}`).toSorted();
    expect(statuses).toEqual(['ticket-1', 'ticket-2'].map((id) => `${id} WORKFLOW_EXECUTION_STATUS_COMPLETED`));
  });

  it('stops on Ctrl-C without leaving a process, and finds its tickets at the next start', async () => {
    const before = [await ticket(1), await ticket(2)];
    expect(await stack.stop()).toBe(0);
    await stack.gone();
    stack = await place.start();
    agent = await StackCaller.signIn(stack.addresses.api, place.dataFolder, 'agent');
    expect([await ticket(1), await ticket(2)]).toEqual(before);
    expect(await stack.stop()).toBe(0);
    await stack.gone();
  }, 300_000);
});

async function ticket(number: number): Promise<Omit<TicketView, 'now'>> {
  const { now: _now, ...rest } = await agent.reads<TicketView>(`tickets/${number}`);
  return rest;
}

/**
 * One at the opening of each later working date before 27 working hours are over (§3.6): three, but two for a question
 * that was handed over on a working day before its opening, since its three days end with the closing of the third.
 */
async function remindersOwed(): Promise<number> {
  const { items } = await agent.reads<{ items: EventView[] }>('tickets/1/events');
  const handedOver = items.find(({ type }) => type === 'question-handed-over');
  if (handedOver === undefined) throw new Error('the question of ticket 1 was never handed over');
  const at = Date.parse(handedOver.at);
  const calendar = loadCalendar(compileCalendar(KYRGYZSTAN, { version: 1 }));
  const opening = nextOpening(calendar, at);
  return opening > at && localDateOf(calendar, opening) === localDateOf(calendar, at) ? 2 : 3;
}

/** The letters to an address in the order of their arrival, each by the notice that it carries. */
async function lettersTo(address: string): Promise<{ kind: string | undefined; language: string | undefined }[]> {
  const response = await fetch(`${stack.addresses.mail}/api/messages?to=${address}`);
  const letters = ((await response.json()) as Letter[]).toReversed();
  const conversations = await Promise.all(
    [1, 2].map((number) => agent.reads<{ items: MessageView[] }>(`tickets/${number}/messages`)),
  );
  const notices = conversations.flatMap(({ items }) => items);
  return letters.map(({ subject, text, headers }) => ({
    kind: notices.find(({ letter }) => letter?.subject === subject && letter.body.trim() === text.trim())?.kind,
    language: headers['content-language'],
  }));
}

/** The blocks of the README's walk, one after another in one shell, as somebody types them who never waits. */
async function walked(): Promise<typeof walk> {
  const readme = readFileSync(path.join(ROOT, 'README.md'), 'utf8');
  const [, section = ''] = /^## A walk\n(.*?)^## /ms.exec(readme) ?? [];
  const blocks = [...section.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block]) => block);
  expect(blocks.length).toBeGreaterThanOrEqual(5);
  const shell = spawn('bash', ['-euo', 'pipefail', '-c', blocks.join('\n')], {
    cwd: ROOT,
    env: { ...process.env, API: stack.addresses.api, DATA_DIR: place.dataFolder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  let complained = '';
  shell.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  shell.stderr.on('data', (chunk: Buffer) => (complained += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => {
    shell.once('close', resolve);
  });
  return { code, said, complained };
}
