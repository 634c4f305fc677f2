/**
 * Undo and redo over immutable snapshots. An entry is one gesture of the person: a drag, a paste, a burst of typing in one field, a generated
 * graph. Snapshots share structure, so that an entry costs what was changed.
 */
export interface HistoryEntry<T> {
  before: T;
  /** What was done, in words for the undo button: "Move 3 steps". */
  label: string;
}

export interface History<T> {
  past: readonly HistoryEntry<T>[];
  future: readonly HistoryEntry<T>[];
  /** Further changes with this key join the newest entry. */
  mergeKey: string | null;
  mergedAt: number;
}

export const historyLimit = 500;
/** Typing pauses longer than this start a new entry. */
const mergeWindowMs = 1_500;

export function emptyHistory<T>(): History<T> {
  return { past: [], future: [], mergeKey: null, mergedAt: 0 };
}

/** Notes that the document was `before` and is about to change. `now` in milliseconds; `mergeKey` groups a burst of small changes. */
export function record<T>(
  history: History<T>,
  before: T,
  label: string,
  options: { mergeKey?: string | undefined; now: number },
): History<T> {
  const key = options.mergeKey ?? null;
  const merges =
    key !== null &&
    key === history.mergeKey &&
    options.now - history.mergedAt < mergeWindowMs &&
    history.past.length > 0;
  const past = merges ? history.past : [...history.past, { before, label }].slice(-historyLimit);
  return { past, future: [], mergeKey: key, mergedAt: options.now };
}

/** The same steps back and forth over other documents: what `change` makes of each. */
export function mapHistory<T>(history: History<T>, change: (document: T) => T): History<T> {
  const mapped = (entries: readonly HistoryEntry<T>[]) =>
    entries.map(({ before, label }) => ({ before: change(before), label }));
  return { ...history, past: mapped(history.past), future: mapped(history.future) };
}

/** The document before the newest entry, or null when there is nothing to undo. */
export function undo<T>(history: History<T>, current: T): { history: History<T>; document: T; label: string } | null {
  const entry = history.past.at(-1);
  if (entry === undefined) return null;
  return {
    document: entry.before,
    label: entry.label,
    history: {
      past: history.past.slice(0, -1),
      future: [...history.future, { before: current, label: entry.label }],
      mergeKey: null,
      mergedAt: 0,
    },
  };
}

/** The inverse of `undo`. */
export function redo<T>(history: History<T>, current: T): { history: History<T>; document: T; label: string } | null {
  const entry = history.future.at(-1);
  if (entry === undefined) return null;
  return {
    document: entry.before,
    label: entry.label,
    history: {
      past: [...history.past, { before: current, label: entry.label }],
      future: history.future.slice(0, -1),
      mergeKey: null,
      mergedAt: 0,
    },
  };
}
