/**
 * A run without effects. It folds the same events as a real run (`fold.ts`), so branches, joins and dead paths come out the same; only that each
 * step is asked what it would do (`preview`) and does nothing.
 *
 * What a step would do is `exact` when it depends on nothing that only the run will know: an AI answer that was not made yet, another system's
 * reply, the time. Which values a step really reads is found by handing them out through getters, not by guessing from the text.
 */
import { AppError, type ErrorBody, toErrorBody } from '../errors.ts';
import { type NodeCatalogue, type NodeDefinition, outPortsOf, type MailContent } from '../nodes/contract.ts';
import type { WorkflowGraph, WorkflowNode } from '../workflow/graph.ts';
import type { DataSource, RunEventBody } from '../workflow/run.ts';
import type { KeptEvent } from './rerun.ts';
import { stepAt } from './state.ts';
import { bind, compileBinding } from './bind.ts';
import { addressAt, itemPath, itemPathOf, nodeOf } from './address.ts';
import { applyEvent, inputOf, newRunState } from './fold.ts';
import { compileGraph } from './graph.ts';
import { pinOf } from './pins.ts';
import { decide } from './plan.ts';
import { endLoop, loopEvent, mostItems, openLoop, settle } from './simulate-loop.ts';
import { nameOf } from './step-name.ts';
import {
  type SimulatedStep,
  type SimulationOptions,
  sourceAddress,
  type Walk,
  type WalkedLoop,
  type Watch,
  watchScope,
} from './simulate-walk.ts';
import { upgradeGraph } from './upgrade.ts';

export type { SimulatedStep, SimulationOptions, WalkedLoop } from './simulate-walk.ts';

export interface Simulation {
  trigger: string;
  /** Every node of the graph, in an order in which they could run; what stands in a container once for each item shown. */
  steps: SimulatedStep[];
  /** The containers that it came by. */
  loops: WalkedLoop[];
  /** In the order in which they would be sent. */
  mails: { nodeId: string; mail: MailContent; exact: boolean }[];
}

/**
 * Walks the graph from a trigger. Problems of single steps become their `error`; the rest of the run goes on as the step's `onError` says.
 *
 * @throws AppError `invalid_graph` when the graph has a loop, `not_found` when there is no such trigger.
 */
export function simulate(given: WorkflowGraph, catalogue: NodeCatalogue, options: SimulationOptions): Simulation {
  const graph = compileGraph(upgradeGraph(given, catalogue), catalogue);
  const walk: Walk = {
    graph,
    catalogue,
    options,
    state: newRunState({ keepsItems: true }),
    done: new Map(),
    outputs: new Map(),
    loops: new Map(),
    itemsLeft: mostItems,
    read: () => {},
  };
  startAt(walk);
  for (let next = decideNext(walk); next !== undefined; next = decideNext(walk)) simulateStep(walk, next);
  const steps = [...inOrder(walk, '', undefined)];
  const mails = steps.flatMap(({ nodeId, preview, exact }) =>
    preview?.mail === undefined ? [] : [{ nodeId, mail: preview.mail, exact }],
  );
  return { trigger: options.trigger, steps, loops: [...walk.loops.values()], mails };
}

/** The address of the step to look at next; what the loops decide by themselves is recorded on the way. */
function decideNext(walk: Walk): string | undefined {
  for (;;) {
    if (walk.state.ending) return undefined;
    const decision = decide(walk.state, walk.options.now.getTime());
    if (decision.type === 'start') return decision.nodes[0];
    if (decision.type !== 'record') return undefined;
    for (const event of decision.events) {
      record(walk, loopEvent(walk, event));
      if (event.type === 'step.done' || event.type === 'step.failed') endLoop(walk, event.node);
    }
  }
}

function record(walk: Walk, event: RunEventBody): void {
  applyEvent(walk.graph, walk.state, { ...event, seq: walk.state.seq + 1, at: walk.options.now.getTime() });
}

/** The steps directly in a container (undefined: on the canvas itself) as one item sees them, each with what stands in it. */
function* inOrder(walk: Walk, path: string, container: string | undefined): Generator<SimulatedStep> {
  for (const id of walk.graph.order) {
    const { node, body } = walk.graph.nodes.get(id)!;
    if (node.parent !== container || walk.state.within?.has(id) === false) continue;
    const address = addressAt(path, id);
    yield walk.done.get(address) ?? unreached(walk, address);
    if (body === null) continue;
    const { shown = 0 } = walk.loops.get(address) ?? {};
    for (let index = 0; index < shown; index++) yield* inOrder(walk, itemPath(address, index), id);
    if (shown === 0) yield* inOrder(walk, path, id);
  }
}

function startAt(walk: Walk): void {
  const { graph, catalogue, options } = walk;
  const node = graph.nodes.get(options.trigger)?.node;
  const definition = node && catalogue.get(node.kind);
  if (node === undefined || definition?.group !== 'trigger') {
    throw new AppError('not_found', `The workflow has no trigger “${options.trigger}”.`);
  }
  const given = options.payload !== undefined;
  const parsed = definition.config.safeParse(node.config);
  const config = parsed.success ? parsed.data : {};
  const output = given ? options.payload : parsed.success ? definition.sample(config, null) : {};
  const summary = parsed.success ? definition.summary(config) : definition.texts.title;
  settle(walk, {
    ...blank(node),
    status: 'runs',
    exact: true,
    outputExact: given,
    certain: true,
    summary,
    port: 'out',
    output,
    config,
  });
  const part = options.part;
  record(walk, { type: 'run.started', trigger: node.id, output, ...(part ? { section: part.section } : {}) });
  for (const event of part?.kept ?? []) keepStep(walk, event);
}

/** What stands before a tested part is certain: a run of it has exactly that. */
function keepStep(walk: Walk, event: KeptEvent): void {
  record(walk, event);
  if (event.type !== 'step.done' && event.type !== 'step.failed' && event.type !== 'loop.opened') return;
  const { node } = walk.graph.nodes.get(nodeOf(event.node))!;
  const known = { ...blank(node, event.node), status: 'runs' as const, exact: true, outputExact: true, certain: true };
  if (event.type === 'loop.opened') {
    walk.loops.set(event.node, { nodeId: event.node, count: event.count, shown: event.count });
    walk.done.set(event.node, { ...known, summary: 'Goes through one item' });
    return;
  }
  const { port = null, output } = stepAt(walk.state, event.node)!;
  const source = walk.options.part?.section.sources[node.id] ?? 'run';
  settle(walk, { ...known, summary: keptSummary[source], port, output: output ?? null });
}

const keptSummary: Readonly<Record<DataSource, string>> = {
  pin: 'Uses its pinned output',
  run: 'Uses what it put out in the earlier run',
  settings: 'Worked out from its settings',
  sample: 'Uses an example',
  given: 'Uses what was given',
};

function blank(node: WorkflowNode, address = node.id): SimulatedStep {
  return {
    nodeId: address,
    kind: node.kind,
    status: 'skipped',
    exact: false,
    outputExact: false,
    certain: false,
    summary: '',
    port: null,
    output: null,
    config: null,
    preview: null,
    error: null,
    usage: null,
  };
}

function simulateStep(walk: Walk, address: string): void {
  const { node } = walk.graph.nodes.get(nodeOf(address))!;
  record(walk, { type: 'step.started', node: address, attempt: 1 });
  const certain = pathIsCertain(walk, address);
  const step = { ...blank(node, address), certain, ...attempt(walk, node, address, certain) };
  if (step.error === null && step.preview?.loop !== undefined) {
    walk.done.set(address, { ...step, port: null, output: null });
    return record(walk, openLoop(walk, address, step.preview.loop));
  }
  settle(walk, step);
  if (step.error !== null) {
    record(walk, { type: 'step.failed', node: address, attempt: 1, error: step.error, ms: 0 });
    return;
  }
  const stop = step.preview?.stop;
  const ending = stop === undefined ? {} : { stop: { status: stop, message: step.summary } };
  record(walk, { type: 'step.done', node: address, port: step.port ?? 'out', output: step.output, ms: 0, ...ending });
  if (stop !== undefined) walk.done.set(address, { ...step, port: null });
}

/**
 * All steps before it in this run, taken or not, do what they do for certain. Skipped steps are followed backwards, iteratively and each once.
 */
function pathIsCertain({ graph, options, done }: Walk, address: string): boolean {
  const reachable = graph.reachableFrom(options.trigger);
  const path = itemPathOf(address);
  const seen = new Set([nodeOf(address)]);
  for (const at of seen) {
    for (const { source } of graph.nodes.get(at)!.incoming) {
      const before = done.get(sourceAddress(path, source));
      if (before === undefined) {
        if (reachable.has(source)) seen.add(source);
      } else if (!before.certain || !before.exact) return false;
    }
  }
  return true;
}

type Outcome = Partial<SimulatedStep> & Pick<SimulatedStep, 'status' | 'summary'>;

function attempt(walk: Walk, node: WorkflowNode, address: string, certain: boolean): Outcome {
  const pin = pinOf(walk.options.pins ?? {}, address);
  const definition = walk.catalogue.get(node.kind);
  const failed = (error: ErrorBody): Outcome => ({ status: 'error', summary: error.message, error, exact: certain });
  if (definition === undefined) {
    return failed({
      code: 'invalid_graph',
      message: `“${nameOf(node)}” is of the kind “${node.kind}”, which does not exist here.`,
    });
  }
  if (pin !== undefined && 'output' in pin) {
    const output = pin.output;
    return {
      status: 'runs',
      summary: pin.port === undefined ? 'Uses the output that was made in the preview' : 'Uses its pinned output',
      exact: true,
      outputExact: true,
      port: pin.port ?? 'out',
      output,
    };
  }
  const watch = watchScope(walk, address);
  if (node.disabled === true) {
    const output = inputOf(walk.state, address);
    return {
      status: 'runs',
      summary: 'Switched off: hands on its input',
      exact: certain,
      outputExact: watch.inputIsExact(),
      port: firstPort(definition, node),
      output,
    };
  }
  try {
    const config = bind(compileBinding(definition, node.config), watch.scope);
    return previewOf(walk, definition, config, certain && watch.touchedOnlyExact(), watch);
  } catch (error) {
    return { ...failed(toErrorBody(error)), exact: certain && watch.touchedOnlyExact() };
  }
}

/** Where a step that is switched off goes on: its first way out. */
function firstPort(definition: NodeDefinition, node: WorkflowNode): string {
  return outPortsOf(definition, node.config, undefined)[0]?.id ?? 'out';
}

function previewOf(
  walk: Walk,
  definition: NodeDefinition,
  config: Record<string, unknown>,
  exact: boolean,
  watch: Watch,
): Outcome {
  const preview = definition.preview(config, watch.context(walk.options.now));
  const usage = definition.usage?.(config) ?? null;
  if (preview.error !== undefined)
    return { status: 'error', summary: preview.summary, error: preview.error, exact, config, preview };
  const known = 'output' in preview;
  const output = known ? preview.output : definition.sample(config, watch.input);
  // Certain is only what does not hang on a decision: its mail carries a link that is made in the run.
  const settled = exact && preview.undecided !== true;
  const outputExact = settled && known && watch.touchedOnlyExact();
  return {
    status: 'runs',
    summary: preview.summary,
    exact: settled,
    outputExact,
    port: preview.port ?? 'out',
    output,
    config,
    preview,
    usage,
  };
}

/** A step that no event reached: skipped by a branch, behind a failure or a stop, or not part of runs from this trigger. */
function unreached(walk: Walk, address: string): SimulatedStep {
  const { graph, options, catalogue } = walk;
  const { node } = graph.nodes.get(nodeOf(address))!;
  const definition = catalogue.get(node.kind);
  const outside = !graph.reachableFrom(options.trigger).has(node.id);
  const certain = outside || pathIsCertain(walk, address);
  const parsed = definition?.config.safeParse(node.config);
  const usage = parsed?.success === true && !outside ? (definition?.usage?.(parsed.data) ?? null) : null;
  const summary = outside ? 'Not part of a run that starts here' : 'Not reached';
  return { ...blank(node, address), exact: certain, certain, summary, usage };
}
