import { Badge } from '@mantine/core';
import type { WorkflowSummary } from '../../shared/api/workflows.ts';

/** Live, off or a draft. */
export function WorkflowState({ workflow }: { workflow: Pick<WorkflowSummary, 'active' | 'publishedVersion'> }) {
  if (workflow.publishedVersion === null) return <Badge color="gray">Draft</Badge>;
  return workflow.active ? <Badge color="teal">Live</Badge> : <Badge color="orange">Off</Badge>;
}
