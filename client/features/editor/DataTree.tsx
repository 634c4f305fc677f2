import { ActionIcon, Group, SegmentedControl, Text, Tooltip } from '@mantine/core';
import { Check, Copy } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { StoredPayload, withHeads } from '../../../shared/engine/payloads.ts';
import { t } from '../../i18n/t.ts';
import { scalarText } from '../../nodes/expression/scope.ts';

const mostChildren = 200;

const LargeValue = lazy(async () => ({ default: (await import('./LargeValue.tsx')).LargeValue }));

/** Data to look through: as a tree that opens, or as JSON to copy. */
export function DataTree({ value, note }: { value: unknown; note?: string }) {
  const [view, setView] = useState<'tree' | 'json'>('tree');
  const [copied, setCopied] = useState(false);
  const json = JSON.stringify(withHeads(value), null, 2) ?? '';
  return (
    <div>
      <Group justify="space-between" mb={10} gap={8} wrap="nowrap">
        <SegmentedControl
          size="xs"
          aria-label={t('How data is shown')}
          value={view}
          onChange={(next) => setView(next === 'json' ? 'json' : 'tree')}
          data={[
            { value: 'tree', label: t('Tree') },
            { value: 'json', label: t('JSON') },
          ]}
        />
        <Tooltip label={t('Copy as JSON')}>
          <ActionIcon
            aria-label={t('Copy as JSON')}
            onClick={() => {
              void navigator.clipboard.writeText(json).then(() => {
                setCopied(true);
                setTimeout(() => setCopied(false), 1_500);
              });
            }}
          >
            {copied ? <Check size={16} /> : <Copy size={16} />}
          </ActionIcon>
        </Tooltip>
      </Group>
      {note === undefined ? null : (
        <Text size="xs" c="dimmed" mb={8}>
          {note}
        </Text>
      )}
      {view === 'json' ? (
        <pre className="mw-json" tabIndex={0}>
          {json.slice(0, 100_000)}
        </pre>
      ) : (
        <div className="mw-tree">{<Branch name={null} value={value} depth={0} />}</div>
      )}
    </div>
  );
}

function Branch({ name, value, depth }: { name: string | null; value: unknown; depth: number }) {
  if (value instanceof StoredPayload)
    return (
      <div className="mw-tree-leaf">
        {name === null ? null : <span className="mw-tree-name">{name}</span>}
        <Suspense fallback={<span className="mw-tree-dim">…</span>}>
          <LargeValue payload={value} />
        </Suspense>
      </div>
    );
  if (typeof value !== 'object' || value === null) return <Leaf name={name} value={value} />;
  const entries = Object.entries(value);
  const kind = Array.isArray(value)
    ? t('list of {n}', { n: entries.length })
    : `${entries.length} ${entries.length === 1 ? 'field' : 'fields'}`;
  if (name === null) {
    return entries.length === 0 ? (
      <span className="mw-tree-dim">{Array.isArray(value) ? t('an empty list') : t('nothing in it')}</span>
    ) : (
      <Children entries={entries} depth={depth} />
    );
  }
  return (
    <details open={depth < 3 && entries.length <= 30}>
      <summary>
        <span className="mw-tree-name">{name}</span> <span className="mw-tree-dim">{kind}</span>
      </summary>
      <Children entries={entries} depth={depth + 1} />
    </details>
  );
}

function Children({ entries, depth }: { entries: readonly (readonly [string, unknown])[]; depth: number }) {
  return (
    <div className="mw-tree-children">
      {entries.slice(0, mostChildren).map(([key, inner]) => (
        <Branch key={key} name={key} value={inner} depth={depth} />
      ))}
      {entries.length > mostChildren ? (
        <span className="mw-tree-dim">{t('and {n} more', { n: entries.length - mostChildren })}</span>
      ) : null}
    </div>
  );
}

function Leaf({ name, value }: { name: string | null; value: unknown }) {
  const text = value === undefined ? 'nothing' : scalarText(value);
  return (
    <div className="mw-tree-leaf">
      {name === null ? null : <span className="mw-tree-name">{name}</span>}
      <span className="mw-tree-value" data-type={value === null ? 'null' : typeof value}>
        {text === '' ? <em>{t('empty')}</em> : text.slice(0, 4_000)}
      </span>
    </div>
  );
}
