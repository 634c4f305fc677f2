import './history.css';
import { Button } from '@mantine/core';
import { GitCompareArrows } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { t } from '../../../i18n/t.ts';
import type { Run } from '../../../../shared/api/runs.ts';
import { upgradeGraph } from '../../../../shared/engine/upgrade.ts';
import { catalogue } from '../../../nodes/catalogue.ts';

const CompareView = lazy(async () => ({ default: (await import('./CompareView.tsx')).CompareView }));

/** What has changed in the workflow since it ran. */
export function RunCompare({ run }: { run: Pick<Run, 'id' | 'workflowId' | 'versionNumber' | 'graph'> }) {
  const [opened, setOpened] = useState(false);
  const key = `run:${run.id}` as const;
  const label =
    run.versionNumber === 0
      ? t('This run: the draft then')
      : t('This run: version {number}', { number: String(run.versionNumber) });
  return (
    <>
      <Button variant="default" leftSection={<GitCompareArrows size={15} />} onClick={() => setOpened(true)}>
        {t('Compare with the draft')}
      </Button>
      {opened ? (
        <Suspense fallback={null}>
          <CompareView
            workflowId={run.workflowId}
            first={{ from: key, to: 'draft' }}
            known={[{ key, label, graph: upgradeGraph(run.graph, catalogue) }]}
            onClose={() => setOpened(false)}
          />
        </Suspense>
      ) : null}
    </>
  );
}
