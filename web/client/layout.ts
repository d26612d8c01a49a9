import { readFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { LANGUAGES } from '../../regulation/vocabulary.ts';
import type { Language } from '../../regulation/vocabulary.ts';
import { html, styleElement } from './html.ts';
import type { Html, Piece } from './html.ts';
import type { Wording } from './wording.ts';

/** The official channels, as every page names them (§2.1). */
export interface Contacts {
  phones: readonly string[];
  email: string;
  telegram: string;
  site: string;
}

const STYLE = readFileSync(new URL('./style.css', import.meta.url), 'utf8');

/** What a browser may do with a page: show this one style, send its forms to where it came from, and nothing else. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** A whole page: complete without scripts, without anything fetched, in one language with a way to the others. */
export function pageOf(
  { language, texts }: Pick<Wording, 'language' | 'texts'>,
  { title, main, contacts }: { title: string; main: Piece; contacts: Contacts },
): string {
  const page = html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex, nofollow" />
        <meta name="referrer" content="no-referrer" />
        <meta name="color-scheme" content="light" />
        <title>${title}</title>
        ${styleElement(STYLE)}
      </head>
      <body>
        <header class="top">
          <p class="brand"><strong>${texts.company}</strong> <span>${texts.service}</span></p>
          <nav class="languages" aria-label="${texts.chooseLanguage}">
            ${LANGUAGES.map((one) => languageLink(one, language))}
          </nav>
        </header>
        <main>${main}</main>
        <footer class="contacts">
          <h2>${texts.contacts.title}</h2>
          <dl>
            <div>
              <dt>${texts.contacts.phones}</dt>
              <dd>${contacts.phones.map((phone) => html`<a href="tel:${phone.replaceAll(' ', '')}">${phone}</a> `)}</dd>
            </div>
            <div>
              <dt>${texts.contacts.email}</dt>
              <dd><a href="mailto:${contacts.email}">${contacts.email}</a></dd>
            </div>
            <div>
              <dt>${texts.contacts.telegram}</dt>
              <dd><a href="https://t.me/${contacts.telegram.replace(/^@/, '')}">${contacts.telegram}</a></dd>
            </div>
            <div>
              <dt>${texts.contacts.site}</dt>
              <dd><a href="https://${contacts.site}">${contacts.site}</a></dd>
            </div>
          </dl>
        </footer>
      </body>
    </html> `;
  return page.source;
}

/** Each language is named in itself, so that whoever needs it can read it. */
const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { ru: 'Русский', ky: 'Кыргызча', en: 'English' };

function languageLink(one: Language, current: Language): Html {
  const name = LANGUAGE_NAMES[one];
  return one === current
    ? html`<span lang="${one}" aria-current="true">${name}</span> `
    : html`<a href="?lang=${one}" lang="${one}" hreflang="${one}" rel="nofollow">${name}</a> `;
}
