import type { ClientMessage, ClientTicket } from '../../api/client-page.ts';
import { wordingIn } from '../../api/read-ticket-page.ts';
import { OFFICIAL_CHANNELS } from '../../channels/official-channels.ts';
import type { Language } from '../../regulation/vocabulary.ts';
import type { TicketPage } from '../../web/client/page.ts';
import { ticketPage } from '../../web/client/ticket-page.ts';
import { bishkek } from './calendars.ts';

/** What the API writes for a wall clock of Bishkek. */
export function at(wallClock: string): string {
  return new Date(bishkek(wallClock)).toISOString();
}

/** A ticket at work, as its client sees it on Monday at eleven, but for what a test says. */
export function clientTicketWith(overrides: Partial<ClientTicket> = {}): ClientTicket {
  return {
    number: 1024,
    status: 'work',
    standing: 'Специалист работает над обращением.',
    subject: 'Не печатаются этикетки',
    severity: 3,
    receivedAt: at('2026-03-02 09:00'),
    closedAt: null,
    closedBecause: null,
    outcome: null,
    now: at('2026-03-02 11:00'),
    deadlines: [],
    allowed: [{ type: 'answer', needs: ['text'] }],
    followUpOf: null,
    followUps: [],
    ...overrides,
  };
}

export function saidBy(
  direction: ClientMessage['direction'],
  kind: string,
  text: string | null,
  more: Partial<ClientMessage> = {},
): ClientMessage {
  return { direction, kind, at: at('2026-03-02 10:00'), text, letter: null, followUpNumber: null, ...more };
}

/** The page of such a ticket, as HTML. */
export function pageWith(
  { ticket = {}, ...overrides }: Partial<Omit<TicketPage, 'ticket'>> & { ticket?: Partial<ClientTicket> } = {},
  language: Language = 'ru',
): string {
  const page: TicketPage = {
    ticket: clientTicketWith(ticket),
    explanations: [],
    messages: [],
    awaitsFirstResponse: false,
    hasUnjudged: false,
    pending: null,
    followUpOf: null,
    followUps: [],
    news: null,
    draft: null,
    formKey: '3d6f0a36-9f0f-4a0e-8b6c-1a2b3c4d5e6f',
    contacts: OFFICIAL_CHANNELS,
    ...overrides,
  };
  return ticketPage(page, wordingIn(language, Date.parse(page.ticket.now)));
}
