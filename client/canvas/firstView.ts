import { useStoreApi } from '@xyflow/react';
import type { Viewport } from '@xyflow/react';
import { useLayoutEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';
import { useEditorStore } from '../stores/context.tsx';
import { fittingView } from './fit.ts';
import { phonePadding, viewPadding } from './geometry.ts';

/**
 * Looks at the whole workflow before anything is drawn, so that nothing is drawn in vain: a large one is never in the document as a whole.
 * `ground` is the element that the canvas fills. Null until that has a size.
 */
export function useFirstView(phone: boolean, ground: RefObject<HTMLElement | null>): Viewport | null {
  const store = useEditorStore();
  const flow = useStoreApi();
  const [view, setView] = useState<Viewport | null>(null);
  const placed = useRef(false);
  const padding = phone ? phonePadding : viewPadding;
  useLayoutEffect(() => {
    if (ground.current === null || placed.current) return;
    placed.current = true;
    const { width, height } = ground.current.getBoundingClientRect();
    const { graph } = store.getState();
    const first = fittingView(graph, store.catalogue, { width, height }, padding) ?? { x: 0, y: 0, zoom: 1 };
    flow.setState({ transform: [first.x, first.y, first.zoom], width, height });
    setView(first);
  }, [store, flow, padding, ground]);
  return view;
}
