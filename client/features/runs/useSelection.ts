import { useState } from 'react';

export interface Selection {
  has(id: string): boolean;
  size: number;
  ids: readonly string[];
  /** `through`: everything between this row and the one before is taken along. */
  toggle(id: string, through?: boolean): void;
  setAll(on: boolean): void;
  clear(): void;
}

/** Which rows of a list are selected. What has left the list is not selected any more. */
export function useSelection(rows: readonly string[]): Selection {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [last, setLast] = useState<string | null>(null);
  const ids = rows.filter((id) => chosen.has(id));
  return {
    has: (id) => chosen.has(id),
    size: ids.length,
    ids,
    toggle(id, through = false) {
      const on = !chosen.has(id);
      const next = new Set(chosen);
      for (const one of through ? between(rows, last, id) : [id]) {
        if (on) next.add(one);
        else next.delete(one);
      }
      setChosen(next);
      setLast(id);
    },
    setAll: (on) => setChosen(new Set(on ? rows : [])),
    clear: () => setChosen(new Set()),
  };
}

/** The rows from one to the other, both included; only the second where the first is not there. */
export function between(rows: readonly string[], one: string | null, other: string): readonly string[] {
  const from = one === null ? -1 : rows.indexOf(one);
  const to = rows.indexOf(other);
  if (from < 0 || to < 0) return [other];
  return rows.slice(Math.min(from, to), Math.max(from, to) + 1);
}
