import { lazy, Suspense, useState } from 'react';
import { StoredPayload } from '../../../../shared/engine/payloads.ts';
import { plural, t } from '../../../i18n/t.ts';
import { joinPath, scalarText } from '../../../nodes/expression/scope.ts';
import { dragged } from './dragging.ts';
import { FieldActions } from './FieldActions.tsx';
import { binaryIn, mostChars, shownChars } from './shorten.ts';
import { binaryInWords } from './words.ts';

const mostChildren = 200;

const LargeValue = lazy(async () => ({ default: (await import('./LargeValue.tsx')).LargeValue }));

interface TreeProps {
  value: unknown;
  path?: string | undefined;
  /** Its fields are not dragged. */
  fixed?: boolean | undefined;
  onInsert?: ((path: string) => void) | undefined;
}

/** Data as a tree that opens. Each field can be dragged into a setting, put into the one that was used last, or copied. */
export function DataTree({ value, path, fixed, onInsert }: TreeProps) {
  return (
    <div className="mw-tree">
      <Branch name={null} value={value} depth={0} path={path} fixed={fixed} onInsert={onInsert} />
    </div>
  );
}

interface FieldProps extends TreeProps {
  name: string | null;
  depth: number;
}

function Branch({ name, value, depth, path, fixed, onInsert }: FieldProps) {
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
    return <Leaf name={name} value={value} depth={depth} path={path} fixed={fixed} onInsert={onInsert} />;
  const entries = Object.entries(value);
  const isList = Array.isArray(value);
  if (name === null) {
    return entries.length === 0 ? (
      <span className="mw-tree-dim">{isList ? t('an empty list') : t('nothing in it')}</span>
    ) : (
      <Children entries={entries} isList={isList} depth={depth} path={path} fixed={fixed} onInsert={onInsert} />
    );
  }
  return (
    <details open={depth < 3 && entries.length <= 30}>
      <summary {...(fixed ? {} : dragged(path))}>
        <span className="mw-tree-name">{name}</span>{' '}
        <span className="mw-tree-dim">
          {isList ? t('list of {n}', { n: entries.length }) : plural(entries.length, '{n} field', '{n} fields')}
        </span>
        <FieldActions path={path} value={value} onInsert={onInsert} />
      </summary>
      <Children entries={entries} isList={isList} depth={depth + 1} path={path} fixed={fixed} onInsert={onInsert} />
    </details>
  );
}

function Children({
  entries,
  isList,
  depth,
  path,
  fixed,
  onInsert,
}: Omit<TreeProps, 'value'> & { entries: readonly (readonly [string, unknown])[]; isList: boolean; depth: number }) {
  const [most, setMost] = useState(mostChildren);
  const pathOf = (key: string) => (path === undefined ? undefined : isList ? `${path}[${key}]` : joinPath(path, key));
  return (
    <div className="mw-tree-children">
      {entries.slice(0, most).map(([key, inner]) => (
        <Branch key={key} name={key} value={inner} depth={depth} path={pathOf(key)} fixed={fixed} onInsert={onInsert} />
      ))}
      {entries.length > most ? (
        <button type="button" className="mw-tree-more" onClick={() => setMost(most + mostChildren)}>
          {t('Show more of the {n} left', { n: entries.length - most })}
        </button>
      ) : null}
    </div>
  );
}

function Leaf({ name, value, path, fixed, onInsert }: FieldProps) {
  return (
    <div className="mw-tree-leaf" {...(fixed ? {} : dragged(path))}>
      {name === null ? null : <span className="mw-tree-name">{name}</span>}
      <span className="mw-tree-value" data-type={value === null ? 'null' : typeof value}>
        <Value text={value === undefined ? t('nothing') : scalarText(value)} />
      </span>
      <FieldActions path={path} value={value} onInsert={onInsert} />
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
