import { Button, Group, Modal, Select, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { api, query } from '../../api/client.ts';
import { failureOf } from '../../api/errors.ts';
import { canEdit, useMe } from '../../api/session.ts';
import { plural, t } from '../../i18n/t.ts';
import { toastDone, toastProblem } from '../../ui/toast.ts';
import { mostAtOnce, ranges, resultInWords, sinceOf, type Range } from './retry-failed.ts';

/** Tries all failed runs of a workflow, or of the workspace, again; asks first, and says how many there are. */
export function RetryFailed({ workflowId }: { workflowId: string | undefined }) {
  const me = useMe();
  const [opened, setOpened] = useState(false);
  if (!canEdit(me.workspace.role)) return null;
  return (
    <>
      <Button variant="default" leftSection={<RotateCcw size={16} />} onClick={() => setOpened(true)}>
        {t('Retry failed')}
      </Button>
      <Modal
        opened={opened}
        onClose={() => setOpened(false)}
        title={<Text fw={650}>{t('Try failed runs again?')}</Text>}
        size="sm"
        withCloseButton={false}
      >
        {opened ? <Question workflowId={workflowId} onClose={() => setOpened(false)} /> : null}
      </Modal>
    </>
  );
}

function Question({ workflowId, onClose }: { workflowId: string | undefined; onClose: () => void }) {
  const client = useQueryClient();
  const [range, setRange] = useState<Range>('week');
  const [now] = useState(() => Date.now());
  const since = sinceOf(range, now);
  const which = { ...(workflowId ? { workflowId } : {}), ...(since ? { since } : {}) };
  const count = useQuery({
    queryKey: ['runs', 'failed-count', workflowId ?? null, range],
    queryFn: () => api.runs.retryFailed({ ...which, dryRun: true }),
    staleTime: 0,
    gcTime: 0,
  });
  const retry = useMutation({
    mutationFn: () => api.runs.retryFailed(which),
    onSuccess: (result) => {
      void client.invalidateQueries({ queryKey: query.runs.list.key() });
      onClose();
      if (result.refused === 0) toastDone(resultInWords(result));
      else toastProblem(t('Not every run could be tried again'), resultInWords(result));
    },
    onError: (error) => toastProblem(t('The runs could not be tried again'), failureOf(error).message),
  });
  const matching = count.data?.matching;
  return (
    <Stack gap="md">
      <Select
        label={t('Runs that began in')}
        data={ranges.map(({ value, label }) => ({ value, label }))}
        value={range}
        allowDeselect={false}
        comboboxProps={{ withinPortal: true }}
        onChange={(next) => setRange((next ?? 'week') as Range)}
      />
      <Text c="dimmed" role="status">
        {count.isError ? failureOf(count.error).message : inWords(matching, Boolean(workflowId))}
      </Text>
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose} data-autofocus>
          {t('Cancel')}
        </Button>
        <Button disabled={!matching} loading={retry.isPending} onClick={() => retry.mutate()}>
          {t('Try again')}
        </Button>
      </Group>
    </Stack>
  );
}

function inWords(matching: number | undefined, ofOneWorkflow: boolean): string {
  if (matching === undefined) return t('Counting …');
  if (matching === 0)
    return ofOneWorkflow
      ? t('No failed run of this workflow is left to be tried again.')
      : t('No failed run is left to be tried again.');
  const sentences = [
    ofOneWorkflow
      ? plural(matching, 'One run of this workflow failed.', '{n} runs of this workflow failed.')
      : plural(matching, 'One run failed.', '{n} runs failed.'),
    t('Each goes on at the step that failed; what was done before is not done again.'),
    matching > mostAtOnce ? t('The oldest {mostAtOnce} are started now.', { mostAtOnce }) : '',
  ];
  return sentences.filter(Boolean).join(' ');
}
