import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { FileUp } from 'lucide-react';
import { useState } from 'react';
import type { WorkflowFile } from '../../../shared/api/files.ts';
import { query } from '../../api/client.ts';
import { failureOf } from '../../api/errors.ts';
import { canEdit, useMe } from '../../api/session.ts';
import { t } from '../../i18n/t.ts';
import { ImportDialog } from '../../ui/ImportDialog.tsx';
import { toastDone } from '../../ui/toast.ts';

/** Adds a template from a file to those of the workspace. Nothing for viewers. */
export function ImportTemplate({ onDone }: { onDone: () => void }) {
  const client = useQueryClient();
  const me = useMe();
  const [open, setOpen] = useState(false);
  const keep = useMutation(
    query.templates.import.mutationOptions({
      onSuccess: async (template) => {
        await client.invalidateQueries({ queryKey: query.templates.list.key() });
        toastDone(t('“{name}” is among your templates', { name: template.name }));
        setOpen(false);
        onDone();
      },
    }),
  );
  if (!canEdit(me.workspace.role)) return null;
  return (
    <>
      <Button variant="default" leftSection={<FileUp size={16} />} onClick={() => setOpen(true)}>
        {t('Import')}
      </Button>
      {open ? (
        <ImportDialog
          title={t('Import a template')}
          text={t(
            'A file that was exported from Mailweave, a workflow or a template. It is added to your own templates.',
          )}
          action={t('Import')}
          pending={keep.isPending}
          failure={keep.error ? failureOf(keep.error) : null}
          // The server checks the file; here it is whatever stood in it.
          onImport={(file) => keep.mutate({ file: file as WorkflowFile })}
          onClose={() => {
            keep.reset();
            setOpen(false);
          }}
        />
      ) : null}
    </>
  );
}
