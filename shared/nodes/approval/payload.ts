import { asRecord, asText, setOwn } from '../fields.ts';

/** A text of the payload that whoever decides may change. `key` is empty where the payload is itself a text. */
export interface EditableText {
  key: string;
  text: string;
}

/** At most so many characters may be written into one text. */
export const maxEditChars = 100_000;

/** The texts on the payload's first level, or the payload itself. */
export function editableTexts(payload: unknown): EditableText[] {
  if (typeof payload === 'string') return [{ key: '', text: payload }];
  return Object.entries(asRecord(payload) ?? {}).flatMap(([key, text]) =>
    typeof text === 'string' ? [{ key, text }] : [],
  );
}

/** The payload with texts replaced. Keys that name no text of the payload are ignored: nothing else can be changed. */
export function withEdits(payload: unknown, edits: ReadonlyMap<string, string>): unknown {
  if (typeof payload === 'string') return edits.get('') ?? payload;
  const record = asRecord(payload);
  if (record === undefined) return payload;
  const result: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(record)) {
    setOwn(result, key, typeof value === 'string' ? (edits.get(key) ?? value) : value);
  }
  return result;
}

/** What is not a text, to be shown beside the texts; undefined where there is nothing else. */
export function restOf(payload: unknown): unknown {
  if (typeof payload === 'string' || payload === null || payload === undefined || payload === '') return undefined;
  const record = asRecord(payload);
  if (record === undefined) return payload;
  const rest = Object.entries(record).filter(([, value]) => typeof value !== 'string');
  return rest.length === 0 ? undefined : Object.fromEntries(rest);
}

/** The payload as a person reads it: one line per field, lists and objects as JSON. */
export function payloadInWords(payload: unknown): string {
  const record = asRecord(payload);
  if (record === undefined) return typeof payload === 'string' ? payload : asText(payload);
  return Object.entries(record)
    .map(([key, value]) => {
      const text = asText(value);
      return text.includes('\n') ? `${key}:\n${text}` : `${key}: ${text}`;
    })
    .join('\n');
}
