/**
 * XML as data. Only what stands in the text is read: a document type is skipped, so nothing it declares or points to is ever expanded or fetched,
 * and an entity that XML itself does not know stays as it was written.
 */
import { AppError } from '../../errors.ts';
import { clip, setOwn } from '../fields.ts';

/** Each ends in a named error. Time and memory are linear in the text, whose length the HTTP client bounds. */
export const xmlLimits = { depth: 100, elements: 200_000 } as const;

export interface XmlElement {
  /** With its prefix, as written: `content:encoded`. */
  name: string;
  attributes: ReadonlyMap<string, string>;
  children: readonly (XmlElement | string)[];
}

interface Open extends XmlElement {
  attributes: Map<string, string>;
  children: (XmlElement | string)[];
}

const nameAt = /[^\s/>=<"'&]+/y;
const attributeAt = /\s+([^\s/>=<"'&]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y;
const tagEndAt = /\s*(\/?)>/y;
const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/**
 * The root element.
 * @throws AppError `bad_request` saying in which line it is no XML; `too_large` beyond the limits.
 */
export function parseXml(text: string): XmlElement {
  const document: Open = { name: '', attributes: new Map(), children: [] };
  const stack = [document];
  let count = 0;
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  while (at < text.length) {
    const top = stack.at(-1)!;
    if (text[at] !== '<') {
      const end = indexOr(text, '<', at, text.length);
      addText(top, decoded(text.slice(at, end)));
      at = end;
    } else if (text.startsWith('<!--', at)) at = after(text, '-->', at);
    else if (text.startsWith('<![CDATA[', at)) {
      const end = after(text, ']]>', at);
      addText(top, text.slice(at + 9, end - 3));
      at = end;
    } else if (text.startsWith('<?', at)) at = after(text, '?>', at);
    else if (text.startsWith('<!', at)) at = afterDoctype(text, at);
    else if (text.startsWith('</', at)) at = close(text, at, stack);
    else {
      if (++count > xmlLimits.elements)
        throw new AppError('too_large', `The XML has more than ${xmlLimits.elements.toLocaleString('en')} elements.`);
      at = open(text, at, stack);
    }
  }
  if (stack.length > 1) throw notXml(text, text.length, `it ends inside of <${stack.at(-1)!.name}>`);
  const [root, ...more] = document.children.filter((child): child is XmlElement => typeof child !== 'string');
  const isStray = document.children.some((child) => typeof child === 'string' && child.trim() !== '');
  if (root === undefined || more.length > 0 || isStray) throw notXml(text, 0, 'it is not one element');
  return root;
}

/** Reads a start tag; the next position. */
function open(text: string, at: number, stack: Open[]): number {
  const name = matchAt(nameAt, text, at + 1)?.[0];
  if (name === undefined) throw notXml(text, at, 'a “<” that begins no tag');
  const element: Open = { name, attributes: new Map(), children: [] };
  let next = at + 1 + name.length;
  for (let found = matchAt(attributeAt, text, next); found; found = matchAt(attributeAt, text, next)) {
    element.attributes.set(found[1]!, decoded(found[2] ?? found[3] ?? ''));
    next += found[0].length;
  }
  const end = matchAt(tagEndAt, text, next);
  if (!end) throw notXml(text, at, `<${clip(name, 40)} … is not closed by “>”`);
  stack.at(-1)!.children.push(element);
  if (end[1] === '') {
    if (stack.length > xmlLimits.depth)
      throw new AppError('too_large', `The XML is nested more than ${xmlLimits.depth} deep.`);
    stack.push(element);
  }
  return next + end[0].length;
}

function close(text: string, at: number, stack: Open[]): number {
  const name = matchAt(nameAt, text, at + 2)?.[0] ?? '';
  const end = matchAt(tagEndAt, text, at + 2 + name.length);
  if (!end || end[1] !== '' || stack.length === 1 || stack.at(-1)!.name !== name)
    throw notXml(text, at, `</${clip(name, 40)}> closes nothing`);
  stack.pop();
  return at + 2 + name.length + end[0].length;
}

/** Behind `<!DOCTYPE …>`, whose part in brackets may hold `>`, quotes and comments. */
function afterDoctype(text: string, at: number): number {
  const bracket = text.indexOf('[', at);
  const end = after(text, '>', at);
  return bracket === -1 || bracket > end ? end : after(text, '>', after(text, ']', bracket) - 1);
}

function addText(to: Open, text: string): void {
  if (text === '') return;
  const last = to.children.length - 1;
  const before = to.children[last];
  if (typeof before === 'string') to.children[last] = before + text;
  else to.children.push(text);
}

function decoded(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#x([\da-f]{1,6})|#(\d{1,7})|(\w{1,32}));/gi, (written, hex, decimal, name: string) => {
    if (name !== undefined) return Object.hasOwn(entities, name) ? entities[name]! : written;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : '\uFFFD';
  });
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function indexOr(text: string, what: string, from: number, otherwise: number): number {
  const found = text.indexOf(what, from);
  return found === -1 ? otherwise : found;
}

function after(text: string, what: string, from: number): number {
  const found = text.indexOf(what, from);
  if (found === -1) throw notXml(text, from, `“${what}” is missing`);
  return found + what.length;
}

function notXml(text: string, at: number, why: string): AppError {
  const line = text.slice(0, at).split('\n').length;
  return new AppError('bad_request', `The answer cannot be read as XML (line ${line}: ${why}).`, {
    details: { field: 'answer' },
  });
}

/**
 * The element as data for expressions: text alone is a text; else an object with attributes as `@name`, elements by name (several of one name as
 * a list) and text beside them as `#text`. The root stands under its own name.
 */
export function xmlData(root: XmlElement): Record<string, unknown> {
  const data: Record<string, unknown> = {};
  setOwn(data, root.name, valueOf(root));
  return data;
}

/** Depth is bounded by `xmlLimits.depth`. */
function valueOf({ attributes, children }: XmlElement): unknown {
  const text = children
    .filter((child) => typeof child === 'string')
    .join('')
    .trim();
  if (attributes.size === 0 && children.every((child) => typeof child === 'string')) return text;
  const data: Record<string, unknown> = {};
  for (const [name, value] of attributes) setOwn(data, `@${name}`, value);
  const elements = Map.groupBy(
    children.filter((child) => typeof child !== 'string'),
    ({ name }) => name,
  );
  for (const [name, [first, ...more]] of elements)
    setOwn(data, name, more.length === 0 ? valueOf(first!) : [first!, ...more].map(valueOf));
  if (text !== '') data['#text'] = text;
  return data;
}

/** All text in an element, trimmed. */
export function textIn({ children }: XmlElement): string {
  return children
    .map((child) => (typeof child === 'string' ? child : textIn(child)))
    .join('')
    .trim();
}
