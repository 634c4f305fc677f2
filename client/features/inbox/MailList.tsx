import { ActionIcon, Menu, Skeleton, TextInput, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Ellipsis, Inbox as InboxIcon, Search, SearchX, ServerCog, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { query } from '../../api/client.ts';
import { failureOf } from '../../api/errors.ts';
import { canEdit, useMe } from '../../api/session.ts';
import { t } from '../../i18n/t.ts';
import { Confirm } from '../../ui/Confirm.tsx';
import { LoadMore } from '../../ui/LoadMore.tsx';
import { Empty, Failed } from '../../ui/States.tsx';
import { toastDone, toastProblem } from '../../ui/toast.ts';
import { HeldList, useHeldMails } from './HeldList.tsx';
import classes from './Inbox.module.css';
import { MailRow } from './MailRow.tsx';

function useMails(search: string) {
  return useInfiniteQuery(
    query.inbox.list.infiniteOptions({
      input: (cursor: string | undefined) => ({
        limit: 40,
        ...(search ? { search } : {}),
        ...(cursor ? { cursor } : {}),
      }),
      initialPageParam: undefined,
      getNextPageParam: (last) => last.nextCursor ?? undefined,
      placeholderData: keepPreviousData,
    }),
  );
}

function ListMenu({ onCleared }: { onCleared: () => void }) {
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const clear = useMutation(
    query.inbox.clear.mutationOptions({
      onSuccess: async () => {
        await client.invalidateQueries({ queryKey: query.inbox.list.key() });
        setAsking(false);
        onCleared();
        toastDone(t('The inbox is empty'));
      },
      onError: (error) => toastProblem(t('The inbox could not be emptied'), failureOf(error).message),
    }),
  );
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon size={34} aria-label={t('More')}>
            <Ellipsis size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item color="red" leftSection={<Trash2 size={16} />} onClick={() => setAsking(true)}>
            {t('Delete all mails…')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Confirm
        opened={asking}
        title={t('Delete all mails?')}
        text={t('Every mail in this inbox is deleted for the whole workspace. This cannot be undone.')}
        action={t('Delete all')}
        pending={clear.isPending}
        onConfirm={() => clear.mutate({})}
        onClose={() => setAsking(false)}
      />
    </>
  );
}

function Nothing({ builtIn, searched }: { builtIn: boolean; searched: boolean }) {
  if (searched)
    return (
      <Empty
        icon={SearchX}
        title={t('Nothing found')}
        text={t('No mail has these words in its sender, subject or text.')}
      />
    );
  if (!builtIn) {
    return (
      <Empty
        icon={ServerCog}
        title={t('Mails go to your own server')}
        text={t('SMTP_URL names a real mail server, so workflows mail real people and nothing is caught here.')}
      />
    );
  }
  return (
    <Empty
      icon={InboxIcon}
      title={t('No mail yet')}
      text={t(
        'Mails that your workflows send are caught here instead of reaching people. Run a workflow that sends one.',
      )}
    />
  );
}

interface MailListProps {
  /** Of the mail that is open, held or arrived. */
  openId: string | null;
  onOpen: (id: string | null) => void;
  onOpenHeld: (id: string) => void;
}

/** The left side: search, the mails that are held, those that have arrived, newest first. */
export function MailList({ openId, onOpen, onOpenHeld }: MailListProps) {
  const [search, setSearch] = useState('');
  const [debounced] = useDebouncedValue(search.trim(), 250);
  const editable = canEdit(useMe().workspace.role);
  const list = useMails(debounced);
  const held = useHeldMails(debounced);
  const isAnyHeld = (held.data?.pages[0]?.total ?? 0) > 0;
  const first = list.data?.pages[0];
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section className={classes.list} aria-label={t('Mails')}>
      <div className={classes.listHead}>
        <Title order={1} fz={20}>
          {t('Inbox')}
        </Title>
        {first && first.unread > 0 ? (
          <span className={classes.unread}>{t('{unread} new', { unread: first.unread })}</span>
        ) : null}
        <span className={classes.gap} />
        {editable && items.length > 0 ? <ListMenu onCleared={() => onOpen(null)} /> : null}
      </div>
      <TextInput
        aria-label={t('Search mails')}
        placeholder={t('Search')}
        leftSection={<Search size={16} />}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
        mx="md"
        mb="sm"
      />
      {list.isPending ? <Skeleton height={320} mx="md" width="auto" /> : null}
      {list.isError ? <Failed failure={failureOf(list.error)} onRetry={() => void list.refetch()} /> : null}
      <HeldList list={held} openId={openId} onOpen={onOpenHeld} />
      {first && items.length === 0 && !isAnyHeld ? (
        <Nothing builtIn={first.builtIn} searched={debounced !== ''} />
      ) : null}
      {items.map((mail) => (
        <MailRow key={mail.id} mail={mail} open={mail.id === openId} onOpen={() => onOpen(mail.id)} />
      ))}
      <LoadMore list={list} label={t('Show older mails')} />
    </section>
  );
}
