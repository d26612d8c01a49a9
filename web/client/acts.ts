import type { ClientMessage } from '../../api/client-page.ts';
import { assertNever } from '../../regulation/errors.ts';
import { wordsOf } from './conversation.ts';
import { html } from './html.ts';
import type { Html, Piece } from './html.ts';
import type { Draft, PageAct, TicketPage } from './page.ts';
import type { Wording } from './wording.ts';

/** The most characters of one message; a browser stops there. */
export const MOST_CHARACTERS = 100_000;

/** What he may do now, with what it is about. */
export function actsOf(page: TicketPage, wording: Wording): Html {
  const { acts } = wording.texts;
  if (!isAskedForHisWord(page)) return writingOf(withDraftAsAnswer(page), wording);
  const solution = page.messages.findLast(({ kind, text }) => kind === 'completion' && text !== null)?.text ?? null;
  return section(acts.title, [
    solution === null ? null : quoted(acts.solution, solution),
    page.hasUnjudged ? html`<p>${acts.unjudged}</p>` : null,
    html`<div class="choice">${confirmForm(page, wording)}${disagreeForm(page, wording)}</div>`,
    writeOnly(page, wording),
  ]);
}

/** Whether his word on a solution is asked for. */
export function isAskedForHisWord({ ticket, pending }: Pick<TicketPage, 'ticket' | 'pending'>): boolean {
  return pending === null && ticket.allowed.some(({ type }) => type === 'confirm');
}

/** While there is nothing to confirm, or when he has just had his word. */
function writingOf(page: TicketPage, wording: Wording): Html {
  const { acts } = wording.texts;
  if (page.ticket.status === 'closed') {
    return section(acts.closed.title, [html`<p>${acts.closed.hint}</p>`, answerForm(page, wording)]);
  }
  const question = openQuestion(page);
  return section(acts.answer.title, [
    question === null ? null : quoted(acts.question, question),
    answerForm(page, wording),
  ]);
}

/**
 * What he wrote is not lost when the ticket has moved on meanwhile and the field that he wrote it in is gone. A reason
 * is asked for no more then.
 */
function withDraftAsAnswer(page: TicketPage): TicketPage {
  const { draft } = page;
  const isKept = draft !== null && draft.fault !== 'reason-needed';
  return { ...page, draft: isKept ? { ...draft, act: 'answer' } : null };
}

function section(title: string, content: Piece): Html {
  return html`<section class="acts" aria-labelledby="acts">
    <h2 id="acts">${title}</h2>
    ${content}
  </section>`;
}

function answerForm(page: TicketPage, wording: Wording): Html {
  const { answer } = wording.texts.acts;
  return form({ act: 'answer', page, wording }, [
    textField({ act: 'answer', label: answer.label, page, wording }),
    html`<button>${answer.button}</button>`,
  ]);
}

/** Writing without a word on the solution, kept out of the way of the two buttons; open when there is something in it. */
function writeOnly(page: TicketPage, wording: Wording): Html {
  const isOpen = page.draft?.act === 'answer';
  const summary = html`<summary>${wording.texts.acts.writeOnly}</summary>`;
  return html`<details${isOpen ? html` open` : null}>${summary}${answerForm(page, wording)}</details>`;
}

function confirmForm(page: TicketPage, wording: Wording): Html {
  const { confirm } = wording.texts.acts;
  return form({ act: 'confirm', page, wording }, [
    html`<p>${confirm.hint}</p>`,
    html`<button class="primary">${confirm.button}</button>`,
  ]);
}

function disagreeForm(page: TicketPage, wording: Wording): Html {
  const { disagree } = wording.texts.acts;
  return form({ act: 'disagree', page, wording }, [
    html`<h3>${disagree.title}</h3>`,
    textField({ act: 'disagree', label: disagree.label, page, wording }),
    html`<button>${disagree.button}</button>`,
  ]);
}

function form({ act, page, wording }: { act: PageAct; page: TicketPage; wording: Wording }, content: Piece): Html {
  return html`<form method="post" action="?lang=${wording.language}" class="${act}">
    <input type="hidden" name="act" value="${act}" />
    <input type="hidden" name="key" value="${page.formKey}" autocomplete="off" />
    ${content}
  </form>`;
}

/** A field that he has to fill; without a text the server asks for it again. */
function textField(field: { act: 'answer' | 'disagree'; label: string; page: TicketPage; wording: Wording }): Html {
  const { act, label, page, wording } = field;
  const draft = page.draft?.act === act ? page.draft : null;
  const fault = draft === null ? null : html`<p class="fault" id="${act}-fault">${faultOf(draft, wording)}</p>`;
  const isWrong = html` aria-invalid="true" aria-describedby="${act}-fault" autofocus`;
  const size = html`rows="4" maxlength="${MOST_CHARACTERS}"`;
  // The line break after the tag is not part of the value; without it, one that he began with would be lost.
  return html`<label for="${act}-text">${label}</label>
    ${fault}
    <textarea id="${act}-text" name="text" ${size} required dir="auto" ${draft === null ? null : isWrong}>
${draft?.text ?? ''}</textarea>`;
}

function faultOf({ fault }: Draft, { texts, language }: Wording): string {
  switch (fault) {
    case 'empty':
      return texts.acts.empty;
    case 'too-long':
      return texts.acts.tooLong(new Intl.NumberFormat(language).format(MOST_CHARACTERS));
    case 'reason-needed':
      return texts.acts.reasonNeeded;
    default:
      return assertNever(fault);
  }
}

/** The question that he has not answered yet, in our words. */
function openQuestion({ messages, ticket }: TicketPage): string | null {
  if (ticket.status !== 'waiting-on-client' && ticket.status !== 'triage') return null;
  const isQuestion = ({ kind, text }: ClientMessage) => kind === 'question' && text !== null;
  const asked = messages.findLastIndex(isQuestion);
  const answered = messages.findLastIndex(({ direction }) => direction === 'from-client');
  return asked > answered ? (messages[asked]?.text ?? null) : null;
}

function quoted(title: string, text: string): Html {
  return html`<figure>
    <figcaption>${title}</figcaption>
    ${wordsOf(text)}
  </figure>`;
}
