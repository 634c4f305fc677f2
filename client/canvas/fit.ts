import { useMediaQuery } from '@mantine/hooks';
import { useReactFlow } from '@xyflow/react';
import { useCallback, useEffect, useRef } from 'react';
import { phonePadding, viewPadding } from './geometry.ts';

/** Brings the whole workflow into view, beside the floating bars; `right` and `bottom` are what is covered there, in pixels. */
export function useFitView(): (options?: { duration?: number; right?: number; bottom?: number }) => void {
  const { fitView } = useReactFlow();
  const phone = useMediaQuery('(max-width: 47.99em)') ?? false;
  const padding = phone ? phonePadding : viewPadding;
  const latest = useRef<typeof phonePadding | typeof viewPadding>(padding);
  useEffect(() => {
    latest.current = padding;
  }, [padding]);
  return useCallback(
    ({ duration = 200, right = 0, bottom = 0 } = {}) => {
      const room = {
        ...latest.current,
        ...(right > 0 ? { right: `${right}px` as const } : {}),
        ...(bottom > 0 ? { bottom: `${bottom}px` as const } : {}),
      };
      void fitView({ padding: room, maxZoom: 1, duration });
    },
    [fitView],
  );
}
