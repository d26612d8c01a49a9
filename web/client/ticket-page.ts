import type { ClientTicket } from '../../api/client-page.ts';
import type { Instant } from '../../regulation/instant.ts';
import { actsOf, isAskedForHisWord } from './acts.ts';
import { conversationOf } from './conversation.ts';
import { explanationOf, waitsOf } from './deadlines.ts';
import { html } from './html.ts';
import type { Html } from './html.ts';
import { pageOf } from './layout.ts';
import type { LinkedTicket, TicketPage } from './page.ts';
import type { Wording } from './wording.ts';

export function ticketPage(page: TicketPage, wording: Wording): string {
  const { ticket } = page;
  const { texts } = wording;
  const news = page.news === 'reason-needed' && !isAskedForHisWord(page) ? null : page.news;
  const main = html` ${news === null ? null : html`<p class="news ${news === 'reason-needed' ? 'asks' : ''}" role="status">${texts.news[news]}</p>`}
    <header class="heading">
      <p>${texts.ticket(ticket.number)}</p>
      <h1 dir="auto">${ticket.subject}</h1>
    </header>
    <section class="standing ${isHisTurn(page) ? 'his-turn' : ticket.status === 'closed' ? 'over' : ''}">
      ${standingOf(page, wording)} ${factsOf(ticket, wording)} ${linkedTickets(page, wording)}
      ${explanationOf(page.explanations, wording)}
    </section>
    ${actsOf(page, wording)} ${conversationOf(page.messages, wording)}`;
  return pageOf(wording, { title: `${texts.ticket(ticket.number)}: ${ticket.subject}`, main, contacts: page.contacts });
}

function standingOf(page: TicketPage, wording: Wording): Html {
  const { ticket, pending } = page;
  if (pending === null)
    return html`<p class="how">${ticket.standing}</p>
      ${waitsOf(page, wording)}`;
  const { texts, language } = wording;
  return html`<p class="how">${texts.pending[pending]}</p>
    <p><a href="?lang=${language}">${texts.pending.reload}</a></p>`;
}

function isHisTurn({ ticket, pending }: TicketPage): boolean {
  return ticket.status === 'waiting-on-client' || isAskedForHisWord({ ticket, pending });
}

function factsOf(ticket: ClientTicket, { texts, shortMoment, severities }: Wording): Html {
  const { facts, outcomes } = texts;
  const fact = (name: string, value: string | Html) =>
    html`<div>
      <dt>${name}</dt>
      <dd>${value}</dd>
    </div>`;
  const moment = (at: string) => html`<time datetime="${at}">${shortMoment(instantOf(at))}</time>`;
  const { outcome } = ticket;
  return html`<dl class="facts">
    ${fact(facts.receivedAt, moment(ticket.receivedAt))}
    ${ticket.severity === null ? null : fact(facts.severity, severities[ticket.severity])}
    ${ticket.closedAt === null ? null : fact(facts.closedAt, moment(ticket.closedAt))}
    ${outcome === null || outcome === 'client-unresponsive' ? null : fact(facts.outcome, outcomes[outcome])}
  </dl>`;
}

function linkedTickets({ followUpOf, followUps }: TicketPage, { texts }: Wording): Html {
  const named = ({ number, url }: LinkedTicket) =>
    url === null ? texts.followUps.number(number) : html`<a href="${url}">${texts.followUps.number(number)}</a>`;
  return html` ${followUpOf === null ? null : html`<p>${texts.followUps.of} ${named(followUpOf)}</p>`}
  ${followUps.map((one) => html`<p>${texts.followUps.by} ${named(one)}</p>`)}`;
}

function instantOf(at: string): Instant {
  return Date.parse(at);
}
