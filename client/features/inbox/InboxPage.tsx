import { useQueryClient } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { query } from '../../api/client.ts';
import { useReconnected, useSocketEvent } from '../../api/socket.ts';
import { t } from '../../i18n/t.ts';
import { announce } from '../../ui/announce.ts';
import { useDocumentTitle } from '../../ui/Page.tsx';
import classes from './Inbox.module.css';
import { HeldReader } from './HeldReader.tsx';
import { MailList } from './MailList.tsx';
import { MailReader, NoMailOpen } from './MailReader.tsx';

/**
 * What the built-in mail server has received, under what runs still hold back: the list at the left, the mail at the right; on a phone one after
 * the other.
 */
export default function InboxPage() {
  const client = useQueryClient();
  const [search, setSearch] = useSearchParams();
  const open = search.get('message');
  const held = search.get('held');
  useDocumentTitle(t('Inbox'));
  const refresh = () => void client.invalidateQueries({ queryKey: query.inbox.list.key() });
  useSocketEvent('inbox.arrived', (mail) => {
    announce(t('A mail from {from} arrived: {subject}', { from: mail.from, subject: mail.subject }));
    refresh();
  });
  useReconnected(refresh);
  const anyOpen = open ?? held;
  const show = (what: { message: string } | { held: string } | null) =>
    setSearch({ ...what }, { replace: anyOpen !== null && what !== null });
  return (
    <div className={classes.inbox} data-open={anyOpen !== null}>
      <MailList
        openId={anyOpen}
        onOpen={(id) => show(id === null ? null : { message: id })}
        onOpenHeld={(id) => show({ held: id })}
      />
      <div className={classes.reader}>
        {open ? (
          <MailReader key={open} id={open} onClose={() => show(null)} />
        ) : held ? (
          <HeldReader key={held} id={held} onClose={() => show(null)} />
        ) : (
          <NoMailOpen />
        )}
      </div>
    </div>
  );
}
