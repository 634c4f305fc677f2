import { Badge, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { ConnectionId, ConnectionProblem } from '../../../shared/api/connections.ts';
import { query } from '../../api/client.ts';
import { failureOf } from '../../api/errors.ts';
import { canEdit, useMe } from '../../api/session.ts';
import { t, translate } from '../../i18n/t.ts';
import { Panel } from '../../ui/Panel.tsx';
import { Failed } from '../../ui/States.tsx';
import classes from './Settings.module.css';
import { TryConnection } from './TryConnection.tsx';

/** One service: what it is, how it stands, and a way to try it. `id` is null for what cannot break. */
function Service({
  id,
  label,
  mark,
  text,
  ready,
  problem,
}: {
  id: ConnectionId | null;
  label: string;
  mark?: ReactNode;
  text: string;
  ready: boolean;
  problem: ConnectionProblem | undefined;
}) {
  const editable = canEdit(useMe().workspace.role);
  const failing = problem?.state === 'failing';
  return (
    <div className={classes.row}>
      <div className={classes.grow}>
        <div className={classes.strong}>
          {label} {mark}
        </div>
        <div className={classes.dim}>{failing ? translate(problem.message) : text}</div>
      </div>
      <div className={classes.standing}>
        <Badge color={failing ? 'red' : ready ? 'teal' : 'gray'}>
          {failing ? t('Not working') : ready ? t('Ready') : t('Not set up')}
        </Badge>
        {ready && editable && id !== null ? <TryConnection id={id} label={label} /> : null}
      </div>
    </div>
  );
}

/**
 * Which AI is set up, how to set up the rest, and whether mail goes out. Keys are given to the server by its environment, never through the
 * browser.
 */
export function Providers() {
  const providers = useQuery(query.compose.providers.queryOptions());
  const problems = useQuery(query.connections.problems.queryOptions()).data?.items ?? [];
  if (providers.isPending) return <Skeleton height={240} radius="lg" />;
  if (providers.isError)
    return <Failed failure={failureOf(providers.error)} onRetry={() => void providers.refetch()} />;
  const problemOf = (id: string) => problems.find((problem) => problem.id === id);
  return (
    <>
      <Panel title={t('AI providers')} text={t('Whoever runs the server sets them up in its environment.')} flush>
        {providers.data.items.map(({ id, label, configured, model, remedy }) => (
          <Service
            key={id}
            id={id === 'builtin' ? null : id}
            label={translate(label)}
            mark={id === providers.data.default ? <Badge ml={4}>{t('Default')}</Badge> : null}
            text={configured ? model || t('No model, no key, no network: always there') : translate(remedy ?? '')}
            ready={configured}
            problem={problemOf(id)}
          />
        ))}
      </Panel>
      <Panel title={t('Mail')} text={t('All mail of this server takes one way out.')} flush>
        <Service
          id="mail"
          label={t('Mail server')}
          text={t('SMTP_URL names it; without one, mails stay in the Inbox.')}
          ready
          problem={problemOf('mail')}
        />
      </Panel>
    </>
  );
}
