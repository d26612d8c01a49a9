import { createHash } from 'node:crypto';
import type { FastifyError, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { OFFICIAL_CHANNELS } from '../../channels/official-channels.ts';
import { languageOfContact } from '../../prisma/senders.ts';
import type { TicketRow } from '../../prisma/ticket-reads.ts';
import { assertNever } from '../../regulation/errors.ts';
import { LANGUAGES } from '../../regulation/vocabulary.ts';
import type { Language } from '../../regulation/vocabulary.ts';
import { MOST_CHARACTERS } from '../../web/client/acts.ts';
import { CONTENT_SECURITY_POLICY } from '../../web/client/layout.ts';
import type { Draft } from '../../web/client/page.ts';
import { refusalPage } from '../../web/client/refusal-page.ts';
import { ticketPage } from '../../web/client/ticket-page.ts';
import { languageAsked } from '../accept-language.ts';
import { takeClientCommand } from '../client-acts.ts';
import { ticketOfLink } from '../client-page.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { Problem, problemFor } from '../errors.ts';
import type { ProblemCode } from '../errors.ts';
import { afterReply } from '../plugins/after-reply.ts';
import { formBody } from '../plugins/form-body.ts';
import { idempotencyKeys } from '../plugins/idempotency.ts';
import { perMinute } from '../plugins/rate-limits.ts';
import { isFromAnotherSite } from '../plugins/staff-session.ts';
import { readTicketPage, wordingIn } from '../read-ticket-page.ts';
import { textsIn } from '../texts/in-language.ts';
import { PAGE_NEWS } from '../texts/page-texts.ts';
import type { PageNews, PageRefusal } from '../texts/page-texts.ts';
import { ownTimeOf } from '../ticket-view.ts';
import { keepCalendars } from '../working-calendars.ts';

/** Where `clientLink` leads (channels/client-link.ts). */
export const CLIENT_PAGES = '/client';

/** What a form of the page sends. The key is that of the rendering, so that one that is sent twice acts once. */
const Form = z.discriminatedUnion('act', [
  z.strictObject({ act: z.literal('answer'), key: z.uuid(), text: z.string() }),
  z.strictObject({ act: z.literal('confirm'), key: z.uuid() }),
  z.strictObject({ act: z.literal('disagree'), key: z.uuid(), text: z.string() }),
]);
type Form = z.infer<typeof Form>;

/**
 * The page that a client's link opens: his ticket, and what he may do (reading 17). Reading changes nothing, for mail
 * scanners open links; each act is a form, for which he is led back to the page.
 */
export const clientPages: FastifyPluginAsync<ApiDependencies> = async (app, dependencies) => {
  const { db, settings } = dependencies;
  const calendars = keepCalendars(db);
  const ownOrigin = new URL(settings.publicUrl).origin;
  const route = { schema: { hide: true }, config: { rateLimit: perMinute(settings.limits.clientLink) } };

  app.setErrorHandler(answerWithRefusalPage);
  app.setNotFoundHandler({ preHandler: app.rateLimit(perMinute(settings.limits.clientLink)) }, (request, reply) =>
    sendRefusal('unknown-link', { status: 404, request, reply }),
  );
  await app.register(formBody);
  await app.register(idempotencyKeys);
  await app.register(afterReply, dependencies);

  app.get<{ Params: { token: string } }>('/:token', {
    ...route,
    handler: async (request, reply) => {
      const row = await ticketOfLink(db, { token: request.params.token, settings });
      const news = PAGE_NEWS.find((one) => one === queryOf(request)['done']) ?? null;
      const draft: Draft | null =
        news === 'reason-needed' ? { act: 'disagree', text: '', fault: 'reason-needed' } : null;
      return sendTicket(row, { status: 200, request, reply, news, draft });
    },
  });

  app.post<{ Params: { token: string } }>('/:token', {
    ...route,
    onRequest: async ({ headers }) => {
      // A page that may send no Referer has its forms sent with the Origin `null`: Sec-Fetch-Site alone judges those.
      const { origin, ...rest } = headers;
      if (isFromAnotherSite(origin === 'null' ? rest : headers, ownOrigin)) {
        throw new Problem('cross-site', 'a page of another site may not act here');
      }
    },
    handler: async (request, reply) => {
      const { token } = request.params;
      const form = formIn(request);
      const row = await ticketOfLink(db, { token, settings });
      const draft = draftOf(form);
      if (draft !== null) return sendTicket(row, { status: 422, request, reply, news: null, draft });
      request.idempotencyKey = keyOf(form);
      const taken = await takeClientCommand(request, { token, command: commandOf(form) }, dependencies);
      const elsewhere = taken.broughtTo !== null && taken.broughtTo !== taken.ticketNumber;
      const news = elsewhere ? 'followed-up' : newsOf(form);
      return reply.redirect(`?lang=${await languageFor(request, row)}&done=${news}`, 303);
    },
  });

  /** The language that he chose, else his own: that in which letters are written to him. */
  async function languageFor(request: FastifyRequest, row: TicketRow): Promise<Language> {
    const contactId = row.ticket === null ? row.contactId : row.ticket.contactId;
    const own = contactId === null ? null : await languageOfContact(db, contactId);
    return chosenLanguage(request) ?? own ?? (row.language as Language);
  }

  async function sendTicket(
    row: TicketRow,
    shown: { status: number; request: FastifyRequest; reply: FastifyReply; news: PageNews | null; draft: Draft | null },
  ): Promise<FastifyReply> {
    const { status, request, reply, news, draft } = shown;
    const language = await languageFor(request, row);
    const page = await readTicketPage(row, { db, settings, calendars }, { language, news, draft });
    return sendPage(reply, status, ticketPage(page, wordingIn(language, ownTimeOf(row))));
  }
};

/** For whatever is thrown below the client's pages: a page that says so, in his language as far as it is known. */
export function answerWithRefusalPage(
  error: FastifyError | Error,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const { problem, status } = problemFor(error, request);
  if (problem.retryAfterSeconds !== undefined) void reply.header('retry-after', problem.retryAfterSeconds);
  return sendRefusal(REFUSALS[problem.code] ?? (status < 500 ? 'not-understood' : 'our-failure'), {
    status,
    request,
    reply,
  });
}

const REFUSALS: Partial<Record<ProblemCode, PageRefusal>> = {
  'unknown-link': 'unknown-link',
  'bad-url': 'unknown-link',
  'link-revoked': 'link-revoked',
  'link-expired': 'link-expired',
  'cross-site': 'other-site',
  'body-too-large': 'too-large',
  'too-many-requests': 'too-many',
  unavailable: 'not-available',
};

function sendRefusal(
  refusal: PageRefusal,
  { status, request, reply }: { status: number; request: FastifyRequest; reply: FastifyReply },
): FastifyReply {
  const language = chosenLanguage(request) ?? languageAsked(request.headers['accept-language']);
  const wording = { language, texts: textsIn(language).page };
  return sendPage(reply, status, refusalPage(refusal, { wording, contacts: OFFICIAL_CHANNELS }));
}

function sendPage(reply: FastifyReply, status: number, page: string): FastifyReply {
  return reply
    .code(status)
    .headers({
      'content-security-policy': CONTENT_SECURITY_POLICY,
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-robots-tag': 'noindex, nofollow',
    })
    .type('text/html; charset=utf-8')
    .send(page);
}

/** The language that the reader chose on the page. */
function chosenLanguage(request: FastifyRequest): Language | null {
  return LANGUAGES.find((one) => one === queryOf(request)['lang']) ?? null;
}

function queryOf(request: FastifyRequest): Record<string, unknown> {
  return (request.query ?? {}) as Record<string, unknown>;
}

/** @throws Problem `invalid-request` for what no form of ours sends */
function formIn(request: FastifyRequest): Form {
  const form = Form.safeParse(request.body);
  if (!form.success) throw new Problem('invalid-request', 'this is not what a form of the page sends');
  return form.data;
}

/** What has to be written anew before it can be taken; a disagreement is taken without its reason too (reading 7). */
function draftOf(form: Form): Draft | null {
  if (form.act === 'confirm') return null;
  const { act, text } = form;
  if (text.length > MOST_CHARACTERS) return { act, text, fault: 'too-long' };
  return act === 'answer' && text.trim() === '' ? { act, text, fault: 'empty' } : null;
}

function commandOf(form: Form) {
  switch (form.act) {
    case 'answer':
      return { type: 'answer', text: form.text } as const;
    case 'confirm':
      return { type: 'confirm' } as const;
    case 'disagree':
      return { type: 'disagree', reason: form.text } as const;
    default:
      return assertNever(form);
  }
}

/** Other words under the same rendering, after a way back, are another message. */
function keyOf(form: Form): string {
  const words = form.act === 'confirm' ? '' : form.text;
  const digest = createHash('sha256').update(`${form.act} ${words}`).digest('base64url');
  return `${form.key}.${digest}`;
}

function newsOf(form: Form): PageNews {
  switch (form.act) {
    case 'answer':
      return 'answered';
    case 'confirm':
      return 'confirmed';
    case 'disagree':
      return form.text.trim() === '' ? 'reason-needed' : 'disagreed';
    default:
      return assertNever(form);
  }
}
