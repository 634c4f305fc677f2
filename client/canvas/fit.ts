import { useMediaQuery } from '@mantine/hooks';
import { getViewportForBounds, useReactFlow, useStoreApi } from '@xyflow/react';
import type { Rect, Viewport } from '@xyflow/react';
import { useCallback, useEffect, useRef } from 'react';
import type { NodeCatalogue } from '../../shared/nodes/contract.ts';
import type { WorkflowGraph } from '../../shared/workflow/graph.ts';
import { nodeSize } from '../../shared/workflow/geometry.ts';
import type { Position, Size } from '../../shared/workflow/geometry.ts';
import { groupFrames } from '../stores/annotation-edits.ts';
import { useEditorStore } from '../stores/context.tsx';
import { sizesOf } from './containerBoxes.ts';
import { leastZoom, phonePadding, viewPadding } from './geometry.ts';

type Padding = Record<'top' | 'bottom' | 'left' | 'right', `${number}px`>;

/** Brings the whole workflow into view, beside the floating bars; `right`, `bottom` and `top` are what is covered there, in pixels. */
export function useFitView(): (options?: { duration?: number; right?: number; bottom?: number; top?: number }) => void {
  const { setViewport } = useReactFlow();
  const flow = useStoreApi();
  const store = useEditorStore();
  const phone = useMediaQuery('(max-width: 47.99em)') ?? false;
  const padding = phone ? phonePadding : viewPadding;
  const latest = useRef<Padding>(padding);
  useEffect(() => {
    latest.current = padding;
  }, [padding]);
  return useCallback(
    ({ duration = 200, right = 0, bottom = 0, top = 0 } = {}) => {
      const room = {
        ...latest.current,
        ...(right > 0 ? { right: `${right}px` as const } : {}),
        ...(top > 0 ? { top: `${top}px` as const } : {}),
        ...(bottom > 0 ? { bottom: `${bottom}px` as const } : {}),
      };
      const view = fittingView(store.getState().graph, store.catalogue, flow.getState(), room);
      if (view !== null) void setViewport(view, { duration });
    },
    [setViewport, flow, store],
  );
}

/** The view that shows the whole workflow, from the document alone: most of a large one is never drawn as an element. Null when it is empty. */
export function fittingView(
  graph: WorkflowGraph,
  catalogue: NodeCatalogue,
  { width, height }: { width: number; height: number },
  padding: Padding,
): Viewport | null {
  const bounds = boundsOf(graph, catalogue);
  if (bounds === null || width === 0 || height === 0) return null;
  return getViewportForBounds(bounds, width, height, leastZoom(graph.nodes.length), 1, padding);
}

function boundsOf(graph: WorkflowGraph, catalogue: NodeCatalogue): Rect | null {
  const sizes = sizesOf(graph, catalogue);
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  const grow = ({ x, y }: Position, { width, height }: Size) => {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x + width);
    bottom = Math.max(bottom, y + height);
  };
  // Whatever stands in a container lies within it.
  for (const node of graph.nodes) if (node.parent === undefined) grow(node.position, sizes.get(node.id) ?? nodeSize);
  for (const note of graph.notes ?? []) grow(note.position, note.size);
  for (const frame of groupFrames(graph, catalogue).values()) grow(frame, frame);
  return left > right ? null : { x: left, y: top, width: right - left, height: bottom - top };
}
