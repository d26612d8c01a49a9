import { randomUUID } from 'node:crypto';
import { OFFICIAL_CHANNELS } from '../channels/official-channels.ts';
import { namesIn } from '../channels/texts/in-language.ts';
import { momentOf } from '../channels/texts/moment.ts';
import { linkKeyVersionsOf, linksOf } from '../prisma/ticket-links.ts';
import { ticketHistory } from '../prisma/ticket-history.ts';
import type { TicketHistory } from '../prisma/ticket-history.ts';
import { stateOf } from '../prisma/ticket-reads.ts';
import type { TicketRow } from '../prisma/ticket-reads.ts';
import { HorizonExceeded } from '../regulation/errors.ts';
import type { Instant } from '../regulation/instant.ts';
import type { Ticket } from '../regulation/ticket.ts';
import type { Language } from '../regulation/vocabulary.ts';
import type { WorkingCalendar } from '../regulation/working-calendar.ts';
import type { LinkedTicket, TicketPage } from '../web/client/page.ts';
import type { Wording } from '../web/client/wording.ts';
import { trackingUrlOf } from './client-acts.ts';
import { clientMessages, clientTicket } from './client-page.ts';
import type { ClientTicket } from './client-page.ts';
import { messageViews } from './conversation-view.ts';
import { deadlineViews } from './deadlines-view.ts';
import type { DeadlineView } from './deadlines-view.ts';
import type { ApiDependencies } from './dependencies.ts';
import type { ApiSettings } from './settings.ts';
import { textsIn } from './texts/in-language.ts';
import { ownTimeOf } from './ticket-view.ts';
import type { WorkingCalendars } from './working-calendars.ts';

/** What the page of a ticket shows, as the records have it now. */
export async function readTicketPage(
  row: TicketRow,
  { db, settings, calendars }: Pick<ApiDependencies, 'db' | 'settings'> & { calendars: WorkingCalendars },
  { language, news, draft }: Pick<TicketPage, 'news' | 'draft'> & { language: Language },
): Promise<TicketPage> {
  const ticket = stateOf(row);
  const calendar = ticket === null ? null : await calendars.ofVersion(ticket.calendarVersion);
  const [links, history] = await Promise.all([linksOf(db, [row]), ticketHistory(db, row.number)]);
  const followUps = links.get(row.number)?.followUps ?? [];
  const conversation = await messageViews(db, history);
  const linked = await linkedTickets([...followUps, ...(row.followUpOf === null ? [] : [row.followUpOf])], {
    db,
    settings,
  });
  return {
    ...limitsOf(row, { ticket, calendar, followUps, language }),
    // What a machine answered in his name is no word of his (reading 5).
    messages: clientMessages(conversation.filter((one) => !one.automatic)),
    awaitsFirstResponse: ticket === null || ticket.firstResponse.at === null,
    hasUnjudged: ticket !== null && 'completion' in ticket && ticket.completion.unjudged.length > 0,
    pending: pendingAct(history, ticket),
    followUpOf: row.followUpOf === null ? null : (linked.get(row.followUpOf) ?? null),
    followUps: followUps.flatMap((number) => linked.get(number) ?? []),
    news,
    draft,
    formKey: randomUUID(),
    contacts: OFFICIAL_CHANNELS,
  };
}

/** How a page speaks in a language, at an instant of the reader's. */
export function wordingIn(language: Language, now: Instant): Wording {
  const { moment, date, severities } = namesIn(language);
  const timeOf = (at: Instant) => momentOf(at, { language, now }).time;
  const dateOf = (at: Instant) => date(at, now);
  const shortMoment = (at: Instant) => `${dateOf(at)}, ${timeOf(at)}`;
  return {
    language,
    texts: textsIn(language).page,
    moment: (at) => moment(at, now),
    shortMoment,
    span: (from, to) => `${shortMoment(from)} – ${dateOf(from) === dateOf(to) ? timeOf(to) : shortMoment(to)}`,
    severities,
  };
}

/** Without a calendar that reaches far enough the page stands all the same, without its deadlines. */
function limitsOf(
  row: TicketRow,
  known: { ticket: Ticket | null; calendar: WorkingCalendar | null; followUps: number[]; language: Language },
): { ticket: ClientTicket; explanations: DeadlineView[] } {
  const { ticket, calendar, followUps, language } = known;
  try {
    return {
      ticket: clientTicket(row, { calendar, followUps, language }),
      explanations:
        ticket === null || calendar === null ? [] : deadlineViews({ ticket, calendar, now: ownTimeOf(row), language }),
    };
  } catch (error) {
    if (!(error instanceof HorizonExceeded)) throw error;
    return { ticket: clientTicket(row, { calendar: null, followUps, language }), explanations: [] };
  }
}

/** The last of what he has said of the solution and no event names yet; without a reason it changes nothing (reading 7). */
function pendingAct({ messages, namedIds }: TicketHistory, ticket: Ticket | null): TicketPage['pending'] {
  if (ticket?.status !== 'completed' && ticket?.status !== 'awaiting-confirmation') return null;
  const said = messages.findLast((one) => !namedIds.has(one.id) && (one.act === 'confirm' || one.hasReason));
  return said === undefined ? null : said.act === 'confirm' ? 'confirm' : 'disagree';
}

/**
 * Tickets of the same matter, with the address of each page. One whose links have been revoked is only named: else a
 * link that has leaked would, by way of its follow-up, give out the new one.
 */
async function linkedTickets(
  numbers: readonly number[],
  { db, settings }: Pick<ApiDependencies, 'db'> & { settings: ApiSettings },
): Promise<Map<number, LinkedTicket>> {
  if (numbers.length === 0) return new Map();
  const versions = await linkKeyVersionsOf(db, numbers);
  return new Map(
    [...versions].map(([number, linkKeyVersion]) => [
      number,
      { number, url: linkKeyVersion === FIRST_KEY ? trackingUrlOf({ number, linkKeyVersion }, settings) : null },
    ]),
  );
}

/** The version with which every ticket begins; a revocation raises it. */
const FIRST_KEY = 1;
