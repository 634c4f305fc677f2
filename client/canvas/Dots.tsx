import { useStoreApi } from '@xyflow/react';
import { useEffect, useRef } from 'react';

/** Canvas pixels between dots. */
const gap = 20;
/** Below this distance on the screen every second dot is left out. */
const leastGap = 12;

/**
 * The dots of the ground. React Flow's own background is a pattern that is painted anew all over the screen in every frame of a pan, which
 * was half of a frame's cost. Here the pattern is painted once, a layer that is a tile larger than the canvas, and only moved.
 */
export function Dots() {
  const flow = useStoreApi();
  const ground = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let drawn = 0;
    const place = ([x, y, zoom]: readonly [number, number, number]) => {
      const element = ground.current;
      if (element === null) return;
      let tile = gap * zoom;
      while (tile < leastGap) tile *= 2;
      if (tile !== drawn) {
        drawn = tile;
        element.style.setProperty('--tile', `${tile}px`);
        element.style.setProperty('--dot', `${Math.max(0.7, 0.7 * zoom)}px`);
      }
      const shift = (value: number) => (((value - tile / 2) % tile) + tile) % tile;
      element.style.transform = `translate(${shift(x)}px, ${shift(y)}px)`;
    };
    place(flow.getState().transform);
    return flow.subscribe((state, before) => {
      if (state.transform !== before.transform) place(state.transform);
    });
  }, [flow]);
  return (
    <div className="mw-dots" aria-hidden="true">
      <div ref={ground} />
    </div>
  );
}
