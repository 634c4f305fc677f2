import type { XYPosition } from '@xyflow/react';
import { useEffect, useRef, useState } from 'react';
import { useEditor, useEditorStore } from '../stores/context.tsx';

const durationMs = 220;

/** Slow at the end: cubic ease-out over 0..1. */
function ease(t: number): number {
  return 1 - (1 - t) ** 3;
}

function reducedMotion(): boolean {
  return window.matchMedia('(prefers-reduced-motion: reduce)').matches;
}

/**
 * Where steps are drawn while they travel to the places that a layout gave them; null when they stand still. The document has the final
 * positions at once. Positions are moved frame by frame: a CSS transition on a step would leave its edges behind.
 */
export function useArrangeAnimation(): ReadonlyMap<string, XYPosition> | null {
  const store = useEditorStore();
  const arranged = useEditor((state) => state.arranged);
  const shown = useRef(new Map<string, XYPosition>());
  const seen = useRef(arranged);
  const [moving, setMoving] = useState<ReadonlyMap<string, XYPosition> | null>(null);

  useEffect(
    () =>
      store.subscribe((state, before) => {
        if (state.graph === before.graph || state.arranged !== before.arranged) return;
        shown.current = new Map(before.graph.nodes.map((node) => [node.id, node.position]));
      }),
    [store],
  );

  useEffect(() => {
    if (seen.current === arranged) return;
    seen.current = arranged;
    const from = new Map(shown.current);
    const to = store.getState().graph.nodes.filter((node) => from.has(node.id));
    if (to.length === 0 || to.length > 600 || reducedMotion()) return;
    const start = performance.now();
    let frame = 0;
    const step = (now: number) => {
      const t = Math.min(1, (now - start) / durationMs);
      if (t >= 1) {
        setMoving(null);
        return;
      }
      const k = ease(t);
      const places = to.map(({ id, position }) => {
        const origin = from.get(id) ?? position;
        return [id, { x: origin.x + (position.x - origin.x) * k, y: origin.y + (position.y - origin.y) * k }] as const;
      });
      setMoving(new Map(places));
      frame = requestAnimationFrame(step);
    };
    setMoving(new Map(to.map((node) => [node.id, from.get(node.id) ?? node.position])));
    frame = requestAnimationFrame(step);
    return () => {
      cancelAnimationFrame(frame);
      setMoving(null);
    };
  }, [arranged, store]);

  return moving;
}
