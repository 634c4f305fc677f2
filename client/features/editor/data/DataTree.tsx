import { Braces, Copy, TextCursorInput } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import type { DragEvent } from 'react';
import { StoredPayload, withHeads } from '../../../../shared/engine/payloads.ts';
import { plural, t } from '../../../i18n/t.ts';
import { pathType } from '../../../nodes/expression/insertion.ts';
import { joinPath, scalarText } from '../../../nodes/expression/scope.ts';
import { announce } from '../../../ui/announce.ts';
import { binaryIn, mostChars, shownChars } from './shorten.ts';
import { binaryInWords } from './words.ts';

const mostChildren = 200;

const LargeValue = lazy(async () => ({ default: (await import('./LargeValue.tsx')).LargeValue }));

interface TreeProps {
  value: unknown;
  path?: string | undefined;
  onInsert?: ((path: string) => void) | undefined;
}

/** Data as a tree that opens. Each field can be dragged into a setting, put into the one that was used last, or copied. */
export function DataTree({ value, path, onInsert }: TreeProps) {
  return (
    <div className="mw-tree">
      <Branch name={null} value={value} depth={0} path={path} onInsert={onInsert} />
    </div>
  );
}

interface FieldProps extends TreeProps {
  name: string | null;
  depth: number;
}

function Branch({ name, value, depth, path, onInsert }: FieldProps) {
  if (value instanceof StoredPayload)
    return (
      <div className="mw-tree-leaf">
        {name === null ? null : <span className="mw-tree-name">{name}</span>}
        <Suspense fallback={<span className="mw-tree-dim">…</span>}>
          <LargeValue payload={value} />
        </Suspense>
      </div>
    );
  if (typeof value !== 'object' || value === null)
    return <Leaf name={name} value={value} depth={depth} path={path} onInsert={onInsert} />;
  const entries = Object.entries(value);
  const isList = Array.isArray(value);
  if (name === null) {
    return entries.length === 0 ? (
      <span className="mw-tree-dim">{isList ? t('an empty list') : t('nothing in it')}</span>
    ) : (
      <Children entries={entries} isList={isList} depth={depth} path={path} onInsert={onInsert} />
    );
  }
  return (
    <details open={depth < 3 && entries.length <= 30}>
      <summary {...dragged(path)}>
        <span className="mw-tree-name">{name}</span>{' '}
        <span className="mw-tree-dim">
          {isList ? t('list of {n}', { n: entries.length }) : plural(entries.length, '{n} field', '{n} fields')}
        </span>
        <Actions path={path} value={value} onInsert={onInsert} />
      </summary>
      <Children entries={entries} isList={isList} depth={depth + 1} path={path} onInsert={onInsert} />
    </details>
  );
}

function Children({
  entries,
  isList,
  depth,
  path,
  onInsert,
}: Omit<TreeProps, 'value'> & { entries: readonly (readonly [string, unknown])[]; isList: boolean; depth: number }) {
  const [most, setMost] = useState(mostChildren);
  const pathOf = (key: string) => (path === undefined ? undefined : isList ? `${path}[${key}]` : joinPath(path, key));
  return (
    <div className="mw-tree-children">
      {entries.slice(0, most).map(([key, inner]) => (
        <Branch key={key} name={key} value={inner} depth={depth} path={pathOf(key)} onInsert={onInsert} />
      ))}
      {entries.length > most ? (
        <button type="button" className="mw-tree-more" onClick={() => setMost(most + mostChildren)}>
          {t('Show more of the {n} left', { n: entries.length - most })}
        </button>
      ) : null}
    </div>
  );
}

function Leaf({ name, value, path, onInsert }: FieldProps) {
  return (
    <div className="mw-tree-leaf" {...dragged(path)}>
      {name === null ? null : <span className="mw-tree-name">{name}</span>}
      <span className="mw-tree-value" data-type={value === null ? 'null' : typeof value}>
        <Value text={value === undefined ? t('nothing') : scalarText(value)} />
      </span>
      <Actions path={path} value={value} onInsert={onInsert} />
    </div>
  );
}

/** A text, cut where it is long; a file is described. */
function Value({ text }: { text: string }) {
  const [all, setAll] = useState(false);
  const binary = text.length > shownChars ? binaryIn(text) : null;
  if (text === '') return <em>{t('empty')}</em>;
  if (binary) return <em>{binaryInWords(binary)}</em>;
  if (text.length <= shownChars) return text;
  return (
    <>
      {all ? text.slice(0, mostChars) : `${text.slice(0, shownChars)}…`}{' '}
      <button type="button" className="mw-tree-more" aria-expanded={all} onClick={() => setAll(!all)}>
        {all ? t('Show less') : t('Show all {n} characters', { n: text.length })}
      </button>
    </>
  );
}

/** What can be done with a field: shown on hover and focus, and always there for the keyboard. */
function Actions({ path, value, onInsert }: TreeProps) {
  if (path === undefined) return null;
  const copy = (text: string, said: string) => void navigator.clipboard.writeText(text).then(() => announce(said));
  return (
    <span className="mw-tree-actions">
      {onInsert === undefined ? null : (
        <button
          type="button"
          title={t('Insert {path}', { path })}
          aria-label={t('Insert {path}', { path })}
          onClick={(event) => {
            event.preventDefault();
            onInsert(path);
          }}
        >
          <TextCursorInput size={14} aria-hidden="true" />
        </button>
      )}
      <button
        type="button"
        title={t('Copy the path {path}', { path })}
        aria-label={t('Copy the path {path}', { path })}
        onClick={(event) => {
          event.preventDefault();
          copy(`{{ ${path} }}`, t('Path copied'));
        }}
      >
        <Braces size={14} aria-hidden="true" />
      </button>
      <button
        type="button"
        title={t('Copy the value of {path}', { path })}
        aria-label={t('Copy the value of {path}', { path })}
        onClick={(event) => {
          event.preventDefault();
          copy(
            typeof value === 'object' ? JSON.stringify(withHeads(value), null, 2) : scalarText(value),
            t('Value copied'),
          );
        }}
      >
        <Copy size={14} aria-hidden="true" />
      </button>
    </span>
  );
}

/** Dropped on a setting it becomes an expression; elsewhere it is the text of one. */
function dragged(path: string | undefined) {
  if (path === undefined) return {};
  return {
    draggable: true,
    onDragStart: (event: DragEvent) => {
      event.stopPropagation();
      event.dataTransfer.setData(pathType, path);
      event.dataTransfer.setData('text/plain', `{{ ${path} }}`);
      event.dataTransfer.effectAllowed = 'copy';
    },
  };
}
