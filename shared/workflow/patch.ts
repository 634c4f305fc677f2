/**
 * What differs between two graphs of a workflow: what an AI edit proposes, and what two versions differ in. Pure. Ids are unique within a
 * graph, as the validator demands.
 *
 *   applyPatch(diffGraphs(a, b), a) equals b, and applyPatch(invertPatch(diffGraphs(a, b)), b) equals a.
 */
import { z } from 'zod';
import { groupSchema, noteSchema, withAnnotations, withoutStrays } from './annotations.ts';
import { workflowEdgeSchema, workflowNodeSchema } from './graph.ts';
import type { WorkflowEdge, WorkflowGraph, WorkflowNode } from './graph.ts';
import { workflowSettingsSchema } from './settings.ts';

const changedNodeSchema = z.object({
  id: z.string(),
  before: workflowNodeSchema,
  after: workflowNodeSchema,
  /** What differs: `title`, `position`, `onError` …, and settings as `config.to`. Never empty. */
  fields: z.array(z.string()).min(1),
});
export type ChangedNode = z.infer<typeof changedNodeSchema>;

/** The order of ids in the document; only given where it is not "what was there, then what is new". */
const orderSchema = z.object({ before: z.array(z.string()), after: z.array(z.string()) }).optional();
const direction = z.enum(['down', 'right']);

/** What differs between two lists of notes or of groups. */
function listPatchOf<T extends typeof noteSchema | typeof groupSchema>(item: T) {
  return z.object({
    added: z.array(item),
    changed: z.array(z.object({ before: item, after: item })),
    removed: z.array(item),
    order: orderSchema,
  });
}

interface ListPatch<T extends { id: string }> {
  added: T[];
  changed: { before: T; after: T }[];
  removed: T[];
  order?: { before: string[]; after: string[] } | undefined;
}

export const graphPatchSchema = z.object({
  nodes: z.object({
    added: z.array(workflowNodeSchema),
    changed: z.array(changedNodeSchema),
    removed: z.array(workflowNodeSchema),
    order: orderSchema,
  }),
  edges: z.object({
    added: z.array(workflowEdgeSchema),
    removed: z.array(workflowEdgeSchema),
    order: orderSchema,
  }),
  direction: z.object({ before: direction, after: direction }).optional(),
  settings: z
    .object({ before: workflowSettingsSchema.optional(), after: workflowSettingsSchema.optional() })
    .optional(),
  notes: listPatchOf(noteSchema).optional(),
  groups: listPatchOf(groupSchema).optional(),
});
export type GraphPatch = z.infer<typeof graphPatchSchema>;

/** What turns `a` into `b`. */
export function diffGraphs(a: WorkflowGraph, b: WorkflowGraph): GraphPatch {
  const patch: GraphPatch = { nodes: diffNodes(a.nodes, b.nodes), edges: diffEdges(a.edges, b.edges) };
  if (a.direction !== b.direction) patch.direction = { before: a.direction, after: b.direction };
  if (!sameValue(a.settings, b.settings)) {
    patch.settings = {
      ...(a.settings === undefined ? {} : { before: a.settings }),
      ...(b.settings === undefined ? {} : { after: b.settings }),
    };
  }
  const notes = diffLists(a.notes ?? [], b.notes ?? []);
  const groups = diffLists(a.groups ?? [], b.groups ?? []);
  return { ...patch, ...(notes ? { notes } : {}), ...(groups ? { groups } : {}) };
}

/**
 * The graph with the patch applied. On another graph than the one the patch was made from it does what still makes sense: a step that is
 * gone is not changed, one that is there already is replaced, and edges without both their ends are left out.
 */
export function applyPatch(patch: GraphPatch, graph: WorkflowGraph): WorkflowGraph {
  const { settings: old, ...rest } = graph;
  const settings = patch.settings === undefined ? old : patch.settings.after;
  const nodes = applyNodes(patch.nodes, graph.nodes);
  const ids = new Set(nodes.map(({ id }) => id));
  const gone = new Set(patch.edges.removed.map(({ id }) => id));
  const kept = graph.edges.filter(({ id }) => !gone.has(id));
  const edges = placedIn(patch.edges.order?.after, [...without(kept, patch.edges.added), ...patch.edges.added]);
  const applied = {
    ...rest,
    direction: patch.direction?.after ?? graph.direction,
    nodes,
    edges: edges.filter(({ source, target }) => ids.has(source) && ids.has(target)),
    ...(settings === undefined ? {} : { settings }),
  };
  const notes = patch.notes === undefined ? undefined : applyList(patch.notes, graph.notes ?? []);
  const groups = patch.groups === undefined ? undefined : applyList(patch.groups, graph.groups ?? []);
  if (notes === undefined && groups === undefined) return withoutStrays(applied);
  return withoutStrays(withAnnotations(applied, { ...(notes ? { notes } : {}), ...(groups ? { groups } : {}) }));
}

/** What takes the patch back. */
export function invertPatch({ nodes, edges, direction: turned, settings, notes, groups }: GraphPatch): GraphPatch {
  const swapped = <T>(pair: { before: T; after: T }) => ({ before: pair.after, after: pair.before });
  return {
    nodes: {
      added: nodes.removed,
      changed: nodes.changed.map((change) => ({ ...change, ...swapped(change) })),
      removed: nodes.added,
      ...(nodes.order ? { order: swapped(nodes.order) } : {}),
    },
    edges: { added: edges.removed, removed: edges.added, ...(edges.order ? { order: swapped(edges.order) } : {}) },
    ...(turned ? { direction: swapped(turned) } : {}),
    ...(settings
      ? {
          settings: {
            ...(settings.after ? { before: settings.after } : {}),
            ...(settings.before ? { after: settings.before } : {}),
          },
        }
      : {}),
    ...(notes ? { notes: invertList(notes) } : {}),
    ...(groups ? { groups: invertList(groups) } : {}),
  };
}

/** True when applying it changes nothing. */
export function isEmptyPatch({ nodes, edges, direction: turned, settings, notes, groups }: GraphPatch): boolean {
  const lists = [nodes.added, nodes.changed, nodes.removed, edges.added, edges.removed];
  const others = [nodes.order, edges.order, turned, settings, notes, groups];
  return lists.every((list) => list.length === 0) && others.every((one) => one === undefined);
}

/** The fields in which two states of one step differ, settings one by one. */
export function changedFields(before: WorkflowNode, after: WorkflowNode): string[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)] as (keyof WorkflowNode)[]);
  const fields: string[] = [];
  for (const key of keys) {
    if (sameValue(before[key], after[key])) continue;
    if (key !== 'config') {
      fields.push(key);
      continue;
    }
    for (const name of new Set([...Object.keys(before.config), ...Object.keys(after.config)])) {
      if (!sameValue(own(before.config, name), own(after.config, name))) fields.push(`config.${name}`);
    }
  }
  return fields;
}

function diffNodes(a: readonly WorkflowNode[], b: readonly WorkflowNode[]): GraphPatch['nodes'] {
  const before = new Map(a.map((node) => [node.id, node]));
  const after = new Map(b.map((node) => [node.id, node]));
  const changed: ChangedNode[] = [];
  for (const node of a) {
    const next = after.get(node.id);
    if (next === undefined || next === node) continue;
    const fields = changedFields(node, next);
    if (fields.length > 0) changed.push({ id: node.id, before: node, after: next, fields });
  }
  const added = b.filter(({ id }) => !before.has(id));
  const removed = a.filter(({ id }) => !after.has(id));
  return { added, changed, removed, ...orderOf(a, b, new Set(removed.map(({ id }) => id)), added) };
}

/** An edge whose ends have changed under the same id is taken out and put in. */
function diffEdges(a: readonly WorkflowEdge[], b: readonly WorkflowEdge[]): GraphPatch['edges'] {
  const before = new Map(a.map((edge) => [edge.id, edge]));
  const after = new Map(b.map((edge) => [edge.id, edge]));
  const added = b.filter((edge) => !sameValue(before.get(edge.id), edge));
  const removed = a.filter((edge) => !sameValue(after.get(edge.id), edge));
  return { added, removed, ...orderOf(a, b, new Set(removed.map(({ id }) => id)), added) };
}

/** Undefined when the lists are equal. */
function diffLists<T extends { id: string }>(a: readonly T[], b: readonly T[]): ListPatch<T> | undefined {
  const before = new Map(a.map((one) => [one.id, one]));
  const after = new Map(b.map((one) => [one.id, one]));
  const added = b.filter(({ id }) => !before.has(id));
  const removed = a.filter(({ id }) => !after.has(id));
  const changed = b.flatMap((one) => {
    const old = before.get(one.id);
    return old === undefined || sameValue(old, one) ? [] : [{ before: old, after: one }];
  });
  const order = orderOf(a, b, new Set(removed.map(({ id }) => id)), added);
  if (added.length + removed.length + changed.length === 0 && order.order === undefined) return undefined;
  return { added, changed, removed, ...order };
}

function applyList<T extends { id: string }>(patch: ListPatch<T>, list: readonly T[]): T[] {
  const gone = new Set(patch.removed.map(({ id }) => id));
  const changed = new Map(patch.changed.map(({ after }) => [after.id, after]));
  const kept = list.filter(({ id }) => !gone.has(id)).map((one) => changed.get(one.id) ?? one);
  return placedIn(patch.order?.after, [...without(kept, patch.added), ...patch.added]);
}

function invertList<T extends { id: string }>({ added, changed, removed, order }: ListPatch<T>): ListPatch<T> {
  return {
    added: removed,
    removed: added,
    changed: changed.map(({ before, after }) => ({ before: after, after: before })),
    ...(order ? { order: { before: order.after, after: order.before } } : {}),
  };
}

function orderOf(
  a: readonly { id: string }[],
  b: readonly { id: string }[],
  removed: ReadonlySet<string>,
  added: readonly { id: string }[],
): { order?: NonNullable<GraphPatch['nodes']['order']> } {
  const there = [...a.filter(({ id }) => !removed.has(id)), ...added];
  const plain = there.length === b.length && there.every(({ id }, index) => id === b[index]?.id);
  // The way back has to be plain, too.
  const fresh = new Set(added.map(({ id }) => id));
  const gone = a.filter(({ id }) => removed.has(id));
  const back = [...b.filter(({ id }) => !fresh.has(id)), ...gone];
  const plainBack = back.every(({ id }, index) => id === a[index]?.id);
  return plain && plainBack ? {} : { order: { before: a.map(({ id }) => id), after: b.map(({ id }) => id) } };
}

function applyNodes(patch: GraphPatch['nodes'], nodes: readonly WorkflowNode[]): WorkflowNode[] {
  const gone = new Set(patch.removed.map(({ id }) => id));
  const changed = new Map(patch.changed.map(({ id, after }) => [id, after]));
  const kept = nodes.filter(({ id }) => !gone.has(id)).map((node) => changed.get(node.id) ?? node);
  return placedIn(patch.order?.after, [...without(kept, patch.added), ...patch.added]);
}

function without<T extends { id: string }>(list: readonly T[], taken: readonly { id: string }[]): T[] {
  const ids = new Set(taken.map(({ id }) => id));
  return list.filter(({ id }) => !ids.has(id));
}

/** In the given order; what it does not name comes last, as it stood. */
function placedIn<T extends { id: string }>(order: readonly string[] | undefined, list: T[]): T[] {
  if (order === undefined) return list;
  const place = new Map(order.map((id, index) => [id, index]));
  return list.toSorted((x, y) => (place.get(x.id) ?? Infinity) - (place.get(y.id) ?? Infinity) || 0);
}

function own(record: Record<string, unknown>, key: string): unknown {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

/** Equal as JSON: the order of keys does not count, and a key without a value is none. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((value, index) => sameValue(value, b[index]))
    );
  }
  const [x, y] = [a as Record<string, unknown>, b as Record<string, unknown>];
  return [...new Set([...Object.keys(x), ...Object.keys(y)])].every((key) => sameValue(own(x, key), own(y, key)));
}
