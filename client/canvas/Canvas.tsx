import './canvas.css';
import { ReactFlow, SelectionMode, useStore as useFlow } from '@xyflow/react';
import type { EdgeChange, NodeChange } from '@xyflow/react';
import { useMediaQuery } from '@mantine/hooks';
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { ReactNode } from 'react';
import { useEditor, useEditorStore } from '../stores/context.tsx';
import { useAnnotationNodes } from './annotations/nodes.ts';
import type { AnyNode } from './annotations/nodes.ts';
import { GroupNodeView, NoteNodeView } from './annotations/types.tsx';
import { useArrangeAnimation } from './arrange.ts';
import { useClicking } from './clicking.ts';
import { useConnecting } from './connecting.ts';
import { ConnectionLine } from './ConnectionLine.tsx';
import { ContainerNode } from './ContainerNode.tsx';
import { CanvasContext, newConnectingStore, newDroppingStore } from './context.ts';
import type { CanvasActions } from './context.ts';
import { useCanvasEdges } from './canvasEdges.ts';
import { placedAt, useCanvasNodes } from './canvasNodes.ts';
import type { CanvasEdge } from './canvasEdges.ts';
import { Dots } from './Dots.tsx';
import { useDropKind } from './dropKind.ts';
import type { KindDrop } from './dropKind.ts';
import { useDragging } from './dropping.ts';
import type { FarView } from './far/FarLayer.tsx';
import { liveNodes } from './far/live.ts';
import { useFarPointer } from './far/pointer.ts';
import { FoldedNode } from './FoldedNode.tsx';
import { useFirstView } from './firstView.ts';
import { farLayerFrom, farZoom, leastZoom, minimapFrom, visibleOnlyFrom } from './geometry.ts';
import { Minimap } from './Minimap.tsx';
import { useMotion } from './motion.ts';
import { useNear } from './near.ts';
import { selectEdges, selectFocused, selectNodes } from './selecting.ts';
import { loadGuides } from './snapping.ts';
import { StepEdge } from './StepEdge.tsx';
import { StepNode } from './StepNode.tsx';

const loadFarLayer = () => import('./far/FarLayer.tsx');
const FarLayer = lazy(async () => ({ default: (await loadFarLayer()).FarLayer }));

const nodeTypes = {
  step: StepNode,
  container: ContainerNode,
  folded: FoldedNode,
  note: NoteNodeView,
  frame: GroupNodeView,
};
const GuideLines = lazy(async () => ({ default: await loadGuides() }));
const edgeTypes = { step: StepEdge };

export interface CanvasProps {
  actions: CanvasActions | null;
  onDropKind?: (drop: KindDrop) => void;
  /** The person has moved the view: whatever follows by itself stops following. */
  onTouched?: () => void;
  children?: ReactNode;
}

/** The workflow as a graph. Reads and writes the editor store; the same component shows a run, read only. */
export function Canvas({ actions, onDropKind, onTouched, children }: CanvasProps) {
  const store = useEditorStore();
  const readOnly = useEditor((state) => state.readOnly);
  const phone = useMediaQuery('(max-width: 47.99em)') ?? false;
  const [connecting] = useState(newConnectingStore);
  const [dropping] = useState(newDroppingStore);
  const context = useMemo(() => ({ actions, connecting, dropping }), [actions, connecting, dropping]);
  const moving = useArrangeAnimation();
  const { handlers, frozen, move } = useDragging(dropping);
  const { nodes, measure } = useCanvasNodes(moving, frozen);
  const edges = useCanvasEdges(nodes);
  const connection = useConnecting(connecting, actions);
  const clicking = useClicking(actions);
  const held = useStore(dropping, (state) => state.held);
  const places = useStore(dropping, (state) => state.places);
  const lined = useStore(dropping, (state) => state.lines.length > 0);
  const count = nodes.length;
  const canvas = useRef<HTMLDivElement>(null);
  const firstView = useFirstView(phone, canvas);
  useMotion(canvas, dropping);
  const isLarge = count > farLayerFrom;
  const far = useFlow((state) => state.transform[2] < farZoom) && isLarge;
  useEffect(() => {
    // It is there before somebody zooms out; a small workflow never needs it.
    if (isLarge) void loadFarLayer().catch(() => undefined);
  }, [isLarge]);
  const farView = useRef<FarView | null>(null);
  const farPointer = useFarPointer(far, farView, actions, handlers);
  const laid = useAnnotationNodes(places ?? moving);
  const near = useNear(nodes, edges, held, far || count <= visibleOnlyFrom);
  const known = useMemo(
    () => (far ? liveNodes(nodes, new Map(nodes.map((node) => [node.id, node]))) : near.nodes),
    [far, nodes, near.nodes],
  );
  const live = useMemo<AnyNode[]>(() => {
    const drawn = placedAt(known, places);
    return laid.length === 0 ? drawn : [...laid, ...drawn];
  }, [known, laid, places]);
  // What is handed to React Flow is the same function from frame to frame: with another one, it renders every step that is shown.
  const onNodesChange = useCallback(
    (changes: NodeChange<AnyNode>[]) => {
      measure(changes);
      move(changes);
      // From afar, React Flow knows few of the steps.
      if (!far) selectNodes(store, changes);
    },
    [measure, store, far, move],
  );
  const onEdgesChange = useCallback((changes: EdgeChange<CanvasEdge>[]) => selectEdges(store, changes), [store]);
  const onPaneClick = useCallback(() => {
    store.getState().open(null);
    if (far) store.getState().select([]);
  }, [store, far]);
  const onMoveStart = useCallback(
    (event: MouseEvent | TouchEvent | null) => {
      if (event !== null) onTouched?.();
    },
    [onTouched],
  );
  return (
    <CanvasContext value={context}>
      <div
        ref={canvas}
        className="mw-canvas"
        data-large={count > visibleOnlyFrom || undefined}
        data-far-layer={far || undefined}
        data-pointed={farPointer.pointed !== null || undefined}
        {...useDropKind(onDropKind, farView, dropping)}
        {...farPointer.handlers}
        onFocusCapture={(event) => selectFocused(store, event.target)}
      >
        <Dots />
        {far ? (
          <Suspense>
            <FarLayer nodes={nodes} edges={edges} view={farView} />
          </Suspense>
        ) : null}
        {firstView !== null ? (
          <ReactFlow<AnyNode, CanvasEdge>
            nodes={live}
            edges={far ? noEdges : near.edges}
            nodeTypes={nodeTypes}
            edgeTypes={edgeTypes}
            onNodesChange={onNodesChange}
            onEdgesChange={onEdgesChange}
            {...connection}
            {...handlers}
            {...clicking}
            onPaneClick={onPaneClick}
            onMoveStart={onMoveStart}
            connectionLineComponent={ConnectionLine}
            connectionRadius={28}
            nodesDraggable={!readOnly}
            nodesConnectable={!readOnly}
            edgesFocusable={!readOnly}
            deleteKeyCode={null}
            multiSelectionKeyCode={multiSelectKeys}
            disableKeyboardA11y
            autoPanOnNodeFocus
            zoomOnDoubleClick={false}
            panOnScroll={!phone}
            panOnDrag={phone ? true : mouseButtonsThatPan}
            selectionOnDrag={!phone && !readOnly}
            selectionMode={SelectionMode.Partial}
            onlyRenderVisibleElements={count > visibleOnlyFrom}
            minZoom={leastZoom(count)}
            maxZoom={2}
            defaultViewport={firstView}
            proOptions={hideAttribution}
            snapToGrid
            snapGrid={snapGrid}
          >
            {!phone && count >= minimapFrom ? <Minimap nodes={nodes} /> : null}
            {lined ? (
              <Suspense>
                <GuideLines />
              </Suspense>
            ) : null}
            {children}
          </ReactFlow>
        ) : null}
        {farPointer.pointed === null ? null : (
          <div
            className="mw-far-title"
            style={{ transform: `translate(${farPointer.pointed.x + 12}px, ${farPointer.pointed.y + 14}px)` }}
          >
            {farPointer.pointed.title}
          </div>
        )}
      </div>
    </CanvasContext>
  );
}

const noEdges: CanvasEdge[] = [];

const multiSelectKeys = ['Meta', 'Control', 'Shift'];
const mouseButtonsThatPan = [1, 2];
const hideAttribution = { hideAttribution: true };
const snapGrid: [number, number] = [8, 8];
