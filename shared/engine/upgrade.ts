import type { NodeCatalogue } from '../nodes/contract.ts';
import type { WorkflowGraph } from '../workflow/graph.ts';

/** Brings settings that older versions of a kind wrote to its current version. The same object comes back where there is nothing to do. */
export function upgradeGraph(graph: WorkflowGraph, catalogue: NodeCatalogue): WorkflowGraph {
  const isOld = (kind: string, version: number): boolean => (catalogue.get(kind)?.version ?? 0) > version;
  if (!graph.nodes.some((node) => isOld(node.kind, node.version))) return graph;
  const nodes = graph.nodes.map((node) => {
    const definition = catalogue.get(node.kind);
    if (!definition || !isOld(node.kind, node.version)) return node;
    const config = definition.upgrade?.(node.config, node.version) ?? node.config;
    return { ...node, version: definition.version, config };
  });
  return { ...graph, nodes };
}
