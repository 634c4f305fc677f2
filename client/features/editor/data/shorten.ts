/** What is too long or no text is described in place of being shown. */

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

/** Data as JSON for reading: long texts are cut and files described. `describe` says what was left out. */
export function readableJson(value: unknown, describe: (text: string) => string | null): string {
  return (
    JSON.stringify(
      value,
      (_key, inner: unknown) => (typeof inner === 'string' ? (describe(inner) ?? inner) : inner),
      2,
    ) ?? ''
  );
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
