import { useReactFlow } from '@xyflow/react';
import { useMemo, useRef, useState } from 'react';
import type { MouseEvent as ReactMouseEvent, TouchEvent as ReactTouchEvent } from 'react';
import type { StoreApi } from 'zustand/vanilla';
import { plural, t } from '../i18n/t.ts';
import { useEditorStore } from '../stores/context.tsx';
import {
  boxesOn,
  containerAt,
  entryProblem,
  isContainer,
  moveInto,
  nodesById,
  outermost,
  settled,
  type Box,
} from '../stores/container-edits.ts';
import type { EditorStore } from '../stores/editor.ts';
import { announce } from '../ui/announce.ts';
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
  /** Where everything stood when the drag began; null where no container is about. */
  const boxes = useRef<ReadonlyMap<string, Box> | null>(null);
  const handlers = useMemo(() => {
    const start = (moved: Moved) => {
      const { graph, beginGesture } = store.getState();
      beginGesture();
      snapping.begin(new Set(moved.map(({ id }) => id)));
      const some = graph.nodes.some((node) => node.parent !== undefined || isContainer(store.catalogue, node));
      boxes.current = some ? boxesOn(graph, store.catalogue) : null;
      if (some) setFrozen(true);
    };
    const drag = (event: PointerLike, moved: Moved) => {
      const point = pointOf(event);
      if (boxes.current === null || point === undefined) return;
      const { graph } = store.getState();
      const ids = new Set(moved.map(({ id }) => id));
      const over = containerAt(graph, store.catalogue, screenToFlowPosition(point), ids, boxes.current);
      const takes = over !== null && [...ids].some((id) => entryProblem(graph, store.catalogue, id, over) === null);
      dropping.setState({ over: takes ? over : null, at: over });
    };
    const stop = (moved: Moved) => {
      const inside =
        boxes.current === null ? null : settleDrop(store, new Set(moved.map(({ id }) => id)), dropping.getState().at);
      snapping.end();
      store
        .getState()
        .endGesture(inside ?? (moved.length > 1 ? t('Move {n} steps', { n: moved.length }) : t('Move step')));
      dropping.setState({ over: null, at: null });
      setFrozen(false);
      boxes.current = null;
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
  return { handlers, frozen, snapped: snapping.apply };
}

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
