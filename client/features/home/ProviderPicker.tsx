import { Button, Menu, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Check, ChevronDown, Sparkles } from 'lucide-react';
import type { ProviderId } from '../../../shared/nodes/contract.ts';
import { query } from '../../api/client.ts';
import { t, translate } from '../../i18n/t.ts';

export type ProviderChoice = ProviderId | 'auto';

/** Which AI makes the workflow. What is not set up is shown with the way to set it up. */
export function ProviderPicker({
  value,
  onChange,
}: {
  value: ProviderChoice;
  onChange: (value: ProviderChoice) => void;
}) {
  const { data } = useQuery({ ...query.compose.providers.queryOptions(), staleTime: 60_000 });
  const items = data?.items ?? [];
  const current = items.find((item) => item.id === (value === 'auto' ? data?.default : value));
  const check = (id: ProviderChoice) => (id === value ? <Check size={15} aria-label={t('chosen')} /> : null);
  return (
    <Menu position="bottom-start" width={300}>
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          size="xs"
          radius="xl"
          leftSection={<Sparkles size={14} />}
          rightSection={<ChevronDown size={14} />}
        >
          {translate(current?.label ?? 'AI')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => onChange('auto')} rightSection={check('auto')}>
          {t('Best available')}
          <Text size="xs" c="dimmed">
            {t('Now {label}', { label: translate(items.find((item) => item.id === data?.default)?.label ?? '–') })}
          </Text>
        </Menu.Item>
        {items.map((item) => (
          <Menu.Item
            key={item.id}
            disabled={!item.configured}
            onClick={() => onChange(item.id)}
            rightSection={check(item.id)}
          >
            {translate(item.label)}
            <Text size="xs" c="dimmed">
              {item.configured ? item.model || t('Works without a key') : translate(item.remedy ?? 'Not set up')}
            </Text>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
