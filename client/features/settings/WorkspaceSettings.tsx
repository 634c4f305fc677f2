import { Button, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { query } from '../../api/client.ts';
import { failureOf } from '../../api/errors.ts';
import { useMe } from '../../api/session.ts';
import { rich } from '../../i18n/rich.tsx';
import { t } from '../../i18n/t.ts';
import { Panel } from '../../ui/Panel.tsx';
import { toastDone, toastProblem } from '../../ui/toast.ts';

/** Every zone the browser knows, and the stored one should it know another. */
function timezones(stored: string): string[] {
  return [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone'), stored])];
}

export function WorkspaceSettings() {
  const { workspace } = useMe();
  const client = useQueryClient();
  const owner = workspace.role === 'owner';
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const form = useForm({
    initialValues: { name: workspace.name, timezone: workspace.timezone },
    validate: { name: (value) => (value.trim() ? null : t('Give the workspace a name')) },
  });
  const save = useMutation(
    query.workspace.update.mutationOptions({
      onSuccess: async () => {
        await client.invalidateQueries({ queryKey: query.workspace.me.queryKey() });
        form.resetDirty();
        toastDone(t('The workspace is saved'));
      },
      onError: (error) => toastProblem(t('The workspace could not be saved'), failureOf(error).message),
    }),
  );
  return (
    <Panel title={t('Workspace')} text={owner ? undefined : t('Only owners can change this.')}>
      <form onSubmit={form.onSubmit((values) => save.mutate({ ...values, name: values.name.trim() }))}>
        <Stack gap="md" maw={420}>
          <TextInput label={t('Name')} maxLength={80} disabled={!owner} {...form.getInputProps('name')} />
          <Select
            label={t('Time zone')}
            description={t('“Every Monday at 8” means 8 o’clock there.')}
            data={timezones(workspace.timezone)}
            searchable
            limit={80}
            allowDeselect={false}
            disabled={!owner}
            {...form.getInputProps('timezone')}
          />
          {owner && here && here !== form.values.timezone ? (
            <Text size="sm" c="dimmed">
              {rich('Your device says {here}. <button>Use it</button>', {
                here,
                button: (inner) => (
                  <Button
                    variant="transparent"
                    size="compact-sm"
                    px={0}
                    onClick={() => form.setFieldValue('timezone', here)}
                  >
                    {inner}
                  </Button>
                ),
              })}
            </Text>
          ) : null}
          {owner ? (
            <Group>
              <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>
                {t('Save')}
              </Button>
            </Group>
          ) : null}
        </Stack>
      </form>
    </Panel>
  );
}
