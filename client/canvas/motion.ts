import { useStoreApi } from '@xyflow/react';
import { useEffect, useRef } from 'react';
import type { RefObject } from 'react';
import type { StoreApi } from 'zustand/vanilla';
import type { DroppingState } from './context.ts';

/** It has come to rest when nothing has moved for so long. */
const restMs = 180;

/**
 * Says on the canvas' element, as `data-moving`, that the view or a step is being moved: canvas.css lets nothing else move meanwhile. An attribute
 * written by hand: a render in each frame of a pan would cost what is gained.
 */
export function useMotion(canvas: RefObject<HTMLElement | null>, dropping: StoreApi<DroppingState>): void {
  const flow = useStoreApi();
  const rest = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    const moves = () => {
      const element = canvas.current;
      if (element === null) return;
      element.toggleAttribute('data-moving', true);
      clearTimeout(rest.current);
      rest.current = setTimeout(() => element.removeAttribute('data-moving'), restMs);
    };
    const stops = [
      flow.subscribe(({ transform }, { transform: before }) => {
        if (transform !== before) moves();
      }),
      dropping.subscribe(({ places }, before) => {
        if (places !== null && places !== before.places) moves();
      }),
    ];
    return () => {
      clearTimeout(rest.current);
      for (const stop of stops) stop();
    };
  }, [canvas, flow, dropping]);
}
