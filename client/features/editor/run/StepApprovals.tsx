import { useApprovals } from '../../../api/approvals.ts';
import { t } from '../../../i18n/t.ts';
import { ApprovalCard } from '../../../ui/ApprovalCard.tsx';

/** What steps of this run wait for: a person decides here. */
export function StepApprovals({ runId }: { runId: string }) {
  const approvals = useApprovals(runId);
  return approvals.map((approval) => (
    <div key={approval.id} className="mw-asks" role="group" aria-label={t('Waiting for approval')}>
      <ApprovalCard approval={approval} />
    </div>
  ));
}
