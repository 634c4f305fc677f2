/** The first event of a run in the fold. */
import type { RunEvent } from '../workflow/run.ts';
import { settleEdges } from './edges.ts';
import type { CompiledGraph } from './graph.ts';
import { openLoop } from './loop.ts';
import type { RunState } from './state.ts';
import { openStep, setOutput, stepIn } from './steps.ts';

export function startRun(
  graph: CompiledGraph,
  state: RunState,
  event: Extract<RunEvent, { type: 'run.started' }>,
): void {
  state.status = 'running';
  state.trigger = event.trigger;
  state.startedAt = event.at;
  state.pins = event.pins ?? {};
  if (event.section) {
    state.section = event.section;
    state.within = new Set(event.section.steps);
  }
  if (event.mailsTo !== undefined) state.mailsTo = event.mailsTo;
  if (event.part) return startPart(graph, state, event, event.part);
  const reachable = graph.reachableFrom(event.trigger);
  for (const id of reachable) {
    const { node, incoming } = graph.nodes.get(id)!;
    // Those in containers are counted per item.
    if (node.parent !== undefined) continue;
    const outside = incoming.filter((edge) => !reachable.has(edge.source)).length;
    if (outside > 0) stepIn(state, id).settled = outside;
  }
  settled(state, event.trigger, event.output, event.at);
  settleEdges(graph, state, state, event.trigger, 'out');
}

function settled(state: RunState, node: string, output: unknown, at: number): void {
  const step = stepIn(state, node);
  Object.assign(step, { status: 'done', attempt: 1, startedAt: at, finishedAt: at, ms: 0, port: 'out' });
  setOutput({ frame: state, node, step }, output);
}

/** A run that does a share of a list begins within the container; what came before it has happened elsewhere. */
function startPart(
  graph: CompiledGraph,
  state: RunState,
  { at, trigger, output }: Extract<RunEvent, { type: 'run.started' }>,
  part: NonNullable<Extract<RunEvent, { type: 'run.started' }>['part']>,
): void {
  const { loop, part: number, from, items, outputs, ...policy } = part;
  state.part = { loop, part: number };
  for (const [node, value] of Object.entries(outputs)) settled(state, node, value, at);
  settled(state, trigger, output, at);
  const step = stepIn(state, loop);
  step.attempt = 1;
  step.startedAt = at;
  openStep(state, state, loop);
  openLoop(
    graph,
    state,
    state,
    step,
    { type: 'loop.opened', node: loop, count: items.length, items, ...policy },
    at,
    from,
  );
}
