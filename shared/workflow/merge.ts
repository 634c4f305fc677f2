/**
 * Three-way merging: `base` is what two people started from, `mine` and `theirs` what each made of it. Pure, and total: whatever the graphs
 * are, the result is a graph whose edges have both their ends and whose containers are there.
 *
 * What only one side changed is as that side has it. What both changed in another way is a conflict, decided by `choices`, else their way.
 * Places are no conflict: mine count. A step that both added under one id, each their own, is two steps: mine gets another id.
 */
import { edgeBetween, nextNodeId } from './graph.ts';
import type { WorkflowGraph } from './graph.ts';
import { mergeAnnotations } from './merge-annotations.ts';
import { mergeEdges } from './merge-edges.ts';
import { mergeNodes } from './merge-nodes.ts';
import { changedBy, decisionsBy } from './merge-values.ts';
import type { Decisions, MergeConflict, MergeSide, Three } from './merge-values.ts';
import { sameValue } from './patch.ts';
import { remapExpressions } from './references.ts';
import type { WorkflowSettings } from './settings.ts';

export type { MergeConflict, MergeSide } from './merge-values.ts';

export interface Merged {
  graph: WorkflowGraph;
  /** In the order of the steps. Empty: nothing had to be decided. */
  conflicts: MergeConflict[];
  /** Steps of mine that have another id now. */
  renamed: ReadonlyMap<string, string>;
}

export interface MergeOptions {
  /** By the conflict's key. */
  choices?: ReadonlyMap<string, MergeSide>;
  /** New ids that an earlier merge of the same changes gave: they are given again. */
  renamed?: ReadonlyMap<string, string>;
}

export function mergeGraphs(graphs: Three<WorkflowGraph>, options: MergeOptions = {}): Merged {
  const { base, theirs } = graphs;
  const none: Merged['renamed'] = new Map();
  if (graphs.mine === base || graphs.mine === theirs) return { graph: theirs, conflicts: [], renamed: none };
  if (base === theirs) return { graph: graphs.mine, conflicts: [], renamed: none };
  const renamed = newIds(graphs, options.renamed ?? none);
  const own: Three<WorkflowGraph> = { ...graphs, mine: withIds(graphs.mine, base, renamed) };
  const decisions = decisionsBy(options.choices ?? new Map());
  const merged = mergeNodes(own, decisions);
  const edges = mergeEdges(own, merged);
  const settings = mergeSettings(own, decisions);
  const direction = changedBy({ base: base.direction, mine: own.mine.direction, theirs: theirs.direction }) ?? 'theirs';
  const { settings: _old, ...rest } = theirs;
  const graph: WorkflowGraph = {
    ...rest,
    direction: own[direction].direction,
    nodes: merged.nodes,
    edges,
    ...(settings === undefined ? {} : { settings }),
  };
  return { graph: mergeAnnotations(graph, own, decisions), conflicts: decisions.conflicts, renamed };
}

/** Steps that both sides added under the same id, without meaning the same. */
function newIds({ base, mine, theirs }: Three<WorkflowGraph>, known: ReadonlyMap<string, string>): Map<string, string> {
  const old = new Set(base.nodes.map(({ id }) => id));
  const others = new Map(theirs.nodes.map((node) => [node.id, node]));
  const taken = new Set([...old, ...others.keys(), ...mine.nodes.map(({ id }) => id), ...known.values()]);
  const renamed = new Map<string, string>();
  for (const node of mine.nodes) {
    const other = others.get(node.id);
    if (old.has(node.id) || other === undefined || sameValue(node, other)) continue;
    const id = known.get(node.id) ?? nextNodeId(node.kind, taken);
    taken.add(id);
    renamed.set(node.id, id);
  }
  return renamed;
}

function withIds(mine: WorkflowGraph, base: WorkflowGraph, ids: ReadonlyMap<string, string>): WorkflowGraph {
  if (ids.size === 0) return mine;
  const old = new Map(base.nodes.map((node) => [node.id, node]));
  const named = (id: string) => ids.get(id) ?? id;
  const nodes = mine.nodes.map((node) => {
    const inner = node.parent !== undefined && ids.has(node.parent) ? { parent: named(node.parent) } : {};
    // What was there before cannot speak of what is new.
    const config = sameValue(old.get(node.id)?.config, node.config) ? node.config : remapExpressions(node.config, ids);
    return { ...node, id: named(node.id), ...inner, config: config as Record<string, unknown> };
  });
  const edges = mine.edges.map((edge) =>
    ids.has(edge.source) || ids.has(edge.target)
      ? edgeBetween(named(edge.source), named(edge.target), edge.sourcePort, edge.targetPort)
      : edge,
  );
  const groups = mine.groups?.map((group) => ({ ...group, members: group.members.map(named) }));
  return { ...mine, nodes, edges, ...(groups === undefined ? {} : { groups }) };
}

function mergeSettings(
  { base, mine, theirs }: Three<WorkflowGraph>,
  decisions: Decisions,
): WorkflowSettings | undefined {
  const whole = changedBy({ base: base.settings, mine: mine.settings, theirs: theirs.settings });
  if (whole !== null) return { mine, theirs }[whole].settings;
  const sides = { mine: mine.settings ?? {}, theirs: theirs.settings ?? {} };
  const names = new Set([...Object.keys(sides.theirs), ...Object.keys(sides.mine)] as (keyof WorkflowSettings)[]);
  const merged: Record<string, unknown> = {};
  for (const name of names) {
    const values = { base: base.settings?.[name], mine: sides.mine[name], theirs: sides.theirs[name] };
    const side =
      changedBy(values) ??
      decisions.decide({
        key: `setting ${name}`,
        kind: 'setting',
        nodeId: null,
        field: name,
        mine: values.mine,
        theirs: values.theirs,
      });
    if (values[side] !== undefined) merged[name] = values[side];
  }
  return merged as WorkflowSettings;
}
