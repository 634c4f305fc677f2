import { useStore as useFlow } from '@xyflow/react';
import { useMemo, useState } from 'react';
import type { CSSProperties } from 'react';
import { useEditor, useRun } from '../stores/context.tsx';
import { groupColor } from '../ui/groups.ts';
import type { StepData } from './canvasNodes.ts';
import { useFitness } from './context.ts';
import { farZoom } from './geometry.ts';

/**
 * How a step or a container looks just now, as attributes that canvas.css draws. One selector per step: whatever changes during a run or
 * elsewhere in the document makes no other step render.
 */
export function useStepLook(id: string, { node, definition, direction }: StepData, selected: boolean | undefined) {
  const far = useFlow((state) => state.transform[2] < farZoom);
  const status = useRun((state) =>
    state.status === null || state.within?.has(id) === false ? '' : (state.steps[id]?.status ?? 'pending'),
  );
  const problem = useEditor((state) => state.worst.get(id) ?? '');
  const proposed = useEditor((state) => state.proposed.has(id));
  const mark = useEditor((state) => state.review?.marks.get(id));
  const fitness = useFitness(id);
  const [hovered, setHovered] = useState(false);
  const hover = useMemo(() => ({ onMouseEnter: () => setHovered(true), onMouseLeave: () => setHovered(false) }), []);
  const style: CSSProperties & Record<'--tint', string> = { '--tint': groupColor(definition?.group) };
  const attributes = {
    style,
    'data-direction': direction,
    'data-far': far || undefined,
    'data-status': status || undefined,
    'data-problem': problem || undefined,
    'data-proposed': proposed || undefined,
    'data-mark': mark,
    'data-disabled': node.disabled || undefined,
    'data-pinned': node.pinned !== undefined || undefined,
    'data-selected': selected || undefined,
    'data-fitness': fitness ?? undefined,
  };
  return { far, problem, hovered, hover, attributes };
}
