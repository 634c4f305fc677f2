import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import type { WorkflowSummary } from '../../../shared/api/workflows.ts';
import { query } from '../../api/client.ts';
import { failureOf } from '../../api/errors.ts';
import { t } from '../../i18n/t.ts';
import { toastDone, toastProblem } from '../../ui/toast.ts';

function useRefreshList(): () => Promise<void> {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: query.workflows.list.key() });
}

const problem = (title: string) => (error: unknown) => toastProblem(title, failureOf(error).message);

/** Switches the triggers of a published workflow on or off. */
export function useSwitchWorkflow(workflow: WorkflowSummary) {
  const refresh = useRefreshList();
  return useMutation(
    query.workflows.setActive.mutationOptions({
      onSuccess: async (after) => {
        await refresh();
        toastDone(
          after.active ? t('“{name}” is live', { name: workflow.name }) : t('“{name}” is off', { name: workflow.name }),
        );
      },
      onError: problem(t('The workflow could not be switched')),
    }),
  );
}

export function useDuplicateWorkflow() {
  const refresh = useRefreshList();
  const navigate = useNavigate();
  return useMutation(
    query.workflows.duplicate.mutationOptions({
      onSuccess: async (copy) => {
        await refresh();
        await navigate(`/workflows/${copy.id}`);
      },
      onError: problem(t('The workflow could not be copied')),
    }),
  );
}

export function useRenameWorkflow(onDone: () => void) {
  const refresh = useRefreshList();
  return useMutation(
    query.workflows.rename.mutationOptions({
      onSuccess: async () => {
        await refresh();
        onDone();
      },
    }),
  );
}

export function useDeleteWorkflow(onDone: () => void) {
  const refresh = useRefreshList();
  return useMutation(
    query.workflows.remove.mutationOptions({
      onSuccess: async () => {
        await refresh();
        toastDone(t('The workflow is deleted'));
        onDone();
      },
      onError: problem(t('The workflow could not be deleted')),
    }),
  );
}
