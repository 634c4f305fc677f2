/** The outcome that stands for a step that is not done in a test of what comes after it. */
import { AppError } from '../errors.ts';
import type { NodeCatalogue, NodeDefinition } from '../nodes/contract.ts';
import type { DataSource, RunEventBody } from '../workflow/run.ts';
import { itemPathOf, nodeOf } from './address.ts';
import { bind, compileBinding } from './bind.ts';
import { inputOf, inputsOf, type RunState } from './fold.ts';
import type { CompiledGraph, CompiledNode } from './graph.ts';
import { waysOut } from './pins.ts';
import { frameOf, isItem, stepAt, type StepState } from './state.ts';

/** An earlier run, folded with `keepsItems` over the graph it ran on. */
export interface SeenRun {
  graph: CompiledGraph;
  state: RunState;
}

/** A step that stands, where the new run has come to it. */
export interface StandIn {
  catalogue: NodeCatalogue;
  seen: readonly SeenRun[];
  workspaceName: string;
  now: Date;
  state: RunState;
  address: string;
  /** Where the step is in earlier runs. */
  seenAddress: string;
  compiled: CompiledNode;
}

type Outcome = { event: Extract<RunEventBody, { type: 'step.done' | 'step.failed' }>; from: DataSource };

/**
 * What the step put out in an earlier run; else what its settings give without any effect; else the example of its kind. `through`: the way
 * out that is taken whatever the data says.
 */
export function outcomeFor(standIn: StandIn, through: string | undefined): Outcome {
  const { address, compiled, catalogue } = standIn;
  const ways = waysOut(compiled.node, catalogue);
  const found = seenStep(standIn);
  if (found?.status === 'failed' && found.error && (through ?? found.port) === found.port)
    return {
      event: { type: 'step.failed', node: address, attempt: found.attempt, error: found.error, ms: 0 },
      from: 'run',
    };
  const port = through ?? (found?.port !== undefined && ways.includes(found.port) ? found.port : undefined);
  const done = { type: 'step.done' as const, node: address, ms: 0 };
  if (found?.status === 'done')
    return { event: { ...done, port: port ?? ways[0] ?? 'out', output: found.output ?? null }, from: 'run' };
  const { output, port: way, from } = withoutRun(standIn, port === 'error');
  return { event: { ...done, port: port ?? (way && ways.includes(way) ? way : (ways[0] ?? 'out')), output }, from };
}

/** How the step ended in the first of the earlier runs that came by it. A failure counts where it would let the draft go on, too. */
function seenStep({ seen, seenAddress, compiled }: StandIn): StepState | undefined {
  const id = nodeOf(seenAddress);
  for (const { graph, state } of seen) {
    const step = stepAt(state, seenAddress);
    if (!step || graph.nodes.get(id)?.node.kind !== compiled.node.kind) continue;
    if (step.status === 'done') return step;
    if (step.status === 'failed' && step.port !== undefined && (compiled.node.onError ?? 'stop') !== 'stop')
      return step;
  }
  return undefined;
}

const exampleError = { code: 'internal', message: 'An example of an error.' };

function withoutRun(standIn: StandIn, isError: boolean): { output: unknown; port?: string; from: DataSource } {
  const { catalogue, compiled, state, address } = standIn;
  const input = inputOf(state, address);
  if (isError) return { output: { error: exampleError, input }, from: 'sample' };
  const definition = catalogue.get(compiled.node.kind);
  const config = definition && boundConfig(standIn, definition);
  if (definition && config) {
    const preview = definition.preview(config, contextOf(standIn));
    const port = preview.port === undefined ? {} : { port: preview.port };
    if (preview.error === undefined && preview.undecided !== true && 'output' in preview)
      return { output: preview.output ?? null, ...port, from: 'settings' };
    return { output: definition.sample(config, input) ?? null, ...port, from: 'sample' };
  }
  const parsed = definition?.config.safeParse(compiled.node.config);
  return { output: (parsed?.success && definition?.sample(parsed.data, input)) || {}, from: 'sample' };
}

/** The one item that the steps inside are tested with. @throws AppError conflict: there is none */
export function loopItems(standIn: StandIn, index: number): { items: readonly unknown[] } {
  const { catalogue, compiled } = standIn;
  const title = compiled.node.title || compiled.node.id;
  const definition = catalogue.get(compiled.node.kind);
  const config = definition && boundConfig(standIn, definition);
  const preview = config && definition.preview(config, contextOf(standIn));
  if (preview?.error) throw new AppError('conflict', `The list of “${title}” is not known: ${preview.error.message}`);
  const items = preview?.loop?.items ?? [];
  const item = items[Math.min(index, items.length - 1)];
  if (items.length > 0) return { items: [item] };
  throw new AppError('conflict', `“${title}” has no items to run this step with.`);
}

function contextOf({ state, address, compiled, now }: StandIn): Parameters<NodeDefinition['preview']>[1] {
  return { input: inputOf(state, address), inputs: inputsOf(state, address, compiled.incoming), now };
}

/** The settings with the values of what stands so far; undefined where they cannot be read yet. */
function boundConfig(standIn: StandIn, definition: NodeDefinition): Record<string, unknown> | undefined {
  try {
    return bind(compileBinding(definition, standIn.compiled.node.config), testScope(standIn));
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
}

/** What the expressions of a step see in a test, before there is a run. */
export function testScope({
  state,
  address,
  now,
  workspaceName,
}: Pick<StandIn, 'state' | 'address' | 'now' | 'workspaceName'>): Record<string, unknown> {
  const frame = frameOf(state, address) ?? state;
  const scope = {
    trigger: state.outputs[state.trigger],
    input: inputOf(state, address),
    steps: frame.outputs,
    run: { id: 'test', startedAt: now.toISOString() },
    workspace: { name: workspaceName },
    now: now.toISOString(),
  };
  return itemPathOf(address) !== '' && isItem(frame) ? { ...scope, item: frame.item, index: frame.index } : scope;
}
