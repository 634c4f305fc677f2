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
import type { RunEventBody } from '../workflow/run.ts';
import { bind, compileBinding } from './bind.ts';
import { applyEvent, inputOf, newRunState } from './fold.ts';
import { compileGraph } from './graph.ts';
import { nameOf } from './step-name.ts';
import { type SimulatedStep, type SimulationOptions, type Walk, type Watch, watchScope } from './simulate-walk.ts';
import { upgradeGraph } from './upgrade.ts';

export type { SimulatedStep, SimulationOptions } from './simulate-walk.ts';

export interface Simulation {
  trigger: string;
  /** Every node of the graph, in an order in which they could run. */
  steps: SimulatedStep[];
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
  const walk: Walk = { graph, catalogue, options, state: newRunState(), done: new Map(), outputs: {}, read: () => {} };
  startAt(walk);
  for (;;) {
    const next = walk.state.ending === undefined ? walk.state.ready.values().next().value : undefined;
    if (next === undefined) break;
    simulateStep(walk, next);
  }
  const steps = graph.order.map((id) => walk.done.get(id) ?? unreached(walk, id));
  const ran = [...walk.done.values()];
  const mails = ran.flatMap(({ nodeId, preview, exact }) =>
    preview?.mail === undefined ? [] : [{ nodeId, mail: preview.mail, exact }],
  );
  return { trigger: options.trigger, steps, mails };
}

function record(walk: Walk, event: RunEventBody): void {
  applyEvent(walk.graph, walk.state, { ...event, seq: walk.state.seq + 1, at: walk.options.now.getTime() });
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
  record(walk, { type: 'run.started', trigger: node.id, output });
}

function settle(walk: Walk, step: SimulatedStep): void {
  walk.done.set(step.nodeId, step);
  const get = (): unknown => {
    walk.read(step.outputExact);
    // A step that failed and let the run go on has the output that the fold gave it.
    return walk.state.steps.get(step.nodeId)?.output;
  };
  Object.defineProperty(walk.outputs, step.nodeId, { enumerable: true, get });
}

function blank(node: WorkflowNode): SimulatedStep {
  return {
    nodeId: node.id,
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

function simulateStep(walk: Walk, id: string): void {
  const { node } = walk.graph.nodes.get(id)!;
  record(walk, { type: 'step.started', node: id, attempt: 1 });
  const certain = pathIsCertain(walk, id);
  const step = { ...blank(node), certain, ...attempt(walk, node, certain) };
  settle(walk, step);
  if (step.error !== null) {
    record(walk, { type: 'step.failed', node: id, attempt: 1, error: step.error, ms: 0 });
    return;
  }
  const stop = step.preview?.stop;
  const ending = stop === undefined ? {} : { stop: { status: stop, message: step.summary } };
  record(walk, { type: 'step.done', node: id, port: step.port ?? 'out', output: step.output, ms: 0, ...ending });
  if (stop !== undefined) walk.done.set(id, { ...step, port: null });
}

/**
 * All steps before it in this run, taken or not, do what they do for certain. Skipped steps are followed backwards, iteratively and each once.
 */
function pathIsCertain({ graph, options, done }: Walk, id: string): boolean {
  const reachable = graph.reachableFrom(options.trigger);
  const seen = new Set([id]);
  for (const at of seen) {
    for (const { source } of graph.nodes.get(at)!.incoming) {
      const before = done.get(source);
      if (before === undefined) {
        if (reachable.has(source)) seen.add(source);
      } else if (!before.certain || !before.exact) return false;
    }
  }
  return true;
}

type Outcome = Partial<SimulatedStep> & Pick<SimulatedStep, 'status' | 'summary'>;

function attempt(walk: Walk, node: WorkflowNode, certain: boolean): Outcome {
  const pin = walk.options.pins?.[node.id];
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
      summary: 'Uses the output that was made in the preview',
      exact: true,
      outputExact: true,
      port: 'out',
      output,
    };
  }
  const watch = watchScope(walk, node.id);
  if (node.disabled === true) {
    const output = inputOf(walk.state, node.id);
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
    return previewOf(walk, definition, node, config, certain && watch.touchedOnlyExact(), watch);
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
  node: WorkflowNode,
  config: Record<string, unknown>,
  exact: boolean,
  watch: Watch,
): Outcome {
  const preview = definition.preview(config, watch.context(walk.options.now));
  const usage = definition.usage?.(config) ?? null;
  if (preview.error !== undefined)
    return { status: 'error', summary: preview.summary, error: preview.error, exact, config, preview };
  const known = 'output' in preview;
  const output = known ? preview.output : definition.sample(config, inputOf(walk.state, node.id));
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
function unreached(walk: Walk, id: string): SimulatedStep {
  const { graph, options, catalogue } = walk;
  const { node } = graph.nodes.get(id)!;
  const definition = catalogue.get(node.kind);
  const outside = !graph.reachableFrom(options.trigger).has(id);
  const certain = outside || pathIsCertain(walk, id);
  const parsed = definition?.config.safeParse(node.config);
  const usage = parsed?.success === true && !outside ? (definition?.usage?.(parsed.data) ?? null) : null;
  const summary = outside ? 'Not part of a run that starts here' : 'Not reached';
  return { ...blank(node), exact: certain, certain, summary, usage };
}
