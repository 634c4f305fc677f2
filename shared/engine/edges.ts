/** Edges in the fold: what settles them, and what becomes ready or is skipped by it. */
import type { WorkflowEdge } from '../workflow/graph.ts';
import { addressAt } from './address.ts';
import type { CompiledGraph } from './graph.ts';
import type { Frame, RunState } from './state.ts';
import { makeReady, stepIn } from './steps.ts';

/** Settles all outgoing edges of `source` and whatever that skips, iteratively. Those along `port` are taken. */
export function settleEdges(graph: CompiledGraph, state: RunState, frame: Frame, source: string, port: string): void {
  const skipped: string[] = [];
  settleFrom(graph, state, frame, source, (edge) => edge.sourcePort === port, skipped);
  for (const node of skipped) settleFrom(graph, state, frame, node, () => false, skipped);
}

function settleFrom(
  graph: CompiledGraph,
  state: RunState,
  frame: Frame,
  source: string,
  isTaken: (edge: WorkflowEdge) => boolean,
  skipped: string[],
): void {
  for (const edge of graph.nodes.get(source)?.outgoing ?? []) {
    if (state.within?.has(edge.target) === false) continue;
    const target = graph.nodes.get(edge.target)!;
    const step = stepIn(frame, edge.target);
    step.settled++;
    if (isTaken(edge)) step.taken.push(edge);
    if (step.status !== 'pending' || state.ready.has(addressAt(frame.path, edge.target))) continue;
    const all = step.settled === target.incoming.length;
    if (step.taken.length > 0 && (all || target.join === 'any')) makeReady(state, frame, edge.target);
    else if (all) {
      step.status = 'skipped';
      skipped.push(edge.target);
    }
  }
}
