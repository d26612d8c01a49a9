import { TextDecoder } from 'node:util';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { Problem } from '../errors.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The body as it came in, byte for byte; empty without one. */
    originalBody: Buffer;
  }
}

/** JSON bodies, with their bytes kept; and nowhere a text that the database could not keep as it is. */
export const requestBody = fp(
  async (app: FastifyInstance) => {
    app.decorateRequest('originalBody');
    app.addHook('onRequest', async (request) => {
      request.originalBody = Buffer.alloc(0);
    });
    app.removeAllContentTypeParsers();
    const parseJson = app.getDefaultJsonParser('error', 'error');
    app.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, body, done) => {
      request.originalBody = body;
      const text = decoded(body);
      if (text === null) done(new Problem('not-json', 'the body is not UTF-8'));
      else void parseJson(request, text, done);
    });
    app.addHook('preValidation', async (request: FastifyRequest) => {
      for (const [place, value] of [
        ['params', request.params],
        ['querystring', request.query],
        ['body', request.body],
      ] as const) {
        refuseUnstorable(place, value);
      }
    });
  },
  { name: 'request-body' },
);

/** No honest body is deeper; what PostgreSQL or JSON.stringify would choke on is far deeper. */
const MOST_LEVELS = 32;

/** A path is quoted in the refusal; keys may be as long as the body. */
const MOST_OF_PATH = 200;

function decoded(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/**
 * Refuses what PostgreSQL cannot keep unchanged: NUL fails in it, and half of a surrogate pair becomes another character
 * without a word. It walks with a list of its own, so that no depth of nesting exhausts the stack.
 */
function refuseUnstorable(place: string, value: unknown): void {
  const left: { path: string; value: unknown; level: number }[] = [{ path: place, value, level: 0 }];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const { path, level } = next;
    if (typeof next.value === 'string') refuseText(path, next.value);
    if (typeof next.value !== 'object' || next.value === null) continue;
    if (level >= MOST_LEVELS) {
      throw new Problem('too-deeply-nested', `${place} is nested more than ${MOST_LEVELS} levels deep`);
    }
    for (const [key, inner] of Object.entries(next.value)) {
      refuseText(path, key);
      left.push({ path: `${path}/${key}`.slice(0, MOST_OF_PATH), value: inner, level: level + 1 });
    }
  }
}

function refuseText(path: string, text: string): void {
  if (text.includes('\0')) {
    throw new Problem('nul-character', `${path.replaceAll('\0', '')} has the character NUL (U+0000); leave it out`);
  }
  if (LONE_SURROGATE.test(text)) {
    const where = path.replaceAll(new RegExp(LONE_SURROGATE, 'gu'), '');
    throw new Problem('lone-surrogate', `${where} has half of a surrogate pair; send whole characters`);
  }
}

/** With the `u` flag a whole pair is one character, so only halves match. */
const LONE_SURROGATE = /\p{Surrogate}/u;
