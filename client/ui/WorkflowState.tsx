import { Badge } from '@mantine/core';
import type { WorkflowSummary } from '../../shared/api/workflows.ts';
import { t } from '../i18n/t.ts';

/** Live, off or a draft. */
export function WorkflowState({ workflow }: { workflow: Pick<WorkflowSummary, 'active' | 'publishedVersion'> }) {
  if (workflow.publishedVersion === null) return <Badge color="gray">{t('Draft')}</Badge>;
  return workflow.active ? <Badge color="teal">{t('Live')}</Badge> : <Badge color="orange">{t('Off')}</Badge>;
}
