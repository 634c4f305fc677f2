import { useComputedColorScheme } from '@mantine/core';
import { useStoreApi } from '@xyflow/react';
import { useEffect, useEffectEvent, useImperativeHandle, useRef } from 'react';
import type { RefObject } from 'react';
import { useEditorStore, useRunStore } from '../../stores/context.tsx';
import type { EditorStore } from '../../stores/editor.ts';
import type { RunStore } from '../../stores/runs.ts';
import type { Point } from '../boxes.ts';
import type { CanvasEdge } from '../canvasEdges.ts';
import type { CanvasNode } from '../canvasNodes.ts';
import { flowOf } from '../flow.ts';
import { edgeLook, stepLook } from './look.ts';
import { isOnEdge, type Looks } from './paint.ts';
import { emptyScene, sceneOf } from './scene.ts';
import type { Scene } from './scene.ts';
import { createSurface } from './surface.ts';
import type { Surface } from './surface.ts';
import { paletteOf } from './tokens.ts';
import type { Palette } from './tokens.ts';

/** What the pointer asks of the far view. Points are canvas coordinates. */
export interface FarView {
  scene(): Scene;
  /** The connection at a point, within so many canvas pixels. */
  edgeAt(point: Point, slack: number): string | null;
}

/**
 * All steps and connections, drawn on one canvas: with a thousand elements in view, what a frame costs is painting them. It follows the stores
 * and the view by itself and renders nothing in a pan or a run.
 */
export function FarLayer({
  nodes,
  edges,
  view,
}: {
  nodes: readonly CanvasNode[];
  edges: readonly CanvasEdge[];
  view: RefObject<FarView | null>;
}) {
  const lower = useRef<HTMLCanvasElement>(null);
  const upper = useRef<HTMLCanvasElement>(null);
  const scene = useRef(emptyScene);
  const surface = useSurface(lower, upper);
  const editor = useEditorStore();

  useEffect(() => {
    const before = scene.current;
    const next = sceneOf(nodes, edges, before);
    scene.current = next;
    surface.current?.show(next, editor.getState().gesture === null ? none : moved(before, next));
  }, [nodes, edges, surface, editor]);
  useEffect(
    () =>
      editor.subscribe((state, before) => {
        // Let go of: what was dragged joins the rest again.
        if (state.gesture === null && before.gesture !== null) surface.current?.show(scene.current, none);
      }),
    [editor, surface],
  );
  useImperativeHandle(view, () => ({
    scene: () => scene.current,
    edgeAt(point, slack) {
      const context = upper.current?.getContext('2d');
      const found = [...scene.current.edges.values()].find((edge) => context && isOnEdge(context, edge, point, slack));
      return found?.edge.id ?? null;
    },
  }));

  return (
    <div className="mw-far" aria-hidden="true">
      <canvas ref={lower} data-steps={nodes.length} />
      <canvas ref={upper} />
    </div>
  );
}

const none: ReadonlySet<string> = new Set();

/** Steps that stand elsewhere now; in a drag they stay apart until it ends. */
function moved(before: Scene, next: Scene): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const [id, step] of next.steps) {
    const old = before.steps.get(id);
    if (old !== undefined && (old.x !== step.x || old.y !== step.y)) ids.add(id);
  }
  return ids;
}

function useSurface(lower: RefObject<HTMLCanvasElement | null>, upper: RefObject<HTMLCanvasElement | null>) {
  const flow = useStoreApi();
  const editor = useEditorStore();
  const runs = useRunStore();
  const scheme = useComputedColorScheme('light');
  const surface = useRef<Surface | null>(null);
  const palette = useRef<Palette | null>(null);
  const follow = useEffectEvent((made: Surface) => {
    const look = () => {
      const { transform, width, height } = flow.getState();
      made.look({ x: transform[0], y: transform[1], zoom: transform[2] }, { width, height });
    };
    look();
    return [
      flow.subscribe((state, before) => {
        if (state.transform !== before.transform || state.width !== before.width || state.height !== before.height)
          look();
      }),
      runs.subscribe((state, before) => {
        if ((state.status === null) !== (before.status === null)) made.repaint();
        else if (state.steps !== before.steps) made.touch(changed(before.steps, state.steps));
      }),
      editor.subscribe((state, before) => {
        if (state.worst !== before.worst || state.proposed !== before.proposed) made.repaint();
      }),
    ];
  });
  useEffect(() => {
    const [below, above] = [lower.current, upper.current];
    if (below === null || above === null) return;
    let frame = 0;
    const made: Surface = createSurface({
      lower: below,
      upper: above,
      looks: looksOf(editor, runs),
      palette: () => (palette.current ??= paletteOf(below)),
      schedule: () => {
        if (frame !== 0) return;
        frame = requestAnimationFrame(() => {
          frame = 0;
          made.flush();
        });
      },
      ratio: () => Math.min(2, window.devicePixelRatio || 1),
      now: () => performance.now(),
    });
    const stops = follow(made);
    surface.current = made;
    return () => {
      cancelAnimationFrame(frame);
      for (const stop of stops) stop();
    };
  }, [lower, upper, editor, runs]);
  useEffect(() => {
    palette.current = null;
    surface.current?.repaint();
  }, [scheme, surface]);
  return surface;
}

function changed(before: Readonly<Record<string, unknown>>, after: Readonly<Record<string, unknown>>): string[] {
  return Object.keys(after).filter((id) => after[id] !== before[id]);
}

/** The looks as the stores have them at the moment of painting. */
function looksOf(editor: EditorStore, runs: RunStore): Looks {
  return {
    step({ node, height }, zoom) {
      const { worst, proposed } = editor.getState();
      const { status, steps } = runs.getState();
      const facts = {
        group: node.data.definition?.group,
        container: node.type === 'container',
        disabled: node.data.node.disabled === true,
        selected: node.selected === true,
        proposed: proposed.has(node.id),
        problem: worst.get(node.id),
        status: status === null ? null : (steps[node.id]?.status ?? 'pending'),
      };
      return stepLook(facts, height, zoom);
    },
    edge({ edge }, zoom) {
      const { status, steps } = runs.getState();
      const port = edge.sourceHandle ?? 'out';
      const way = { port, inner: edge.data?.inner === true };
      const flow = flowOf(status, steps[edge.source], steps[edge.target]?.status, way);
      return edgeLook(flow, edge.selected === true, port === 'error', zoom);
    },
  };
}
