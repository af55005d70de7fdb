import { Parser } from 'htmlparser2';
import { addressBehind } from '../../../domain/rich-text/links.ts';
import { withFewEmptyLines } from './empty-lines.ts';

/** More than this no person wrote. */
const MOST_BYTES = 1024 * 1024;
const MOST_TAGS = 30_000;
/** Browsers show no more than 512 (Chromium's kMaximumHTMLParserDOMTreeDepth). The parser goes through all that is open for many a tag. */
const MOST_OPEN = 1_000;

const blocks = new Set(
  'address article aside blockquote body center dd div dl dt fieldset footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tbody tr ul'.split(
    ' ',
  ),
);
const hidden = new Set(['style', 'script', 'head', 'title', 'template', 'noscript']);

/** Whether HTML is more than can be worked on: its size and its tags are looked at before anything parses it. */
export function isTooMuch(html: string): boolean {
  if (html.length > MOST_BYTES) return true;
  const tags = tagsIn(html);
  return tags > MOST_TAGS || (tags > MOST_OPEN && isTooDeep(html));
}

/**
 * The words of an HTML text, a line per block; what it quotes stands behind `> `, as in plain text. `links`: with the address behind
 * the words of each link, for those to whom the words are all there is.
 */
export function textOfHtml(html: string, { links = false } = {}): string {
  if (isTooMuch(html)) return tidy(withoutTags(html.slice(0, MOST_BYTES)));
  const writer = new Writer();
  const parser = new Parser({
    onopentag: (name, { href }) => writer.open(name, links ? href : undefined),
    onclosetag: (name) => writer.close(name),
    ontext: (text) => writer.text(text),
  });
  parser.end(html);
  return tidy(writer.done());
}

function tagsIn(html: string): number {
  let tags = 0;
  for (let at = html.indexOf('<'); at >= 0; at = html.indexOf('<', at + 1)) tags++;
  return tags;
}

function isTooDeep(html: string): boolean {
  let open = 0;
  const parser = new Parser({
    onopentagname: () => ++open > MOST_OPEN && parser.pause(),
    onclosetag: () => open--,
  });
  parser.end(html);
  return open > MOST_OPEN;
}

class Writer {
  readonly #lines: string[] = [];
  #line = '';
  /** whether the line so far ends in a space, or is empty: asking a long line each time takes too long */
  #spaced = true;
  #quotes = 0;
  #hidden = 0;
  /** the link that is open: its address, and its words so far */
  #link: { url: string; words: string } | undefined;

  open(name: string, href: string | undefined): void {
    const url = href?.trim() ?? '';
    if (name === 'a' && /^(?:https?:|mailto:|tel:)/i.test(url)) this.#link = { url, words: '' };
    if (hidden.has(name)) this.#hidden++;
    if (name === 'br') this.#end();
    else if (blocks.has(name)) this.#begin();
    if (name === 'blockquote') this.#quotes++;
    if (name === 'li') this.#start('- ');
    if ((name === 'td' || name === 'th') && this.#line !== '') this.#add(' ');
  }

  close(name: string): void {
    if (name === 'a') this.#endLink();
    if (hidden.has(name) && this.#hidden > 0) this.#hidden--;
    if (blocks.has(name)) this.#begin();
    if (name === 'blockquote' && this.#quotes > 0) this.#quotes--;
    if (name === 'p' && this.#hidden === 0) this.#end();
  }

  text(text: string): void {
    if (this.#hidden > 0) return;
    const words = text.replaceAll(/[ \t\r\n\f\u00a0]+/g, ' ');
    if (this.#link) this.#link.words += words;
    this.#add(this.#spaced ? words.trimStart() : words);
  }

  done(): string {
    this.#begin();
    return this.#lines.join('\n');
  }

  /** A picture that leads somewhere says nothing here, and neither does its address. */
  #endLink(): void {
    const { url, words } = this.#link ?? { url: '', words: '' };
    this.#link = undefined;
    const address = words.trim() === '' ? '' : addressBehind(words, url);
    this.#add(this.#spaced ? address.trimStart() : address);
  }

  #begin(): void {
    if (this.#line.trim() !== '') this.#end();
    else this.#start();
  }

  #end(): void {
    this.#lines.push('> '.repeat(Math.min(this.#quotes, 5)) + this.#line.trimEnd());
    this.#start();
  }

  #start(line = ''): void {
    this.#line = line;
    this.#spaced = true;
  }

  #add(words: string): void {
    if (words === '') return;
    this.#line += words;
    this.#spaced = words.endsWith(' ');
  }
}

function withoutTags(html: string): string {
  const words: string[] = [];
  for (const part of html.split('<')) words.push(part.slice(part.indexOf('>') + 1));
  return words.join('\n');
}

function tidy(text: string): string {
  return withFewEmptyLines(text.split('\n'), 1).join('\n').trim();
}
