import { BaseEdge, EdgeLabelRenderer, useStore as useFlow } from '@xyflow/react';
import type { EdgeProps } from '@xyflow/react';
import { Plus, Trash2 } from 'lucide-react';
import { memo, useRef, useState } from 'react';
import { plural, t } from '../i18n/t.ts';
import { useEditor, useRun } from '../stores/context.tsx';
import type { CanvasEdge } from './canvasEdges.ts';
import { useCanvas } from './context.ts';
import { flowOf, itemsAlong } from './flow.ts';
import { farZoom } from './geometry.ts';
import { edgePath } from './path.ts';

/** A connection: curved, with its branch as a chip; pointed at, it offers to put a step in between or to go. */
export const StepEdge = memo(function StepEdge(props: EdgeProps<CanvasEdge>) {
  const { id, source, target, sourceHandleId, selected, data } = props;
  const of = data?.of;
  const [from, to] = [of?.source ?? source, of?.target ?? target];
  const way = { port: of?.sourcePort ?? sourceHandleId ?? 'out', inner: data?.inner === true };
  const flow = useRun((state) => flowOf(state.status, state.steps[from], state.steps[to]?.status, way));
  const items = useRun((state) => (state.status === null ? undefined : itemsAlong(state.steps[from], way)));
  const far = useFlow((state) => state.transform[2] < farZoom);
  const mark = useEditor((state) => state.review?.edgeMarks.get(id));
  const readOnly = useEditor((state) => state.readOnly);
  const hover = useHover();
  const [path, x, y] = edgePath(props, data?.direction ?? 'down');
  const alone = useEditor((state) => state.selectedEdges.size === 1 && state.selected.size === 0);
  const active = (hover.on || (selected === true && alone)) && !readOnly && of === undefined;
  const branch = data?.label ?? '';
  const label =
    items === undefined ? branch : [branch, plural(items, '{n} item', '{n} items')].filter(Boolean).join(' · ');
  const isError = sourceHandleId === 'error';
  return (
    <g onMouseEnter={hover.enter} onMouseLeave={hover.leave}>
      <BaseEdge
        id={id}
        path={path}
        interactionWidth={26}
        className="mw-edge"
        data-flow={flow}
        data-active={active || selected || undefined}
        data-error={isError || undefined}
        data-mark={mark}
      />
      {flow === 'running' ? <path d={path} className="mw-edge-run" fill="none" /> : null}
      {!far && (label !== '' || active) ? (
        <EdgeLabelRenderer>
          {label !== '' ? <Label text={label} error={isError} props={props} /> : null}
          {active ? <Tools id={id} x={x} y={y} hover={hover} /> : null}
        </EdgeLabelRenderer>
      ) : null}
    </g>
  );
});

type StepEdgeProps = EdgeProps<CanvasEdge>;

/** Points stay "on" for a moment, so that the way from the line to its buttons does not lose them. */
function useHover() {
  const [on, setOn] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const enter = () => {
    clearTimeout(timer.current);
    setOn(true);
  };
  const leave = () => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setOn(false), 180);
  };
  return { on, enter, leave };
}

/** The chip stands near the start of the line, where the branch is decided. */
function Label({ text, error, props }: { text: string; error: boolean; props: StepEdgeProps }) {
  const down = props.data?.direction !== 'right';
  const inner = props.data?.inner === true;
  // Inside of a container that flows right there is no room beside the handle; in one that flows down, the buttons of a step are on the right.
  const above = !down && inner;
  const beside = down && inner && !error;
  const x = (down && !error) || above ? props.sourceX - (beside ? 8 : 0) : props.sourceX + 26;
  const y = down && !error ? props.sourceY + 18 : props.sourceY + (above ? -16 : error && !down ? 18 : 0);
  return (
    <span
      className="mw-edge-label"
      data-error={error || undefined}
      style={{ transform: `translate(${beside ? -100 : -50}%, -50%) translate(${x}px, ${y}px)` }}
    >
      {text}
    </span>
  );
}

function Tools({ id, x, y, hover }: { id: string; x: number; y: number; hover: ReturnType<typeof useHover> }) {
  const { actions } = useCanvas();
  if (actions === null) return null;
  return (
    <div
      className="mw-edge-tools nodrag nopan"
      style={{ transform: `translate(-50%, -50%) translate(${x}px, ${y}px)` }}
      onMouseEnter={hover.enter}
      onMouseLeave={hover.leave}
    >
      <button
        type="button"
        title={t('Put a step in between')}
        aria-label={t('Put a step in between')}
        onClick={(event) => {
          const box = event.currentTarget.getBoundingClientRect();
          actions.pickForEdge(id, { x: box.right + 8, y: box.top });
        }}
      >
        <Plus size={14} />
      </button>
      <button
        type="button"
        title={t('Remove the connection')}
        aria-label={t('Remove the connection')}
        data-danger
        onClick={() => actions.removeEdge(id)}
      >
        <Trash2 size={13} />
      </button>
    </div>
  );
}
