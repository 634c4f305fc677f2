import { UnstyledButton } from '@mantine/core';
import { Paperclip } from 'lucide-react';
import type { InboxItem } from '../../../shared/api/inbox.ts';
import { t } from '../../i18n/t.ts';
import { Ago } from '../../ui/Ago.tsx';
import { nameOf } from './address.ts';
import classes from './Inbox.module.css';

export function MailRow({ mail, open, onOpen }: { mail: InboxItem; open: boolean; onOpen: () => void }) {
  return (
    <UnstyledButton
      className={classes.row ?? ''}
      data-open={open}
      data-unread={!mail.read}
      aria-current={open}
      onClick={onOpen}
    >
      <span className={classes.rowTop}>
        <span className={classes.to}>{t('To {names}', { names: mail.to.map(nameOf).join(', ') })}</span>
        <span className={classes.when}>
          <Ago at={mail.receivedAt} />
        </span>
      </span>
      <span className={classes.subject}>
        {mail.read ? null : <span className={classes.dot} role="img" aria-label={t('new')} />}
        <span className={classes.subjectText}>{mail.subject || t('(no subject)')}</span>
        {mail.hasAttachments ? <Paperclip size={14} aria-label={t('with attachments')} /> : null}
      </span>
      <span className={classes.snippet}>{mail.snippet}</span>
    </UnstyledButton>
  );
}
