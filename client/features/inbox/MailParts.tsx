import { Tabs, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { InboxMail } from '../../../shared/api/inbox.ts';
import { t } from '../../i18n/t.ts';
import { formatBytes, formatInstant } from '../../ui/format.ts';
import { MailFrame } from '../../ui/MailFrame.tsx';
import classes from './Inbox.module.css';

type Addressed = Pick<InboxMail, 'from' | 'to' | 'cc' | 'replyTo' | 'size'>;

/** Who wrote to whom, and since when the mail is here: `when` says in one word what came to pass at `at`. */
export function People({ mail, when, at }: { mail: Addressed; when: string; at: string }) {
  const rows = [
    [t('From'), mail.from],
    [t('To'), mail.to.join(', ')],
    [t('Cc'), mail.cc.join(', ')],
    [t('Reply to'), mail.replyTo ?? ''],
    [when, `${formatInstant(at)} · ${formatBytes(mail.size)}`],
  ].filter(([, value]) => value);
  return (
    <dl className={classes.people}>
      {rows.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** What the mail says, as its readers see it; `more` are further tabs. */
export function MailBody({
  mail,
  more = [],
}: {
  mail: Pick<InboxMail, 'subject' | 'html' | 'text'>;
  more?: readonly { id: string; label: string; panel: ReactNode }[];
}) {
  return (
    <Tabs defaultValue={mail.html === null ? 'text' : 'html'} keepMounted={false} className={classes.tabs ?? ''}>
      <Tabs.List>
        {mail.html === null ? null : <Tabs.Tab value="html">{t('HTML')}</Tabs.Tab>}
        <Tabs.Tab value="text">{t('Text')}</Tabs.Tab>
        {more.map(({ id, label }) => (
          <Tabs.Tab key={id} value={id}>
            {label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {mail.html === null ? null : (
        <Tabs.Panel value="html" className={classes.panel ?? ''}>
          <MailFrame html={mail.html} title={mail.subject} />
        </Tabs.Panel>
      )}
      <Tabs.Panel value="text" className={classes.panel ?? ''}>
        {mail.text ? (
          <pre className={classes.text}>{mail.text}</pre>
        ) : (
          <Text c="dimmed">{t('This mail has no text part.')}</Text>
        )}
      </Tabs.Panel>
      {more.map(({ id, panel }) => (
        <Tabs.Panel key={id} value={id} className={classes.panel ?? ''}>
          {panel}
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}
