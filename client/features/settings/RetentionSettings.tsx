import { Button, Group, NumberInput, Skeleton, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Retention } from '../../../shared/api/workspace.ts';
import { query } from '../../api/client.ts';
import { failureOf } from '../../api/errors.ts';
import { useMe } from '../../api/session.ts';
import { t } from '../../i18n/t.ts';
import { Panel } from '../../ui/Panel.tsx';
import { Failed } from '../../ui/States.tsx';
import { toastDone, toastProblem } from '../../ui/toast.ts';

/** How long the workspace keeps its runs. */
export function RetentionSettings() {
  const owner = useMe().workspace.role === 'owner';
  const rule = useQuery(query.workspace.retention.queryOptions());
  return (
    <Panel
      title={t('How long runs are kept')}
      text={t('Ended runs are deleted with their data and mails. Runs under way are never deleted.')}
    >
      {rule.isPending ? <Skeleton height={160} maw={420} /> : null}
      {rule.isError ? <Failed failure={failureOf(rule.error)} onRetry={() => void rule.refetch()} /> : null}
      {rule.data ? <RetentionForm rule={rule.data} owner={owner} /> : null}
    </Panel>
  );
}

function RetentionForm({ rule, owner }: { rule: Retention; owner: boolean }) {
  const client = useQueryClient();
  const form = useForm({ initialValues: rule });
  const save = useMutation(
    query.workspace.setRetention.mutationOptions({
      onSuccess: (saved) => {
        client.setQueryData(query.workspace.retention.queryKey(), saved);
        form.resetDirty();
        toastDone(t('Saved. Older runs are deleted within the hour.'));
      },
      onError: (error) => toastProblem(t('That could not be saved'), failureOf(error).message),
    }),
  );
  return (
    <form onSubmit={form.onSubmit((values) => save.mutate(values))}>
      <Stack gap="md" maw={420}>
        <NumberInput
          label={t('Days after their end')}
          min={1}
          max={3_650}
          clampBehavior="blur"
          allowDecimal={false}
          disabled={!owner}
          {...form.getInputProps('days')}
        />
        <NumberInput
          label={t('At most this many runs')}
          description={t('The newest are kept.')}
          min={100}
          max={10_000_000}
          clampBehavior="blur"
          thousandSeparator=","
          allowDecimal={false}
          disabled={!owner}
          {...form.getInputProps('runs')}
        />
        {owner ? (
          <Group>
            <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>
              {t('Save')}
            </Button>
          </Group>
        ) : null}
      </Stack>
    </form>
  );
}
