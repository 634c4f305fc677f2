import { useComputedColorScheme } from '@mantine/core';
import { useReactFlow, useStoreApi } from '@xyflow/react';
import { memo, useEffect, useRef } from 'react';
import type { PointerEvent } from 'react';
import { t } from '../i18n/t.ts';
import { around } from './boxes.ts';
import type { Box } from './boxes.ts';
import type { CanvasNode } from './canvasNodes.ts';
import { emptyScene, sceneOf } from './far/scene.ts';
import { paletteOf } from './far/tokens.ts';

const size = { width: 150, height: 96 } as const;
/** Screen pixels around the whole. */
const inset = 6;
/** Steps that move are drawn this often. */
const pauseMs = 120;

/** How the whole workflow lies in the small picture. */
export interface Fit {
  /** Picture pixels per canvas pixel. */
  scale: number;
  x: number;
  y: number;
}

export function fitInto(bounds: Box): Fit {
  const scale = Math.min((size.width - 2 * inset) / bounds.width, (size.height - 2 * inset) / bounds.height);
  return {
    scale,
    x: (size.width - bounds.width * scale) / 2 - bounds.x * scale,
    y: (size.height - bounds.height * scale) / 2 - bounds.y * scale,
  };
}

/**
 * The whole workflow in small, and the part of it that is seen; a press or a drag goes there. One canvas for all steps: as an element each,
 * two thousand of them cost more than the canvas itself.
 */
export const Minimap = memo(function Minimap({ nodes }: { nodes: readonly CanvasNode[] }) {
  const flow = useStoreApi();
  const { setCenter, getZoom } = useReactFlow();
  const scheme = useComputedColorScheme('light');
  const picture = useRef<HTMLCanvasElement>(null);
  const seen = useRef<HTMLDivElement>(null);
  const fit = useRef<Fit | null>(null);

  useEffect(() => {
    const place = () => {
      const { transform, width, height } = flow.getState();
      const element = seen.current;
      if (element === null || fit.current === null) return;
      const { scale, x, y } = fit.current;
      const [left, top, zoom] = transform;
      element.style.transform = `translate(${(-left / zoom) * scale + x}px, ${(-top / zoom) * scale + y}px)`;
      element.style.width = `${(width / zoom) * scale}px`;
      element.style.height = `${(height / zoom) * scale}px`;
    };
    const timer = setTimeout(() => {
      const element = picture.current;
      if (element !== null) fit.current = paint(element, nodes);
      place();
    }, pauseMs);
    place();
    const stop = flow.subscribe((state, before) => {
      if (state.transform !== before.transform || state.width !== before.width) place();
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [nodes, flow, scheme]);

  const go = (event: PointerEvent<HTMLDivElement>) => {
    if (fit.current === null || event.buttons !== 1) return;
    const box = event.currentTarget.getBoundingClientRect();
    const { scale, x, y } = fit.current;
    void setCenter((event.clientX - box.left - x) / scale, (event.clientY - box.top - y) / scale, { zoom: getZoom() });
  };
  return (
    <div
      className="mw-minimap"
      role="img"
      aria-label={t('Overview of the workflow')}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        go(event);
      }}
      onPointerMove={go}
    >
      <canvas ref={picture} style={size} />
      <div ref={seen} className="mw-minimap-seen" />
    </div>
  );
});

function paint(element: HTMLCanvasElement, nodes: readonly CanvasNode[]): Fit | null {
  const context = element.getContext('2d');
  const { steps } = sceneOf(nodes, [], emptyScene);
  const bounds = around(steps.values());
  if (context === null || bounds === null) return null;
  const fit = fitInto(bounds);
  const ratio = Math.min(2, window.devicePixelRatio || 1);
  element.width = size.width * ratio;
  element.height = size.height * ratio;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  const palette = paletteOf(element);
  for (const { node, x, y, width, height } of steps.values()) {
    context.globalAlpha = node.type !== 'container' ? 1 : 0.25;
    context.fillStyle = palette.color(`group-${node.data.definition?.group ?? 'other'}`);
    const high = Math.max(1, height * fit.scale);
    context.fillRect(x * fit.scale + fit.x, y * fit.scale + fit.y, Math.max(1, width * fit.scale), high);
  }
  return fit;
}
