import { Skeleton, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { query } from '../../api/client.ts';
import { failureOf } from '../../api/errors.ts';
import { useRefreshOnRuns } from '../../api/liveRuns.ts';
import { useMe } from '../../api/session.ts';
import { t } from '../../i18n/t.ts';
import { useNow } from '../../ui/clock.ts';
import { useDocumentTitle } from '../../ui/Page.tsx';
import { Failed } from '../../ui/States.tsx';
import { FirstSteps } from './FirstSteps.tsx';
import classes from './HomePage.module.css';
import { Overview } from './Overview.tsx';
import { PromptBox } from './PromptBox.tsx';

function greeting(hour: number): string {
  if (hour < 5) return t('Good evening');
  if (hour < 12) return t('Good morning');
  return hour < 18 ? t('Good afternoon') : t('Good evening');
}

function Below() {
  const workflows = useQuery(query.workflows.list.queryOptions({ input: { limit: 5 } }));
  if (workflows.isPending) return <Skeleton height={280} radius="lg" />;
  if (workflows.isError)
    return <Failed failure={failureOf(workflows.error)} onRetry={() => void workflows.refetch()} />;
  return workflows.data.items.length === 0 ? <FirstSteps /> : <Overview workflows={workflows.data.items} />;
}

export default function HomePage() {
  const me = useMe();
  useDocumentTitle(t('Home'));
  useRefreshOnRuns();
  const now = useNow();
  const name = me.user.name.trim().split(/\s+/)[0] ?? '';
  return (
    <div className={classes.page}>
      <section className={classes.hero}>
        <p className={classes.hello}>
          {greeting(new Date(now).getHours())}
          {name ? `, ${name}` : ''}
        </p>
        <Title order={1} className={classes.question ?? ''}>
          {t('What should happen?')}
        </Title>
        <PromptBox />
      </section>
      <Below />
    </div>
  );
}
