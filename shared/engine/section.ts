/**
 * A test of a part of a workflow: one step, everything up to a step, or a step and everything that follows. What stands before it is not done;
 * it stands with a pinned output, with what it put out in an earlier run, or with an example, and is in the new run's journal as kept.
 */
import { AppError } from '../errors.ts';
import type { NodeCatalogue } from '../nodes/contract.ts';
import type { WorkflowNode } from '../workflow/graph.ts';
import type { DataSource, Pin, RunEventBody, Section, SectionMode } from '../workflow/run.ts';
import { addressAt, itemPath } from './address.ts';
import { applyEvent, newRunState, type RunState } from './fold.ts';
import type { CompiledGraph } from './graph.ts';
import { pinnedPort, pinOf, waysOut } from './pins.ts';
import type { KeptEvent } from './rerun.ts';
import { outcomeFor, loopItems, type SeenRun, type StandIn } from './stand-in.ts';

export type { SeenRun } from './stand-in.ts';

export interface SectionRequest {
  node: string;
  mode: SectionMode;
  /** Which item of the containers around the step it runs for, by container; the first one where none is named. */
  items?: Readonly<Record<string, number>> | undefined;
}

export interface SectionGiven {
  /** The draft's pins: all steps but triggers. */
  pins: Readonly<Record<string, Pin>>;
  /** Earlier runs to take data from, the preferred one first. */
  seen: readonly SeenRun[];
  /** What the trigger puts out, where somebody says so. */
  payload?: unknown;
  trigger?: string | undefined;
  workspaceName: string;
  now: Date;
}

export interface SectionPlan {
  trigger: string;
  output: unknown;
  section: Section;
  /** What follows `run.started` in the journal. */
  kept: KeptEvent[];
}

/**
 * @throws AppError bad_request: there is no such step, or it is a trigger and there is nothing before it. conflict: it is pinned, or nothing
 * leads to it, or the container around it has no items.
 */
export function planSection(
  graph: CompiledGraph,
  catalogue: NodeCatalogue,
  request: SectionRequest,
  given: SectionGiven,
): SectionPlan {
  const target = targetOf(graph, catalogue, request, given);
  const trigger = triggerOf(graph, catalogue, target.id, given);
  const reachable = graph.reachableFrom(trigger.id);
  const again = new Set([...stepsDone(graph, target.id, request.mode)].filter((id) => reachable.has(id)));
  const before = upstream(graph, again);
  for (const id of again) before.delete(id);
  const walk: Walk = {
    graph,
    catalogue,
    request,
    given,
    trigger,
    target: target.id,
    again,
    before,
    through: new Map(),
  };
  const done = keep(walk) ?? keep({ ...walk, through: wayTo(graph, trigger.id, target.id) });
  if (!done) throw new AppError('conflict', `“${nameOf(target)}” cannot be reached from “${nameOf(trigger)}”.`);
  return done;
}

interface Walk {
  graph: CompiledGraph;
  catalogue: NodeCatalogue;
  request: SectionRequest;
  given: SectionGiven;
  trigger: WorkflowNode;
  target: string;
  /** Steps that are done. */
  again: ReadonlySet<string>;
  /** Steps that stand. */
  before: ReadonlySet<string>;
  /** Ways out that are taken whatever the data says, by step: else the step that is tested would not be reached. */
  through: ReadonlyMap<string, string>;
}

const nameOf = (node: WorkflowNode): string => node.title || node.id;

function targetOf(
  graph: CompiledGraph,
  catalogue: NodeCatalogue,
  { node: id, mode }: SectionRequest,
  { pins }: SectionGiven,
): WorkflowNode {
  let node = graph.nodes.get(id)?.node;
  if (!node) throw new AppError('bad_request', `The workflow has no step “${id}”.`);
  if (catalogue.get(node.kind)?.group === 'trigger' && mode !== 'from')
    throw new AppError('bad_request', 'Nothing stands before a trigger. Run from it, or run the whole workflow.');
  if (mode === 'only' && pins[id])
    throw new AppError('conflict', `The output of “${nameOf(node)}” is pinned, so it would not run. Unpin it first.`);
  // A container is done with all of its items, or not at all.
  while (mode === 'from' && node.parent !== undefined) node = graph.nodes.get(node.parent)!.node;
  return node;
}

/** The trigger to start at: the wanted one; that of the run whose data is used; else one by hand; else the first that leads there. */
function triggerOf(
  graph: CompiledGraph,
  catalogue: NodeCatalogue,
  target: string,
  { seen, trigger: wanted }: SectionGiven,
): WorkflowNode {
  const triggers = [...graph.nodes.values()].filter(
    ({ node }) =>
      catalogue.get(node.kind)?.group === 'trigger' && !node.disabled && graph.reachableFrom(node.id).has(target),
  );
  const preferred = [wanted, seen[0]?.state.trigger];
  const chosen =
    triggers.find(({ node }) => node.id === target) ??
    preferred.flatMap((id) => triggers.find(({ node }) => node.id === id) ?? [])[0] ??
    triggers.find(({ node }) => node.kind === 'manual') ??
    triggers[0];
  if (chosen) return chosen.node;
  throw new AppError('conflict', 'No trigger leads to this step yet. Connect it, then run it.');
}

/** The steps that a test of a part does, pinned ones included. `target`: as it stands on the canvas where it is `from`. */
export function stepsDone(graph: CompiledGraph, target: string, mode: SectionMode): Set<string> {
  switch (mode) {
    case 'only':
      return new Set([target, ...contentOf(graph, new Set([target]))]);
    case 'from':
      return new Set(graph.reachableFrom(target));
    case 'until': {
      const steps = upstream(graph, new Set([target]));
      const around = containersAround(graph, target);
      const whole = new Set([...steps].filter((id) => !around.has(id)));
      return new Set([...steps, ...contentOf(graph, whole)]);
    }
  }
}

/** These steps and all that lead to them, the containers around them included. */
function upstream(graph: CompiledGraph, ids: ReadonlySet<string>): Set<string> {
  const steps = new Set(ids);
  for (const id of steps) {
    const { node, incoming } = graph.nodes.get(id)!;
    for (const { source } of incoming) steps.add(source);
    if (node.parent !== undefined && graph.nodes.has(node.parent)) steps.add(node.parent);
  }
  return steps;
}

function containersAround(graph: CompiledGraph, id: string): Set<string> {
  const around = new Set<string>();
  for (let at = graph.nodes.get(id)?.node.parent; at !== undefined; at = graph.nodes.get(at)?.node.parent)
    around.add(at);
  return around;
}

/** What stands in these containers, however deep. */
function contentOf(graph: CompiledGraph, containers: ReadonlySet<string>): string[] {
  return [...graph.nodes.keys()].filter((id) => [...containersAround(graph, id)].some((one) => containers.has(one)));
}

/** Ways out that lead from the trigger to the step: the shortest way, found backwards. */
function wayTo(graph: CompiledGraph, trigger: string, target: string): Map<string, string> {
  const next = new Map<string, { target: string; port: string }>();
  const seen = new Set([target]);
  for (const id of seen) {
    for (const { source, sourcePort } of graph.nodes.get(id)?.incoming ?? []) {
      if (seen.has(source)) continue;
      seen.add(source);
      next.set(source, { target: id, port: sourcePort });
    }
  }
  const through = new Map<string, string>();
  const around = containersAround(graph, target);
  for (let at = trigger; at !== target;) {
    const step = next.get(at);
    if (!step) break;
    if (!around.has(at) || graph.nodes.get(step.target)?.node.parent !== at) through.set(at, step.port);
    at = step.target;
  }
  return through;
}

/** Lets the steps before stand, in the order of the flow. Null: the step that is tested was not reached so. */
function keep(walk: Walk): SectionPlan | null {
  const { graph, trigger, target, again, before, request } = walk;
  const sources: Record<string, DataSource> = {};
  const state = newRunState({ keepsItems: true });
  const kept: KeptEvent[] = [];
  const record = (body: RunEventBody): void => {
    applyEvent(graph, state, { ...body, seq: state.seq + 1, at: walk.given.now.getTime() });
    if (body.type !== 'run.started') kept.push({ ...body, copied: true });
  };
  const started = startData(walk);
  sources[trigger.id] = started.from;
  const section: Section = { node: request.node, mode: request.mode, steps: [...again, ...before], sources };
  record({ type: 'run.started', trigger: trigger.id, output: started.output, section });
  const isReached = keepIn(walk, state, sources, record, { path: '', seenPath: '', container: undefined });
  if (!isReached && target !== trigger.id && request.mode !== 'until') return null;
  return { trigger: trigger.id, output: started.output, section, kept };
}

interface Level {
  /** Of the item whose steps these are, in the new run and in the earlier one. */
  path: string;
  seenPath: string;
  container: string | undefined;
}

/** @returns whether the tested step is ready now. */
function keepIn(
  walk: Walk,
  state: RunState,
  sources: Record<string, DataSource>,
  record: (body: RunEventBody) => void,
  { path, seenPath, container }: Level,
): boolean {
  const { graph, target, before, trigger } = walk;
  const around = containersAround(graph, target);
  let reached = false;
  for (const id of graph.order) {
    const compiled = graph.nodes.get(id)!;
    if (compiled.node.parent !== container || id === trigger.id) continue;
    const address = addressAt(path, id);
    const isReady = state.ready.has(address);
    if (id === target) reached = isReady;
    if (!isReady || !before.has(id)) continue;
    const standIn: StandIn = { ...walk, ...walk.given, state, address, seenAddress: addressAt(seenPath, id), compiled };
    if (around.has(id)) {
      const index = walk.request.items?.[id] ?? 0;
      record({
        type: 'loop.opened',
        node: address,
        count: 1,
        concurrency: 1,
        onItemError: 'stop',
        ...loopItems(standIn, index),
      });
      record({ type: 'loop.items', node: address, from: 0, to: 1 });
      const inner = { path: itemPath(address, 0), seenPath: itemPath(addressAt(seenPath, id), index), container: id };
      reached = keepIn(walk, state, sources, record, inner);
      continue;
    }
    const { event, from } = outcomeOf(walk, standIn, walk.through.get(id));
    sources[id] = from;
    record(event);
  }
  return reached;
}

function outcomeOf(
  walk: Walk,
  standIn: StandIn,
  through: string | undefined,
): { event: RunEventBody; from: DataSource } {
  const { node } = standIn.compiled;
  const done = { type: 'step.done' as const, node: standIn.address, ms: 0 };
  const pin = pinOf(walk.given.pins, standIn.address);
  if (pin)
    return { event: { ...done, port: through ?? pinnedPort(node, walk.catalogue), output: pin.output }, from: 'pin' };
  if (node.disabled)
    return {
      event: { ...done, port: through ?? waysOut(node, walk.catalogue)[0] ?? 'out', pass: true },
      from: 'settings',
    };
  return outcomeFor(standIn, through);
}

function startData({ catalogue, given, trigger }: Walk): { output: unknown; from: DataSource } {
  if (given.payload !== undefined) return { output: given.payload, from: 'given' };
  if (trigger.pinned) return { output: trigger.pinned.output ?? null, from: 'pin' };
  for (const { state, graph } of given.seen) {
    if (state.trigger === trigger.id && graph.nodes.get(trigger.id)?.node.kind === trigger.kind)
      return { output: state.outputs[trigger.id], from: 'run' };
  }
  const definition = catalogue.get(trigger.kind)!;
  const parsed = definition.config.safeParse(trigger.config);
  return { output: parsed.success ? definition.sample(parsed.data, null) : {}, from: 'sample' };
}
