import { Badge, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { query } from '../../api/client.ts';
import { failureOf } from '../../api/errors.ts';
import { t, translate } from '../../i18n/t.ts';
import { Panel } from '../../ui/Panel.tsx';
import { Failed } from '../../ui/States.tsx';
import classes from './Settings.module.css';

/** Which AI is set up, and how to set up the rest. Keys are given to the server by its environment, never through the browser. */
export function Providers() {
  const providers = useQuery(query.compose.providers.queryOptions());
  if (providers.isPending) return <Skeleton height={240} radius="lg" />;
  if (providers.isError)
    return <Failed failure={failureOf(providers.error)} onRetry={() => void providers.refetch()} />;
  return (
    <Panel title={t('AI providers')} text={t('Whoever runs the server sets them up in its environment.')} flush>
      {providers.data.items.map((provider) => (
        <div key={provider.id} className={classes.row}>
          <div className={classes.grow}>
            <div className={classes.strong}>
              {translate(provider.label)}{' '}
              {provider.id === providers.data.default ? <Badge ml={4}>{t('Default')}</Badge> : null}
            </div>
            <div className={classes.dim}>
              {provider.configured
                ? provider.model || t('No model, no key, no network: always there')
                : translate(provider.remedy ?? '')}
            </div>
          </div>
          <Badge color={provider.configured ? 'teal' : 'gray'}>
            {provider.configured ? t('Ready') : t('Not set up')}
          </Badge>
        </div>
      ))}
    </Panel>
  );
}
