import { ActionIcon, Button, Group, Menu, Modal, Text, TextInput } from '@mantine/core';
import { Copy, Ellipsis, FileDown, History, LayoutTemplate, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'react-router';
import type { WorkflowSummary } from '../../../shared/api/workflows.ts';
import { failureOf } from '../../api/errors.ts';
import { t } from '../../i18n/t.ts';
import { Confirm } from '../../ui/Confirm.tsx';
import { fileNameOf } from '../../ui/readJsonFile.ts';
import { SaveTemplateDialog } from './SaveTemplateDialog.tsx';
import { useDeleteWorkflow, useDuplicateWorkflow, useRenameWorkflow } from './useWorkflowActions.ts';

interface DialogProps {
  workflow: WorkflowSummary;
  opened: boolean;
  onClose: () => void;
}

function RenameDialog({ workflow, opened, onClose }: DialogProps) {
  const [name, setName] = useState(workflow.name);
  const rename = useRenameWorkflow(onClose);
  const close = () => {
    rename.reset();
    setName(workflow.name);
    onClose();
  };
  return (
    <Modal opened={opened} onClose={close} title={<Text fw={650}>{t('Rename the workflow')}</Text>} size="sm">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          rename.mutate({ id: workflow.id, name: name.trim() });
        }}
      >
        <TextInput
          label={t('Name')}
          value={name}
          maxLength={120}
          onChange={(event) => setName(event.currentTarget.value)}
          error={rename.error ? failureOf(rename.error).message : null}
          data-autofocus
        />
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={close}>
            {t('Cancel')}
          </Button>
          <Button type="submit" loading={rename.isPending} disabled={!name.trim()}>
            {t('Rename')}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}

function DeleteDialog({ workflow, opened, onClose }: DialogProps) {
  const remove = useDeleteWorkflow(onClose);
  return (
    <Confirm
      opened={opened}
      title={t('Delete “{name}”?', { name: workflow.name })}
      text={t('Its versions and its runs go with it. This cannot be undone.')}
      action={t('Delete')}
      pending={remove.isPending}
      onConfirm={() => remove.mutate({ id: workflow.id })}
      onClose={onClose}
    />
  );
}

/** What can be done with a workflow besides opening it. */
export function WorkflowMenu({ workflow }: { workflow: WorkflowSummary }) {
  const [dialog, setDialog] = useState<'rename' | 'template' | 'delete' | null>(null);
  const duplicate = useDuplicateWorkflow();
  const close = () => setDialog(null);
  return (
    <>
      <Menu position="bottom-end" width={200}>
        <Menu.Target>
          <ActionIcon
            size={36}
            aria-label={t('More for {name}', { name: workflow.name })}
            loading={duplicate.isPending}
          >
            <Ellipsis size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item component={Link} to={`/runs?workflow=${workflow.id}`} leftSection={<History size={16} />}>
            {t('Runs')}
          </Menu.Item>
          <Menu.Item leftSection={<Pencil size={16} />} onClick={() => setDialog('rename')}>
            {t('Rename')}
          </Menu.Item>
          <Menu.Item leftSection={<Copy size={16} />} onClick={() => duplicate.mutate({ id: workflow.id })}>
            {t('Duplicate')}
          </Menu.Item>
          <Menu.Item leftSection={<LayoutTemplate size={16} />} onClick={() => setDialog('template')}>
            {t('Save as template…')}
          </Menu.Item>
          <Menu.Item
            component="a"
            href={`/api/v1/workflows/${workflow.id}/file`}
            download={fileNameOf(workflow.name)}
            leftSection={<FileDown size={16} />}
          >
            {t('Export as a file')}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item color="red" leftSection={<Trash2 size={16} />} onClick={() => setDialog('delete')}>
            {t('Delete…')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <RenameDialog workflow={workflow} opened={dialog === 'rename'} onClose={close} />
      {dialog === 'template' ? <SaveTemplateDialog workflow={workflow} onClose={close} /> : null}
      <DeleteDialog workflow={workflow} opened={dialog === 'delete'} onClose={close} />
    </>
  );
}
