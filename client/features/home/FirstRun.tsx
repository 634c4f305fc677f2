import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Check, Play } from 'lucide-react';
import { Link } from 'react-router';
import type { WorkflowSummary } from '../../../shared/api/workflows.ts';
import { query } from '../../api/client.ts';
import { canEdit, useMe } from '../../api/session.ts';
import { t } from '../../i18n/t.ts';
import { Panel } from '../../ui/Panel.tsx';
import classes from './HomePage.module.css';

/** The way on from the first workflow to the first run that succeeds. Nothing once there has been one. */
export function FirstRun({ workflow }: { workflow: WorkflowSummary | undefined }) {
  const editable = canEdit(useMe().workspace.role);
  const done = useQuery(query.runs.list.queryOptions({ input: { limit: 1, status: 'done' } }));
  if (!editable || workflow === undefined || done.data === undefined || done.data.items.length > 0) return null;
  return (
    <div className={classes.full}>
      <Panel
        title={t('One step to your first run')}
        text={t('Open it, look at what it would do, and press Run. Nothing is mailed before you have seen it.')}
        aside={
          <Button component={Link} to={`/workflows/${workflow.id}`} leftSection={<Play size={15} />}>
            {t('Run it')}
          </Button>
        }
        flush
      >
        <ol className={classes.way}>
          <li data-done>
            <Check size={15} aria-hidden="true" /> {t('Made: {name}', { name: workflow.name })}
          </li>
          <li>{t('Check it in the preview, and run it')}</li>
          <li>{t('Publish it, so that it runs by itself')}</li>
        </ol>
      </Panel>
    </div>
  );
}
