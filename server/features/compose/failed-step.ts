import type { Run } from '../../../shared/api/runs.ts';
import { nodeOf } from '../../../shared/engine/address.ts';
import { foldRun, inputOf } from '../../../shared/engine/fold.ts';
import { compileGraph } from '../../../shared/engine/graph.ts';
import { withHeads } from '../../../shared/engine/payloads.ts';
import { AppError } from '../../../shared/errors.ts';
import type { NodeCatalogue } from '../../../shared/nodes/contract.ts';
import type { FailedStep } from './edit-prompt.ts';

/** The failed step with everything that the steps before it had put out. */
export interface Failure extends FailedStep {
  steps: Readonly<Record<string, unknown>>;
}

/**
 * What of a run failed, and with which data. Of several failed steps the last.
 * @throws AppError conflict when nothing of it has failed.
 */
export function failureOf(run: Pick<Run, 'graph' | 'events'>, catalogue: NodeCatalogue): Failure {
  const state = foldRun(compileGraph(run.graph, catalogue), run.events);
  const failed = [...state.steps].filter(([, step]) => step.error !== undefined && step.status !== 'done');
  const [address, step] = failed.at(-1) ?? [];
  const items = [...state.steps.values()].flatMap(({ error }) => error ?? []);
  const error = step?.error ?? items.at(-1) ?? state.error;
  if (error === undefined || state.status === 'done') throw new AppError('conflict', 'Nothing of this run has failed.');
  const nodeId = address === undefined ? '' : nodeOf(address);
  const trigger = run.graph.nodes.find(({ kind }) => catalogue.get(kind)?.group === 'trigger');
  const started = [...state.steps].find(
    ([id]) => catalogue.get(run.graph.nodes.find((node) => node.id === id)?.kind ?? '')?.group === 'trigger',
  );
  return {
    nodeId,
    title: run.graph.nodes.find(({ id }) => id === nodeId)?.title ?? nodeId,
    error: { code: error.code, message: error.message, details: error.details },
    input: address === undefined ? null : withHeads(inputOf(state, address)),
    trigger: withHeads(started?.[1].output ?? (trigger && state.steps.get(trigger.id)?.output) ?? null),
    steps: Object.fromEntries([...state.steps].map(([id, one]) => [id, withHeads(one.output)])),
  };
}
