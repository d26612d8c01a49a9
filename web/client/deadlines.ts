import type { ClientTicket } from '../../api/client-page.ts';
import type { DeadlineView } from '../../api/deadlines-view.ts';
import { assertNever } from '../../regulation/errors.ts';
import { html } from './html.ts';
import type { Html } from './html.ts';
import type { TicketPage } from './page.ts';
import { inDays, inHours } from './wording.ts';
import type { Wording } from './wording.ts';

/** Who waits for whom and until when, with what is left of it (§1.5): a sentence for each limit that runs. */
export function waitsOf(page: Pick<TicketPage, 'ticket' | 'awaitsFirstResponse'>, wording: Wording): Html {
  const { ticket, awaitsFirstResponse } = page;
  const { waits } = wording.texts;
  const now = Date.parse(ticket.now);
  const sentence = (text: string) => html`<p>${text}</p>`;
  const until = (
    kind: DeadlineView['kind'],
    say: { inTime: (moment: string) => string; late: ((moment: string) => string) | null },
  ): Html | null => {
    const at = dueAtOf(ticket, kind);
    if (at === null) return null;
    if (at <= now) return say.late === null ? null : sentence(say.late(wording.moment(at)));
    const left = wording.texts.left(inDays(at - now, wording.texts));
    return html`<p>${say.inTime(wording.moment(at))} <span class="left">${left}</span></p>`;
  };
  const firstResponse = awaitsFirstResponse
    ? until('first-response-due', { inTime: waits.firstResponse, late: waits.firstResponseLate })
    : null;
  const resolution = until('resolution-due', {
    inTime: isProvisional(ticket) ? waits.resolutionProvisional : waits.resolution,
    late: waits.resolutionLate,
  });
  switch (ticket.status) {
    case 'received':
      return sentence(waits.soon);
    case 'triage':
    case 'work':
      return html`${firstResponse}${resolution}`;
    case 'waiting-on-client':
      return html`${until('silence-limit', { inTime: waits.silence, late: null })}${resolution ?? sentence(waits.paused)}`;
    case 'escalated-to-development':
      return sentence(waits.withDevelopment);
    case 'awaiting-confirmation':
      return html`${until('confirmation-limit', { inTime: waits.confirmation, late: () => waits.confirmationHeldBack })}`;
    case 'completed':
    case 'closed':
      return html``;
    default:
      return assertNever(ticket.status);
  }
}

/** Why each limit is what it is: the intervals that counted and those that did not, each with its clause (§1.5). */
export function explanationOf(explanations: readonly DeadlineView[], wording: Wording): Html {
  const { explanation } = wording.texts;
  if (explanations.length === 0) return html``;
  return html`<details class="why">
    <summary>${explanation.title}</summary>
    <p class="small">${explanation.bishkekTime}</p>
    ${explanations.map((one) => limitOf(one, wording))}
  </details>`;
}

function limitOf({ kind, dueAt, limitMs, elapsedMs, intervals }: DeadlineView, wording: Wording): Html {
  const { texts, span } = wording;
  const { explanation } = texts;
  const measured = explanation.measured(inHours(limitMs, texts), inHours(elapsedMs, texts));
  const due = dueAt === null ? null : explanation.dueAt(wording.moment(Date.parse(dueAt)));
  return html`<section>
    <h3>${explanation.names[kind]}</h3>
    <p>${due} ${measured}</p>
    <ul class="intervals">
      ${intervals.map(
        ({ from, to, counted, clause, why }) =>
          html`<li class="${counted ? 'counted' : 'not-counted'}">
            <span class="span">${span(Date.parse(from), Date.parse(to))}</span>
            <span>${why}</span> <span class="small">${explanation.clause(clause)}</span>
          </li>`,
      )}
    </ul>
  </section>`;
}

function dueAtOf({ deadlines }: ClientTicket, kind: DeadlineView['kind']): number | null {
  const dueAt = deadlines.find((one) => one.kind === kind)?.dueAt ?? null;
  return dueAt === null ? null : Date.parse(dueAt);
}

function isProvisional({ deadlines }: ClientTicket): boolean {
  return deadlines.some(({ kind, provisional }) => kind === 'resolution-due' && provisional);
}
