/**
 * The plain-text alternative of an HTML mail. Reads the HTML once from left to right (no DOM, no backtracking), in the browser for the
 * preview and on the server for the mail, with the same result. Not a sanitiser: its output is text.
 */

const blocks = new Set(
  'address article aside blockquote center dd div dl dt figure footer form h1 h2 h3 h4 h5 h6 header hr main nav ol p pre section table tr ul'.split(
    ' ',
  ),
);
const paragraphs = new Set('blockquote h1 h2 h3 h4 h5 h6 ol p pre table ul'.split(' '));
const skipped = new Set('head script style template title noscript svg'.split(' '));

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  copy: '©',
  reg: '®',
  trade: '™',
  hellip: '…',
  mdash: '—',
  ndash: '–',
  lsquo: '‘',
  rsquo: '’',
  sbquo: '‚',
  ldquo: '“',
  rdquo: '”',
  bdquo: '„',
  laquo: '«',
  raquo: '»',
  bull: '•',
  middot: '·',
  euro: '€',
  pound: '£',
  yen: '¥',
  cent: '¢',
  sect: '§',
  deg: '°',
  times: '×',
  rarr: '→',
  larr: '←',
  check: '✓',
  shy: '',
  zwnj: '',
  zwj: '',
  auml: 'ä',
  ouml: 'ö',
  uuml: 'ü',
  Auml: 'Ä',
  Ouml: 'Ö',
  Uuml: 'Ü',
  szlig: 'ß',
  eacute: 'é',
  egrave: 'è',
  agrave: 'à',
  ccedil: 'ç',
  ecirc: 'ê',
  aacute: 'á',
  iacute: 'í',
  oacute: 'ó',
  uacute: 'ú',
  ntilde: 'ñ',
  Eacute: 'É',
  Agrave: 'À',
  Ntilde: 'Ñ',
};

/** Named (the usual ones) and numeric character references to characters; unknown ones stay. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]{2,8});/gi, (whole, body: string) => {
    if (!body.startsWith('#')) return Object.hasOwn(entities, body) ? (entities[body] as string) : whole;
    const code = /^#x/i.test(body) ? Number.parseInt(body.slice(2), 16) : Number.parseInt(body.slice(1), 10);
    const valid = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
    return valid ? String.fromCodePoint(code) : '';
  });
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => escapes[char] as string);
}
const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

interface Tag {
  name: string;
  closing: boolean;
  attributes: string;
  end: number;
}

/** HTML to text: paragraphs by blank lines, links as `text (address)`, list items as `- item`, images as their alternative text. */
export function htmlToText(html: string): string {
  const writer = new TextWriter();
  let at = 0;
  while (at < html.length) {
    const open = html.indexOf('<', at);
    if (open < 0) {
      writer.text(html.slice(at));
      break;
    }
    if (open > at) writer.text(html.slice(at, open));
    if (html.startsWith('<!--', open)) {
      const end = html.indexOf('-->', open + 4);
      at = end < 0 ? html.length : end + 3;
      continue;
    }
    const tag = readTag(html, open);
    if (tag === undefined) {
      writer.text('<');
      at = open + 1;
    } else if (!tag.closing && skipped.has(tag.name)) {
      at = afterClosing(html, tag.name, tag.end);
    } else {
      writer.tag(tag);
      at = tag.end;
    }
  }
  return writer.finish();
}

/** Reads `<name attributes>`; quotes may hold `>`. Undefined: the `<` is just text. */
function readTag(html: string, open: number): Tag | undefined {
  let at = open + 1;
  const closing = html[at] === '/';
  if (closing) at++;
  const start = at;
  while (at < html.length && /[a-zA-Z0-9]/.test(html[at] as string)) at++;
  const isDeclaration = html[open + 1] === '!' || html[open + 1] === '?';
  // A tag's name starts with a letter: “a < b” and “<3” are text.
  if (!isDeclaration && !/[a-zA-Z]/.test(html[start] ?? '')) return undefined;
  const name = html.slice(start, at).toLowerCase();
  const attributesStart = at;
  let quote = '';
  for (; at < html.length; at++) {
    const char = html[at] as string;
    if (quote !== '') {
      if (char === quote) quote = '';
    } else if (char === '"' || char === "'") quote = char;
    else if (char === '>') break;
  }
  return { name, closing, attributes: html.slice(attributesStart, at), end: Math.min(at + 1, html.length) };
}

function afterClosing(html: string, name: string, from: number): number {
  const closing = new RegExp(`</${name}\\b`, 'gi');
  closing.lastIndex = from;
  const found = closing.exec(html);
  if (found === null) return html.length;
  const end = html.indexOf('>', found.index);
  return end < 0 ? html.length : end + 1;
}

function attribute(attributes: string, name: string): string {
  const found = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s>]+))`, 'i').exec(attributes);
  return decodeEntities(found?.[1] ?? found?.[2] ?? found?.[3] ?? '').trim();
}

class TextWriter {
  private readonly lines: string[] = [];
  private line = '';
  private afterSpace = false;
  private prefix = '';
  private blankBefore = false;
  private readonly lists: { ordered: boolean; next: number }[] = [];
  private quotes = 0;
  private preformatted = 0;
  private link: { href: string; from: number; line: number } | undefined;

  text(raw: string): void {
    const text = decodeEntities(raw);
    if (this.preformatted > 0) {
      for (const [index, part] of text.split(/\r?\n/).entries()) {
        if (index > 0) this.newLine();
        this.line += part;
      }
      return;
    }
    const flat = text.replace(/[ \t\r\n\f]+/g, ' ');
    const piece = this.line === '' || this.afterSpace ? flat.replace(/^ /, '') : flat;
    if (piece === '') return;
    this.line += piece;
    this.afterSpace = piece.endsWith(' ');
    // Work on one line is bounded, so that the whole stays linear.
    if (this.line.length > 20_000) this.breakLine();
  }

  tag(tag: Tag): void {
    switch (tag.name) {
      case 'br':
        this.newLine(true);
        return;
      case 'a':
        if (tag.closing) this.endLink();
        else this.link = { href: attribute(tag.attributes, 'href'), from: this.line.length, line: this.lines.length };
        return;
      case 'img':
        this.text(attribute(tag.attributes, 'alt'));
        return;
      case 'td':
      case 'th':
        if (tag.closing && !this.afterSpace) this.text(' ');
        return;
      case 'li':
        this.breakLine();
        if (!tag.closing) this.startItem();
        return;
      default:
        if (blocks.has(tag.name)) this.block(tag);
    }
  }

  finish(): string {
    this.breakLine();
    return this.lines.join('\n').replaceAll('\u00a0', ' ').trim();
  }

  private block(tag: Tag): void {
    this.breakLine();
    if (paragraphs.has(tag.name) && !(this.lists.length > (tag.closing ? 1 : 0) && /^[ou]l$/.test(tag.name)))
      this.blankBefore = true;
    const step = tag.closing ? -1 : 1;
    if (tag.name === 'ol' || tag.name === 'ul') {
      if (tag.closing) this.lists.pop();
      else this.lists.push({ ordered: tag.name === 'ol', next: 1 });
    } else if (tag.name === 'blockquote') this.quotes = Math.max(0, this.quotes + step);
    else if (tag.name === 'pre') this.preformatted = Math.max(0, this.preformatted + step);
    else if (tag.name === 'hr') {
      this.line = '-'.repeat(20);
      this.breakLine();
    }
  }

  private startItem(): void {
    const list = this.lists.at(-1);
    const indent = '  '.repeat(Math.min(8, Math.max(0, this.lists.length - 1)));
    this.prefix = `${indent}${list?.ordered === true ? `${list.next++}.` : '-'} `;
  }

  private endLink(): void {
    const { link } = this;
    this.link = undefined;
    if (link === undefined || link.href === '' || link.href.startsWith('#')) return;
    const label = (this.lines.length === link.line ? this.line.slice(link.from) : this.line).trim();
    const target = link.href.replace(/^mailto:/i, '');
    this.afterSpace = false;
    if (label === '') this.line += target;
    else if (label !== target && label !== link.href) this.line = `${this.line.trimEnd()} (${target})`;
  }

  private breakLine(): void {
    if (this.line.trim() !== '') this.newLine();
    else this.line = '';
  }

  private newLine(keepEmpty = false): void {
    const content = this.preformatted > 0 ? this.line.trimEnd() : this.line.trim();
    if (content !== '' || keepEmpty || this.preformatted > 0) {
      if (this.blankBefore && this.lines.length > 0 && this.lines.at(-1) !== '') this.lines.push('');
      this.blankBefore = false;
      this.lines.push(content === '' ? '' : `${'> '.repeat(Math.min(8, this.quotes))}${this.prefix}${content}`);
      this.prefix = '';
    }
    this.line = '';
    this.afterSpace = false;
  }
}
