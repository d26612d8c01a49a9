import { assertNever } from '../regulation/errors.ts';

/** A piece of a letter. Nothing in it is markup: the words of clients and staff are shown as they were written. */
export type Block =
  | { kind: 'paragraph'; text: string }
  | { kind: 'list'; items: readonly string[] }
  /** What a person wrote, set apart from what we say. */
  | { kind: 'words'; text: string }
  | { kind: 'link'; label: string; url: string };

export interface Letter {
  subject: string;
  blocks: readonly Block[];
  /** Who writes, in small letters at the end. */
  footer: readonly string[];
}

export function paragraph(text: string): Block {
  return { kind: 'paragraph', text };
}

/** Nothing when there is nothing to list. */
export function list(items: readonly string[]): Block[] {
  return items.length === 0 ? [] : [{ kind: 'list', items }];
}

/** Nothing when nobody wrote anything. */
export function words(text: string | null): Block[] {
  return text === null || text.trim() === '' ? [] : [{ kind: 'words', text: text.trim() }];
}

export function link(label: string, url: string): Block {
  return { kind: 'link', label, url };
}

/** The letter as plain text. */
export function plainText({ blocks, footer }: Letter): string {
  return `${[...blocks.map(plainBlock), ['-- ', ...footer].join('\n')].join('\n\n')}\n`;
}

function plainBlock(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return block.text;
    case 'list':
      return block.items.map((item) => `- ${item}`).join('\n');
    case 'words':
      return withoutControls(block.text)
        .split('\n')
        .map((line) => `| ${line}`.trimEnd())
        .join('\n');
    case 'link':
      return `${block.label}:\n${block.url}`;
    default:
      return assertNever(block);
  }
}

/** The letter as HTML that any mail program shows: styles in place, nothing fetched, readable on a telephone. */
export function html({ subject, blocks, footer }: Letter, language: string): string {
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(subject)}</title>
</head>
<body style="margin:0;padding:0;background:#f3f5f7">
<div style="max-width:600px;margin:0 auto;padding:24px 16px;font:16px/1.5 Arial,Helvetica,sans-serif;color:#1c2733">
<div style="background:#ffffff;border:1px solid #dde3e9;border-radius:8px;padding:24px">
${blocks.map(htmlBlock).join('\n')}
</div>
<div style="padding:16px 8px 0;font-size:13px;line-height:1.5;color:#5b6875">
${footer.map(escaped).join('<br>\n')}
</div>
</div>
</body>
</html>
`;
}

function htmlBlock(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      // A number stays on the line of its sign.
      return `<p style="margin:0 0 16px">${escaped(block.text).replace(/№ (?=\d)/g, '№&#160;')}</p>`;
    case 'list': {
      const items = block.items.map((item) => `<li style="margin:0 0 4px">${escaped(item)}</li>`).join('');
      return `<ul style="margin:0 0 16px;padding-left:24px">${items}</ul>`;
    }
    case 'words': {
      const style = 'margin:0 0 16px;padding:12px 16px;background:#f3f5f7;border-left:4px solid #2a7de1';
      return `<div style="${style};white-space:pre-wrap;overflow-wrap:anywhere">${escaped(block.text)}</div>`;
    }
    case 'link': {
      const style = 'display:inline-block;padding:10px 20px;background:#1f66c1;color:#ffffff;text-decoration:none';
      const button = `<a href="${escaped(block.url)}" style="${style};border-radius:6px">${escaped(block.label)}</a>`;
      return `<p style="margin:0 0 16px">${button}</p>`;
    }
    default:
      return assertNever(block);
  }
}

function escaped(text: string): string {
  return withoutControls(text).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Control characters mean nothing in a letter, and some mail servers refuse one for them; line ends become one kind. */
function withoutControls(text: string): string {
  // eslint-disable-next-line no-control-regex -- these are the characters to take out
  return text.replace(/\r\n?/g, '\n').replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '');
}
