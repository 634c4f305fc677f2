import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import type { WorkflowFile } from '../../../shared/api/files.ts';
import type { Workflow } from '../../../shared/api/workflows.ts';
import { query } from '../../api/client.ts';
import { failureOf } from '../../api/errors.ts';
import { t } from '../../i18n/t.ts';
import { ImportDialog } from '../../ui/ImportDialog.tsx';
import { toastProblem } from '../../ui/toast.ts';

/** Makes a workflow of a file and opens it; says what has to be filled in again. */
export function ImportWorkflowDialog({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const make = useMutation(
    query.workflows.import.mutationOptions({
      onSuccess: async (workflow, { file }) => {
        await client.invalidateQueries({ queryKey: query.workflows.list.key() });
        const missing = missingIn(file.removed ?? [], workflow.graph);
        if (missing) toastProblem(t('Some settings were left out of the file'), missing);
        await navigate(`/workflows/${workflow.id}`);
      },
    }),
  );
  return (
    <ImportDialog
      title={t('Import a workflow')}
      text={t('A file that was exported from Mailweave. It becomes a new draft; nothing runs before you publish it.')}
      action={t('Import')}
      pending={make.isPending}
      failure={make.error ? failureOf(make.error) : null}
      // The server checks the file; here it is whatever stood in it.
      onImport={(file) => make.mutate({ file: file as WorkflowFile })}
      onClose={onClose}
    />
  );
}

/** Exports leave out secrets and what means something in one workspace only. */
function missingIn(removed: readonly { node: string }[], { nodes }: Workflow['graph']): string {
  const titles = new Map(nodes.map(({ id, title, kind }) => [id, title || kind]));
  const steps = [...new Set(removed.map(({ node }) => titles.get(node) ?? node))];
  return steps.length === 0 ? '' : t('Fill them in again in: {join}.', { join: steps.join(', ') });
}
