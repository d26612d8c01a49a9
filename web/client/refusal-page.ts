import type { PageRefusal } from '../../api/texts/page-texts.ts';
import { html } from './html.ts';
import { pageOf } from './layout.ts';
import type { Contacts } from './layout.ts';
import type { Wording } from './wording.ts';

/** Says why there is nothing to show, and what else there is to do: the official channels stand below (§2.1). */
export function refusalPage(
  refusal: PageRefusal,
  { wording, contacts }: { wording: Pick<Wording, 'language' | 'texts'>; contacts: Contacts },
): string {
  const { title, text } = wording.texts.refusals[refusal];
  const main = html`<section class="standing over">
    <h1>${title}</h1>
    <p>${text}</p>
  </section>`;
  return pageOf(wording, { title, main, contacts });
}
