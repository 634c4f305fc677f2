/**
 * E-mail addresses as people and mail clients write them: a list parted by commas or semicolons, each `local@domain` or
 * `Name <local@domain>`, names quoted where needed. A small hand-written reader of RFC 5322's mailbox-list that goes over the text once;
 * groups, address literals, source routes and any control character are refused, so nothing can break out of a header.
 */
import { AppError } from '../errors.ts';

export interface MailAddress {
  name: string;
  /** `local@domain`, the domain in lower case; international domains stay as written. */
  address: string;
}

export const maxRecipients = 100;
/** Room for far more than `maxRecipients` addresses with names. */
const maxListChars = 50_000;

const atom = /^[\p{L}\p{N}\p{M}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{N}\p{M}!#$%&'*+/=?^_`{|}~-]+)*$/u;
const label = /^[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}-]*[\p{L}\p{N}\p{M}])?$/u;
const control = /[\u0000-\u001f\u007f\u0085\u2028\u2029]/;

/** One entry of the list, still raw: what stood in quotes or before `<`, and the address part. */
interface Entry {
  raw: string;
  name: string;
  address: string;
  angle: boolean;
  /** Nothing but space so far. */
  blank: boolean;
  /** The local part was written in quotes. */
  quotedLocal: boolean;
}

/**
 * Reads an address list. Empty entries are skipped.
 *
 * @throws AppError `bad_request` with `details: { field, text }` when an entry is no address.
 */
export function parseAddresses(text: string, field: string, label = field): MailAddress[] {
  const refuse = (entry: string, why: string): never => {
    const shown = entry.trim().slice(0, 100);
    throw new AppError('bad_request', `“${shown}” in “${label}” is not an e-mail address: ${why}.`, {
      details: { field, text: shown },
    });
  };
  const trimmed = text.trim();
  if (trimmed === '') return [];
  if (trimmed.length > maxListChars) refuse(trimmed, `the list is longer than ${maxListChars} characters`);
  if (control.test(trimmed))
    refuse(trimmed.replace(new RegExp(control, 'g'), ' '), 'line breaks and control characters are not allowed');
  const addresses: MailAddress[] = [];
  for (const entry of splitEntries(trimmed, refuse)) {
    if (entry.raw.trim() === '') continue;
    addresses.push(toAddress(entry, refuse));
  }
  return addresses;
}

type Refuse = (entry: string, why: string) => never;

/** Splits at commas and semicolons outside quotes, comments and angle brackets. */
function splitEntries(text: string, refuse: Refuse): Entry[] {
  const entries: Entry[] = [];
  let start = 0;
  let at = 0;
  let current = emptyEntry();
  const finish = (end: number) => {
    current.raw = text.slice(start, end);
    entries.push(current);
    current = emptyEntry();
    start = end + 1;
  };
  const append = (piece: string) => {
    if (current.blank && piece.trim() !== '') current.blank = false;
    if (current.angle) {
      if (piece.trim() !== '') refuse(text.slice(start, at + 1), 'there is text after “>”');
    } else current.name += piece;
  };
  while (at < text.length) {
    const char = text[at] as string;
    if (char === ',' || char === ';') {
      finish(at);
      at++;
    } else if (char === '"') {
      const [content, next] = readQuoted(text, at, refuse);
      if (text[next] === '@' && current.blank) {
        current.quotedLocal = true;
        current.address = text.slice(at, next);
        current.name = '';
      } else append(content);
      at = next;
    } else if (char === '(') {
      at = skipComment(text, at, refuse);
    } else if (char === '<') {
      if (current.angle) refuse(text.slice(start), 'there are two “<”');
      const end = closingAngle(text, at, refuse);
      current.address = text.slice(at + 1, end).trim();
      current.quotedLocal = current.address.startsWith('"');
      current.angle = true;
      at = end + 1;
    } else if (char === ':') {
      refuse(text.slice(start), 'groups (“name: …;”) are not supported');
    } else {
      append(char);
      at++;
    }
  }
  finish(text.length);
  return entries;
}

function emptyEntry(): Entry {
  return { raw: '', name: '', address: '', angle: false, blank: true, quotedLocal: false };
}

function readQuoted(text: string, open: number, refuse: Refuse): [content: string, next: number] {
  let content = '';
  for (let at = open + 1; at < text.length; at++) {
    const char = text[at] as string;
    if (char === '"') return [content, at + 1];
    if (char === '\\' && at + 1 < text.length) content += text[++at] as string;
    else content += char;
  }
  return refuse(text.slice(open), 'a quotation mark is not closed');
}

function skipComment(text: string, open: number, refuse: Refuse): number {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '(') depth++;
    else if (text[at] === ')' && --depth === 0) return at + 1;
  }
  return refuse(text.slice(open), 'a bracket is not closed');
}

function closingAngle(text: string, open: number, refuse: Refuse): number {
  let quoted = false;
  for (let at = open + 1; at < text.length; at++) {
    const char = text[at];
    if (quoted && char === '\\') at++;
    else if (char === '"') quoted = !quoted;
    else if (char === '>' && !quoted) return at;
  }
  return refuse(text.slice(open), '“<” is not closed');
}

function toAddress(entry: Entry, refuse: Refuse): MailAddress {
  const bare = entry.angle ? entry.address : (entry.address + entry.name).trim();
  const name = entry.angle ? entry.name.replace(/\s+/g, ' ').trim() : '';
  const at = bare.lastIndexOf('@');
  if (at < 0) refuse(entry.raw, 'the “@” is missing');
  const local = bare.slice(0, at);
  const domain = bare
    .slice(at + 1)
    .toLowerCase()
    .replace(/\.$/, '');
  const reason = localProblem(local, entry.quotedLocal) ?? domainProblem(domain);
  if (reason !== undefined) refuse(entry.raw, reason);
  if (local.length + domain.length + 1 > 254) refuse(entry.raw, 'it is longer than 254 characters');
  return { name, address: `${local}@${domain}` };
}

function localProblem(local: string, quoted: boolean): string | undefined {
  if (local === '') return 'the part before “@” is missing';
  if (local.length > 64) return 'the part before “@” is longer than 64 characters';
  if (quoted) return /^"(?:[^"\\]|\\.)+"$/u.test(local) ? undefined : 'the quotation marks before “@” do not match';
  if (/\s/.test(local)) return 'there is a space before “@”';
  return atom.test(local) ? undefined : `the part before “@” has a character that is not allowed there`;
}

function domainProblem(domain: string): string | undefined {
  if (domain === '') return 'the part after “@” is missing';
  if (domain.startsWith('[')) return 'addresses of the form name@[1.2.3.4] are not supported';
  if (domain === 'localhost') return undefined;
  const labels = domain.split('.');
  if (labels.length < 2) return `“${domain.slice(0, 60)}” is not a complete domain such as example.com`;
  const bad = labels.find((part) => part.length > 63 || !label.test(part));
  if (bad !== undefined) return `“${domain.slice(0, 60)}” is not a domain`;
  return /^\d+$/.test(labels.at(-1) ?? '') ? `“${domain.slice(0, 60)}” is not a domain` : undefined;
}

/** `Name <local@domain>`, the name quoted where the grammar wants it. */
export function formatAddress({ name, address }: MailAddress): string {
  if (name === '') return address;
  const plain = /^[\p{L}\p{N}\p{M} !#$%&'*+/=?^_`{|}~-]+$/u.test(name);
  return `${plain ? name : `"${name.replace(/[\\"]/g, '\\$&')}"`} <${address}>`;
}

/** Equal for addresses that reach the same mailbox as far as anyone outside can tell. */
export function addressKey({ address }: MailAddress): string {
  return address.toLowerCase();
}

/** The first of each address, over several lists in order: one person gets one copy. */
export function withoutRepeats(lists: readonly (readonly MailAddress[])[]): MailAddress[][] {
  const seen = new Set<string>();
  return lists.map((list) =>
    list.filter((entry) => {
      const key = addressKey(entry);
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    }),
  );
}
