import { useReactFlow, useStoreApi } from '@xyflow/react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { MouseEvent as ReactMouseEvent, PointerEvent as ReactPointerEvent, RefObject } from 'react';
import { useEditorStore } from '../../stores/context.tsx';
import { nodesById, outermost } from '../../stores/container-edits.ts';
import { moveNodes } from '../../stores/graph-edits.ts';
import type { Point } from '../boxes.ts';
import type { CanvasActions } from '../context.ts';
import type { FarView } from './FarLayer.tsx';
import { stepAt, within } from './scene.ts';
import type { SceneStep } from './scene.ts';

/** Screen pixels around a box that still mean it. */
const slack = { mouse: 3, touch: 12 } as const;
/** Screen pixels after which a press is a drag. */
const dragThreshold = 3;
const grid = 8;

/** What the canvas does at the beginning and the end of a drag of steps; the same for near and far. */
export interface DragHandlers {
  onNodeDragStart(event: never, node: never, moved: readonly { id: string }[]): void;
  onNodeDrag?(event: never, node: never, moved: readonly { id: string }[]): void;
  onNodeDragStop(event: never, node: never, moved: readonly { id: string }[]): void;
}

interface Press {
  step: SceneStep;
  from: Point;
  /** Where the dragged steps stood; null before the press has become a drag. */
  origins: ReadonlyMap<string, Point> | null;
}

/** What the pointer points at: its title is shown, because a box has none. Screen coordinates within the canvas. */
export interface Pointed {
  title: string;
  x: number;
  y: number;
}

/**
 * Clicks, drags and menus on steps that are only drawn. React's capture phase comes before React Flow's own listeners; whatever does not
 * concern a step is left to them: panning, zooming, the selection box.
 */
export function useFarPointer(
  far: boolean,
  view: RefObject<FarView | null>,
  actions: CanvasActions | null,
  drag: DragHandlers,
) {
  const store = useEditorStore();
  const { screenToFlowPosition, getZoom } = useReactFlow();
  const [pointed, setPointed] = useState<Pointed | null>(null);
  const press = useRef<Press | null>(null);
  const dragged = useRef(false);
  /** The mouse went down on a step: what ends a selection box over one is no click on it. */
  const begun = useRef(false);
  useBoxSelection(far, view);

  const handlers = useMemo(() => {
    const hit = (event: { clientX: number; clientY: number; target: EventTarget }, room: number): SceneStep | null => {
      const onPane = event.target instanceof Element && event.target.matches('.react-flow__pane');
      if (!onPane || view.current === null) return null;
      return stepAt(
        view.current.scene(),
        screenToFlowPosition({ x: event.clientX, y: event.clientY }),
        room / getZoom(),
      );
    };
    const begin = (event: ReactPointerEvent, { step }: Press): ReadonlyMap<string, Point> | null => {
      const { selected, select, graph, readOnly } = store.getState();
      if (readOnly) return null;
      const { id } = step.node;
      if (!selected.has(id)) select([id]);
      // What stands in a dragged container goes with it.
      const ids = selected.has(id) ? new Set(outermost(nodesById(graph), selected)) : new Set([id]);
      drag.onNodeDragStart(
        event as never,
        undefined as never,
        [...ids].map((one) => ({ id: one })),
      );
      return new Map(graph.nodes.filter((node) => ids.has(node.id)).map((node) => [node.id, node.position]));
    };
    const move = (event: ReactPointerEvent): void => {
      const held = press.current;
      if (held === null) return;
      const by = { x: event.clientX - held.from.x, y: event.clientY - held.from.y };
      if (held.origins === null) {
        if (Math.hypot(by.x, by.y) < dragThreshold) return;
        dragged.current = true;
        held.origins = begin(event, held);
        if (held.origins === null) return void (press.current = null);
      }
      const zoom = getZoom();
      const snapped = (value: number) => Math.round(value / grid) * grid;
      const places = new Map(
        [...held.origins].map(([id, at]) => [id, { x: snapped(at.x + by.x / zoom), y: snapped(at.y + by.y / zoom) }]),
      );
      store.getState().adjust((graph) => moveNodes(graph, places));
      drag.onNodeDrag?.(
        event as never,
        undefined as never,
        [...places.keys()].map((id) => ({ id })),
      );
    };
    const release = (event: ReactPointerEvent): void => {
      const held = press.current;
      press.current = null;
      if (held !== null && held.origins !== null)
        drag.onNodeDragStop(
          event as never,
          undefined as never,
          [...held.origins.keys()].map((id) => ({ id })),
        );
    };
    return {
      onPointerDownCapture(event: ReactPointerEvent) {
        dragged.current = false;
        // A finger pans; a tap comes as a click.
        if (event.button !== 0 || event.pointerType === 'touch') return;
        const step = hit(event, slack.mouse);
        begun.current = step !== null;
        if (step === null) return;
        event.stopPropagation();
        event.currentTarget.setPointerCapture(event.pointerId);
        press.current = { step, from: { x: event.clientX, y: event.clientY }, origins: null };
        setPointed(null);
      },
      onMouseDownCapture(event: ReactMouseEvent) {
        if (press.current !== null) event.stopPropagation();
      },
      onPointerMove(event: ReactPointerEvent) {
        if (press.current !== null) return move(event);
        const step = event.pointerType === 'touch' || event.buttons !== 0 ? null : hit(event, slack.mouse);
        const box = event.currentTarget.getBoundingClientRect();
        setPointed(
          step && { title: step.node.data.node.title, x: event.clientX - box.left, y: event.clientY - box.top },
        );
      },
      onPointerUp: release,
      onPointerCancel: release,
      onPointerLeave: () => setPointed(null),
      onClickCapture(event: ReactMouseEvent) {
        const touch = 'pointerType' in event.nativeEvent && event.nativeEvent.pointerType === 'touch';
        // While a pointer is captured, its click comes from what has captured it.
        const at = document.elementFromPoint(event.clientX, event.clientY) ?? event.target;
        const step = hit(
          { clientX: event.clientX, clientY: event.clientY, target: at },
          touch ? slack.touch : slack.mouse,
        );
        if (!dragged.current && (step === null || !(touch || begun.current))) return;
        event.stopPropagation();
        if (step === null || dragged.current) return;
        const { selected, select } = store.getState();
        const { id } = step.node;
        if (event.shiftKey || event.ctrlKey || event.metaKey) {
          select(selected.has(id) ? [...selected].filter((one) => one !== id) : [...selected, id]);
          return;
        }
        select([id]);
        actions?.openStep(id);
      },
      onContextMenuCapture(event: ReactMouseEvent) {
        const step = hit(event, slack.mouse);
        if (step === null) return;
        event.preventDefault();
        event.stopPropagation();
        actions?.openMenu(step.node.id, { x: event.clientX, y: event.clientY });
      },
    };
  }, [store, view, actions, drag, screenToFlowPosition, getZoom]);
  // The view moves on under a pointer that rests.
  const onWheelCapture = () => setPointed(null);
  return { handlers: far ? { ...handlers, onWheelCapture } : { onWheelCapture }, pointed: far ? pointed : null };
}

/** React Flow draws the selection box; which steps are in it, only the scene knows. */
function useBoxSelection(far: boolean, view: RefObject<FarView | null>): void {
  const flow = useStoreApi();
  const store = useEditorStore();
  useEffect(() => {
    if (!far) return;
    return flow.subscribe((state, before) => {
      const box = state.userSelectionRect;
      if (!state.userSelectionActive || box === null || box === before.userSelectionRect || view.current === null)
        return;
      const [x, y, zoom] = state.transform;
      const area = { x: (box.x - x) / zoom, y: (box.y - y) / zoom, width: box.width / zoom, height: box.height / zoom };
      const { nodes, edges } = within(view.current.scene(), area);
      store.getState().select(nodes, edges);
    });
  }, [far, flow, store, view]);
}
