import { Button, Group, Select, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Role } from '../../../shared/api/workspace.ts';
import { query } from '../../api/client.ts';
import { failureOf } from '../../api/errors.ts';
import { t } from '../../i18n/t.ts';
import { Panel } from '../../ui/Panel.tsx';
import { toastDone } from '../../ui/toast.ts';
import { roleChoices } from './roleWords.ts';

/** Sends an invitation by mail. */
export function InviteForm() {
  const client = useQueryClient();
  const form = useForm<{ email: string; role: Role }>({
    initialValues: { email: '', role: 'editor' },
    validate: { email: (value) => (/^[^\s@]+@[^\s@]+$/.test(value.trim()) ? null : t('Enter an e-mail address')) },
  });
  const invite = useMutation(
    query.workspace.invite.mutationOptions({
      onSuccess: async (invitation) => {
        form.reset();
        await client.invalidateQueries({ queryKey: query.workspace.members.key() });
        toastDone(t('The invitation to {email} is sent', { email: invitation.email }));
      },
      onError: (error) => form.setFieldError('email', failureOf(error).message),
    }),
  );
  return (
    <Panel
      title={t('Invite someone')}
      text={t('They get a link by mail. Owners manage, editors build and run, viewers look.')}
    >
      <form onSubmit={form.onSubmit(({ email, role }) => invite.mutate({ email: email.trim(), role }))} noValidate>
        <Group align="flex-start" gap="sm">
          <TextInput
            aria-label={t('E-mail')}
            placeholder={t('name@company.com')}
            type="email"
            flex={1}
            miw={200}
            {...form.getInputProps('email')}
          />
          <Select
            aria-label={t('Role')}
            data={roleChoices}
            allowDeselect={false}
            w={120}
            {...form.getInputProps('role')}
          />
          <Button type="submit" loading={invite.isPending}>
            {t('Invite')}
          </Button>
        </Group>
      </form>
    </Panel>
  );
}
