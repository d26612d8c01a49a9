import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { databaseCodes, isDatabaseDown } from '../prisma/client.ts';
import { REFUSAL_CODES } from '../regulation/refusal.ts';
import type { RefusalCode } from '../regulation/refusal.ts';

/**
 * Every way to say no, by its stable code: the only place that knows HTTP statuses (RFC 9457). A new code
 * is a row here; a route says `throw new Problem('unknown-product', 'a sentence: what was wrong, what is allowed')`.
 */
const PROBLEMS = {
  'invalid-request': { status: 400, title: 'The request does not have the shape that this address takes' },
  'not-json': { status: 400, title: 'The body is not JSON' },
  'nul-character': { status: 400, title: 'A text has the character NUL' },
  'lone-surrogate': { status: 400, title: 'A text has half of a character' },
  'too-deeply-nested': { status: 400, title: 'The body is nested too deeply' },
  'bad-url': { status: 400, title: 'The address cannot be read' },
  'bad-cursor': { status: 400, title: 'The cursor is not one that this list gave' },
  'invalid-idempotency-key': { status: 400, title: 'The Idempotency-Key cannot be used' },
  'invalid-if-match': { status: 400, title: 'The If-Match header cannot be used' },
  'not-signed-in': { status: 401, title: 'Not signed in' },
  'wrong-credentials': { status: 401, title: 'Wrong e-mail or password' },
  'invalid-integration-token': { status: 401, title: 'No valid integration token' },
  'wrong-role': { status: 403, title: 'Your role may not do this' },
  'cross-site': { status: 403, title: 'The request came from another site' },
  'no-such-route': { status: 404, title: 'Nothing is at this address' },
  'not-found': { status: 404, title: 'There is no such thing' },
  'unknown-link': { status: 404, title: 'This link is not known' },
  'link-revoked': { status: 410, title: 'This link has been revoked' },
  'link-expired': { status: 410, title: 'This link has expired' },
  'already-exists': { status: 409, title: 'It is there already' },
  'last-administrator': { status: 409, title: 'The last administrator stays' },
  'stale-calendar': { status: 409, title: 'Another calendar has been published meanwhile' },
  'body-too-large': { status: 413, title: 'The body is too large' },
  'unsupported-content-type': { status: 415, title: 'The content type is not taken here' },
  'idempotency-key-reused': { status: 422, title: 'The Idempotency-Key was used for another request' },
  'not-an-official-channel': { status: 422, title: 'Not an official channel' },
  'received-in-the-future': { status: 422, title: 'The receipt is in the future' },
  'received-too-long-ago': { status: 422, title: 'The receipt is too long ago' },
  'unknown-product': { status: 422, title: 'There is no such product' },
  'unknown-reference': { status: 422, title: 'Something that the request names does not exist' },
  'invalid-calendar': { status: 422, title: 'The calendar cannot be used' },
  'not-yet-available': { status: 422, title: 'Not available yet' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  'too-many-attempts': { status: 429, title: 'Too many failed attempts' },
  internal: { status: 500, title: 'Something went wrong on our side' },
  unavailable: { status: 503, title: 'Not available at the moment' },
  'not-yet-started': { status: 503, title: 'The ticket is not being worked on by its workflow yet' },
  'not-known-whether-applied': { status: 503, title: 'It is not known whether this was applied' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemCode = keyof typeof PROBLEMS | RefusalCode;

export const PROBLEM_CODES = [...Object.keys(PROBLEMS), ...REFUSAL_CODES] as ProblemCode[];

/** What was wrong in which place of the request. */
export interface Fault {
  path: string;
  message: string;
  /** Where one place can be wrong in several ways that programs tell apart. */
  code?: string;
}

/** An answer that is no. `detail` is a sentence for people; it must quote nothing that another person wrote. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: ProblemCode;
  readonly faults: readonly Fault[] | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(code: ProblemCode, detail: string, more: { faults?: readonly Fault[]; retryAfterSeconds?: number } = {}) {
    super(detail);
    this.code = code;
    this.faults = more.faults;
    this.retryAfterSeconds = more.retryAfterSeconds;
  }
}

/** The body of every answer that is no. */
export const ProblemBody = z
  .object({
    type: z.string(),
    code: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string(),
    errors: z.array(z.object({ path: z.string(), message: z.string(), code: z.string().optional() })).optional(),
  })
  .meta({ id: 'Problem' });

export const PROBLEM_JSON = 'application/problem+json';

/** For `setErrorHandler`: whatever was thrown becomes a problem; only our own failures are logged as errors. */
export function answerWithProblem(
  error: FastifyError | Error,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  return sendProblem(problemFor(error, request).problem, request, reply);
}

/** Whatever was thrown, as a problem and its status, for an answer of another form than the API's. */
export function problemFor(error: FastifyError | Error, request: FastifyRequest): { problem: Problem; status: number } {
  const problem = problemOf(error);
  const { status } = describe(problem.code);
  if (status === 500) request.log.error({ err: errorForLog(error) }, 'request failed');
  return { problem, status };
}

/** For addresses where nothing is. */
export function answerNoSuchRoute(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const detail = `nothing answers ${request.method} at this address; /docs lists what there is`;
  return sendProblem(new Problem('no-such-route', detail), request, reply);
}

/** The answer to bytes that are not HTTP; the connection is closed after it. */
export function problemForBrokenHttp(code: string | undefined): string {
  const status = code === 'HPE_HEADER_OVERFLOW' ? '431 Request Header Fields Too Large' : '400 Bad Request';
  const body = JSON.stringify({
    type: typeOf('invalid-request'),
    code: 'invalid-request',
    title: PROBLEMS['invalid-request'].title,
    status: Number(status.slice(0, 3)),
    detail: 'this is not an HTTP/1.1 request that can be read, or its headers are too large',
    instance: 'none',
  });
  return [
    `HTTP/1.1 ${status}`,
    `Content-Type: ${PROBLEM_JSON}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
    '',
    body,
  ].join('\r\n');
}

function sendProblem(problem: Problem, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { status, title } = describe(problem.code);
  if (problem.retryAfterSeconds !== undefined) void reply.header('retry-after', problem.retryAfterSeconds);
  if (status === 401) void reply.header('www-authenticate', 'Bearer');
  const body: z.infer<typeof ProblemBody> = {
    type: typeOf(problem.code),
    code: problem.code,
    title,
    status,
    detail: problem.message,
    instance: `urn:request:${request.id}`,
    ...(problem.faults === undefined ? {} : { errors: [...problem.faults] }),
  };
  // What was refused may be allowed in a moment: no cache may answer for us.
  void reply.header('cache-control', 'no-store');
  return reply.code(status).type(PROBLEM_JSON).serializer(JSON.stringify).send(body);
}

function typeOf(code: ProblemCode): string {
  return `urn:siroca-support:problem:${code}`;
}

function describe(code: ProblemCode): { status: number; title: string } {
  return isRefusal(code) ? REFUSALS[code] : PROBLEMS[code];
}

function isRefusal(code: ProblemCode): code is Exclude<RefusalCode, 'wrong-role'> {
  return !(code in PROBLEMS);
}

/** What the regulation refuses: the role first (403), a stale revision (412), else the ticket's state (409). */
const REFUSALS = Object.fromEntries(
  REFUSAL_CODES.map((code) => [
    code,
    { status: code === 'stale-revision' ? 412 : 409, title: 'The ticket does not allow it' },
  ]),
) as Record<Exclude<RefusalCode, 'wrong-role'>, { status: number; title: string }>;

function problemOf(error: FastifyError | Error): Problem {
  if (error instanceof Problem) return error;
  if (hasZodFastifySchemaValidationErrors(error)) return schemaProblem(error);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const known = FASTIFY_PROBLEMS[code];
  if (known !== undefined) return new Problem(known.code, known.detail);
  if (isDatabaseDown(error) || SOCKET_FAILURES.has(code)) {
    return new Problem('unavailable', 'the records cannot be reached; nothing was done, so ask again in a moment', {
      retryAfterSeconds: 2,
    });
  }
  return new Problem('internal', 'this is our failure, not yours; the id in `instance` finds it in our logs');
}

/** What Fastify itself refuses before a route has the request. */
const FASTIFY_PROBLEMS: Readonly<Record<string, { code: ProblemCode; detail: string }>> = {
  FST_ERR_CTP_INVALID_JSON_BODY: {
    code: 'not-json',
    detail: 'the body is not JSON that can be read (RFC 8259, UTF-8, no `__proto__`)',
  },
  FST_ERR_CTP_EMPTY_JSON_BODY: { code: 'not-json', detail: 'the body is empty; a JSON object is needed' },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: {
    code: 'invalid-request',
    detail: 'the body has another length than Content-Length says',
  },
  FST_ERR_CTP_BODY_TOO_LARGE: {
    code: 'body-too-large',
    detail: 'the body is larger than 1 MiB, the most that is taken',
  },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: {
    code: 'unsupported-content-type',
    detail: 'send JSON with Content-Type: application/json; files are not taken yet',
  },
  FST_ERR_BAD_URL: { code: 'bad-url', detail: 'the address has a percent sign that begins no character of UTF-8' },
  FST_ERR_MAX_PARAM_LENGTH: { code: 'bad-url', detail: 'a part of the address is longer than any that is known' },
};

/** From the session store's own pool. */
const SOCKET_FAILURES: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  '53300',
  '57P01',
  '57P02',
  '57P03',
  '08006',
]);

function schemaProblem(error: {
  validation: { instancePath: string; message?: string }[];
  validationContext?: string;
}): Problem {
  const place = error.validationContext ?? 'body';
  const faults = error.validation.map(({ instancePath, message }) => ({
    path: `${place}${instancePath}`,
    message: message ?? 'is not allowed here',
  }));
  const [first] = faults;
  return new Problem('invalid-request', `${first?.path ?? place}: ${first?.message ?? 'is not allowed here'}`, {
    faults,
  });
}

/** Codes, the kind of error and where it arose; never its message, which may quote what a person wrote. */
function errorForLog(error: Error): object {
  const codes = databaseCodes(error);
  return {
    type: error.name,
    ...('code' in error && typeof error.code === 'string' ? { code: error.code } : {}),
    ...(codes.length > 0 ? { codes } : {}),
    stack: error.stack
      ?.split('\n')
      .filter((line) => line.startsWith('    at '))
      .slice(0, 12)
      .join('\n'),
  };
}
