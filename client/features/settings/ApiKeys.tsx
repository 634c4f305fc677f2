import { Alert, Button, CopyButton, Group, Modal, Select, Skeleton, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { KeyRound, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { query } from '../../api/client.ts';
import { failureOf } from '../../api/errors.ts';
import { canEdit, useMe } from '../../api/session.ts';
import { rich } from '../../i18n/rich.tsx';
import { t } from '../../i18n/t.ts';
import { Ago } from '../../ui/Ago.tsx';
import { Confirm } from '../../ui/Confirm.tsx';
import { formatDate } from '../../ui/format.ts';
import { Panel } from '../../ui/Panel.tsx';
import { Empty, Failed } from '../../ui/States.tsx';
import { toastDone, toastProblem } from '../../ui/toast.ts';
import classes from './Settings.module.css';

const lifetimes = [
  { value: '30', label: t('30 days') },
  { value: '90', label: t('90 days') },
  { value: '365', label: t('1 year') },
  { value: 'never', label: t('No end') },
];

function ShownOnce({ value, onClose }: { value: string | null; onClose: () => void }) {
  return (
    <Modal
      opened={value !== null}
      onClose={onClose}
      title={<Text fw={650}>{t('Your new API key')}</Text>}
      closeOnClickOutside={false}
    >
      <Alert color="orange" icon={<TriangleAlert size={18} />} mb="md">
        {t('Copy it now: it is not shown again.')}
      </Alert>
      <code className={classes.key}>{value}</code>
      <Group justify="flex-end" mt="lg">
        <CopyButton value={value ?? ''}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy}>
              {copied ? t('Copied') : t('Copy')}
            </Button>
          )}
        </CopyButton>
        <Button onClick={onClose}>{t('Done')}</Button>
      </Group>
    </Modal>
  );
}

function NewKey({ onCreated }: { onCreated: (key: string) => void }) {
  const client = useQueryClient();
  const form = useForm({
    initialValues: { name: '', lifetime: '90' },
    validate: { name: (value) => (value.trim() ? null : t('Say what it is for')) },
  });
  const create = useMutation(
    query.apiKeys.create.mutationOptions({
      onSuccess: async (created) => {
        form.reset();
        onCreated(created.key);
        await client.invalidateQueries({ queryKey: query.apiKeys.list.key() });
      },
      onError: (error) => form.setFieldError('name', failureOf(error).message),
    }),
  );
  const submit = form.onSubmit(({ name, lifetime }) =>
    create.mutate({ name: name.trim(), ...(lifetime === 'never' ? {} : { expiresInDays: Number(lifetime) }) }),
  );
  return (
    <form onSubmit={submit} className={classes.foot}>
      <Group align="flex-start" gap="sm">
        <TextInput
          aria-label={t('Name of the key')}
          placeholder={t('What is it for?')}
          maxLength={80}
          flex={1}
          miw={180}
          {...form.getInputProps('name')}
        />
        <Select
          aria-label={t('Works for')}
          data={lifetimes}
          allowDeselect={false}
          w={116}
          {...form.getInputProps('lifetime')}
        />
        <Button type="submit" loading={create.isPending}>
          {t('Make a key')}
        </Button>
      </Group>
    </form>
  );
}

interface Key {
  id: string;
  name: string;
  start: string;
  createdAt: string;
  lastUsedAt: string | null;
  expiresAt: string | null;
}

function KeyRow({ apiKey, editable }: { apiKey: Key; editable: boolean }) {
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const revoke = useMutation(
    query.apiKeys.remove.mutationOptions({
      onSuccess: async () => {
        await client.invalidateQueries({ queryKey: query.apiKeys.list.key() });
        toastDone(t('The key no longer works'));
      },
      onError: (error) => toastProblem(t('The key could not be revoked'), failureOf(error).message),
    }),
  );
  return (
    <div className={classes.row}>
      <div className={classes.grow}>
        <div className={classes.strong}>{apiKey.name}</div>
        <div className={classes.dim}>
          <code>{apiKey.start}…</code> ·{' '}
          {apiKey.lastUsedAt ? <>{rich('used {when}', { when: <Ago at={apiKey.lastUsedAt} /> })}</> : t('never used')}
          {apiKey.expiresAt ? ` · ${t('until {date}', { date: formatDate(apiKey.expiresAt) })}` : ''}
        </div>
      </div>
      {editable ? (
        <Button variant="default" size="xs" onClick={() => setAsking(true)}>
          {t('Revoke')}
        </Button>
      ) : null}
      <Confirm
        opened={asking}
        title={t('Revoke “{name}”?', { name: apiKey.name })}
        text={t('Whatever uses this key stops working at once.')}
        action={t('Revoke')}
        pending={revoke.isPending}
        onConfirm={() => revoke.mutate({ id: apiKey.id })}
        onClose={() => setAsking(false)}
      />
    </div>
  );
}

export function ApiKeys() {
  const editable = canEdit(useMe().workspace.role);
  const keys = useQuery(query.apiKeys.list.queryOptions());
  const [shown, setShown] = useState<string | null>(null);
  if (keys.isPending) return <Skeleton height={200} radius="lg" />;
  if (keys.isError) return <Failed failure={failureOf(keys.error)} onRetry={() => void keys.refetch()} />;
  return (
    <>
      <Panel
        title={t('API keys')}
        text={
          <>
            {rich('For programs of your own. Everything this app does, the <link>API</link> does.', {
              link: (inner) => (
                <a href="/api/docs" target="_blank" rel="noreferrer">
                  {inner}
                </a>
              ),
            })}
          </>
        }
        flush
      >
        {keys.data.items.length === 0 ? (
          <Empty icon={KeyRound} title={t('No keys yet')} text={t('A key acts in this workspace with your rights.')} />
        ) : null}
        {keys.data.items.map((key) => (
          <KeyRow key={key.id} apiKey={key} editable={editable} />
        ))}
        {editable ? <NewKey onCreated={setShown} /> : null}
      </Panel>
      <ShownOnce value={shown} onClose={() => setShown(null)} />
    </>
  );
}
