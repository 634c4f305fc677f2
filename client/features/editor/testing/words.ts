import type { WorkflowGraph } from '../../../../shared/workflow/graph.ts';
import type { DataSource, Section } from '../../../../shared/workflow/run.ts';
import { t } from '../../../i18n/t.ts';

/** Where the output of a step that was not done comes from. */
export function sourceInWords(source: DataSource): string {
  switch (source) {
    case 'pin':
      return t('pinned');
    case 'run':
      return t('from the earlier run');
    case 'settings':
      return t('worked out from its settings');
    case 'sample':
      return t('an example');
    case 'given':
      return t('as given');
  }
}

const mostNamed = 4;

/** “With “Start”: from the earlier run; “Call”: an example.” Empty where nothing stands before the part. */
export function standsOnInWords({ sources }: Pick<Section, 'sources'>, graph: Pick<WorkflowGraph, 'nodes'>): string {
  const titles = new Map(graph.nodes.map(({ id, title }) => [id, title]));
  const bySource = Map.groupBy(Object.entries(sources), ([, source]) => source);
  const parts = [...bySource].map(([source, steps]) => {
    const named = steps.slice(0, mostNamed).map(([id]) => `“${titles.get(id) ?? id}”`);
    const more = steps.length > mostNamed ? t(' and {n} more', { n: steps.length - mostNamed }) : '';
    return `${named.join(', ')}${more}: ${sourceInWords(source)}`;
  });
  return parts.length === 0 ? '' : t('Runs with {what}.', { what: parts.join('; ') });
}
