import { useApprovals } from '../../api/approvals.ts';
import { t } from '../../i18n/t.ts';
import { ApprovalCard } from '../../ui/ApprovalCard.tsx';
import { Panel } from '../../ui/Panel.tsx';
import classes from './HomePage.module.css';

/** Runs that ask somebody before they go on. Nothing is shown while nobody is asked. */
export function WaitingApprovals() {
  const approvals = useApprovals();
  if (approvals.length === 0) return null;
  return (
    <div className={classes.full}>
      <Panel title={t('Waiting for approval')} text={t('These runs go on when somebody has decided')} flush>
        {approvals.map((approval) => (
          <ApprovalCard key={approval.id} approval={approval} withRun />
        ))}
      </Panel>
    </div>
  );
}
