import type { WorkflowNode } from '../workflow/graph.ts';

/** What a person calls the step. */
export function nameOf(node: Pick<WorkflowNode, 'id' | 'title'>): string {
  return node.title.trim() || node.id;
}
