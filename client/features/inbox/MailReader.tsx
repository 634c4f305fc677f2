import { ActionIcon, Skeleton, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ArrowLeft, MailOpen, Paperclip, Trash2 } from 'lucide-react';
import { useEffect } from 'react';
import type { InboxMail } from '../../../shared/api/inbox.ts';
import { query } from '../../api/client.ts';
import { failureOf } from '../../api/errors.ts';
import { canEdit, useMe } from '../../api/session.ts';
import { t } from '../../i18n/t.ts';
import { formatBytes } from '../../ui/format.ts';
import { Empty, Failed } from '../../ui/States.tsx';
import { toastProblem } from '../../ui/toast.ts';
import classes from './Inbox.module.css';
import { MailBody, People } from './MailParts.tsx';
import { HeadersView, SourceView } from './RawViews.tsx';
import { Tooltip } from '../../ui/Tooltip.tsx';

export function NoMailOpen() {
  return <Empty icon={MailOpen} title={t('No mail open')} text={t('Choose one at the left to read it.')} />;
}

function Attachments({ mail }: { mail: InboxMail }) {
  if (mail.attachments.length === 0) return null;
  return (
    <ul className={classes.attachments} aria-label={t('Attachments')}>
      {mail.attachments.map((file) => (
        <li key={file.index}>
          <a href={`/api/v1/inbox/${mail.id}/attachments/${file.index}`} download={file.filename}>
            <Paperclip size={14} aria-hidden="true" />
            <span>{file.filename}</span>
            <span className={classes.size}>{formatBytes(file.size)}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}

function Remove({ id, onGone }: { id: string; onGone: () => void }) {
  const client = useQueryClient();
  const remove = useMutation(
    query.inbox.remove.mutationOptions({
      onSuccess: () => {
        onGone();
        return client.invalidateQueries({ queryKey: query.inbox.list.key() });
      },
      onError: (error) => toastProblem(t('The mail could not be deleted'), failureOf(error).message),
    }),
  );
  return (
    <Tooltip label={t('Delete')}>
      <ActionIcon
        size={36}
        loading={remove.isPending}
        onClick={() => remove.mutate({ id })}
        aria-label={t('Delete this mail')}
      >
        <Trash2 size={18} />
      </ActionIcon>
    </Tooltip>
  );
}

/** One mail. Opening it marks it as read on the server; the list learns of it. */
export function MailReader({ id, onClose }: { id: string; onClose: () => void }) {
  const client = useQueryClient();
  const editable = canEdit(useMe().workspace.role);
  const mail = useQuery({ ...query.inbox.get.queryOptions({ input: { id } }), staleTime: Infinity });
  const arrived = mail.data?.id;
  useEffect(() => {
    if (arrived) void client.invalidateQueries({ queryKey: query.inbox.list.key() });
  }, [arrived, client]);
  if (mail.isPending) return <Skeleton height={420} m="lg" width="auto" />;
  if (mail.isError) return <Failed failure={failureOf(mail.error)} onRetry={() => void mail.refetch()} />;
  return (
    <article className={classes.mail}>
      <header className={classes.mailHead}>
        <ActionIcon className={classes.back ?? ''} size={36} onClick={onClose} aria-label={t('Back to the list')}>
          <ArrowLeft size={18} />
        </ActionIcon>
        <Title order={2} className={classes.mailTitle ?? ''}>
          {mail.data.subject || t('(no subject)')}
        </Title>
        {editable ? <Remove id={id} onGone={onClose} /> : null}
      </header>
      <People mail={mail.data} when={t('Arrived')} at={mail.data.receivedAt} />
      <Attachments mail={mail.data} />
      <MailBody
        mail={mail.data}
        more={[
          { id: 'source', label: t('Source'), panel: <SourceView id={id} /> },
          { id: 'headers', label: t('Headers'), panel: <HeadersView headers={mail.data.headers} /> },
        ]}
      />
    </article>
  );
}
