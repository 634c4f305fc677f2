import { Handle, Position } from '@xyflow/react';
import type { NodeProps } from '@xyflow/react';
import { Plus } from 'lucide-react';
import { memo } from 'react';
import { useStore } from 'zustand';
import { containerInset, nodeSize } from '../../shared/workflow/geometry.ts';
import { rich } from '../i18n/rich.tsx';
import { t } from '../i18n/t.ts';
import { NodeIcon } from '../nodes/icons.ts';
import { useEditor, useRun } from '../stores/context.tsx';
import { useCanvas } from './context.ts';
import { looksSame } from './canvasNodes.ts';
import type { CanvasNode, StepData } from './canvasNodes.ts';
import { innerHandle } from './geometry.ts';
import { SecondLine, Title, Toolbar } from './StepNode.tsx';
import { useStepLook } from './stepLook.ts';
import { StepStatus } from './StepStatus.tsx';

/**
 * A step that others stand in: its own title on top, and a ground that is as large as they need. The ground lets the pointer through to the
 * canvas; only the title, the handles and the offer to add a step take it.
 */
export const ContainerNode = memo(function ContainerNode({ id, data, selected }: NodeProps<CanvasNode>) {
  const { node, definition, container } = data;
  const over = useStore(useCanvas().dropping, (state) => state.over === id);
  const { far, problem, hovered, hover, attributes } = useStepLook(id, data, selected);
  const style = { ...attributes.style, width: container?.width, height: container?.height };
  return (
    <div {...attributes} className="mw-step mw-container" style={style} data-over={over || undefined}>
      <div className="mw-container-head" {...hover}>
        {far ? null : (
          <>
            <span className="mw-step-tile">
              <NodeIcon name={definition?.icon} group={definition?.group} size={19} strokeWidth={1.9} />
            </span>
            <span className="mw-step-words">
              <Title id={id} title={node.title} />
              <SecondLine id={id} data={data} />
            </span>
            <StepStatus id={id} problem={problem} label={data.label} />
            {hovered || selected ? <Toolbar id={id} visible={hovered} runs={node.pinned === undefined} /> : null}
          </>
        )}
      </div>
      {far ? null : <Progress id={id} />}
      <div className="mw-container-ground">{container?.empty && !far ? <FirstStep id={id} data={data} /> : null}</div>
      <Handles data={data} far={far} />
    </div>
  );
}, looksSame);

/** How far a loop is, as a thin line under the title. */
function Progress({ id }: { id: string }) {
  const loop = useRun((state) => state.steps[id]?.loop);
  const status = useRun((state) => state.steps[id]?.status);
  if (loop === undefined || loop.count === 0) return null;
  const share = (loop.done + loop.failed) / loop.count;
  return (
    <div
      className="mw-container-progress"
      role="progressbar"
      aria-label={t('Items')}
      aria-valuemin={0}
      aria-valuemax={loop.count}
      aria-valuenow={loop.done + loop.failed}
      data-failed={status === 'failed' || undefined}
      data-done={status === 'done' || undefined}
    >
      <span style={{ width: `${share * 100}%` }} />
    </div>
  );
}

/** An empty container says what it is for. */
function FirstStep({ id, data }: { id: string; data: StepData }) {
  const { actions } = useCanvas();
  const readOnly = useEditor((state) => state.readOnly);
  const { left, top } = containerInset[data.direction];
  const place = { left, top: top - nodeSize.height, width: nodeSize.width, height: nodeSize.height };
  if (actions === null || readOnly) {
    return (
      <span className="mw-container-empty" style={place}>
        {t('Nothing inside')}
      </span>
    );
  }
  return (
    <button
      type="button"
      className="mw-container-empty nodrag nopan"
      style={place}
      onClick={(event) => {
        const box = event.currentTarget.getBoundingClientRect();
        actions.pickInside(id, { x: box.left, y: box.top });
      }}
    >
      {rich('{plus} Add a step to run for each item', { plus: <Plus size={15} aria-hidden="true" /> })}
    </button>
  );
}

/** As `containerHandles` says; here the ring hangs by its edge. */
const innerPlace = {
  down: { top: innerHandle.down.y - 12, bottom: 'auto' },
  right: { top: innerHandle.right.y - 1, left: innerHandle.right.x - 12, right: 'auto' },
} as const;

function Handles({ data, far }: { data: StepData; far: boolean }) {
  const { definition, direction, ports } = data;
  const down = direction === 'down';
  const connected = new Set(data.connected.split(','));
  return (
    <>
      {definition?.ports.in.map((port) => (
        <Handle
          key={port.id}
          id={port.id}
          type="target"
          className="mw-handle"
          position={down ? Position.Top : Position.Left}
          style={down ? undefined : { top: nodeSize.height / 2 }}
        />
      ))}
      {ports
        .filter((port) => port.id !== 'error')
        .map((port) => (
          <Handle
            key={port.id}
            id={port.id}
            type="source"
            className="mw-handle"
            data-inner={port.inner || undefined}
            position={down ? Position.Bottom : Position.Right}
            style={port.inner ? innerPlace[direction] : down ? undefined : { top: nodeSize.height / 2 }}
          >
            {!far && !connected.has(port.id) ? <span className="mw-port-label">{port.label || port.id}</span> : null}
          </Handle>
        ))}
      <Handle
        id="error"
        type="source"
        className="mw-handle mw-handle-error"
        data-used={connected.has('error') || undefined}
        position={down ? Position.Right : Position.Bottom}
        style={down ? { top: nodeSize.height / 2 } : undefined}
        title={t('When it fails')}
      />
    </>
  );
}
