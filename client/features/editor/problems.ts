import type { InspectionCache } from '../../../shared/engine/validate-config.ts';
import type { WorkflowGraph } from '../../../shared/workflow/graph.ts';
import type { Problem } from '../../../shared/workflow/problem.ts';
import { translate } from '../../i18n/t.ts';
import { catalogue } from '../../nodes/catalogue.ts';

/** What was found in steps: the editor makes another object of a step that it changes, all others need not be read again. */
const read: InspectionCache = new WeakMap();

/**
 * What is wrong with the graph, by the server's own rules. An empty canvas is a start and not a mistake. The rules, which read Liquid, are
 * loaded when they are first asked for: nothing of the first picture needs them.
 */
export async function problemsOf(graph: WorkflowGraph): Promise<readonly Problem[]> {
  if (graph.nodes.length === 0) return [];
  const { validate } = await import('../../../shared/engine/validate.ts');
  return validate(graph, catalogue, read).map((problem) => ({ ...problem, message: translate(problem.message) }));
}

/** Steps with errors, in the order of the problems. */
export function stepsInNeed(problems: readonly Problem[]): string[] {
  return [...new Set(problems.filter((one) => one.severity === 'error').flatMap((one) => one.nodeId ?? []))];
}
