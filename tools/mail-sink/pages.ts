import type { Letter } from './letters.ts';

/** The list of letters, the newest first. */
export function listPage(letters: Letter[]): string {
  const rows = letters.map(
    (letter) => `<li><a href="/messages/${letter.id}">
      <span class="to">${escaped(letter.to.join(', '))}</span>
      <span class="subject">${escaped(letter.subject) || '(без темы)'}</span>
      <time datetime="${letter.receivedAt}">${inBishkek(letter.receivedAt)}</time>
      <span class="start">${escaped(letter.text.slice(0, 160))}</span></a></li>`,
  );
  const empty = `<p class="empty">Писем пока нет. Всё, что система посылает клиентам и сотрудникам, появится здесь:
    дальше этого ящика ничего не уходит.</p>`;
  return page({
    title: 'Почтовый ящик',
    body: `<h1>Почтовый ящик</h1>${rows.length === 0 ? empty : `<ul class="letters">${rows.join('\n')}</ul>`}`,
    refreshAfterSeconds: 5,
  });
}

export function letterPage(letter: Letter): string {
  return page({
    title: letter.subject || '(без темы)',
    body: `<p><a href="/">← Все письма</a></p>
    <h1>${escaped(letter.subject) || '(без темы)'}</h1>
    <dl>
      <dt>Кому</dt><dd>${escaped(letter.to.join(', '))}</dd>
      <dt>От</dt><dd>${escaped(letter.from)}</dd>
      <dt>Получено</dt><dd><time datetime="${letter.receivedAt}">${inBishkek(letter.receivedAt)}</time> (Бишкек)</dd>
    </dl>
    ${contentOf(letter)}
    <details><summary>Заголовки</summary><dl class="headers">${Object.entries(letter.headers)
      .map(([name, value]) => `<dt>${escaped(name)}</dt><dd>${escaped(value)}</dd>`)
      .join('')}</dl></details>
    <p><a href="/messages/${letter.id}/raw">Исходный текст</a></p>`,
  });
}

export function notFoundPage(): string {
  return page({ title: 'Нет такого письма', body: '<h1>Нет такого письма</h1><p><a href="/">← Все письма</a></p>' });
}

/** The plain text, with its addresses to click on; a letter that has HTML alone is shown in a frame that may do nothing. */
function contentOf({ text, html }: Letter): string {
  if (text !== '' || html === null) return `<pre>${withLinks(text)}</pre>`;
  return `<iframe sandbox srcdoc="${escaped(html)}" title="Письмо"></iframe>`;
}

function withLinks(text: string): string {
  return text
    .split(/(https?:\/\/[^\s<>"»]*[^\s<>"».,;:!?)])/)
    .map((part, index) => (index % 2 === 0 ? escaped(part) : `<a href="${escaped(part)}">${escaped(part)}</a>`))
    .join('');
}

function inBishkek(instant: string): string {
  return new Intl.DateTimeFormat('ru', { timeZone: 'Asia/Bishkek', dateStyle: 'medium', timeStyle: 'medium' }).format(
    new Date(instant),
  );
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

function page({
  title,
  body,
  refreshAfterSeconds,
}: {
  title: string;
  body: string;
  refreshAfterSeconds?: number;
}): string {
  const refresh =
    refreshAfterSeconds === undefined ? '' : `<meta http-equiv="refresh" content="${refreshAfterSeconds}">`;
  return `<!doctype html>
<html lang="ru">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">${refresh}
<title>${escaped(title)}</title>
<style>
  :root { color-scheme: light dark; --quiet: color-mix(in srgb, currentColor 62%, transparent);
    --line: color-mix(in srgb, currentColor 18%, transparent); }
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 52rem; margin: 2rem auto; padding: 0 1rem; }
  h1 { font-size: 1.4rem; line-height: 1.25; }
  ul.letters { list-style: none; padding: 0; }
  .letters li { border-top: 1px solid var(--line); }
  .letters a { display: grid; grid-template-columns: 1fr auto; gap: 0 1rem; padding: .6rem .25rem; color: inherit;
    text-decoration: none; }
  .letters a:hover .subject, .letters a:focus .subject { text-decoration: underline; }
  .to, time, .start { color: var(--quiet); font-size: .9rem; }
  .to { grid-column: 1; grid-row: 1; } time { grid-column: 2; grid-row: 1; }
  .subject { grid-column: 1 / -1; font-weight: 600; }
  .start { grid-column: 1 / -1; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
  dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; } dt { color: var(--quiet); } dd { margin: 0; }
  dl.headers { font-size: .85rem; } dl.headers dd { overflow-wrap: anywhere; white-space: pre-line; }
  pre { font: inherit; white-space: pre-wrap; overflow-wrap: anywhere; border-block: 1px solid var(--line); padding: 1rem 0; }
  iframe { width: 100%; height: 30rem; border: 1px solid var(--line); background: #fff; }
</style></head>
<body>${body}</body></html>
`;
}
