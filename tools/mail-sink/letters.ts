import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { readdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { simpleParser, type ParsedMail } from 'mailparser';

/** A letter as a test or a page reads it. */
export interface Letter {
  id: string;
  /** The addresses it was delivered to (of the envelope). */
  to: string[];
  /** As its From header says. */
  from: string;
  /** Where a delivery report would go; empty for automatic mail. */
  envelopeFrom: string;
  subject: string;
  text: string;
  html: string | null;
  receivedAt: string;
  /** By name in small letters; a header that comes twice has its values on lines of their own. */
  headers: Record<string, string>;
}

export interface Envelope {
  from: string;
  to: string[];
}

/** Letters on disk: `<id>.eml`, the bytes as they came, and `<id>.json`, the envelope. Ids rise with time. */
export class Letters {
  readonly #folder: string;
  /** A letter never changes once it is kept, so it is read and parsed once. */
  readonly #parsed = new Map<string, Letter>();

  constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }

  async keep(envelope: Envelope, bytes: Buffer): Promise<string> {
    const receivedAt = new Date().toISOString();
    const id = `${receivedAt.replace(/\D/g, '')}-${randomBytes(4).toString('hex')}`;
    await writeFile(this.#file(id, 'eml'), bytes, { mode: 0o600 });
    // The envelope comes last, whole: a letter exists once it has one.
    const unfinished = this.#file(id, 'new');
    await writeFile(unfinished, JSON.stringify({ ...envelope, receivedAt }), { mode: 0o600 });
    await rename(unfinished, this.#file(id, 'json'));
    return id;
  }

  /** The newest first. */
  async newest(limit: number, to?: string): Promise<Letter[]> {
    const names = await readdir(this.#folder);
    const ids = names.filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -'.json'.length));
    const letters: Letter[] = [];
    for (const id of ids.toSorted().toReversed()) {
      if (letters.length >= limit) break;
      const letter = await this.read(id);
      if (letter !== null && (to === undefined || letter.to.includes(to.toLowerCase()))) letters.push(letter);
    }
    return letters;
  }

  async read(id: string): Promise<Letter | null> {
    const known = this.#parsed.get(id);
    if (known !== undefined) return known;
    if (!/^\d{17}-[0-9a-f]{8}$/.test(id)) return null;
    const kept = await readFile(this.#file(id, 'json'), 'utf8').catch(() => null);
    if (kept === null) return null;
    const { from, to, receivedAt } = JSON.parse(kept) as Envelope & { receivedAt: string };
    const mail = await simpleParser(await readFile(this.#file(id, 'eml')), { skipHtmlToText: true });
    const letter: Letter = {
      id,
      to,
      from: mail.from?.text ?? from,
      envelopeFrom: from,
      subject: mail.subject ?? '',
      text: mail.text ?? '',
      html: typeof mail.html === 'string' ? mail.html : null,
      receivedAt,
      headers: headersOf(mail),
    };
    this.#parsed.set(id, letter);
    return letter;
  }

  async bytes(id: string): Promise<Buffer | null> {
    const letter = await this.read(id);
    return letter === null ? null : readFile(this.#file(id, 'eml'));
  }

  #file(id: string, ending: string): string {
    return path.join(this.#folder, `${id}.${ending}`);
  }
}

function headersOf(mail: ParsedMail): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const { key, line } of mail.headerLines) {
    const value = line
      .slice(line.indexOf(':') + 1)
      .replace(/\r?\n[ \t]+/g, ' ')
      .trim();
    headers[key] = headers[key] === undefined ? value : `${headers[key]}\n${value}`;
  }
  return headers;
}
