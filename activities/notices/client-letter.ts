import type { Letter } from '../../channels/letter.ts';
import { clientLetter } from '../../channels/texts/in-language.ts';
import type { ClientCase, ClientNotice } from '../../channels/texts/texts.ts';
import type { NoticeContext } from '../../prisma/notices.ts';
import { confirmationLimitAt, silenceLimitAt } from '../../regulation/deadlines.ts';
import { editionOf } from '../../regulation/editions.ts';
import { assertNever, HorizonExceeded } from '../../regulation/errors.ts';
import type { TicketEvent, TicketFactType } from '../../regulation/events.ts';
import type { Instant } from '../../regulation/instant.ts';
import type { Notice } from '../../regulation/notices.ts';
import type { Ticket } from '../../regulation/ticket.ts';
import type { Language } from '../../regulation/vocabulary.ts';
import type { WorkingCalendar } from '../../regulation/working-calendar.ts';
import { temporary } from '../failures.ts';

/** What a letter to the client is written with. */
export interface ClientLetterContext {
  context: NoticeContext;
  now: Instant;
  link: string;
  /** The calendar that the ticket runs by. */
  calendar: () => Promise<WorkingCalendar>;
}

export function languageOf({ contact, request }: NoticeContext): Language {
  return contact?.language ?? request.language;
}

/** Whether what a notice says has been overtaken by what happened since: it would only mislead the client. */
export function isOvertaken(kind: ClientNotice, { status }: Ticket): boolean {
  switch (kind) {
    case 'reminder':
      return status !== 'waiting-on-client';
    case 'completion':
    case 'reason-asked':
      return status !== 'completed' && status !== 'awaiting-confirmation';
    case 'question':
      return status === 'closed';
    default:
      return false;
  }
}

/** The words of a notice to the client, put together when it is sent. */
export async function writeToClient(
  kind: ClientNotice,
  notice: Notice,
  { context, now, link, calendar }: ClientLetterContext,
): Promise<Letter> {
  const language = languageOf(context);
  const { event } = context;
  const ticket = caseOf(kind, notice, { context, now, link });
  switch (kind) {
    case 'receipt':
      return clientLetter(language, kind, { ticket, facts: { missing: context.request.missing } });
    case 'classified': {
      const { severity } = factsOf(event, 'classified');
      return clientLetter(language, kind, { ticket, facts: { severity, dueAt: notice.dueAt } });
    }
    case 'reply':
      return clientLetter(language, kind, { ticket, facts: { words: wordsOf(context) } });
    case 'question': {
      const waits = factsOf(event, 'client-asked').effect !== 'asks-only';
      return clientLetter(language, kind, {
        ticket,
        facts: { words: wordsOf(context), missing: notice.missing, waits },
      });
    }
    case 'reminder': {
      const closesAt = silenceEndsAt(context.ticket, now, await calendar());
      return clientLetter(language, kind, { ticket, facts: { words: context.words, closesAt } });
    }
    case 'postponed': {
      const { reason } = factsOf(event, 'postponed');
      return clientLetter(language, kind, { ticket, facts: { reason, words: wordsOf(context) } });
    }
    case 'completion': {
      const { outcome } = factsOf(event, 'completed');
      const { vendor, releaseName } = context;
      const answerBy = windowEndsAt(context.ticket) ?? now + editionOf(context.ticket.edition).confirmationMs;
      const facts = { outcome, words: wordsOf(context), vendor, releaseName, answerBy };
      return clientLetter(language, kind, { ticket, facts });
    }
    case 'reason-asked':
      return clientLetter(language, kind, { ticket, facts: { answerBy: windowEndsAt(context.ticket) } });
    case 'declined': {
      const { reason } = factsOf(event, 'declined');
      return clientLetter(language, kind, { ticket, facts: { reason, words: wordsOf(context) } });
    }
    case 'escalated':
    case 'back-to-work':
    case 'closed-confirmed':
    case 'closed-no-answer':
    case 'closed-silent':
      return clientLetter(language, kind, { ticket, facts: {} });
    default:
      return assertNever(kind);
  }
}

/**
 * A receipt repeats no word of the request, whoever seems to have sent it; later letters say whose ticket they are about
 * once staff have linked it to a client (threats S3).
 */
function caseOf(
  kind: ClientNotice,
  notice: Notice,
  { context, now, link }: Pick<ClientLetterContext, 'context' | 'now' | 'link'>,
): ClientCase {
  const isVerified = context.ticket.clientId !== null && context.contact !== null;
  return {
    number: notice.ticketNumber,
    name: isVerified ? (context.contact?.fullName ?? null) : null,
    topic: isVerified && kind !== 'receipt' ? context.request.subject : null,
    link,
    now,
  };
}

/** When silence will close the ticket, this reminder counted as handed over now (reading 6). */
function silenceEndsAt(ticket: Ticket, now: Instant, calendar: WorkingCalendar): Instant | null {
  if (ticket.status !== 'waiting-on-client') return null;
  const handedOverAt = [...ticket.waiting.handedOverAt, now];
  try {
    return silenceLimitAt(ticket, { ...ticket.waiting, handedOverAt }, calendar);
  } catch (error) {
    if (error instanceof HorizonExceeded) return null;
    throw error;
  }
}

/** The end of a confirmation window that has begun already: the client was told before, or by telephone (reading 7). */
function windowEndsAt(ticket: Ticket): Instant | null {
  return ticket.status === 'awaiting-confirmation' ? confirmationLimitAt(ticket) : null;
}

function wordsOf({ words, ticket }: NoticeContext): string {
  if (words === null) throw temporary(`a text that ticket ${ticket.number} names is not there`, 'WordsMissing');
  return words;
}

function factsOf<T extends TicketFactType>(event: TicketEvent, type: T): Extract<TicketEvent, { type: T }> {
  if (event.type !== type) throw temporary(`a notice about ${type} came with ${event.type}`, 'NoticeMalformed');
  return event as Extract<TicketEvent, { type: T }>;
}
