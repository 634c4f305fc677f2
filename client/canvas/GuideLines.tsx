import { ViewportPortal } from '@xyflow/react';
import { useStore } from 'zustand';
import { useCanvas } from './context.ts';

export { snapTo } from './guides.ts';

/** The lines on which a dragged step lies with its neighbours. */
export function GuideLines() {
  const lines = useStore(useCanvas().dropping, (state) => state.lines);
  return (
    <ViewportPortal>
      {lines.map(({ axis, at, from, to }) => (
        <div
          key={`${axis}${at}`}
          className="mw-guide"
          data-axis={axis}
          style={
            axis === 'x'
              ? { transform: `translate(${at}px, ${from - 12}px)`, height: to - from + 24 }
              : { transform: `translate(${from - 12}px, ${at}px)`, width: to - from + 24 }
          }
        />
      ))}
    </ViewportPortal>
  );
}
