import { AppError } from '../errors.ts';
import type { NodeCatalogue } from '../nodes/contract.ts';
import type { WorkflowGraph, WorkflowNode } from '../workflow/graph.ts';

/** The trigger a run by hand starts at: the named one; else the manual one; else the first. @throws AppError bad_request, invalid_graph */
export function chooseTrigger(
  catalogue: NodeCatalogue,
  graph: WorkflowGraph,
  wanted: string | undefined,
): WorkflowNode {
  const triggers = graph.nodes.filter((node) => catalogue.get(node.kind)?.group === 'trigger' && !node.disabled);
  const chosen =
    wanted === undefined
      ? (triggers.find((node) => node.kind === 'manual') ?? triggers[0])
      : triggers.find((node) => node.id === wanted);
  if (chosen) return chosen;
  if (wanted === undefined) {
    throw new AppError('invalid_graph', 'The workflow has no trigger. Add one, for example “Start by hand”.');
  }
  throw new AppError('bad_request', `The workflow has no trigger “${wanted}”.`, {
    details: { field: 'trigger', triggers: triggers.map((node) => node.id) },
  });
}

/** What the trigger would put out, by example: the data of a run by hand that names none. */
export function triggerSample(catalogue: NodeCatalogue, trigger: WorkflowNode): unknown {
  const definition = catalogue.get(trigger.kind)!;
  return definition.sample(definition.config.parse(trigger.config), null);
}
