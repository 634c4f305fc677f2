import { listed, plural, t } from '../../i18n/t.ts';
import type { ChangeCounts } from '../../../shared/workflow/changes.ts';
import type { WorkflowSettings } from '../../../shared/workflow/settings.ts';

/** “2 added, 1 removed”; what is beyond steps is named only where no step differs. */
export function changesInWords({ added, changed, removed, other }: ChangeCounts): string {
  const parts = [
    ...(added > 0 ? [plural(added, '{n} added', '{n} added')] : []),
    ...(changed > 0 ? [plural(changed, '{n} changed', '{n} changed')] : []),
    ...(removed > 0 ? [plural(removed, '{n} removed', '{n} removed')] : []),
  ];
  if (parts.length > 0) return parts.join(', ');
  return other ? t('Connections, places or settings changed') : t('No difference');
}

/** The same as a part of a sentence: “1 step added and 2 changed”. */
export function changesInSentence(counts: ChangeCounts): string {
  const { added, changed, removed } = counts;
  const parts = [
    ...(added > 0 ? [plural(added, '{n} step added', '{n} steps added')] : []),
    ...(changed > 0 ? [plural(changed, '{n} step changed', '{n} steps changed')] : []),
    ...(removed > 0 ? [plural(removed, '{n} step removed', '{n} steps removed')] : []),
  ];
  return parts.length > 0 ? listed(parts) : changesInWords(counts);
}

/** What the settings of a workflow are called. */
export const settingNames: Readonly<Record<keyof WorkflowSettings, string>> = {
  costLimitMicro: t('Ceiling of a run (micro-credits)'),
  holdMails: t('Hold mails until the run has succeeded'),
  onFailure: t('When a run fails'),
};
