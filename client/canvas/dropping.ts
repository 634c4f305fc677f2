import { useReactFlow } from '@xyflow/react';
import type { NodeChange } from '@xyflow/react';
import { useCallback, useMemo, useRef, useState } from 'react';
import type { MouseEvent as ReactMouseEvent, TouchEvent as ReactTouchEvent } from 'react';
import type { StoreApi } from 'zustand/vanilla';
import { plural, t } from '../i18n/t.ts';
import { useEditorStore } from '../stores/context.tsx';
import { moveAll, placesAfter, stepsOf } from '../stores/annotation-edits.ts';
import {
  containersOn,
  entryProblem,
  innermostAt,
  isContainer,
  moveInto,
  nodesById,
  outermost,
  settled,
  type SeenContainer,
} from '../stores/container-edits.ts';
import type { EditorStore } from '../stores/editor.ts';
import { announce } from '../ui/announce.ts';
import type { Point } from './boxes.ts';
import { noDrag } from './context.ts';
import type { DroppingState } from './context.ts';
import { useSnapping } from './snapping.ts';

type Moved = readonly { id: string }[];
type PointerLike = ReactMouseEvent | MouseEvent | ReactTouchEvent | TouchEvent;

/**
 * A drag is one entry of the history, however many frames it took. It ends in the container under the pointer, or outside of all: what was
 * dragged stands there then, without the connections that would cross its border.
 */
export function useDragging(dropping: StoreApi<DroppingState>) {
  const store = useEditorStore();
  const { screenToFlowPosition } = useReactFlow();
  const snapping = useSnapping(dropping);
  const [frozen, setFrozen] = useState(false);
  /** Where the containers stood when the drag began; null where none is about. */
  const containers = useRef<readonly SeenContainer[] | null>(null);
  /** The frame in which the canvas will show where they are. */
  const frame = useRef(0);
  const handlers = useMemo(() => {
    const start = (moved: Moved) => {
      const { graph, beginGesture } = store.getState();
      const ids = idsOf(moved);
      beginGesture();
      snapping.begin(ids);
      const some = graph.nodes.some((node) => node.parent !== undefined || isContainer(store.catalogue, node));
      containers.current = some ? containersOn(graph, store.catalogue, ids) : null;
      dropping.setState({ held: new Set([...ids, ...stepsOf(graph, ids)]) });
      if (some) setFrozen(true);
    };
    const drag = (event: PointerLike, moved: Moved) => {
      const point = pointOf(event);
      if (containers.current === null || point === undefined) return;
      const at = innermostAt(containers.current, screenToFlowPosition(point));
      if (at === dropping.getState().at) return;
      const { graph } = store.getState();
      const takes = at !== null && moved.some(({ id }) => entryProblem(graph, store.catalogue, id, at) === null);
      dropping.setState({ over: takes ? at : null, at });
    };
    const stop = (moved: Moved) => {
      const inside = containers.current === null ? null : settleDrop(store, idsOf(moved), dropping.getState().at);
      snapping.end();
      cancelAnimationFrame(frame.current);
      store
        .getState()
        .endGesture(inside ?? (moved.length > 1 ? t('Move {n} steps', { n: moved.length }) : t('Move step')));
      dropping.setState(noDrag);
      setFrozen(false);
      containers.current = null;
    };
    return {
      onNodeDragStart: (_event: unknown, _node: unknown, moved: Moved) => start(moved),
      onNodeDrag: (event: PointerLike, _node: unknown, moved: Moved) => drag(event, moved),
      onNodeDragStop: (event: PointerLike, _node: unknown, moved: Moved) => {
        drag(event, moved);
        stop(moved);
      },
      onSelectionDragStart: (_event: unknown, moved: Moved) => start(moved),
      onSelectionDrag: drag,
      onSelectionDragStop: (event: PointerLike, moved: Moved) => {
        drag(event, moved);
        stop(moved);
      },
    };
  }, [store, dropping, snapping, screenToFlowPosition]);
  /** What React Flow says has moved. While it is held, only the canvas knows; let go, it is in the document. */
  const move = useCallback(
    (changes: readonly NodeChange[]) => {
      if (store.getState().readOnly) return;
      const places = new Map<string, Point>();
      let isHeld = false;
      for (const change of snapping.apply(changes)) {
        if (change.type !== 'position' || change.position === undefined) continue;
        places.set(change.id, change.position);
        isHeld ||= change.dragging === true;
      }
      if (places.size === 0) return;
      cancelAnimationFrame(frame.current);
      const { graph, adjust } = store.getState();
      if (isHeld) {
        // A mouse tells of itself more often than the screen is drawn.
        const show = () => dropping.setState({ places: placesAfter(graph, places, store.catalogue) });
        frame.current = requestAnimationFrame(show);
        return;
      }
      adjust((current) => moveAll(current, places, store.catalogue));
      dropping.setState({ places: null });
    },
    [store, dropping, snapping],
  );
  return { handlers, frozen, move };
}

const idsOf = (moved: Moved): ReadonlySet<string> => new Set(moved.map(({ id }) => id));

function pointOf(event: PointerLike): { x: number; y: number } | undefined {
  const one = 'changedTouches' in event ? event.changedTouches[0] : event;
  return one && { x: one.clientX, y: one.clientY };
}

/** Puts what was dragged where it was dropped. Answers with what that was, or null when it stays in its container. */
function settleDrop(store: EditorStore, ids: ReadonlySet<string>, over: string | null): string | null {
  const { graph, adjust } = store.getState();
  const nodes = nodesById(graph);
  const tops = outermost(nodes, ids);
  // A group stays on its level, wherever it is dropped.
  if (tops.length === 0) {
    adjust((current) => settled(current, current, store.catalogue));
    return null;
  }
  adjust((current) => settled(current, moveInto(current, ids, over, store.catalogue), store.catalogue));
  const after = nodesById(store.getState().graph);
  const left = tops.filter((id) => after.get(id)?.parent !== nodes.get(id)?.parent);
  if (left.length === 0) return null;
  const where =
    over === null ? t('out of the container') : t('into “{title}”', { title: after.get(over)?.title ?? over });
  const label = plural(left.length, 'Move step {where}', 'Move {n} steps {where}', { where });
  announce(label);
  return label;
}
