import type { Node, NodeChange, NodeProps, XYPosition } from '@xyflow/react';
import { useCallback, useMemo, useRef, useState } from 'react';
import { outPortsOf } from '../../shared/nodes/contract.ts';
import type { NodeCatalogue, NodeDefinition, Port } from '../../shared/nodes/contract.ts';
import type { WorkflowNode } from '../../shared/workflow/graph.ts';
import type { Group } from '../../shared/workflow/annotations.ts';
import { groupFrames } from '../stores/annotation-edits.ts';
import { useEditor, useEditorStore } from '../stores/context.tsx';
import { foldsOf, noFolds } from '../stores/folding.ts';
import type { Folds } from '../stores/folding.ts';
import { foldedNode } from './foldedNodes.ts';
import { nodeSize } from '../../shared/workflow/geometry.ts';
import { useContainers } from './containerBoxes.ts';
import type { ContainerBox } from './containerBoxes.ts';
import { branchPorts, containerHandles, handlesOf, stepHeight } from './geometry.ts';
import type { Direction } from './geometry.ts';
import { usePlaces } from './places.ts';
import type { Place } from './places.ts';

export interface StepData extends Record<string, unknown> {
  node: WorkflowNode;
  definition: NodeDefinition | undefined;
  ports: readonly Port[];
  /** Outputs that lead somewhere, joined by commas. */
  connected: string;
  direction: Direction;
  /** Where it stands in the flow, for screen readers. */
  label: string;
  /** How large a container is drawn and whether nothing is in it; null for all other steps. */
  container: ContainerBox | null;
  /** Set on the box of a collapsed group, which stands among the steps. */
  group?: Group;
}
export type CanvasNode = Node<StepData, 'step' | 'container' | 'folded'>;

interface Dimensions {
  width: number;
  height: number;
}

interface Cached {
  node: WorkflowNode;
  position: XYPosition;
  size: Dimensions | undefined;
  selected: boolean;
  direction: Direction;
  readOnly: boolean;
  place: Place;
  container: ContainerBox | null;
  value: CanvasNode;
}

/**
 * The document as React Flow wants it. A step's object is made anew only when something about that step changed, and a drag compares each
 * step only once per frame. Sizes that the canvas has measured live beside the document, so that an undo never loses them (a step without a
 * size is hidden for a frame, and its edges are gone).
 */
export function useCanvasNodes(moving: ReadonlyMap<string, XYPosition> | null, frozen: boolean) {
  const { catalogue } = useEditorStore();
  const graph = useEditor((state) => state.graph);
  const selected = useEditor((state) => state.selected);
  const readOnly = useEditor((state) => state.readOnly);
  const [sizes, setSizes] = useState<ReadonlyMap<string, Dimensions>>(() => new Map());
  const cache = useRef(new Map<string, Cached>());
  const places = usePlaces(graph);
  const containers = useContainers(graph, catalogue, frozen);
  const folds = useFolds();
  const boxes = useMemo(() => (folds === noFolds ? null : groupFrames(graph, catalogue)), [folds, graph, catalogue]);

  const nodes = useMemo(() => {
    const list: CanvasNode[] = [];
    const shown = new Set<string>();
    const folded = (id: string) => {
      const group = graph.groups?.find((one) => one.id === id);
      const box = boxes?.get(id);
      const state = { selected: selected.has(id), direction: graph.direction, readOnly };
      return group && box ? foldedNode(group, { x: box.x, y: box.y }, state) : undefined;
    };
    for (const place of places) {
      const node = graph.nodes[place.index];
      if (node === undefined) continue;
      const fold = folds.get(node.id);
      if (fold !== undefined) {
        const drawn = shown.has(fold) ? undefined : folded(fold);
        if (drawn !== undefined) list.push(drawn);
        shown.add(fold);
        continue;
      }
      const key = {
        node,
        position: moving?.get(node.id) ?? node.position,
        size: sizes.get(node.id),
        selected: selected.has(node.id),
        direction: graph.direction,
        readOnly,
        place,
        container: containers.get(node.id) ?? null,
      };
      const hit = cache.current.get(node.id);
      const value = hit !== undefined && isSame(hit, key) ? hit.value : canvasNode(key, catalogue, hit?.value);
      if (value !== hit?.value) cache.current.set(node.id, { ...key, value });
      list.push(value);
    }
    return list;
  }, [
    graph.nodes,
    graph.groups,
    graph.direction,
    places,
    selected,
    catalogue,
    moving,
    readOnly,
    sizes,
    containers,
    folds,
    boxes,
  ]);

  const measure = useCallback((changes: readonly NodeChange[]) => {
    if (changes.some((change) => change.type === 'dimensions')) setSizes((before) => measuredAfter(before, changes));
  }, []);
  return { nodes, measure };
}

/** What collapsed groups hide. Nothing, while a change is reviewed: it has to be seen whole. */
export function useFolds(): Folds {
  const nodes = useEditor((state) => state.graph.nodes);
  const groups = useEditor((state) => state.graph.groups);
  const reviewing = useEditor((state) => state.review !== null);
  return useMemo(() => (reviewing ? noFolds : foldsOf({ nodes, groups })), [nodes, groups, reviewing]);
}

/** What of this is being moved stands there; everything else is the same object. */
export function placedAt<N extends Node>(nodes: N[], places: ReadonlyMap<string, XYPosition> | null): N[] {
  if (places === null) return nodes;
  return nodes.map((node) => {
    const position = places.get(node.id);
    return position === undefined ? node : { ...node, position };
  });
}

function isSame(a: Cached, b: Omit<Cached, 'value'>): boolean {
  return (
    a.node === b.node &&
    a.position === b.position &&
    a.size === b.size &&
    a.selected === b.selected &&
    a.direction === b.direction &&
    a.readOnly === b.readOnly &&
    a.place === b.place &&
    a.container === b.container
  );
}

/** The sizes after what the canvas has measured; the same map where nothing differs. */
function measuredAfter(
  before: ReadonlyMap<string, Dimensions>,
  changes: readonly NodeChange[],
): ReadonlyMap<string, Dimensions> {
  const after = new Map(before);
  let changed = false;
  for (const change of changes) {
    if (change.type !== 'dimensions' || change.dimensions === undefined) continue;
    const old = after.get(change.id);
    if (old?.width === change.dimensions.width && old.height === change.dimensions.height) continue;
    after.set(change.id, change.dimensions);
    changed = true;
  }
  return changed ? after : before;
}

function canvasNode(
  { node, position, selected, direction, readOnly, place, size, container }: Omit<Cached, 'value'>,
  catalogue: NodeCatalogue,
  before: CanvasNode | undefined,
): CanvasNode {
  const definition = catalogue.get(node.kind);
  const old = before?.data.node;
  const samePorts = old?.config === node.config && old.onError === node.onError && old.kind === node.kind;
  const ports = samePorts
    ? before!.data.ports
    : definition === undefined
      ? noPorts
      : outPortsOf(definition, node.config, node.onError);
  const outs = branchPorts(ports);
  const ins = (definition?.ports.in ?? fallbackIn).map((port) => port.id);
  const common = {
    id: node.id,
    position,
    selected,
    draggable: !readOnly,
    connectable: !readOnly,
    ariaLabel: place.label,
    ...(place.parent === undefined ? {} : { parentId: place.parent }),
    data: { node, definition, ports, connected: place.connected, direction, label: place.label, container },
  };
  if (container === null) {
    return {
      ...common,
      type: 'step',
      measured: size ?? { width: nodeSize.width, height: stepHeight(direction, outs.length) },
      handles: handlesOf(direction, {
        ins,
        outs: outs.map((port) => port.id),
        fails: definition !== undefined && definition.group !== 'trigger',
      }),
    };
  }
  return {
    ...common,
    type: 'container',
    measured: { width: container.width, height: container.height },
    handles: containerHandles(direction, container, { ins, outs }),
    // Its ground belongs to the canvas: what is drawn or dropped there is meant for what stands inside.
    style: groundless,
    dragHandle: '.mw-container-head',
    // A selected container stays below the words at the connections inside it.
    zIndex: selected ? -selectedZ : 0,
  };
}

/** What React Flow lifts selected nodes by. */
const selectedZ = 1_000;
const groundless = { pointerEvents: 'none' } as const;

const noPorts: readonly Port[] = [];
/** What a step of an unknown kind offers. */
export const fallbackIn = [{ id: 'in', label: '', type: 'data' }] as const;

/** For `memo`: a step that is only somewhere else looks as before. React Flow moves what is around it. */
export function looksSame(a: NodeProps<CanvasNode>, b: NodeProps<CanvasNode>): boolean {
  return a.id === b.id && a.data === b.data && a.selected === b.selected;
}
