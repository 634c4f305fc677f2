/**
 * Joins lists by a key, as a database joins tables.
 *
 * 1. The branches are in the order of the connections, those that `branches` names first, in its order.
 * 2. A branch gives entries: its output where that is a list, the list that its row names, else its output as the only entry. An entry that
 *    is no object becomes `{ value: entry }`.
 * 3. Entries match when all their key fields are equal. An entry that lacks one matches nothing.
 * 4. Rows come in the order of the first branch; those it lacks follow, in the order of the branch that has them.
 */
import { AppError } from '../../errors.ts';
import type { RunContext } from '../contract.ts';
import { asRecord, asText, setOwn } from '../fields.ts';

export interface Matching {
  /** The key fields, separated by commas; dots lead into objects. */
  key: string;
  /** Branches whose list or key are elsewhere. `step`: id of the step at the end of the branch; empty `list`: the output itself; empty `field`: `key`. */
  branches: readonly { step: string; list: string; field: string }[];
  keep: 'inner' | 'left' | 'outer';
  /** Of equal keys in one branch, whether each gives a row or only the first. Entries of the leading branch always do. */
  several: 'all' | 'first';
  clash: 'first' | 'last' | 'both';
  compare: 'loose' | 'exact';
}

type Entry = Record<string, unknown>;

interface Branch {
  node: string;
  keys: readonly string[];
  entries: readonly Entry[];
  /** The key of each entry; null where it lacks one. */
  keyOf: readonly (string | null)[];
  byKey: ReadonlyMap<string, readonly Entry[]>;
  /** Under which name each of its fields goes into a row, where that is another one. */
  renamed: ReadonlyMap<string, string>;
}

const maxRows = 100_000;

/** The key fields of a setting, in its order. */
export function keysIn(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/**
 * The rows that the branches give. A branch that was not taken in this run counts as none at all.
 * @throws AppError too_large above `maxRows`; bad_request when a branch has no list where its row says so.
 */
export function matchLists(settings: Matching, inputs: RunContext['inputs']): Entry[] {
  const branches = branchesOf(settings, inputs);
  const rows: Entry[] = [];
  const leading = settings.keep === 'outer' ? branches.length : Math.min(1, branches.length);
  for (let lead = 0; lead < leading; lead++) {
    const earlier = branches.slice(0, lead);
    const later = branches.slice(lead + 1);
    const { entries, keyOf } = branches[lead]!;
    for (const [index, entry] of entries.entries()) {
      const key = keyOf[index] ?? null;
      if (key !== null && earlier.some(({ byKey }) => byKey.has(key))) continue;
      const partners = later.map(({ byKey }) => (key === null ? [] : (byKey.get(key) ?? [])));
      if (settings.keep === 'inner' && partners.some((found) => found.length === 0)) continue;
      const chosen = settings.several === 'first' ? partners.map((found) => found.slice(0, 1)) : partners;
      addRows(rows, settings.clash, [branches[lead]!, ...later], [[entry], ...chosen]);
    }
  }
  return rows;
}

/** One row for each choice of one entry per branch; branches without an entry give nothing to it. */
function addRows(
  rows: Entry[],
  clash: Matching['clash'],
  branches: readonly Branch[],
  choices: readonly (readonly Entry[])[],
): void {
  const count = choices.reduce((product, { length }) => product * Math.max(1, length), 1);
  if (rows.length + count > maxRows)
    throw new AppError('too_large', `The lists match to more than ${maxRows} rows. Is the key the right one?`);
  for (let n = 0; n < count; n++) {
    const row: Entry = {};
    // The last branch changes fastest: n is read as a number whose digits choose the entries.
    let weight = count;
    for (const [index, entries] of choices.entries()) {
      if (entries.length === 0) continue;
      weight /= entries.length;
      addFields(row, entries[Math.floor(n / weight) % entries.length]!, branches[index]!, clash);
    }
    rows.push(row);
  }
}

function addFields(row: Entry, entry: Entry, { renamed }: Branch, clash: Matching['clash']): void {
  for (const [field, value] of Object.entries(entry)) {
    const name = renamed.get(field) ?? field;
    if (clash !== 'first' || !Object.hasOwn(row, name)) setOwn(row, name, value);
  }
}

function branchesOf(settings: Matching, inputs: RunContext['inputs']): Branch[] {
  const named = new Map(settings.branches.map((row, index) => [row.step.trim(), { ...row, index }]));
  const place = (node: string): number => named.get(node)?.index ?? named.size;
  const ordered = inputs.toSorted((a, b) => place(a.node) - place(b.node));
  const taken = new Set<string>();
  return ordered.map(({ node, output }) => {
    const row = named.get(node);
    const keys = keysIn(row?.field.trim() ? row.field : settings.key);
    const entries = entriesOf(output, row?.list.trim() ?? '', node);
    const renamed = settings.clash === 'both' ? newNames(entries, node, keysIn(settings.key), taken) : new Map();
    return { node, keys, entries, ...indexed(entries, keys, settings.compare), renamed };
  });
}

/** The names for fields that an earlier branch has, too. A key of the same name is no clash: it is equal. Decided for the list as a whole, so that a column means one thing. */
function newNames(
  entries: readonly Entry[],
  node: string,
  keys: readonly string[],
  taken: Set<string>,
): Map<string, string> {
  const renamed = new Map<string, string>();
  const fields = new Set(entries.flatMap((entry) => Object.keys(entry)));
  for (const field of fields) {
    if (!taken.has(field) || keys.includes(field)) continue;
    let name = `${field}_${node}`;
    for (let n = 2; taken.has(name) || fields.has(name); n++) name = `${field}_${node}_${n}`;
    renamed.set(field, name);
  }
  for (const field of fields) taken.add(renamed.get(field) ?? field);
  return renamed;
}

function indexed(
  entries: readonly Entry[],
  keys: readonly string[],
  compare: Matching['compare'],
): Pick<Branch, 'keyOf' | 'byKey'> {
  const byKey = new Map<string, Entry[]>();
  const keyOf = entries.map((entry) => {
    const key = keyFor(entry, keys, compare);
    const same = key === null ? undefined : byKey.get(key);
    if (same) same.push(entry);
    else if (key !== null) byKey.set(key, [entry]);
    return key;
  });
  return { keyOf, byKey };
}

function keyFor(entry: Entry, keys: readonly string[], compare: Matching['compare']): string | null {
  const parts: string[] = [];
  for (const field of keys) {
    const value = at(entry, field);
    const text = compare === 'loose' ? asText(value).trim().toLowerCase() : (JSON.stringify(value) ?? '');
    if (value === undefined || value === null || text === '' || text === '""') return null;
    parts.push(text);
  }
  return parts.length === 0 ? null : JSON.stringify(parts);
}

function entriesOf(output: unknown, path: string, node: string): Entry[] {
  const found = path === '' ? output : at(output, path);
  if (!Array.isArray(found)) {
    if (path === '') return output === null || output === undefined ? [] : [asRecord(output) ?? { value: output }];
    throw new AppError('bad_request', `The step “${node}” hands on no list under “${path.slice(0, 60)}”.`);
  }
  return found.map((entry) => asRecord(entry) ?? { value: entry });
}

/** A value by its path: a field of that very name, or one step per dot. */
function at(value: unknown, path: string): unknown {
  const own = asRecord(value);
  if (own && Object.hasOwn(own, path)) return own[path];
  let current: unknown = value;
  for (const part of path.split('.')) {
    const record = asRecord(current);
    if (!record || !Object.hasOwn(record, part)) return undefined;
    current = record[part];
  }
  return current;
}
