import './annotations.css';
import { Handle, Position } from '@xyflow/react';
import type { NodeProps } from '@xyflow/react';
import { Layers } from 'lucide-react';
import type { StepStatus } from '../../../shared/workflow/run.ts';
import { plural, t } from '../../i18n/t.ts';
import { useEditor, useRun } from '../../stores/context.tsx';
import type { CanvasNode } from '../canvasNodes.ts';
import { StatusIcon, statusWords } from '../StepStatus.tsx';
import { AnnotationToolbar } from './AnnotationToolbar.tsx';
import { FoldButton, GroupTitle } from './GroupParts.tsx';

/** A collapsed group: one box with the title, how many steps are in it, and how they fare. */
export function FoldedBody({ id, data, selected, positionAbsoluteX: x, positionAbsoluteY: y }: NodeProps<CanvasNode>) {
  const { group, direction } = data;
  const members = group?.members ?? [];
  const readOnly = useEditor((state) => state.readOnly);
  const alone = useEditor((state) => state.selected.size === 1);
  const holds = useEditor((state) => state.opened !== null && members.includes(state.opened));
  const needs = useEditor((state) => members.some((one) => state.worst.get(one) === 'error'));
  const status = useRun((state) =>
    state.status === null ? undefined : worstOf(members.map((one) => state.steps[one]?.status ?? 'pending')),
  );
  if (group === undefined) return null;
  const down = direction === 'down';
  return (
    <div
      className="mw-folded"
      data-color={group.color}
      data-selected={selected || undefined}
      data-holds={holds || undefined}
      data-status={status}
    >
      <span className="mw-folded-tile">
        <Layers size={18} aria-hidden="true" />
      </span>
      <span className="mw-folded-words">
        <GroupTitle id={id} title={group.title} />
        <span className="mw-frame-count" data-tone={needs ? 'attention' : undefined}>
          {needs ? t('A step in it needs attention') : plural(members.length, '{n} step', '{n} steps')}
        </span>
      </span>
      {status === undefined ? null : (
        <span title={statusWords[status]}>
          <StatusIcon status={status} />
          <span className="mw-hidden">{statusWords[status]}</span>
        </span>
      )}
      <FoldButton group={group} />
      <Handle
        className="mw-handle"
        id="in"
        type="target"
        position={down ? Position.Top : Position.Left}
        isConnectable={false}
      />
      <Handle
        className="mw-handle"
        id="out"
        type="source"
        position={down ? Position.Bottom : Position.Right}
        isConnectable={false}
      />
      {selected && alone && !readOnly ? <AnnotationToolbar id={id} color={group.color} at={{ x, y }} /> : null}
    </div>
  );
}

/** What there is to see to comes first; all of them done is done. */
const order: readonly StepStatus[] = ['failed', 'uncertain', 'waiting', 'retrying', 'running'];

function worstOf(statuses: readonly StepStatus[]): StepStatus {
  const found = order.find((status) => statuses.includes(status));
  if (found !== undefined) return found;
  if (statuses.includes('pending')) return statuses.includes('done') ? 'running' : 'pending';
  return statuses.includes('done') ? 'done' : 'skipped';
}
