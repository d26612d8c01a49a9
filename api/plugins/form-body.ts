import type { FastifyInstance, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { Problem } from '../errors.ts';

const FORM = 'application/x-www-form-urlencoded';

/** Bodies of HTML forms in place of JSON, each name once; the bytes are kept too. */
export const formBody = fp(
  async (app: FastifyInstance) => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser<Buffer>(FORM, { parseAs: 'buffer' }, async (request: FastifyRequest, body: Buffer) => {
      request.originalBody = body;
      return fieldsOf(body.toString('utf8'));
    });
  },
  { name: 'form-body', dependencies: ['request-body'] },
);

/** Far more fields than any form of ours has. */
const MOST_FIELDS = 20;

/** Line ends become one kind: browsers send two characters for each, and count them as one. */
function fieldsOf(body: string): Record<string, string> {
  if (body.split('&', MOST_FIELDS + 1).length > MOST_FIELDS) throw tooMany();
  const fields = [...new URLSearchParams(body)];
  if (new Set(fields.map(([name]) => name)).size < fields.length) throw tooMany();
  return Object.fromEntries(fields.map(([name, value]) => [name, value.replaceAll('\r\n', '\n')]));
}

function tooMany(): Problem {
  return new Problem('invalid-request', `a form has at most ${MOST_FIELDS} fields, each of another name`);
}
