import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Letters } from './letters.ts';
import { letterPage, listPage, notFoundPage } from './pages.ts';

const LIST_LIMIT = 200;
const HEADERS = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
};

/**
 * The letters as pages for people, and as JSON for tests: `/api/messages` (the newest first; `?to=` an address,
 * `?limit=`) and `/api/messages/{id}`.
 */
export function createHttpServer(letters: Letters): Server {
  return createServer((request, response) => {
    answer(letters, request, response).catch((error: unknown) => {
      respond(response, 500, 'text/plain', error instanceof Error ? error.message : String(error));
    });
  });
}

async function answer(letters: Letters, request: IncomingMessage, response: ServerResponse): Promise<void> {
  // A page of another site that has its name resolve to this machine must not read the letters.
  if (!/^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(request.headers.host ?? '')) {
    return respond(response, 403, 'text/plain', 'This mailbox is read on the machine it runs on.');
  }
  if (request.method !== 'GET') return respond(response, 405, 'text/plain', 'Letters are only read here.');
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://mail-sink');
  if (pathname === '/') return respond(response, 200, 'text/html', listPage(await letters.newest(LIST_LIMIT)));
  if (pathname === '/api/messages') {
    const limit = Math.max(1, Number(searchParams.get('limit')) || LIST_LIMIT);
    return json(response, 200, await letters.newest(limit, searchParams.get('to') ?? undefined));
  }
  const [, api, id = '', raw] = /^(\/api)?\/messages\/([0-9a-f-]+)(\/raw)?$/.exec(pathname) ?? [];
  if (raw !== undefined && api === undefined) {
    const bytes = await letters.bytes(id);
    if (bytes !== null) return respond(response, 200, 'text/plain', bytes);
  }
  const letter = await letters.read(id);
  if (api !== undefined) return json(response, letter === null ? 404 : 200, letter);
  if (letter === null) return respond(response, 404, 'text/html', notFoundPage());
  return respond(response, 200, 'text/html', letterPage(letter));
}

function json(response: ServerResponse, status: number, content: unknown): void {
  respond(response, status, 'application/json', JSON.stringify(content));
}

function respond(response: ServerResponse, status: number, type: string, body: string | Buffer): void {
  response.writeHead(status, { ...HEADERS, 'content-type': `${type}; charset=utf-8` }).end(body);
}
