import { validate } from '../../../shared/engine/validate.ts';
import type { WorkflowGraph } from '../../../shared/workflow/graph.ts';
import type { Problem } from '../../../shared/workflow/problem.ts';
import { catalogue } from '../../nodes/catalogue.ts';

/** What is wrong with the graph, by the server's own rules. An empty canvas is a start and not a mistake. */
export function problemsOf(graph: WorkflowGraph): readonly Problem[] {
  return graph.nodes.length === 0 ? [] : validate(graph, catalogue);
}

/** Steps with errors, in the order of the problems. */
export function stepsInNeed(problems: readonly Problem[]): string[] {
  return [...new Set(problems.filter((one) => one.severity === 'error').flatMap((one) => one.nodeId ?? []))];
}
