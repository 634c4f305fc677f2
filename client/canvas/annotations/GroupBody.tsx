import './annotations.css';
import type { NodeProps } from '@xyflow/react';
import { plural } from '../../i18n/t.ts';
import { useEditor } from '../../stores/context.tsx';
import { AnnotationToolbar } from './AnnotationToolbar.tsx';
import { FoldButton, GroupTitle } from './GroupParts.tsx';
import type { GroupNode } from './nodes.ts';

/** The frame around a group. Only its title takes the pointer; its ground belongs to the canvas. */
export function GroupBody({ id, data, selected, positionAbsoluteX: x, positionAbsoluteY: y }: NodeProps<GroupNode>) {
  const { group, width, height } = data;
  const readOnly = useEditor((state) => state.readOnly);
  const alone = useEditor((state) => state.selected.size === 1);
  return (
    <div className="mw-frame" data-color={group.color} data-selected={selected || undefined} style={{ width, height }}>
      <div className="mw-frame-head">
        <FoldButton group={group} />
        <GroupTitle id={id} title={group.title} />
        <span className="mw-frame-count">{plural(group.members.length, '{n} step', '{n} steps')}</span>
      </div>
      {selected && alone && !readOnly ? <AnnotationToolbar id={id} color={group.color} at={{ x, y }} /> : null}
    </div>
  );
}
