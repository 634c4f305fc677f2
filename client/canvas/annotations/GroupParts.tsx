import { ChevronDown, ChevronRight } from 'lucide-react';
import { annotationLimits } from '../../../shared/workflow/annotations.ts';
import type { Group } from '../../../shared/workflow/annotations.ts';
import { t } from '../../i18n/t.ts';
import { updateGroup } from '../../stores/annotation-edits.ts';
import { useEditor, useEditorStore } from '../../stores/context.tsx';
import { toggleFold } from '../../stores/folding.ts';

/** Collapses a group, or opens it. On a run it stays as the document has it. */
export function FoldButton({ group }: { group: Group }) {
  const store = useEditorStore();
  const readOnly = useEditor((state) => state.readOnly);
  if (readOnly) return null;
  const label = group.collapsed ? t('Open the group (C)') : t('Collapse the group (C)');
  return (
    <button
      type="button"
      className="mw-fold nodrag nopan"
      title={label}
      aria-label={label}
      aria-expanded={!group.collapsed}
      onClick={(event) => {
        event.stopPropagation();
        store
          .getState()
          .change(group.collapsed ? t('Open group') : t('Collapse group'), (graph) =>
            toggleFold(graph, new Set([group.id])),
          );
        store.getState().select([group.id]);
      }}
    >
      {group.collapsed ? <ChevronRight size={16} aria-hidden="true" /> : <ChevronDown size={16} aria-hidden="true" />}
    </button>
  );
}

export function GroupTitle({ id, title }: { id: string; title: string }) {
  const store = useEditorStore();
  const writing = useEditor((state) => state.renaming === id);
  if (!writing) return <span className="mw-frame-title">{title}</span>;
  const finish = (value: string) => {
    const { change, rename } = store.getState();
    rename(null);
    const next = value.trim().slice(0, annotationLimits.titleChars);
    if (next !== '' && next !== title) change(t('Rename group'), (graph) => updateGroup(graph, id, { title: next }));
  };
  return (
    <input
      className="mw-step-rename nodrag nopan nowheel"
      defaultValue={title}
      maxLength={annotationLimits.titleChars}
      aria-label={t('Title of the group')}
      autoFocus
      onFocus={(event) => event.currentTarget.select()}
      onBlur={(event) => finish(event.currentTarget.value)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Enter') finish(event.currentTarget.value);
        if (event.key === 'Escape') store.getState().rename(null);
      }}
    />
  );
}
