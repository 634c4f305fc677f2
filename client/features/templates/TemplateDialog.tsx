import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { FileDown, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { query } from '../../api/client.ts';
import { failureOf } from '../../api/errors.ts';
import type { KindLook } from '../../api/kinds.ts';
import { canEdit, useMe } from '../../api/session.ts';
import { t } from '../../i18n/t.ts';
import { Confirm } from '../../ui/Confirm.tsx';
import { fileNameOf } from '../../ui/readJsonFile.ts';
import { GraphPicture } from '../../ui/GraphPicture.tsx';
import { toastDone, toastProblem } from '../../ui/toast.ts';
import type { TemplateItem } from './filterTemplates.ts';
import { ParameterField } from './ParameterField.tsx';
import { checkParameter, firstValue } from './parameters.ts';
import { TemplateCosts } from './TemplateCosts.tsx';
import classes from './TemplatesPage.module.css';

function DeleteOwn({ template, onGone }: { template: TemplateItem; onGone: () => void }) {
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const remove = useMutation(
    query.templates.remove.mutationOptions({
      onSuccess: async () => {
        await client.invalidateQueries({ queryKey: query.templates.list.key() });
        toastDone(t('The template is deleted'));
        onGone();
      },
      onError: (error) => toastProblem(t('The template could not be deleted'), failureOf(error).message),
    }),
  );
  return (
    <>
      <Button variant="subtle" color="red" leftSection={<Trash2 size={16} />} onClick={() => setAsking(true)}>
        {t('Delete')}
      </Button>
      <Confirm
        opened={asking}
        title={t('Delete “{name}”?', { name: template.name })}
        text={t('Workflows made from it stay.')}
        action={t('Delete')}
        pending={remove.isPending}
        onConfirm={() => remove.mutate({ id: template.id })}
        onClose={() => setAsking(false)}
      />
    </>
  );
}

function Export({ template }: { template: TemplateItem }) {
  return (
    <Button
      component="a"
      variant="subtle"
      color="gray"
      href={`/api/v1/templates/${encodeURIComponent(template.id)}/file`}
      download={fileNameOf(template.name)}
      leftSection={<FileDown size={16} />}
    >
      {t('Export')}
    </Button>
  );
}

/** Parameters stand beside the name in one flat form; the prefix keeps a parameter called `name` apart from it. */
const fieldOf = (key: string) => `parameter_${key}`;

function useTemplateForm(template: TemplateItem) {
  const { timezone } = useMe().workspace;
  return useForm<Record<string, string>>({
    initialValues: {
      name: template.name,
      ...Object.fromEntries(
        template.parameters.map((parameter) => [fieldOf(parameter.key), firstValue(parameter, timezone)]),
      ),
    },
    validate: (values) => {
      const problems: Record<string, string> = {};
      for (const parameter of template.parameters) {
        const problem = checkParameter(parameter, values[fieldOf(parameter.key)] ?? '');
        if (problem) problems[fieldOf(parameter.key)] = problem;
      }
      return problems;
    },
  });
}

function UseForm({ template, onClose }: { template: TemplateItem; onClose: () => void }) {
  const navigate = useNavigate();
  const client = useQueryClient();
  const form = useTemplateForm(template);
  const create = useMutation(
    query.templates.use.mutationOptions({
      onSuccess: async (workflow) => {
        await client.invalidateQueries({ queryKey: query.workflows.list.key() });
        await navigate(`/workflows/${workflow.id}`);
      },
      onError: (error) => toastProblem(t('The workflow could not be made'), failureOf(error).message),
    }),
  );
  const submit = form.onSubmit((values) => {
    const parameters = Object.fromEntries(
      template.parameters.map(({ key }) => [key, (values[fieldOf(key)] ?? '').trim()]),
    );
    const name = (values['name'] ?? '').trim();
    create.mutate({ id: template.id, values: parameters, ...(name ? { name } : {}) });
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <TextInput label={t('Name of the workflow')} maxLength={120} {...form.getInputProps('name')} />
        {template.parameters.map((parameter) => (
          <ParameterField
            key={parameter.key}
            parameter={parameter}
            value={form.values[fieldOf(parameter.key)] ?? ''}
            onChange={(value) => form.setFieldValue(fieldOf(parameter.key), value)}
            error={form.errors[fieldOf(parameter.key)]}
          />
        ))}
      </Stack>
      <Group justify="space-between" mt="xl">
        <Group gap={4}>
          <Export template={template} />
          {template.category === 'own' ? <DeleteOwn template={template} onGone={onClose} /> : null}
        </Group>
        <Group>
          <Button variant="default" onClick={onClose}>
            {t('Cancel')}
          </Button>
          <Button type="submit" loading={create.isPending}>
            {t('Use template')}
          </Button>
        </Group>
      </Group>
    </form>
  );
}

/** A template in full: its picture, what it does, and the form of its few blanks. */
export function TemplateDialog({
  template,
  looks,
  onClose,
}: {
  template: TemplateItem;
  looks: ReadonlyMap<string, KindLook>;
  onClose: () => void;
}) {
  const editable = canEdit(useMe().workspace.role);
  return (
    <Modal
      opened
      onClose={onClose}
      size={1080}
      title={
        <Text fw={650} fz={16}>
          {template.name}
        </Text>
      }
    >
      <div className={classes.dialog}>
        <div className={classes.bigPicture}>
          <GraphPicture
            graph={template.graph}
            looks={looks}
            show="whole"
            height={560}
            label={t('The steps of {name}', { name: template.name })}
          />
        </div>
        <div>
          <Text c="dimmed">{template.description}</Text>
          <TemplateCosts cost={template.cost} />
          {editable ? (
            <UseForm template={template} onClose={onClose} />
          ) : (
            <>
              <Text mb="md">{t('Your role is viewer: ask an owner to make workflows.')}</Text>
              <Export template={template} />
            </>
          )}
        </div>
      </div>
    </Modal>
  );
}
