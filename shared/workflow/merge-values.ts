/** The rule of all merging, for single values and for lists of things that have an id. Pure. */
import { sameValue } from './patch.ts';

export type MergeSide = 'mine' | 'theirs';

/** Something that both sides changed, each in another way. */
export interface MergeConflict {
  /** Names it among the conflicts of a merge: `set_1 config.to`, `set_1`, `setting holdMails`. */
  key: string;
  /** `field`: of a step. `step`: one side removed it, the other changed it. `setting`: of the workflow. */
  kind: 'field' | 'step' | 'setting';
  /** The step; null for a setting of the workflow. */
  nodeId: string | null;
  /** `title`, `config.to`, `parent`, `kind` (with all settings), or the name of the setting; `` for a step as a whole. */
  field: string;
  /** Undefined where it is not there; for a step as a whole, the step. */
  mine: unknown;
  theirs: unknown;
}

/** Collects what cannot be merged, and knows what was decided about it: `theirs` unless somebody chose otherwise. */
export interface Decisions {
  readonly conflicts: MergeConflict[];
  decide(conflict: MergeConflict): MergeSide;
}

export function decisionsBy(choices: ReadonlyMap<string, MergeSide>): Decisions {
  const conflicts: MergeConflict[] = [];
  return {
    conflicts,
    decide(conflict) {
      conflicts.push(conflict);
      return choices.get(conflict.key) ?? 'theirs';
    },
  };
}

export interface Three<T> {
  base: T;
  mine: T;
  theirs: T;
}

/** Who changed it; null when both did, differently. Where nobody did, and where both did the same, it is `theirs`. */
export function changedBy({ base, mine, theirs }: Three<unknown>): MergeSide | null {
  if (sameValue(mine, theirs) || sameValue(base, mine)) return 'theirs';
  return sameValue(base, theirs) ? 'mine' : null;
}

export interface Row<T> {
  id: string;
  base: T | undefined;
  mine: T | undefined;
  theirs: T | undefined;
}

/** What stands under each id on the three sides, in the order that `inOrder` gives. */
export function rowsOf<T extends { id: string }>({ base, mine, theirs }: Three<readonly T[]>): Row<T>[] {
  const [b, m, t] = [base, mine, theirs].map((list) => new Map(list.map((one) => [one.id, one])));
  return inOrder({ base, mine, theirs }).map((id) => ({ id, base: b!.get(id), mine: m!.get(id), theirs: t!.get(id) }));
}

/** Their order, or mine where only I changed it; what only the other side has follows what it follows there. */
function inOrder({ base, mine, theirs }: Three<readonly { id: string }[]>): string[] {
  const ids = (list: readonly { id: string }[]) => list.map(({ id }) => id);
  const [b, m, t] = [ids(base), ids(mine), ids(theirs)];
  const old = new Set(b);
  const common = new Set(m.filter((id) => old.has(id)));
  const order = (list: string[]) => list.filter((id) => common.has(id)).join('\n');
  return order(b) === order(m) || order(b) !== order(t) ? woven(t, m) : woven(m, t);
}

function woven(first: readonly string[], second: readonly string[]): string[] {
  const there = new Set(first);
  const after = new Map<string | undefined, string[]>();
  let last: string | undefined;
  for (const id of second) {
    if (there.has(id)) last = id;
    else after.set(last, [...(after.get(last) ?? []), id]);
  }
  return [undefined, ...first].flatMap((id) => [...(id === undefined ? [] : [id]), ...(after.get(id) ?? [])]);
}
