import { Menu, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { query } from '../../../api/client.ts';
import { t, translate } from '../../../i18n/t.ts';
import type { ProviderChoice } from './PromptBar.tsx';

interface ProviderChoicesProps {
  provider: ProviderChoice;
  onProvider: (provider: ProviderChoice) => void;
  target: ReactNode;
}

/** The menu of providers, open from the start. `target` is the button that it hangs on. */
export function ProviderChoices({ provider, onProvider, target }: ProviderChoicesProps) {
  const providers = useQuery(query.compose.providers.queryOptions());
  const items = providers.data?.items ?? [];
  const standard = items.find((one) => one.id === providers.data?.default);
  return (
    <Menu position="top-start" width={280} defaultOpened>
      <Menu.Target>{target}</Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('Who does it')}</Menu.Label>
        <Menu.Item
          onClick={() => onProvider('auto')}
          rightSection={provider === 'auto' ? <Check size={15} aria-label={t('chosen')} /> : null}
        >
          {t('Automatic')}
          <Text size="xs" c="dimmed">
            {standard ? t('Now: {label}', { label: translate(standard.label) }) : t('The best that is set up')}
          </Text>
        </Menu.Item>
        {items.map((one) => (
          <Menu.Item
            key={one.id}
            disabled={!one.configured}
            onClick={() => onProvider(one.id)}
            rightSection={provider === one.id ? <Check size={15} aria-label={t('chosen')} /> : null}
          >
            {translate(one.label)}
            <Text size="xs" c="dimmed">
              {one.configured ? one.model : translate(one.remedy ?? 'Not set up')}
            </Text>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
