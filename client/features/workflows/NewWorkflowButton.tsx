import { Button, Menu, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { FileUp, LayoutTemplate, MessageSquareText, Plus, SquareDashed } from 'lucide-react';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { query } from '../../api/client.ts';
import { failureOf } from '../../api/errors.ts';
import { canEdit, useMe } from '../../api/session.ts';
import { t } from '../../i18n/t.ts';
import { toastProblem } from '../../ui/toast.ts';
import { ImportWorkflowDialog } from './ImportWorkflowDialog.tsx';

/** The ways to a new workflow: in words, from a template, empty, from a file. Nothing for viewers. */
export function NewWorkflowButton({ label }: { label: string }) {
  const me = useMe();
  const navigate = useNavigate();
  const client = useQueryClient();
  const [importing, setImporting] = useState(false);
  const create = useMutation(
    query.workflows.create.mutationOptions({
      onSuccess: async (workflow) => {
        await client.invalidateQueries({ queryKey: query.workflows.list.key() });
        await navigate(`/workflows/${workflow.id}`);
      },
      onError: (error) => toastProblem(t('The workflow could not be made'), failureOf(error).message),
    }),
  );
  if (!canEdit(me.workspace.role)) return null;
  return (
    <>
      <Menu position="bottom-end" width={260}>
        <Menu.Target>
          <Button leftSection={<Plus size={16} />} loading={create.isPending}>
            {label}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item component={Link} to="/workflows/new" leftSection={<MessageSquareText size={17} />}>
            {t('Describe it')}
            <Text size="xs" c="dimmed">
              {t('In your own words')}
            </Text>
          </Menu.Item>
          <Menu.Item component={Link} to="/templates" leftSection={<LayoutTemplate size={17} />}>
            {t('From a template')}
            <Text size="xs" c="dimmed">
              {t('Ready-made, with a few blanks')}
            </Text>
          </Menu.Item>
          <Menu.Item
            leftSection={<SquareDashed size={17} />}
            onClick={() => create.mutate({ name: t('Untitled workflow') })}
          >
            {t('Empty')}
            <Text size="xs" c="dimmed">
              {t('Draw it step by step')}
            </Text>
          </Menu.Item>
          <Menu.Item leftSection={<FileUp size={17} />} onClick={() => setImporting(true)}>
            {t('From a file')}
            <Text size="xs" c="dimmed">
              {t('One that was exported')}
            </Text>
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {importing ? <ImportWorkflowDialog onClose={() => setImporting(false)} /> : null}
    </>
  );
}
