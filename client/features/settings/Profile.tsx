import { Button, Group, PasswordInput, Skeleton, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { changeName, changePassword, endSession, listSessions } from '../../api/auth.ts';
import type { Session } from '../../api/auth.ts';
import { query } from '../../api/client.ts';
import { failureOf } from '../../api/errors.ts';
import { useMe } from '../../api/session.ts';
import { t } from '../../i18n/t.ts';
import { Ago } from '../../ui/Ago.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Failed } from '../../ui/States.tsx';
import { toastDone, toastProblem } from '../../ui/toast.ts';
import { deviceName } from './deviceName.ts';
import classes from './Settings.module.css';

function NameForm() {
  const me = useMe();
  const client = useQueryClient();
  const form = useForm({
    initialValues: { name: me.user.name },
    validate: { name: (value) => (value.trim() ? null : t('Enter your name')) },
  });
  const save = useMutation({
    mutationFn: changeName,
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: query.workspace.me.queryKey() });
      form.resetDirty();
      toastDone(t('Your name is saved'));
    },
    onError: (error) => toastProblem(t('The name could not be saved'), failureOf(error).message),
  });
  return (
    <Panel title={t('You')}>
      <form onSubmit={form.onSubmit(({ name }) => save.mutate(name.trim()))}>
        <Stack gap="md" maw={420}>
          <TextInput label={t('Name')} autoComplete="name" maxLength={120} {...form.getInputProps('name')} />
          <TextInput label={t('E-mail')} value={me.user.email} readOnly variant="filled" />
          <Group>
            <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>
              {t('Save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Panel>
  );
}

function PasswordForm() {
  const client = useQueryClient();
  const form = useForm({
    initialValues: { current: '', next: '' },
    validate: {
      current: (value) => (value ? null : t('Enter your password of today')),
      next: (value) => (value.length >= 10 ? null : t('Use at least 10 characters')),
    },
  });
  const save = useMutation({
    mutationFn: (values: { current: string; next: string }) => changePassword(values.current, values.next),
    onSuccess: async () => {
      form.reset();
      await client.invalidateQueries({ queryKey: ['sessions'] });
      toastDone(t('Your password is changed; other devices are signed out'));
    },
    onError: (error) => form.setFieldError('current', failureOf(error).message),
  });
  return (
    <Panel title={t('Password')} text={t('Changing it signs out all other devices.')}>
      <form onSubmit={form.onSubmit((values) => save.mutate(values))}>
        <Stack gap="md" maw={420}>
          <PasswordInput
            label={t('Current password')}
            autoComplete="current-password"
            {...form.getInputProps('current')}
          />
          <PasswordInput label={t('New password')} autoComplete="new-password" {...form.getInputProps('next')} />
          <Group>
            <Button type="submit" variant="default" loading={save.isPending}>
              {t('Change password')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Panel>
  );
}

function SessionRow({ session }: { session: Session }) {
  const client = useQueryClient();
  const end = useMutation({
    mutationFn: endSession,
    onSuccess: () => client.invalidateQueries({ queryKey: ['sessions'] }),
    onError: (error) => toastProblem(t('The device could not be signed out'), failureOf(error).message),
  });
  return (
    <div className={classes.row}>
      <div className={classes.grow}>
        <div className={classes.strong}>{deviceName(session.userAgent)}</div>
        <div className={classes.dim}>
          {session.current ? t('This device') : t('Signed in')}
          {session.createdAt ? (
            <>
              {' · '}
              <Ago at={session.createdAt} />
            </>
          ) : null}
          {session.ipAddress ? ` · ${session.ipAddress}` : ''}
        </div>
      </div>
      {session.current ? null : (
        <Button variant="default" size="xs" loading={end.isPending} onClick={() => end.mutate(session.token)}>
          {t('Sign out')}
        </Button>
      )}
    </div>
  );
}

function Sessions() {
  const sessions = useQuery({ queryKey: ['sessions'], queryFn: listSessions });
  return (
    <Panel title={t('Where you are signed in')} flush>
      {sessions.isPending ? <Skeleton height={60} /> : null}
      {sessions.isError ? <Failed failure={failureOf(sessions.error)} onRetry={() => void sessions.refetch()} /> : null}
      {sessions.data?.map((session) => (
        <SessionRow key={session.id} session={session} />
      ))}
    </Panel>
  );
}

export function Profile() {
  return (
    <>
      <NameForm />
      <PasswordForm />
      <Sessions />
    </>
  );
}
