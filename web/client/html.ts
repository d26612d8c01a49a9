/** A piece of a page, safe to send: made in this file alone. */
class Html {
  readonly source: string;

  constructor(source: string) {
    this.source = source;
  }
}
export type { Html };

/** What may stand in a page: text is escaped, pieces are taken as they are, null is nothing. */
export type Piece = Html | string | number | null | readonly Piece[];

/** Writes HTML; whatever is put in becomes text, in a place between tags as in an attribute's quotes (threats S13). */
export function html(strings: TemplateStringsArray, ...pieces: readonly Piece[]): Html {
  const [first = '', ...rest] = strings;
  return new Html(rest.reduce((page, part, index) => page + sourceOf(pieces[index] ?? null) + part, first));
}

/** A style of our own in place; its text is part of the page as it is. */
export function styleElement(css: string): Html {
  return new Html(`<style>${css}</style>`);
}

function sourceOf(piece: Piece): string {
  if (piece === null) return '';
  if (piece instanceof Html) return piece.source;
  if (typeof piece === 'object') return piece.map(sourceOf).join('');
  return escaped(String(piece));
}

/** Control characters mean nothing in a page; line ends become one kind. */
function escaped(text: string): string {
  return (
    text
      .replace(/\r\n?/g, '\n')
      // eslint-disable-next-line no-control-regex -- these are the characters to take out
      .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '')
      .replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`)
  );
}
