import { getBezierPath } from '@xyflow/react';
import type { ConnectionLineComponentProps } from '@xyflow/react';
import { t } from '../i18n/t.ts';
import { useEditorStore } from '../stores/context.tsx';
import { connectionProblem } from '../stores/connections.ts';
import type { AnyNode } from './annotations/nodes.ts';

/** The line under the pointer. Over a place where it must not end it turns red and says why. */
export function ConnectionLine(props: ConnectionLineComponentProps<AnyNode>) {
  const store = useEditorStore();
  const { fromX, fromY, toX, toY, fromPosition, toPosition, fromHandle, fromNode, toHandle, toNode } = props;
  const [path] = getBezierPath({
    sourceX: fromX,
    sourceY: fromY,
    targetX: toX,
    targetY: toY,
    sourcePosition: fromPosition,
    targetPosition: toPosition,
    curvature: 0.25,
  });
  let reason: string | null = null;
  if (toHandle !== null && toNode !== null && fromHandle.id && toHandle.id) {
    const forward = fromHandle.type === 'source';
    const [from, to] = [
      { id: fromNode.id, port: fromHandle.id },
      { id: toNode.id, port: toHandle.id },
    ];
    const [source, target] = forward ? [from, to] : [to, from];
    reason =
      fromHandle.type === toHandle.type
        ? forward
          ? t('An output does not lead to an output')
          : t('An input does not lead to an input')
        : connectionProblem(store.getState().graph, store.catalogue, {
            source: source.id,
            sourcePort: source.port,
            target: target.id,
            targetPort: target.port,
          });
  }
  return (
    <g className="mw-connection" data-invalid={reason !== null || undefined}>
      <path d={path} fill="none" />
      {reason === null ? null : (
        <foreignObject x={toX + 14} y={toY - 12} width={280} height={28}>
          <span className="mw-connection-reason">{reason}</span>
        </foreignObject>
      )}
    </g>
  );
}
