import { UnstyledButton } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Hourglass } from 'lucide-react';
import { useState } from 'react';
import type { HeldMailItem } from '../../../shared/api/inbox.ts';
import { query } from '../../api/client.ts';
import { useThrottled } from '../../api/liveRuns.ts';
import { useReconnected, useSocketEvent } from '../../api/socket.ts';
import { t } from '../../i18n/t.ts';
import { Ago } from '../../ui/Ago.tsx';
import { LoadMore } from '../../ui/LoadMore.tsx';
import { nameOf } from './address.ts';
import classes from './Inbox.module.css';

/** More of them are shown on request: what has arrived stays in sight. */
const atFirst = 3;
/** While runs go on, the list is read again this often. */
const refreshMs = 1_000;

/** Mails that runs hold back, the newest first; kept fresh while runs write, send or discard them. */
export function useHeldMails(search: string) {
  const client = useQueryClient();
  const refresh = useThrottled(() => {
    void client.invalidateQueries({ queryKey: query.inbox.held.key() });
    void client.invalidateQueries({ queryKey: query.inbox.heldMail.key() });
  }, refreshMs);
  useSocketEvent('run.changed', refresh);
  useReconnected(refresh);
  return useInfiniteQuery(
    query.inbox.held.infiniteOptions({
      input: (cursor: string | undefined) => ({
        limit: 20,
        ...(search ? { search } : {}),
        ...(cursor ? { cursor } : {}),
      }),
      initialPageParam: undefined,
      getNextPageParam: (last) => last.nextCursor ?? undefined,
      placeholderData: keepPreviousData,
    }),
  );
}

export function HeldTag() {
  return (
    <span className={classes.held}>
      <Hourglass size={12} aria-hidden="true" />
      {t('held')}
    </span>
  );
}

function HeldRow({ mail, open, onOpen }: { mail: HeldMailItem; open: boolean; onOpen: () => void }) {
  return (
    <UnstyledButton className={classes.row ?? ''} data-open={open} aria-current={open} onClick={onOpen}>
      <span className={classes.rowTop}>
        <span className={classes.to}>{t('To {names}', { names: mail.to.map(nameOf).join(', ') })}</span>
        <span className={classes.when}>
          <Ago at={mail.heldAt} />
        </span>
      </span>
      <span className={classes.subject}>
        <span className={classes.subjectText}>{mail.subject || t('(no subject)')}</span>
        <HeldTag />
      </span>
      <span className={classes.snippet}>{mail.workflowName}</span>
    </UnstyledButton>
  );
}

/** What has not gone out yet, above what has arrived. Nothing where no mail is held. */
export function HeldList({
  list,
  openId,
  onOpen,
}: {
  list: ReturnType<typeof useHeldMails>;
  openId: string | null;
  onOpen: (id: string) => void;
}) {
  const [isWhole, setWhole] = useState(false);
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const total = list.data?.pages[0]?.total ?? 0;
  if (items.length === 0) return null;
  return (
    <section className={classes.heldList} aria-label={t('Held mails')}>
      <p className={classes.heldHead}>
        <strong>{t('Held until their run has succeeded')}</strong>
        <span className={classes.gap} />
        {total > atFirst ? (
          <button type="button" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
            {isWhole ? t('Show less') : t('Show all {n}', { n: total })}
          </button>
        ) : null}
      </p>
      {items.slice(0, isWhole ? items.length : atFirst).map((mail) => (
        <HeldRow key={mail.id} mail={mail} open={mail.id === openId} onOpen={() => onOpen(mail.id)} />
      ))}
      {isWhole ? <LoadMore list={list} label={t('Show more held mails')} /> : null}
    </section>
  );
}
