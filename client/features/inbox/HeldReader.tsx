import { ActionIcon, Button, Skeleton, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ArrowLeft, MailCheck } from 'lucide-react';
import { Link } from 'react-router';
import { query } from '../../api/client.ts';
import { failureOf } from '../../api/errors.ts';
import { t } from '../../i18n/t.ts';
import { Empty, Failed } from '../../ui/States.tsx';
import { HeldTag } from './HeldList.tsx';
import classes from './Inbox.module.css';
import { MailBody, People } from './MailParts.tsx';

function OpenRun({ id }: { id: string }) {
  return (
    <Button component={Link} to={`/runs/${id}`} variant="default" size="xs">
      {t('Open the run')}
    </Button>
  );
}

/** One mail that waits for its run, as it will go out. It may be sent or discarded while somebody reads it. */
export function HeldReader({ id, onClose }: { id: string; onClose: () => void }) {
  const mail = useQuery(query.inbox.heldMail.queryOptions({ input: { id } }));
  const back = (
    <ActionIcon className={classes.back ?? ''} size={36} onClick={onClose} aria-label={t('Back to the list')}>
      <ArrowLeft size={18} />
    </ActionIcon>
  );
  if (mail.isPending) return <Skeleton height={420} m="lg" width="auto" />;
  if (mail.isError) {
    const failure = failureOf(mail.error);
    return (
      <article className={classes.mail}>
        {back}
        {failure.code === 'not_found' ? (
          <Empty
            icon={MailCheck}
            title={t('Not held any more')}
            text={t('This mail has been sent or discarded. Its run says which.')}
            action={mail.data ? <OpenRun id={mail.data.runId} /> : null}
          />
        ) : (
          <Failed failure={failure} onRetry={() => void mail.refetch()} />
        )}
      </article>
    );
  }
  return (
    <article className={classes.mail}>
      <header className={classes.mailHead}>
        {back}
        <Title order={2} className={classes.mailTitle ?? ''}>
          {mail.data.subject || t('(no subject)')}
        </Title>
      </header>
      <div className={classes.heldNote}>
        <HeldTag />
        <span>
          {t('“{workflow}” sends this mail when its run has succeeded, and discards it when not.', {
            workflow: mail.data.workflowName,
          })}
        </span>
        <OpenRun id={mail.data.runId} />
      </div>
      <People mail={mail.data} when={t('Written')} at={mail.data.heldAt} />
      <MailBody mail={mail.data} />
    </article>
  );
}
