import './annotations.css';
import type { NodeProps } from '@xyflow/react';
import { annotationLimits } from '../../../shared/workflow/annotations.ts';
import { plural, t } from '../../i18n/t.ts';
import { updateGroup } from '../../stores/annotation-edits.ts';
import { useEditor, useEditorStore } from '../../stores/context.tsx';
import { AnnotationToolbar } from './AnnotationToolbar.tsx';
import type { GroupNode } from './nodes.ts';

/** The frame around a group. Only its title takes the pointer; its ground belongs to the canvas. */
export function GroupBody({ id, data, selected, positionAbsoluteX: x, positionAbsoluteY: y }: NodeProps<GroupNode>) {
  const { group, width, height } = data;
  const readOnly = useEditor((state) => state.readOnly);
  const alone = useEditor((state) => state.selected.size === 1);
  return (
    <div className="mw-frame" data-color={group.color} data-selected={selected || undefined} style={{ width, height }}>
      <div className="mw-frame-head">
        <GroupTitle id={id} title={group.title} />
        <span className="mw-frame-count">{plural(group.members.length, '{n} step', '{n} steps')}</span>
      </div>
      {selected && alone && !readOnly ? <AnnotationToolbar id={id} color={group.color} at={{ x, y }} /> : null}
    </div>
  );
}

function GroupTitle({ id, title }: { id: string; title: string }) {
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
