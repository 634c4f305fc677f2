import { Button, Group, Modal, Stack, Text, TextInput, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { WorkflowSummary } from '../../../shared/api/workflows.ts';
import { query } from '../../api/client.ts';
import { failureOf } from '../../api/errors.ts';
import { t } from '../../i18n/t.ts';
import { toastDone } from '../../ui/toast.ts';

/** Keeps a workflow as one of the workspace's own templates. */
export function SaveTemplateDialog({ workflow, onClose }: { workflow: WorkflowSummary; onClose: () => void }) {
  const client = useQueryClient();
  const [name, setName] = useState(workflow.name);
  const [description, setDescription] = useState('');
  const save = useMutation(
    query.templates.save.mutationOptions({
      onSuccess: async (template) => {
        await client.invalidateQueries({ queryKey: query.templates.list.key() });
        toastDone(t('“{name}” is among your templates', { name: template.name }));
        onClose();
      },
    }),
  );
  return (
    <Modal opened onClose={onClose} title={<Text fw={650}>{t('Save as template')}</Text>} size="md">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate({ workflowId: workflow.id, name: name.trim(), description: description.trim() });
        }}
      >
        <Stack gap="md">
          <TextInput
            label={t('Name')}
            value={name}
            maxLength={120}
            onChange={(event) => setName(event.currentTarget.value)}
            error={save.error ? failureOf(save.error).message : null}
            data-autofocus
          />
          <Textarea
            label={t('What it is for')}
            value={description}
            maxLength={500}
            autosize
            minRows={2}
            onChange={(event) => setDescription(event.currentTarget.value)}
          />
        </Stack>
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={onClose}>
            {t('Cancel')}
          </Button>
          <Button type="submit" loading={save.isPending} disabled={!name.trim()}>
            {t('Save template')}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
