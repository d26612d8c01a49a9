import type { ClientMessage } from '../../api/client-page.ts';
import type { SaidKind } from '../../api/texts/page-texts.ts';
import { html } from './html.ts';
import type { Html } from './html.ts';
import type { Wording } from './wording.ts';

/** What was said, both ways, in its order; words are shown as they were written. */
export function conversationOf(messages: readonly ClientMessage[], wording: Wording): Html {
  if (messages.length === 0) return html``;
  return html`<section class="conversation" aria-labelledby="conversation">
    <h2 id="conversation">${wording.texts.conversation.title}</h2>
    <ol>
      ${messages.map((one) => messageOf(one, wording))}
    </ol>
  </section>`;
}

/** What a person wrote, set apart from what we say. */
export function wordsOf(text: string): Html {
  return html`<p class="words" dir="auto">${text.trim()}</p>`;
}

function messageOf({ direction, kind, at, text, letter, followUpNumber }: ClientMessage, wording: Wording): Html {
  const { conversation } = wording.texts;
  const isHis = direction === 'from-client';
  const words = text === null || text.trim() === '' ? null : wordsOf(text);
  return html`<li class="${isHis ? 'his' : 'ours'}">
    <p class="who">
      <strong>${isHis ? conversation.you : conversation.us}</strong>, ${conversation.said[kind as SaidKind]}
      <time datetime="${at}">${wording.shortMoment(Date.parse(at))}</time>
    </p>
    ${words}
    ${
      letter === null || kind === 'reply'
        ? null
        : html`<details>
            <summary>${conversation.letter}</summary>
            ${wordsOf(letter.body)}
          </details>`
    }
    ${followUpNumber === null ? null : html`<p class="small">${conversation.inFollowUp(followUpNumber)}</p>`}
  </li>`;
}
