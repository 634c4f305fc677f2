/** Merging of steps: field by field, settings one by one. Pure. */
import { absolutePosition, containersOf } from './containers.ts';
import type { WorkflowGraph, WorkflowNode } from './graph.ts';
import { changedBy, rowsOf } from './merge-values.ts';
import type { Decisions, MergeSide, Row, Three } from './merge-values.ts';
import { changedFields, sameValue } from './patch.ts';

export interface MergedNodes {
  nodes: WorkflowNode[];
  /** Steps that one side removed and that stay, because the other side's change of them was chosen; and whose that is. */
  revived: ReadonlyMap<string, MergeSide>;
}

export function mergeNodes(graphs: Three<WorkflowGraph>, decisions: Decisions): MergedNodes {
  const { base, mine, theirs } = graphs;
  const revived = new Map<string, MergeSide>();
  const nodes: WorkflowNode[] = [];
  for (const row of rowsOf({ base: base.nodes, mine: mine.nodes, theirs: theirs.nodes })) {
    if (row.mine !== undefined && row.theirs !== undefined) {
      nodes.push(
        row.base === undefined ? row.theirs : mergeNode({ ...row, base: row.base } as Three<WorkflowNode>, decisions),
      );
      continue;
    }
    const side = row.mine === undefined ? 'theirs' : 'mine';
    const only = row[side];
    if (only === undefined) continue;
    if (row.base === undefined) nodes.push(only);
    else if (isTouched(row, side, graphs) && decisions.decide(removal(row)) === side) {
      revived.set(row.id, side);
      nodes.push(only);
    }
  }
  return { nodes: standing(nodes, graphs), revived };
}

function removal({ id, mine, theirs }: Row<WorkflowNode>) {
  return { key: id, kind: 'step', nodeId: id, field: '', mine, theirs } as const;
}

/** Whether that side did something to a step besides moving it: its fields, a new step inside of it or connected to it. */
function isTouched({ id, base, ...row }: Row<WorkflowNode>, side: MergeSide, graphs: Three<WorkflowGraph>): boolean {
  const node = row[side];
  if (base === undefined || node === undefined) return false;
  if (changedFields(base, node).some((field) => field !== 'position')) return true;
  const known = new Set(graphs.base.nodes.map((one) => one.id));
  const graph = graphs[side];
  return (
    graph.nodes.some((one) => one.parent === id && !known.has(one.id)) ||
    graph.edges.some(
      ({ source, target }) =>
        (source === id && target !== id && !known.has(target)) ||
        (target === id && source !== id && !known.has(source)),
    )
  );
}

function mergeNode({ base, mine, theirs }: Three<WorkflowNode>, decisions: Decisions): WorkflowNode {
  if (mine === theirs || base === mine) return theirs;
  if (base === theirs) return mine;
  const { id } = theirs;
  const decide = (field: string, values: Three<unknown>): MergeSide =>
    changedBy(values) ??
    decisions.decide({
      key: `${id} ${field}`,
      kind: 'field',
      nodeId: id,
      field,
      mine: values.mine,
      theirs: values.theirs,
    });
  const sides = { mine, theirs };

  const kind = decide('kind', { base: base.kind, mine: mine.kind, theirs: theirs.kind });
  // Settings of another kind are other settings: they go with it.
  const whole = mine.kind !== theirs.kind;
  const version = whole ? sides[kind].version : Math.max(mine.version, theirs.version);
  const config = whole ? sides[kind].config : mergeConfig({ base, mine, theirs }, decide);
  const place = sides[placeOf({ base, mine, theirs }, decide)];
  const merged: Record<string, unknown> = {
    ...theirs,
    kind: sides[kind].kind,
    version,
    config,
    position: place.position,
  };
  for (const field of optionsOf({ base, mine, theirs })) {
    const side = decide(field, { base: base[field], mine: mine[field], theirs: theirs[field] });
    merged[field] = sides[side][field];
  }
  merged['parent'] = place.parent;
  for (const key of Object.keys(merged)) if (merged[key] === undefined) delete merged[key];
  const node = merged as unknown as WorkflowNode;
  if (sameValue(node, theirs)) return theirs;
  return sameValue(node, mine) ? mine : node;
}

const ownRule: readonly (keyof WorkflowNode)[] = ['id', 'kind', 'version', 'config', 'position', 'parent'];

function optionsOf({ base, mine, theirs }: Three<WorkflowNode>): (keyof WorkflowNode)[] {
  const fields = new Set([base, mine, theirs].flatMap((node) => Object.keys(node) as (keyof WorkflowNode)[]));
  return [...fields].filter((field) => !ownRule.includes(field));
}

type Decide = (field: string, values: Three<unknown>) => MergeSide;

function mergeConfig({ base, mine, theirs }: Three<WorkflowNode>, decide: Decide): Record<string, unknown> {
  const sides = { mine: mine.config, theirs: theirs.config };
  const own = (config: Record<string, unknown>, name: string) =>
    Object.hasOwn(config, name) ? config[name] : undefined;
  const names = new Set([...Object.keys(theirs.config), ...Object.keys(mine.config)]);
  return Object.fromEntries(
    [...names].flatMap((name) => {
      const values = { base: own(base.config, name), mine: own(mine.config, name), theirs: own(theirs.config, name) };
      const side = sides[decide(`config.${name}`, values)];
      return Object.hasOwn(side, name) ? [[name, side[name]]] : [];
    }),
  );
}

/** Container and position are one thing. Two who moved a step within the same container need not be asked: the later one has it. */
function placeOf({ base, mine, theirs }: Three<WorkflowNode>, decide: Decide): MergeSide {
  if (mine.parent === theirs.parent) {
    const turned = base.parent !== mine.parent;
    return !turned && sameValue(base.position, mine.position) ? 'theirs' : 'mine';
  }
  return decide('parent', { base: base.parent, mine: mine.parent, theirs: theirs.parent });
}

/** Steps whose container is gone stand on the canvas; a circle of containers, which neither side had, is broken up their way. */
function standing(nodes: WorkflowNode[], { mine, theirs, base }: Three<WorkflowGraph>): WorkflowNode[] {
  let placed = nodes;
  const old = [theirs, mine, base].map((graph) => new Map(graph.nodes.map((node) => [node.id, node])));
  for (;;) {
    const byId = new Map(placed.map((node) => [node.id, node]));
    const circling = new Set(placed.filter((node) => isInCircle(byId, node)).map(({ id }) => id));
    if (circling.size === 0) break;
    const next = placed.map((node) => (circling.has(node.id) ? withPlace(node, old[0]!.get(node.id)) : node));
    const isOpen = next.some((node, index) => node.parent !== placed[index]!.parent);
    // Where they have a circle themselves, nothing in it stands in anything.
    placed = isOpen ? next : placed.map((node) => (circling.has(node.id) ? withPlace(node, undefined) : node));
  }
  const ids = new Set(placed.map(({ id }) => id));
  return placed.map((node) => {
    if (node.parent === undefined || ids.has(node.parent)) return node;
    const from = old.find((side) => side.get(node.id)?.parent === node.parent);
    const { parent: _gone, ...rest } = node;
    return { ...rest, position: from === undefined ? node.position : absolutePosition(from, node.id) };
  });
}

function isInCircle(byId: ReadonlyMap<string, WorkflowNode>, node: WorkflowNode): boolean {
  if (node.parent === node.id) return true;
  const around = containersOf(byId, node.id);
  return around.at(-1)?.parent === node.id;
}

function withPlace(node: WorkflowNode, as: WorkflowNode | undefined): WorkflowNode {
  const { parent: _circling, ...rest } = node;
  return as?.parent === undefined ? rest : { ...rest, position: as.position, parent: as.parent };
}
