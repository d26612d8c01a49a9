import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** The accounts that a stack with demonstration data has (tools/demo-company.ts). */
export type Account = 'agent' | 'agent2' | 'head' | 'developer' | 'administrator';

export interface Answered<Body = Record<string, unknown>> {
  status: number;
  body: Body;
  /** How often it had to be asked until it was answered. */
  tries: number;
}

/** A ceiling for a test that would never end. */
const ANSWERED_WITHIN_MS = 120_000;
/** The API itself answers in fifteen seconds; a connection to a process that was killed may say nothing for ever. */
const PATIENCE_MS = 20_000;
const AGAIN_AFTER_MS = 150;

/** Somebody who speaks with a stack's API over HTTP: a member of staff, an integration, or anyone. */
export class StackCaller {
  readonly #api: string;
  readonly #headers: Record<string, string>;

  constructor(api: string, headers: Record<string, string> = {}) {
    this.#api = api;
    this.#headers = headers;
  }

  /** Signed in with an account of demo-accounts.json. */
  static async signIn(api: string, dataFolder: string, account: Account): Promise<StackCaller & { staffId: string }> {
    const accounts = JSON.parse(readFileSync(path.join(dataFolder, 'demo-accounts.json'), 'utf8')) as Record<
      Account,
      { email: string; password: string }
    >;
    const response = await fetch(`${api}/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(accounts[account]),
    });
    if (!response.ok) throw new Error(`${account} cannot sign in: ${response.status} ${await response.text()}`);
    const { id } = (await response.json()) as { id: string };
    const cookie = response.headers.getSetCookie().map((one) => one.split(';')[0]);
    return Object.assign(new StackCaller(api, { cookie: cookie.join('; ') }), { staffId: id });
  }

  /** With the integration token of demo-tokens.json. */
  static integration(api: string, dataFolder: string): StackCaller {
    const { intake } = JSON.parse(readFileSync(path.join(dataFolder, 'demo-tokens.json'), 'utf8')) as {
      intake: string;
    };
    return new StackCaller(api, { authorization: `Bearer ${intake}` });
  }

  /** What a read answers; it must succeed. */
  async reads<Body>(address: string, headers: Record<string, string> = {}): Promise<Body> {
    const answered = await this.#once('GET', address, undefined, headers);
    if (answered === null || answered.status !== 200) throw new Error(`${address}: ${JSON.stringify(answered)}`);
    return answered.body as Body;
  }

  /**
   * Posts as CONTRACT.md tells a caller: no answer, or one of 5xx, is asked again, under the same key, until there is
   * an answer.
   */
  async posts<Body = Record<string, unknown>>(
    address: string,
    body: unknown,
    { key }: { key?: string } = {},
  ): Promise<Answered<Body>> {
    const headers: Record<string, string> = key === undefined ? {} : { 'idempotency-key': key };
    const lateAt = Date.now() + ANSWERED_WITHIN_MS;
    for (let tries = 1; ; tries += 1) {
      const answered = await this.#once('POST', address, body, headers);
      if (answered !== null && answered.status < 500) return { ...answered, body: answered.body as Body, tries };
      if (Date.now() > lateAt) throw new Error(`POST ${address} is never answered: ${JSON.stringify(answered)}`);
      await pause(AGAIN_AFTER_MS);
    }
  }

  async #once(
    method: string,
    address: string,
    body: unknown,
    headers: Record<string, string>,
  ): Promise<{ status: number; body: unknown } | null> {
    try {
      const response = await fetch(`${this.#api}/v1/${address}`, {
        method,
        headers: {
          ...this.#headers,
          ...headers,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      const text = await response.text();
      return { status: response.status, body: text === '' ? null : (JSON.parse(text) as unknown) };
    } catch {
      // Nobody there, or gone in the middle of the answer.
      return null;
    }
  }
}
