import { ActionIcon, Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Pause, Play, RotateCcw, Square, X } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { useState } from 'react';
import type { RunSummary } from '../../../shared/workflow/run.ts';
import { api, query } from '../../api/client.ts';
import { failureOf } from '../../api/errors.ts';
import { plural, t } from '../../i18n/t.ts';
import { Confirm } from '../../ui/Confirm.tsx';
import { toastDone, toastProblem } from '../../ui/toast.ts';
import { ableTo, questionOf, resultOf, type BulkAction } from './bulk.ts';
import classes from './RunsPage.module.css';

const actions: readonly { action: BulkAction; icon: LucideIcon; label: (n: number) => string }[] = [
  { action: 'retry', icon: RotateCcw, label: (n) => t('Try again ({n})', { n }) },
  { action: 'pause', icon: Pause, label: (n) => t('Pause ({n})', { n }) },
  { action: 'resume', icon: Play, label: (n) => t('Resume ({n})', { n }) },
  { action: 'cancel', icon: Square, label: (n) => t('Stop ({n})', { n }) },
];

/** What can be done with the selected runs; each button says with how many of them. */
export function BulkBar({ runs, onClear }: { runs: readonly RunSummary[]; onClear: () => void }) {
  const client = useQueryClient();
  const [asked, setAsked] = useState<{ action: BulkAction; ids: string[] } | null>(null);
  const act = useMutation({
    mutationFn: (input: { action: BulkAction; ids: string[] }) => api.runs.bulk(input),
    onSuccess: (result, { action }) => {
      void client.invalidateQueries({ queryKey: query.runs.list.key() });
      setAsked(null);
      onClear();
      const words = resultOf(action, result);
      if (result.refused === 0) toastDone(words);
      else toastProblem(t('Not all of it could be done'), words);
    },
    onError: (error) => toastProblem(t('It could not be done'), failureOf(error).message),
  });
  const question = asked ? questionOf(asked.action, asked.ids.length) : null;
  return (
    <div className={classes.bulk} role="toolbar" aria-label={t('Selected runs')}>
      <span role="status">{plural(runs.length, 'One selected', '{n} selected')}</span>
      {actions.map(({ action, icon: Icon, label }) => {
        const able = ableTo(action, runs);
        return able.length === 0 ? null : (
          <Button
            key={action}
            variant="default"
            size="xs"
            leftSection={<Icon size={14} />}
            onClick={() => setAsked({ action, ids: able.map(({ id }) => id) })}
          >
            {label(able.length)}
          </Button>
        );
      })}
      {actions.every(({ action }) => ableTo(action, runs).length === 0) ? (
        <em>{t('They are done; nothing is left to do with them.')}</em>
      ) : null}
      <ActionIcon aria-label={t('Select none')} onClick={onClear}>
        <X size={16} />
      </ActionIcon>
      <Confirm
        opened={asked !== null}
        title={question?.title ?? ''}
        text={question?.text ?? ''}
        action={question?.button ?? ''}
        pending={act.isPending}
        onConfirm={() => asked && act.mutate(asked)}
        onClose={() => setAsked(null)}
      />
    </div>
  );
}
