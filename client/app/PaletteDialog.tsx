import '@mantine/spotlight/styles.layer.css';
import { useDebouncedValue } from '@mantine/hooks';
import { Spotlight, spotlight } from '@mantine/spotlight';
import type { SpotlightActionGroupData } from '@mantine/spotlight';
import { useQuery } from '@tanstack/react-query';
import { CornerDownRight, Plus, Search, Workflow } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useNavigate } from 'react-router';
import { query } from '../api/client.ts';
import { t } from '../i18n/t.ts';
import { keyNames, useCommandList } from '../ui/hotkeys.ts';
import type { Command } from '../ui/hotkeys.ts';
import { navigation } from './navigation.ts';
import { palette } from './paletteState.ts';

function useWorkflowActions(search: string, go: (to: string) => void): SpotlightActionGroupData {
  const [debounced] = useDebouncedValue(search.trim(), 200);
  const found = useQuery({
    ...query.workflows.list.queryOptions({ input: { limit: 6, ...(debounced ? { search: debounced } : {}) } }),
    placeholderData: (previous) => previous,
  });
  return {
    group: t('Workflows'),
    actions: (found.data?.items ?? []).map((workflow) => ({
      id: `workflow.${workflow.id}`,
      label: workflow.name,
      description: workflow.active ? t('Live') : workflow.publishedVersion === null ? t('Draft') : t('Off'),
      leftSection: <Workflow size={18} />,
      onClick: () => go(`/workflows/${workflow.id}`),
    })),
  };
}

/** What of the one list of commands the palette offers. */
export function commandActions(all: readonly Command[]): SpotlightActionGroupData[] {
  const commands = all.filter((command) => command.palette !== false && command.enabled !== false);
  return [...Map.groupBy(commands, (command) => command.group)].map(([group, list]) => ({
    group,
    actions: list.map((command) => ({
      id: command.id,
      label: command.label,
      keywords: [...(command.keywords ?? [])],
      description: command.keys?.[0] ? keyNames(command.keys[0]).join(' ') : undefined,
      leftSection: <CornerDownRight size={18} />,
      onClick: () => command.run(),
    })),
  }));
}

/** The palette itself; it opens with its first appearance. */
export function PaletteDialog() {
  const navigate = useNavigate();
  const [search, setSearch] = useState('');
  const go = (to: string) => void navigate(to);
  useEffect(() => {
    spotlight.open();
    palette.setState({ toggle: () => spotlight.toggle() });
  }, []);
  const pages: SpotlightActionGroupData = {
    group: t('Go to'),
    actions: [
      ...navigation.map(({ to, label, icon: Icon }) => ({
        id: `page.${to}`,
        label,
        leftSection: <Icon size={18} />,
        onClick: () => go(to),
      })),
      {
        id: 'workflow.new',
        label: t('New workflow'),
        keywords: ['create', 'add'],
        leftSection: <Plus size={18} />,
        onClick: () => go('/workflows/new'),
      },
    ],
  };
  const actions = [...commandActions(useCommandList()), pages, useWorkflowActions(search, go)].toSorted(
    (a, b) => Number(a.group === 'Everywhere') - Number(b.group === 'Everywhere'),
  );
  return (
    <Spotlight
      actions={actions}
      query={search}
      onQueryChange={setSearch}
      shortcut={null}
      nothingFound={t('Nothing found')}
      highlightQuery
      scrollable
      maxHeight={420}
      limit={24}
      searchProps={{
        leftSection: <Search size={18} />,
        placeholder: t('Search or run a command…'),
        'aria-label': t('Search or run a command'),
      }}
    />
  );
}
