import './data.css';
import { ActionIcon, Group, SegmentedControl, Text } from '@mantine/core';
import { Check, Copy } from 'lucide-react';
import { useMemo, useState } from 'react';
import { withHeads } from '../../../../shared/engine/payloads.ts';
import { t } from '../../../i18n/t.ts';
import { joinPath } from '../../../nodes/expression/scope.ts';
import { DataTable } from './DataTable.tsx';
import { DataTree } from './DataTree.tsx';
import { dragged } from './dragging.ts';
import { jsonPieces, mostChars, shownChars, tableOf } from './shorten.ts';
import type { JsonPiece } from './shorten.ts';
import { describeText } from './words.ts';
import { Tooltip } from '../../../ui/Tooltip.tsx';

export interface DataViewProps {
  value: unknown;
  note?: string;
  /** How expressions name the value, such as `input`; absent: its fields cannot be named. */
  path?: string;
  /** No setting in reach could take its fields: they are named, but stay where they are. */
  fixed?: boolean;
  /** Puts a field into the setting that the person was in; absent: there is none to put it into. */
  onInsert?: ((path: string) => void) | undefined;
}

type View = 'tree' | 'table' | 'json';

/** Data to look through: as a tree that opens, as a table where it is a list, or as JSON. */
export function DataView({ value, note, path, fixed = false, onInsert }: DataViewProps) {
  const table = useMemo(() => tableOf(withHeads(value)), [value]);
  const [chosen, setChosen] = useState<View>('tree');
  const view = chosen === 'table' && table === null ? 'tree' : chosen;
  const rowsPath = path === undefined || table === null || table.path === null ? path : joinPath(path, table.path);
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
        <Json value={value} path={fixed ? undefined : path} />
      ) : view === 'table' && table !== null ? (
        <DataTable rows={table.rows} caption={table.path} path={rowsPath} fixed={fixed} onInsert={onInsert} />
      ) : (
        <DataTree value={value} path={path} fixed={fixed} onInsert={onInsert} />
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

/** JSON to read; its keys can be dragged into a setting. */
function Json({ value, path }: { value: unknown; path: string | undefined }) {
  const pieces = useMemo(
    () => jsonPieces(withHeads(value), (text) => describeText(text, shownChars), path),
    [value, path],
  );
  const { shown, all } = useMemo(() => firstOf(pieces, mostChars), [pieces]);
  return (
    <>
      <pre className="mw-json" tabIndex={0} aria-label="JSON">
        {shown.map((piece, index) =>
          piece.path === undefined ? (
            piece.text
          ) : (
            <span key={index} title={piece.path} {...dragged(piece.path)}>
              {piece.text}
            </span>
          ),
        )}
      </pre>
      {all > mostChars ? (
        <Text size="xs" c="dimmed">
          {t('The first {n} characters of {all}. Copy it to have all.', { n: mostChars, all })}
        </Text>
      ) : null}
    </>
  );
}

/** As many pieces as `most` characters are, the last one cut; and how many characters all of them are. */
function firstOf(pieces: readonly JsonPiece[], most: number): { shown: JsonPiece[]; all: number } {
  const shown: JsonPiece[] = [];
  let all = 0;
  for (const piece of pieces) {
    if (all < most) shown.push({ ...piece, text: piece.text.slice(0, most - all) });
    all += piece.text.length;
  }
  return { shown, all };
}
