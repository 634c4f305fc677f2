import { useStoreApi } from '@xyflow/react';
import type { NodeChange, ReactFlowState } from '@xyflow/react';
import { useState } from 'react';
import type { StoreApi } from 'zustand/vanilla';
import { absolutePosition } from '../../shared/workflow/containers.ts';
import { boundsOf, groupFrames, stepsOf } from '../stores/annotation-edits.ts';
import { boxesOn, nodesById } from '../stores/container-edits.ts';
import { foldsOf } from '../stores/folding.ts';
import { useEditorStore } from '../stores/context.tsx';
import type { EditorStore } from '../stores/editor.ts';
import type { WorkflowGraph } from '../../shared/workflow/graph.ts';
import type { DroppingState } from './context.ts';
import type { Box, snapTo as Snap } from './guides.ts';

/** Screen pixels within which a dragged step lines up. */
const reach = 6;
/** More neighbours than this are not looked at: what is in view of a usual screen is far less. */
const mostNeighbours = 300;

interface Session {
  /** Of each dragged thing: its size, and by how much its position is away from the canvas' own corner. */
  dragged: ReadonlyMap<string, { dx: number; dy: number; width: number; height: number }>;
  neighbours: readonly Box[];
}

/** Loaded with the first drag. */
let snapTo: typeof Snap | null = null;

/** The lines to draw; from then on, dragged steps snap to them. */
export async function loadGuides() {
  const { GuideLines, snapTo: snap } = await import('./GuideLines.tsx');
  snapTo = snap;
  return GuideLines;
}

type View = Pick<ReactFlowState, 'transform' | 'width' | 'height'>;

export interface Snapping {
  begin(ids: ReadonlySet<string>): void;
  apply(changes: readonly NodeChange[]): readonly NodeChange[];
  end(): void;
}

/** Lines dragged steps up with their neighbours: `begin` and `end` around a drag, `apply` on what React Flow says has moved. */
export function useSnapping(dropping: StoreApi<DroppingState>): Snapping {
  const store = useEditorStore();
  const flow = useStoreApi();
  const [snapping] = useState(() => createSnapping(store, () => flow.getState(), dropping));
  return snapping;
}

function createSnapping(store: EditorStore, view: () => View, dropping: StoreApi<DroppingState>): Snapping {
  let session: Session | null = null;
  return {
    begin(ids) {
      // Without it, steps are dragged all the same.
      if (snapTo === null) void loadGuides().catch(() => undefined);
      const { graph } = store.getState();
      const boxes = boxesOn(graph, store.catalogue);
      for (const [id, frame] of groupFrames(graph, store.catalogue, boxes)) if (ids.has(id)) boxes.set(id, frame);
      for (const id of foldsOf(graph).keys()) boxes.delete(id);
      for (const { id, position, size } of graph.notes ?? []) boxes.set(id, { ...position, ...size });
      session = sessionOf({ graph, ids, boxes }, view());
    },
    apply(changes) {
      if (session === null || snapTo === null) return changes;
      const { dragged, neighbours } = session;
      const boxes = changes.flatMap((one): Box[] => {
        const own = one.type === 'position' ? dragged.get(one.id) : undefined;
        if (own === undefined || one.type !== 'position' || one.position === undefined) return [];
        return [{ ...own, x: one.position.x + own.dx, y: one.position.y + own.dy }];
      });
      const whole = boundsOf(boxes);
      if (whole === null || boxes.length !== dragged.size) return changes;
      const { dx, dy, lines } = snapTo(whole, neighbours, reach / view().transform[2]);
      if (lines.length > 0 || dropping.getState().lines.length > 0) dropping.setState({ lines });
      if (dx === 0 && dy === 0) return changes;
      return changes.map((one) =>
        one.type === 'position' && one.position !== undefined
          ? { ...one, position: { x: one.position.x + dx, y: one.position.y + dy } }
          : one,
      );
    },
    end() {
      session = null;
      if (dropping.getState().lines.length > 0) dropping.setState({ lines: [] });
    },
  };
}

function sessionOf(
  {
    graph,
    ids,
    boxes,
  }: {
    graph: WorkflowGraph;
    ids: ReadonlySet<string>;
    boxes: ReadonlyMap<string, Box>;
  },
  view: View,
): Session {
  const nodes = nodesById(graph);
  const dragged: [string, { dx: number; dy: number; width: number; height: number }][] = [];
  for (const id of ids) {
    const box = boxes.get(id);
    if (box === undefined) continue;
    const node = nodes.get(id);
    const at = node === undefined ? box : absolutePosition(nodes, id);
    const own = node?.position ?? box;
    dragged.push([id, { dx: at.x - own.x, dy: at.y - own.y, width: box.width, height: box.height }]);
  }
  const gone = new Set([...ids, ...stepsOf(graph, ids)]);
  // What stands in a dragged container, or around a dragged step, is no neighbour.
  const around = (id: string): boolean => {
    for (let at = nodes.get(id)?.parent; at !== undefined; at = nodes.get(at)?.parent) if (gone.has(at)) return true;
    return false;
  };
  const holders = new Set(
    graph.nodes.flatMap(({ id, parent }) => (gone.has(id) && parent !== undefined ? [parent] : [])),
  );
  const [x, y, zoom] = view.transform;
  const seen = { x: -x / zoom, y: -y / zoom, right: (view.width - x) / zoom, bottom: (view.height - y) / zoom };
  const neighbours: Box[] = [];
  for (const [id, box] of boxes) {
    if (gone.has(id) || holders.has(id) || around(id)) continue;
    const isSeen =
      box.x < seen.right && box.x + box.width > seen.x && box.y < seen.bottom && box.y + box.height > seen.y;
    if (isSeen) neighbours.push(box);
    if (neighbours.length >= mostNeighbours) break;
  }
  return { dragged: new Map(dragged), neighbours };
}
