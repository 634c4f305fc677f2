/** Merging of notes and groups. None is lost: what one side removed and the other changed stays, and two with one id are two. Pure. */
import { nextAnnotationId, withAnnotations, withoutStrays } from './annotations.ts';
import type { Group, Note } from './annotations.ts';
import type { WorkflowGraph, WorkflowNode } from './graph.ts';
import { changedBy, rowsOf } from './merge-values.ts';
import type { Decisions, MergeSide, Row, Three } from './merge-values.ts';
import { sameValue } from './patch.ts';

/** The merged graph with its notes and groups. `renamed`: steps of mine that have another id by now. */
export function mergeAnnotations(
  graph: WorkflowGraph,
  { base, mine, theirs }: Three<WorkflowGraph>,
  decisions: Decisions,
): WorkflowGraph {
  const notes = mergeItems<Note>(
    lists(base.notes, mine.notes, theirs.notes),
    (three) => mergeNote(three, decisions),
    'note',
  );
  const groups = mergeItems<Group>(
    lists(base.groups, mine.groups, theirs.groups),
    (three) => mergeGroup(three, decisions),
    'group',
  );
  return withoutStrays(withAnnotations(graph, { notes, groups: inOneGroup(groups, graph.nodes) }));
}

function lists<T>(base: T[] = [], mine: T[] = [], theirs: T[] = []): Three<T[]> {
  return { base, mine, theirs };
}

function mergeItems<T extends { id: string }>(
  three: Three<T[]>,
  merge: (items: Three<T>) => T,
  kind: 'note' | 'group',
): T[] {
  const rows = rowsOf(three);
  const taken = new Set(rows.map(({ id }) => id));
  return rows.flatMap((row): T[] => {
    const { base, mine, theirs } = row;
    if (mine === undefined || theirs === undefined) return alone(row);
    if (base !== undefined) return [merge({ base, mine, theirs })];
    if (sameValue(mine, theirs)) return [theirs];
    const id = nextAnnotationId(kind, taken);
    taken.add(id);
    return [theirs, { ...mine, id }];
  });
}

/** New on one side, or changed there while the other removed it. */
function alone<T>({ base, mine, theirs }: Row<T>): T[] {
  const only = mine ?? theirs;
  return only !== undefined && !sameValue(base, only) ? [only] : [];
}

function decide(id: string, field: string, values: Three<unknown>, decisions: Decisions): MergeSide {
  const { mine, theirs } = values;
  return (
    changedBy(values) ?? decisions.decide({ key: `${id} ${field}`, kind: 'field', nodeId: id, field, mine, theirs })
  );
}

/** The sides' values of some fields, each by whoever changed it. */
function fields<T extends { id: string }, K extends keyof T & string>(
  { base, mine, theirs }: Three<T>,
  names: readonly K[],
  decisions: Decisions,
): Pick<T, K> {
  const picked = names.map((name) => {
    const values = { base: base[name], mine: mine[name], theirs: theirs[name] };
    return [name, values[decide(theirs.id, name, values, decisions)]];
  });
  return Object.fromEntries(picked) as Pick<T, K>;
}

function mergeNote(three: Three<Note>, decisions: Decisions): Note {
  const { base, mine, theirs } = three;
  const isPlacedByMe = !sameValue(base.position, mine.position) || !sameValue(base.size, mine.size);
  const { position, size } = isPlacedByMe ? mine : theirs;
  return { ...theirs, ...fields(three, ['text', 'color'], decisions), position, size };
}

function mergeGroup(three: Three<Group>, decisions: Decisions): Group {
  const { collapsed, ...rest } = fields(three, ['title', 'color', 'collapsed'], decisions);
  const { collapsed: _theirs, ...theirs } = three.theirs;
  return { ...theirs, ...rest, members: mergeMembers(three), ...(collapsed ? { collapsed } : {}) };
}

function mergeMembers({ base, mine, theirs }: Three<Group>): string[] {
  const side = changedBy({ base: base.members, mine: mine.members, theirs: theirs.members });
  if (side !== null) return { mine, theirs }[side].members;
  const [old, own, others] = [base, mine, theirs].map(({ members }) => new Set(members));
  const all = new Set([...theirs.members, ...mine.members]);
  return [...all].filter((id) => !old!.has(id) || (own!.has(id) && others!.has(id)));
}

/** Each step in the first group that has it; groups that have none go. */
function inOneGroup(groups: readonly Group[], nodes: readonly WorkflowNode[]): Group[] {
  const free = new Set(nodes.map(({ id }) => id));
  return groups
    .map((group) => ({ ...group, members: group.members.filter((id) => free.delete(id)) }))
    .filter(({ members }) => members.length > 0);
}
