/**
 * Large values of a run are kept apart from its journal: the event names them by reference, the fold puts a placeholder in their place, and
 * whoever needs the value loads it. Smaller ones stay where they are.
 */
import type { PayloadRef, RunEvent } from '../workflow/run.ts';

/** Values longer than this as JSON, in characters, are kept apart. */
export const longestInline = 32 * 1024;
/** A step may put out this much as JSON, in bytes; so much may a trigger bring. */
export const mostBytes = 10_000_000;
/** The items of a loop may come to this much together as JSON, in bytes: 500 for each of 100,000. */
export const mostCollectedBytes = 50_000_000;
/** So much of a value is told with its reference, in characters. */
const headLength = 500;

/** Stands for a value that has not been loaded; with `index`, for one item of a list. Whoever takes it for the value itself fails. */
export class StoredPayload {
  readonly ref: string;
  /** Of the JSON of the whole payload. */
  readonly bytes: number;
  /** How that begins. */
  readonly head: string;
  readonly index: number | null;

  constructor({ ref, bytes, head }: Pick<PayloadRef, 'ref' | 'bytes' | 'head'>, index: number | null = null) {
    this.ref = ref;
    this.bytes = bytes;
    this.head = head;
    this.index = index;
  }

  toJSON(): never {
    throw new Error('A stored payload was used before it was loaded.');
  }

  toLiquid(): never {
    return this.toJSON();
  }
}

/** A payload as it is stored. */
export interface PayloadContent {
  ref: string;
  json: string;
}

interface Slot {
  path: readonly string[];
  /** The fold looks at its items one by one. */
  isList?: true;
}

const output: Slot = { path: ['output'] };

/** Where an event may carry large values. */
function slotsOf(event: RunEvent): readonly Slot[] {
  switch (event.type) {
    case 'run.started':
      return [
        output,
        { path: ['part', 'items'], isList: true },
        ...Object.keys(event.part?.outputs ?? {}).map((id) => ({ path: ['part', 'outputs', id] })),
        ...Object.keys(event.pins ?? {}).map((id) => ({ path: ['pins', id, 'output'] })),
      ];
    case 'step.done':
      return [output, { path: ['answer', 'body'] }];
    case 'step.resumed':
      return [{ path: ['signal', 'payload'] }, { path: ['signal', 'output'] }];
    case 'loop.opened':
      return [{ path: ['items'], isList: true }];
    case 'loop.part':
      return [{ path: ['output', 'results'], isList: true }];
    default:
      return [];
  }
}

/** The event without its large values, and those. `hash` names a value by its JSON. */
export function setAside(
  event: RunEvent,
  hash: (json: string) => string,
): { event: RunEvent; contents: PayloadContent[] } {
  const contents: PayloadContent[] = [];
  const payloads = [...(event.payloads ?? [])];
  let rest: unknown = event;
  for (const { path, isList } of slotsOf(event)) {
    const value = at(rest, path);
    const json = value === undefined ? undefined : JSON.stringify(value);
    if (json === undefined || json.length <= longestInline) continue;
    const ref = hash(json);
    contents.push({ ref, json });
    const length = isList && Array.isArray(value) ? { length: value.length } : {};
    payloads.push({ path, ref, bytes: utf8Length(json), head: json.slice(0, headLength), ...length });
    rest = put(rest, path, undefined);
  }
  if (contents.length === 0) return { event, contents };
  // Only values that any event may lack were taken out.
  return { event: { ...(rest as RunEvent), payloads }, contents };
}

/** The event with a placeholder for each value that is kept apart; the event itself where there is none. */
export function withPlaceholders<E extends Pick<RunEvent, 'payloads'>>(event: E): E {
  if (event.payloads === undefined) return event;
  const placed = event.payloads.reduce<unknown>(
    (rest, payload) => put(rest, payload.path, placeholderOf(payload)),
    event,
  );
  return placed as E;
}

function placeholderOf(payload: PayloadRef): unknown {
  if (payload.length === undefined) return new StoredPayload(payload);
  return Array.from({ length: payload.length }, (_, index) => new StoredPayload(payload, index));
}

function at(value: unknown, path: readonly string[]): unknown {
  let inner = value;
  for (const key of path) {
    if (typeof inner !== 'object' || inner === null || !Object.hasOwn(inner, key)) return undefined;
    inner = (inner as Record<string, unknown>)[key];
  }
  return inner;
}

/** A copy of `value` with another one at `path`; undefined takes it away. */
function put(value: unknown, [key, ...rest]: readonly string[], instead: unknown): unknown {
  if (key === undefined) return instead;
  const { [key]: inner, ...others } = { ...(value as Record<string, unknown>) };
  const changed = rest.length === 0 ? instead : put(inner, rest, instead);
  return changed === undefined ? others : { ...others, [key]: changed };
}

/** What is known to hold no placeholder need not be gone through again. */
const whole = new WeakSet<object>();

/** Takes a loaded value as it is: data, in which nothing is a placeholder. */
export function asLoaded<T>(value: T): T {
  if (typeof value === 'object' && value !== null) whole.add(value);
  return value;
}

/** The references of the placeholders in a value. */
export function missingIn(value: unknown, found: Set<string> = new Set()): Set<string> {
  if (value instanceof StoredPayload) found.add(value.ref);
  else if (typeof value === 'object' && value !== null && !whole.has(value))
    for (const inner of Object.values(value)) missingIn(inner, found);
  return found;
}

/** The value with what has been loaded in the place of its placeholders; others stay. Nothing is copied that holds none. */
export function filledIn(value: unknown, loaded: ReadonlyMap<string, unknown>): unknown {
  if (value instanceof StoredPayload) {
    if (!loaded.has(value.ref)) return value;
    const content = asLoaded(loaded.get(value.ref));
    return value.index === null ? content : asLoaded((content as readonly unknown[])[value.index]);
  }
  if (typeof value !== 'object' || value === null || whole.has(value)) return value;
  if (Array.isArray(value))
    return changedOr(
      value,
      value.map((inner) => filledIn(inner, loaded)),
    );
  const entries = Object.entries(value).map(([key, inner]) => [key, filledIn(inner, loaded)] as const);
  return entries.every(([key, inner]) => inner === (value as Record<string, unknown>)[key])
    ? value
    : Object.fromEntries(entries);
}

function changedOr(before: readonly unknown[], after: readonly unknown[]): readonly unknown[] {
  return after.some((value, i) => value !== before[i]) ? after : before;
}

/** The value with a word about each that has not been loaded, for readers who want the gist. */
export function withHeads(value: unknown): unknown {
  if (missingIn(value).size === 0) return value;
  if (value instanceof StoredPayload) return `(${value.bytes} bytes of JSON, which begin with ${value.head})`;
  if (Array.isArray(value)) return value.map(withHeads);
  return Object.fromEntries(Object.entries(value as object).map(([key, inner]) => [key, withHeads(inner)]));
}

/** True when a value takes more than `most` bytes as JSON. What is far from that costs a glance, not its JSON. */
export function isLarger(value: unknown, most: number): boolean {
  if (value === undefined || value === null) return false;
  const { least, atMost } = boundsOf(value, most);
  return least > most || (atMost > most && utf8Length(JSON.stringify(value) ?? '') > most);
}

/** So many bytes a value takes at least as JSON; also of what has not been loaded. Cheap, and near the truth where texts are long. */
export function leastBytes(value: unknown): number {
  return boundsOf(value, Number.POSITIVE_INFINITY).least;
}

/** Between how many bytes a value takes as JSON. It is looked through until it is clear that it takes more than `most`. */
function boundsOf(value: unknown, most: number): { least: number; atMost: number } {
  let least = 0;
  let atMost = 0;
  const open: unknown[] = [value];
  while (open.length > 0 && least <= most) {
    const next = open.pop();
    if (typeof next === 'string') {
      least += next.length + 2;
      // A control character takes six bytes.
      atMost += next.length * 6 + 2;
    } else if (Array.isArray(next)) {
      least += next.length;
      atMost += next.length + 2;
      for (const item of next) open.push(item);
    } else if (next instanceof StoredPayload) {
      // A list that is kept apart counts with its first item.
      least += (next.index ?? 0) === 0 ? next.bytes : 0;
      atMost += next.bytes;
    } else if (typeof next === 'object' && next !== null) {
      for (const key in next) {
        least += key.length + 3;
        atMost += key.length * 6 + 6;
        open.push((next as Record<string, unknown>)[key]);
      }
    } else {
      least += 1;
      atMost += 25;
    }
  }
  return { least, atMost };
}

/** In bytes. */
function utf8Length(text: string): number {
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x80) continue;
    // The two halves of a pair take four bytes together.
    bytes += code < 0x800 || (code >= 0xd800 && code < 0xe000) ? 1 : 2;
  }
  return bytes;
}
