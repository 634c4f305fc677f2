import { Braces, Copy, TextCursorInput } from 'lucide-react';
import type { ReactNode } from 'react';
import { withHeads } from '../../../../shared/engine/payloads.ts';
import { t } from '../../../i18n/t.ts';
import { scalarText } from '../../../nodes/expression/scope.ts';
import { announce } from '../../../ui/announce.ts';

interface FieldActionsProps {
  path: string | undefined;
  value: unknown;
  onInsert?: ((path: string) => void) | undefined;
}

/** What can be done with a field of data: put it into a setting, copy its path or its value. Shown on hover and focus. */
export function FieldActions({ path, value, onInsert }: FieldActionsProps) {
  if (path === undefined) return null;
  const copy = (text: string, said: string) => void navigator.clipboard.writeText(text).then(() => announce(said));
  return (
    <span className="mw-tree-actions">
      {onInsert === undefined ? null : <InsertField path={path} onInsert={onInsert} />}
      <Action label={t('Copy the path {path}', { path })} run={() => copy(`{{ ${path} }}`, t('Path copied'))}>
        <Braces size={14} aria-hidden="true" />
      </Action>
      <Action
        label={t('Copy the value of {path}', { path })}
        run={() =>
          copy(
            typeof value === 'object' ? JSON.stringify(withHeads(value), null, 2) : scalarText(value),
            t('Value copied'),
          )
        }
      >
        <Copy size={14} aria-hidden="true" />
      </Action>
    </span>
  );
}

export function InsertField({ path, onInsert }: { path: string; onInsert: (path: string) => void }) {
  return (
    <Action label={t('Insert {path}', { path })} run={() => onInsert(path)}>
      <TextCursorInput size={14} aria-hidden="true" />
    </Action>
  );
}

function Action({ label, run, children }: { label: string; run: () => void; children: ReactNode }) {
  return (
    <button
      type="button"
      title={label}
      aria-label={label}
      onClick={(event) => {
        // In the summary of a branch a click would open or close it.
        event.preventDefault();
        run();
      }}
    >
      {children}
    </button>
  );
}
