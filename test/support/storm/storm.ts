import { randomUUID } from 'node:crypto';
import type { MessageView } from '../../../api/conversation-view.ts';
import type { TicketView } from '../../../api/ticket-view.ts';
import type { StaffActType } from '../../../regulation/commands.ts';
import type { Channel, Role } from '../../../regulation/vocabulary.ts';
import { StackCaller } from '../stack-caller.ts';
import type { Account, Answered } from '../stack-caller.ts';
import { until } from '../stack.ts';
import { emptyRecord } from './record.ts';
import type { Commanded, StormRecord } from './record.ts';
import type { SeededRandom } from './seeded-random.ts';

interface Staff {
  caller: StackCaller;
  staffId: string;
  role: Role;
}

/** A request of the public form: its ticket, and what its client does with his link. */
export interface Filed {
  number: number;
  token: string;
}

/** Contacts of the demonstration company with a product that their agreement covers. */
const CLIENTS = [
  { email: 'gulmira@ak-suu.example', product: 'siroca-lis' },
  { email: 'daniel@ak-suu.example', product: 'siroca-mis' },
  { email: 'jyldyz@bilim.example', product: 'e-school' },
];

const BECOMES_WITHIN_MS = 180_000;

/**
 * Everybody who speaks with a stack while its processes are killed. Each repeats what is not answered under the same key,
 * as CONTRACT.md asks, and keeps what was answered. All words are marked, so that they are known wherever they turn up.
 */
export class Storm {
  readonly record: StormRecord = emptyRecord();
  readonly random: SeededRandom;
  readonly #anyone: StackCaller;
  readonly #integration: StackCaller;
  readonly #staff: Readonly<Record<Account, Staff>>;
  #words = 0;

  private constructor(
    random: SeededRandom,
    callers: { anyone: StackCaller; integration: StackCaller; staff: Record<Account, Staff> },
  ) {
    this.random = random;
    this.#anyone = callers.anyone;
    this.#integration = callers.integration;
    this.#staff = callers.staff;
  }

  static async over({ api, dataFolder }: { api: string; dataFolder: string }, random: SeededRandom): Promise<Storm> {
    const signedIn = async (account: Account, role: Role): Promise<Staff> => {
      const caller = await StackCaller.signIn(api, dataFolder, account);
      return { caller, staffId: caller.staffId, role };
    };
    return new Storm(random, {
      anyone: new StackCaller(api),
      integration: StackCaller.integration(api, dataFolder),
      staff: {
        agent: await signedIn('agent', 'agent'),
        agent2: await signedIn('agent2', 'agent'),
        head: await signedIn('head', 'head'),
        developer: await signedIn('developer', 'developer'),
        administrator: await signedIn('administrator', 'administrator'),
      },
    });
  }

  /** Words that are said once in all the storm. */
  words(about: string): string {
    this.#words += 1;
    return `Канарейка-${this.#words}: ${about}.`;
  }

  /** A request by the public form, sometimes twice under one key. */
  async files({ impact }: { impact?: string } = {}): Promise<Filed> {
    const client = this.random.pick(CLIENTS);
    const words = this.words('ничего не работает');
    const body = {
      product: client.product,
      subject: `${words} Тема`,
      description: words,
      ...(impact === undefined ? {} : { impact }),
      contact: { name: `${words} Имя`, email: client.email },
    };
    const { number, trackingUrl } = await this.#accepted<{ number: number; trackingUrl: string }>(
      this.#anyone,
      'requests',
      body,
    );
    const identity = null;
    this.record.accepted.push({ way: 'request', act: 'message', words, number, identity, duplicate: false });
    return { number, token: trackingUrl.split('/').at(-1) ?? '' };
  }

  /** A message that an integration brings; `receivedAt` may be a while back. */
  async brings(
    told: { channel?: Channel; externalId?: string; receivedAt?: number; words?: string } = {},
  ): Promise<{ number: number; words: string; identity: { channel: Channel; account: string; externalId: string } }> {
    const words = told.words ?? this.words('принесено каналом');
    const channel = told.channel ?? this.random.pick(['email', 'telegram', 'web-chat', 'phone'] as const);
    const identity = { channel, account: 'storm', externalId: told.externalId ?? randomUUID() };
    const { account, externalId } = identity;
    const body = {
      account,
      externalId,
      from: { address: this.#addressOn(channel), name: `${words} Имя` },
      text: words,
      product: 'siroca-lis',
      ...(told.receivedAt === undefined ? {} : { receivedAt: new Date(told.receivedAt).toISOString() }),
    };
    const answered = await this.#integration.posts<{ number: number; duplicate: boolean }>(`intake/${channel}`, body);
    this.record.repeats += answered.tries - 1;
    if (answered.status !== 202) throw new Error(`intake: ${JSON.stringify(answered)}`);
    const { number, duplicate } = answered.body;
    this.record.accepted.push({ way: 'intake', act: 'message', words, number, identity, duplicate });
    return { number, words, identity };
  }

  /** What a client does by his link. */
  async clientDoes(ticket: Filed, type: 'answer' | 'confirm' | 'disagree'): Promise<void> {
    const words = type === 'confirm' ? '' : this.words(type === 'answer' ? 'клиент отвечает' : 'клиент не согласен');
    const said = type === 'answer' ? { text: words } : type === 'disagree' ? { reason: words } : {};
    const { followUp } = await this.#accepted<{ followUp: { number: number } | null }>(
      this.#anyone,
      `client/${ticket.token}/commands`,
      { type, ...said },
    );
    this.record.accepted.push({
      way: 'link',
      act: type === 'answer' ? 'message' : type,
      words,
      number: followUp?.number ?? ticket.number,
      identity: null,
      duplicate: false,
    });
  }

  /** An act of staff; the answer, a yes or a no, is kept. `field` is where its words stand. */
  async staffDoes(
    number: number,
    as: Account,
    act: { type: StaffActType; [field: string]: unknown },
    field?: 'text' | 'reason' | 'diagnosis' | 'note',
  ): Promise<Commanded> {
    const { caller, staffId, role } = this.#staff[as];
    const words = field === undefined ? null : this.words(`${act.type} от ${as}`);
    const body = field === undefined ? act : { ...act, [field]: words };
    const key = randomUUID();
    const address = `tickets/${number}/commands`;
    const answered = await caller.posts<{ version?: number; code?: string }>(address, body, { key });
    this.record.repeats += answered.tries - 1;
    const { status } = answered;
    const commanded: Commanded = {
      number,
      staffId,
      role,
      type: act.type,
      words,
      status,
      code: status === 200 ? null : (answered.body.code ?? ''),
      version: status === 200 ? (answered.body.version ?? null) : null,
    };
    this.record.commanded.push(commanded);
    if (status === 200 && this.random.chance(0.2)) await this.#repeats(caller, { address, body, key }, answered);
    return commanded;
  }

  /** The next ticket of the queue, or null when nothing is offered. */
  async takesNext(as: 'agent' | 'agent2'): Promise<number | null> {
    const { caller, staffId, role } = this.#staff[as];
    const answered = await caller.posts<{ number: number; version: number } | null>(
      'queue/next',
      {},
      {
        key: randomUUID(),
      },
    );
    this.record.repeats += answered.tries - 1;
    if (answered.status === 204 || answered.body === null) return null;
    if (answered.status !== 200) throw new Error(`queue/next: ${JSON.stringify(answered)}`);
    const { number, version } = answered.body;
    this.record.commanded.push({
      number,
      staffId,
      role,
      type: 'take',
      words: null,
      status: 200,
      code: null,
      version,
    });
    return number;
  }

  /** Returns once the ticket is in a status. */
  async becomes(number: number, ...statuses: TicketView['status'][]): Promise<void> {
    let seen = '';
    await until(
      async () => {
        const ticket = await this.#looks<TicketView>(`tickets/${number}`);
        seen = ticket?.status ?? seen;
        return ticket !== null && statuses.includes(ticket.status);
      },
      { withinMs: BECOMES_WITHIN_MS, what: () => `ticket ${number} is ${seen} and not ${statuses.join(' or ')}` },
    );
  }

  /** The message of a client that waits for judgement. */
  async messageToJudge(number: number): Promise<string> {
    let id = '';
    await until(
      async () => {
        const conversation = await this.#looks<{ items: MessageView[] }>(`tickets/${number}/messages`);
        id = conversation?.items.findLast((one) => one.direction === 'from-client' && !one.onTheWay)?.id ?? '';
        const first = conversation?.items.find((one) => one.direction === 'from-client')?.id;
        return id !== '' && id !== first;
      },
      { withinMs: BECOMES_WITHIN_MS, what: () => `no message of ticket ${number} waits for judgement` },
    );
    return id;
  }

  /** Moves a ticket's own clock. */
  async advance(number: number, by: string): Promise<void> {
    const answered = await this.#staff.head.caller.posts(`rehearsal/tickets/${number}/advance`, { by });
    if (answered.status !== 200) throw new Error(`advance of ${number}: ${JSON.stringify(answered)}`);
  }

  /** What a read answers, or null while something is down. */
  async #looks<Body>(address: string): Promise<Body | null> {
    try {
      return await this.#staff.head.caller.reads<Body>(address);
    } catch {
      return null;
    }
  }

  async #accepted<Body>(caller: StackCaller, address: string, body: unknown): Promise<Body> {
    const key = randomUUID();
    const answered = await caller.posts<Body>(address, body, { key });
    this.record.repeats += answered.tries - 1;
    if (answered.status !== 202) throw new Error(`${address}: ${JSON.stringify(answered)}`);
    if (this.random.chance(0.2)) await this.#repeats(caller, { address, body, key }, answered);
    return answered.body;
  }

  /** The same key again must give the same answer (threats, invariant 13). */
  async #repeats(
    caller: StackCaller,
    { address, body, key }: { address: string; body: unknown; key: string },
    first: Answered<unknown>,
  ): Promise<void> {
    const again = await caller.posts(address, body, { key });
    if (again.status !== first.status || JSON.stringify(again.body) !== JSON.stringify(first.body)) {
      this.record.contradictions.push(`${address}: ${JSON.stringify(first)} and then ${JSON.stringify(again)}`);
    }
  }

  #addressOn(channel: Channel): string {
    const one = this.random.between(1, 999_999);
    if (channel === 'email') return `canary-${one}@stranger.example`;
    return channel === 'phone' ? `+99655${String(one).padStart(7, '0')}` : `canary-chat-${one}`;
  }
}
