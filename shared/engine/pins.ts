import { outPortsOf, type NodeCatalogue } from '../nodes/contract.ts';
import type { WorkflowGraph, WorkflowNode } from '../workflow/graph.ts';
import type { Pin } from '../workflow/run.ts';
import { nodeOf } from './address.ts';

/** What stands in for the step at an address: what was pinned for exactly this item, else for the step. */
export function pinOf(pins: Readonly<Record<string, Pin>>, address: string): Pin | undefined {
  // Runs but tests have none; then the address of each step is not taken apart for it.
  if (Object.keys(pins).length === 0) return undefined;
  return pins[address] ?? pins[nodeOf(address)];
}

/** The pins of a draft, for a test run: outputs and ways out by step. Triggers are left out: theirs is what the run starts with. */
export function draftPins(graph: Pick<WorkflowGraph, 'nodes'>, catalogue: NodeCatalogue): Record<string, Pin> {
  const pins: Record<string, Pin> = {};
  for (const node of graph.nodes) {
    if (node.pinned === undefined || catalogue.get(node.kind)?.group === 'trigger') continue;
    pins[node.id] = { output: node.pinned.output ?? null, port: pinnedPort(node, catalogue) };
  }
  return pins;
}

/** Where a pinned step goes out: as it was pinned while the step has that port, else along its first way out. */
export function pinnedPort(node: WorkflowNode, catalogue: NodeCatalogue): string {
  const ports = waysOut(node, catalogue);
  const wanted = node.pinned?.port;
  return wanted !== undefined && ports.includes(wanted) ? wanted : (ports[0] ?? 'out');
}

/** The ports along which a step goes on when it is done; not the way into a container. */
export function waysOut(node: WorkflowNode, catalogue: NodeCatalogue): string[] {
  const definition = catalogue.get(node.kind);
  if (!definition) return [];
  const parsed = definition.config.safeParse(node.config);
  const config = parsed.success ? parsed.data : definition.config.safeParse({}).data;
  if (config === undefined) return [];
  return outPortsOf(definition, config, node.onError).flatMap(({ id, inner }) => (inner ? [] : [id]));
}

/** The graph without pinned outputs: for versions that go live, and for files. The same object comes back where there are none. */
export function withoutPins<G extends Pick<WorkflowGraph, 'nodes'>>(graph: G): G {
  if (!graph.nodes.some((node) => node.pinned !== undefined)) return graph;
  const nodes = graph.nodes.map(({ pinned: _pinned, ...node }) => node);
  return { ...graph, nodes };
}
