import { useMemo, useRef } from 'react';
import { outPortsOf } from '../../shared/nodes/contract.ts';
import type { NodeCatalogue } from '../../shared/nodes/contract.ts';
import { drawnSizes, nodeSize, type Size } from '../../shared/workflow/geometry.ts';
import type { WorkflowGraph } from '../../shared/workflow/graph.ts';
import { isContainer } from '../stores/container-edits.ts';
import { branchPorts, stepHeight } from './geometry.ts';

export type ContainerBox = Readonly<Size & { empty: boolean }>;

/** How large each container is drawn. While steps are dragged (`frozen`) they keep their size: a step can be taken out of one. */
export function useContainers(
  { nodes, direction }: WorkflowGraph,
  catalogue: NodeCatalogue,
  frozen: boolean,
): ReadonlyMap<string, ContainerBox> {
  const last = useRef<ReadonlyMap<string, ContainerBox>>(new Map());
  return useMemo(() => {
    const before = last.current;
    const filled = new Set(nodes.map((node) => node.parent));
    const found = nodes.filter((node) => isContainer(catalogue, node) || filled.has(node.id));
    if (found.length === 0) return before.size === 0 ? before : (last.current = new Map());
    const sizes = sizesOf({ nodes, direction }, catalogue);
    last.current = new Map(
      found.map(({ id }): [string, ContainerBox] => {
        const old = before.get(id);
        const size = (frozen ? old : undefined) ?? sizes.get(id)!;
        const box = { width: size.width, height: size.height, empty: !filled.has(id) };
        const same = old?.width === box.width && old.height === box.height && old.empty === box.empty;
        return [id, same ? old : box];
      }),
    );
    return last.current;
  }, [nodes, direction, catalogue, frozen]);
}

/** The size of every step as it is drawn. */
export function sizesOf(
  { nodes, direction }: Pick<WorkflowGraph, 'nodes' | 'direction'>,
  catalogue: NodeCatalogue,
): Map<string, Size> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  return drawnSizes({ nodes, direction }, catalogue, ({ id }) => {
    const node = byId.get(id);
    const definition = node && catalogue.get(node.kind);
    const outs = definition === undefined ? [] : branchPorts(outPortsOf(definition, node!.config, node!.onError));
    return {
      width: nodeSize.width,
      height: direction === 'down' ? nodeSize.height : stepHeight(direction, outs.length),
    };
  });
}
