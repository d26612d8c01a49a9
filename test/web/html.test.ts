import { describe, expect, it } from '@jest/globals';
import { html } from '../../web/client/html.ts';

describe('a piece of a page', () => {
  it('takes whatever is put in as text, between tags and in quotes (S13)', () => {
    const evil = `<script>alert("1")</script> & ' \``;
    const escaped = '&#60;script&#62;alert(&#34;1&#34;)&#60;/script&#62; &#38; &#39; &#96;';
    expect(html`<p title="${evil}">${evil}</p>`.source).toBe(`<p title="${escaped}">${escaped}</p>`);
  });

  it('takes a piece inside another as it is, and escapes it no second time', () => {
    const inner = html`<b>${'a & b'}</b>`;
    expect(html`<p>${inner}${[inner, ' < ', [inner]]}</p>`.source).toBe(
      '<p><b>a &#38; b</b><b>a &#38; b</b> &#60; <b>a &#38; b</b></p>',
    );
  });

  it('takes nothing for nothing, and nought for nought', () => {
    expect(html`<p>${null}${[]}${''}${0}</p>`.source).toBe('<p>0</p>');
  });

  it('believes nobody who only looks like a piece', () => {
    const forged = JSON.parse('["<b>"]') as string[];
    expect(html`${forged}`.source).toBe('&#60;b&#62;');
  });

  it('has no control characters, and line ends of one kind', () => {
    expect(html`${'a\u0000\u001b[31m\u0085\u007fb\r\nc\rd\te'}`.source).toBe('a[31m\u0085b\nc\nd\te');
  });
});
