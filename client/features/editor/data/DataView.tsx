import './data.css';
import { ActionIcon, Group, SegmentedControl, Text, Tooltip } from '@mantine/core';
import { Check, Copy } from 'lucide-react';
import { useMemo, useState } from 'react';
import { withHeads } from '../../../../shared/engine/payloads.ts';
import { t } from '../../../i18n/t.ts';
import { DataTable } from './DataTable.tsx';
import { DataTree } from './DataTree.tsx';
import { mostChars, readableJson, shownChars, tableOf } from './shorten.ts';
import { describeText } from './words.ts';

export interface DataViewProps {
  value: unknown;
  note?: string;
  /** How expressions name the value, such as `input`; absent: its fields cannot be named. */
  path?: string;
  /** Puts a field into the setting that the person was in; absent: there is none to put it into. */
  onInsert?: ((path: string) => void) | undefined;
}

type View = 'tree' | 'table' | 'json';

/** Data to look through: as a tree that opens, as a table where it is a list, or as JSON. */
export function DataView({ value, note, path, onInsert }: DataViewProps) {
  const table = useMemo(() => tableOf(withHeads(value)), [value]);
  const [chosen, setChosen] = useState<View>('tree');
  const view = chosen === 'table' && table === null ? 'tree' : chosen;
  return (
    <div>
      <Group justify="space-between" mb={10} gap={8} wrap="nowrap">
        <SegmentedControl
          size="xs"
          aria-label={t('How data is shown')}
          value={view}
          onChange={(next) => setChosen(next as View)}
          data={[
            { value: 'tree', label: t('Tree') },
            ...(table === null ? [] : [{ value: 'table', label: t('Table') }]),
            { value: 'json', label: 'JSON' },
          ]}
        />
        <CopyJson value={value} />
      </Group>
      {note === undefined ? null : (
        <Text size="xs" c="dimmed" mb={8}>
          {note}
        </Text>
      )}
      {view === 'json' ? (
        <Json value={value} />
      ) : view === 'table' && table !== null ? (
        <DataTable {...table} />
      ) : (
        <DataTree value={value} path={path} onInsert={onInsert} />
      )}
    </div>
  );
}

function CopyJson({ value }: { value: unknown }) {
  const [copied, setCopied] = useState(false);
  return (
    <Tooltip label={t('Copy as JSON')}>
      <ActionIcon
        aria-label={t('Copy as JSON')}
        onClick={() => {
          void navigator.clipboard.writeText(JSON.stringify(withHeads(value), null, 2) ?? '').then(() => {
            setCopied(true);
            setTimeout(() => setCopied(false), 1_500);
          });
        }}
      >
        {copied ? <Check size={16} /> : <Copy size={16} />}
      </ActionIcon>
    </Tooltip>
  );
}

function Json({ value }: { value: unknown }) {
  const json = useMemo(() => readableJson(withHeads(value), (text) => describeText(text, shownChars)), [value]);
  return (
    <>
      <pre className="mw-json" tabIndex={0} aria-label="JSON">
        {json.slice(0, mostChars)}
      </pre>
      {json.length > mostChars ? (
        <Text size="xs" c="dimmed">
          {t('The first {n} characters of {all}. Copy it to have all.', {
            n: mostChars,
            all: json.length,
          })}
        </Text>
      ) : null}
    </>
  );
}
