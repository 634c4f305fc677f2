/** What is too long or no text is described in place of being shown. */
import { joinPath } from '../../../nodes/expression/scope.ts';

/** Characters of a text that are shown before somebody asks for all. */
export const shownChars = 400;
/** A value of more characters is not put on the page, even then: it can be copied. */
export const mostChars = 100_000;

const base64 = /^[A-Za-z0-9+/_-]{256,}={0,2}$/;
const dataUrl = /^data:([\w.+-]+\/[\w.+-]+)?[^,]{0,200},/;

export interface Binary {
  /** Content type, where the value says it. */
  type: string | null;
  bytes: number;
}

/** What a text is when it carries a file: its type and size. Null: a text to read. */
export function binaryIn(text: string): Binary | null {
  const url = text.length > 64 ? dataUrl.exec(text) : null;
  const body = url ? text.slice(url[0].length) : text;
  if (url) return { type: url[1] ?? null, bytes: Math.floor((body.length * 3) / 4) };
  // Words and long numbers are text, too: a file has upper case, lower case and digits from its beginning.
  const head = body.slice(0, 2_000).replace(/[\r\n]/g, '');
  const isMixed = /[a-z]/.test(head) && /[A-Z]/.test(head) && /[0-9]/.test(head);
  return isMixed && base64.test(head) ? { type: null, bytes: Math.floor((body.length * 3) / 4) } : null;
}

/** A part of a JSON text; with a path it names a field, which can be dragged from there. */
export interface JsonPiece {
  text: string;
  path?: string;
}

/**
 * Data as JSON for reading, in pieces: long texts are cut and files described. `describe` says what was left out. The keys of fields carry
 * their path, and so do single values of lists; without `path` nothing does.
 */
export function jsonPieces(value: unknown, describe: (text: string) => string | null, path?: string): JsonPiece[] {
  const pieces: JsonPiece[] = [];
  const put = (text: string, at?: string) => {
    const last = pieces.at(-1);
    if (at !== undefined) pieces.push({ text, path: at });
    else if (last !== undefined && last.path === undefined) last.text += text;
    else pieces.push({ text });
  };
  const write = (inner: unknown, indent: string, at: string | undefined, inList: boolean): void => {
    if (typeof inner !== 'object' || inner === null) {
      const text = typeof inner === 'string' ? (describe(inner) ?? inner) : inner;
      return put(JSON.stringify(text) ?? 'null', inList ? at : undefined);
    }
    const isList = Array.isArray(inner);
    const entries = Object.entries(inner).filter(([, one]) => isList || one !== undefined);
    const [open, close] = isList ? '[]' : '{}';
    put(open!);
    for (const [index, [key, one]] of entries.entries()) {
      put(`${index === 0 ? '' : ','}\n${indent}  `);
      const below = at === undefined ? undefined : isList ? `${at}[${key}]` : joinPath(at, key);
      if (!isList) {
        put(JSON.stringify(key), below);
        put(': ');
      }
      write(one, `${indent}  `, below, isList);
    }
    put(entries.length === 0 ? close! : `\n${indent}${close}`);
  };
  if (value !== undefined) write(value, '', path, false);
  return pieces;
}

/** The rows of a value that can be shown as a table: a list of objects, or the first one directly in an object. */
export function tableOf(value: unknown): { path: string | null; rows: readonly Record<string, unknown>[] } | null {
  if (isRows(value)) return { path: null, rows: value };
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  for (const [key, inner] of Object.entries(value)) if (isRows(inner)) return { path: key, rows: inner };
  return null;
}

function isRows(value: unknown): value is Record<string, unknown>[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((row) => typeof row === 'object' && row !== null && !Array.isArray(row))
  );
}

/** The fields of rows, in the order they are met, those that most rows have first. */
export function columnsOf(rows: readonly Record<string, unknown>[], most: number): string[] {
  const counts = new Map<string, number>();
  for (const row of rows.slice(0, 200)) for (const key of Object.keys(row)) counts.set(key, (counts.get(key) ?? 0) + 1);
  return [...counts]
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, most)
    .map(([key]) => key);
}
