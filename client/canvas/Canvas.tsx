import './canvas.css';
import { ReactFlow, SelectionMode, useReactFlow, useStore as useFlow } from '@xyflow/react';
import type { NodeChange } from '@xyflow/react';
import { useMediaQuery } from '@mantine/hooks';
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import type { DragEvent, MouseEvent as ReactMouseEvent, ReactNode, RefObject } from 'react';
import { useEditor, useEditorStore } from '../stores/context.tsx';
import { containerAt } from '../stores/container-edits.ts';
import { moveAll } from '../stores/annotation-edits.ts';
import { useAnnotationNodes } from './annotations/nodes.ts';
import type { AnyNode } from './annotations/nodes.ts';
import { GroupNodeView, NoteNodeView } from './annotations/types.tsx';
import { useArrangeAnimation } from './arrange.ts';
import { useConnecting } from './connecting.ts';
import { ConnectionLine } from './ConnectionLine.tsx';
import { ContainerNode } from './ContainerNode.tsx';
import { CanvasContext, newConnectingStore, newDroppingStore } from './context.ts';
import type { CanvasActions, DroppingState } from './context.ts';
import { useCanvasEdges } from './canvasEdges.ts';
import { useCanvasNodes } from './canvasNodes.ts';
import type { CanvasEdge } from './canvasEdges.ts';
import { Dots } from './Dots.tsx';
import { useDragging } from './dropping.ts';
import type { FarView } from './far/FarLayer.tsx';
import { liveNodes } from './far/live.ts';
import { useFarPointer } from './far/pointer.ts';
import { useFirstView } from './firstView.ts';
import { farLayerFrom, farZoom, leastZoom, minimapFrom, visibleOnlyFrom } from './geometry.ts';
import { Minimap } from './Minimap.tsx';
import { loadGuides } from './snapping.ts';
import { StepEdge } from './StepEdge.tsx';
import { StepNode } from './StepNode.tsx';

const loadFarLayer = () => import('./far/FarLayer.tsx');
const FarLayer = lazy(async () => ({ default: (await loadFarLayer()).FarLayer }));

const nodeTypes = { step: StepNode, container: ContainerNode, note: NoteNodeView, frame: GroupNodeView };
const GuideLines = lazy(async () => ({ default: await loadGuides() }));
const edgeTypes = { step: StepEdge };
/** The type of what is dragged from the palette. */
export const kindDataType = 'application/x-mailweave-kind';
/** Set by `onDropKind` where a kind was dropped: over a connection, or on free ground. */
export interface KindDrop {
  kind: string;
  edgeId: string | null;
  /** Canvas coordinates of the new step's middle. */
  at: { x: number; y: number };
}

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
  const drag = useDragging(dropping);
  const { nodes, measure } = useCanvasNodes(moving, drag.frozen);
  const edges = useCanvasEdges(nodes);
  const connection = useConnecting(connecting, actions);
  const click = useStepClick(actions);
  const lined = useStore(dropping, (state) => state.lines.length > 0);
  const count = nodes.length;
  const firstView = useFirstView(phone);
  const isLarge = count > farLayerFrom;
  const far = useFlow((state) => state.transform[2] < farZoom) && isLarge;
  useEffect(() => {
    // It is there before somebody zooms out; a small workflow never needs it.
    if (isLarge) void loadFarLayer().catch(() => undefined);
  }, [isLarge]);
  const farView = useRef<FarView | null>(null);
  const farPointer = useFarPointer(far, farView, actions, drag.handlers);
  const laid = useAnnotationNodes(moving);
  const live = useMemo(() => {
    const drawn: AnyNode[] = far ? liveNodes(nodes, new Map(nodes.map((node) => [node.id, node]))) : nodes;
    return laid.length === 0 ? drawn : [...laid, ...drawn];
  }, [far, nodes, laid]);
  const { snapped } = drag;
  const onNodesChange = useCallback(
    (changes: NodeChange<AnyNode>[]) => {
      measure(changes);
      applyPositions(store, snapped(changes));
      // From afar, React Flow knows few of the steps.
      if (!far) applySelection(store, changes);
    },
    [measure, store, far, snapped],
  );
  return (
    <CanvasContext value={context}>
      <div
        ref={firstView.ground}
        className="mw-canvas"
        data-far-layer={far || undefined}
        data-pointed={farPointer.pointed !== null || undefined}
        {...useDrop(onDropKind, farView, dropping)}
        {...farPointer.handlers}
        onFocusCapture={(event) => selectFocused(store, event.target)}
      >
        <Dots />
        {far ? (
          <Suspense>
            <FarLayer nodes={nodes} edges={edges} view={farView} />
          </Suspense>
        ) : null}
        {firstView.view !== null ? (
          <ReactFlow<AnyNode, CanvasEdge>
            nodes={live}
            edges={far ? noEdges : edges}
            nodeTypes={nodeTypes}
            edgeTypes={edgeTypes}
            onNodesChange={onNodesChange}
            onEdgesChange={(changes) => {
              const selects = changes.filter((change) => change.type === 'select');
              if (selects.length === 0) return;
              store.getState().select(store.getState().selected, withSelects(store.getState().selectedEdges, selects));
            }}
            {...connection}
            {...drag.handlers}
            onNodeClick={click}
            onNodeDoubleClick={(event, node) => {
              const onTool = event.target instanceof Element && event.target.closest('button, a, textarea') !== null;
              if (!isStep(node) && !onTool) store.getState().open(node.id);
            }}
            onNodeContextMenu={(event, node) => {
              event.preventDefault();
              if (isStep(node)) actions?.openMenu(node.id, { x: event.clientX, y: event.clientY });
            }}
            onPaneClick={() => {
              store.getState().open(null);
              if (far) store.getState().select([]);
            }}
            onMoveStart={(event) => {
              if (event !== null) onTouched?.();
            }}
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
            defaultViewport={firstView.view}
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

type Store = ReturnType<typeof useEditorStore>;

const isStep = (node: AnyNode) => node.type === 'step' || node.type === 'container';

/** React Flow leaves groups out of its selection, so that a box drawn inside of one means the steps. */
function selectGroup(store: Store, event: ReactMouseEvent, { id, type }: AnyNode): void {
  if (type !== 'frame') return;
  const more = event.shiftKey || event.ctrlKey || event.metaKey;
  store.getState().select(more ? [...store.getState().selected, id] : [id]);
}

function applyPositions(store: Store, changes: readonly NodeChange<AnyNode>[]): void {
  const positions = new Map<string, { x: number; y: number }>();
  for (const change of changes)
    if (change.type === 'position' && change.position) positions.set(change.id, change.position);
  if (positions.size > 0 && !store.getState().readOnly)
    store.getState().adjust((graph) => moveAll(graph, positions, store.catalogue));
}

function applySelection(store: Store, changes: readonly NodeChange<AnyNode>[]): void {
  const selects = changes.filter((change) => change.type === 'select');
  if (selects.length === 0) return;
  store.getState().select(withSelects(store.getState().selected, selects), store.getState().selectedEdges);
}

/** A selection after what React Flow says was added to it and taken from it. */
function withSelects(
  before: ReadonlySet<string>,
  selects: readonly { id: string; selected: boolean }[],
): ReadonlySet<string> {
  const chosen = new Set(before);
  for (const { id, selected } of selects) {
    if (selected) chosen.add(id);
    else chosen.delete(id);
  }
  return chosen;
}

/** The focus ring is the selection ring: Tab onto a step selects it. A click does so by itself. */
function selectFocused(store: Store, target: EventTarget): void {
  if (!(target instanceof HTMLElement) || !target.matches('.react-flow__node:focus-visible')) return;
  const id = target.dataset['id'];
  if (id !== undefined && !store.getState().selected.has(id)) store.getState().select([id]);
}

/** A second click within this time renames. */
const doubleClickMs = 260;

/**
 * A click opens the settings. On the title it waits whether a second one follows: the panel would slide in under the pointer and take the
 * second click of a renaming away.
 */
function useStepClick(actions: CanvasActions | null) {
  const store = useEditorStore();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  return useCallback(
    (event: ReactMouseEvent, node: AnyNode) => {
      clearTimeout(timer.current);
      if (!isStep(node)) return selectGroup(store, event, node);
      if (event.shiftKey || event.ctrlKey || event.metaKey || event.detail > 1) return;
      const onTitle = event.target instanceof Element && event.target.closest('.mw-step-title') !== null;
      if (onTitle) timer.current = setTimeout(() => actions?.openStep(node.id), doubleClickMs);
      else actions?.openStep(node.id);
    },
    [actions, store],
  );
}

function useDrop(
  onDropKind: CanvasProps['onDropKind'],
  farView: RefObject<FarView | null>,
  dropping: StoreApi<DroppingState>,
) {
  const store = useEditorStore();
  const { screenToFlowPosition, getZoom } = useReactFlow();
  const readOnly = useEditor((state) => state.readOnly);
  return {
    onDragOver: (event: DragEvent) => {
      if (readOnly || !event.dataTransfer.types.includes(kindDataType)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
      const point = screenToFlowPosition({ x: event.clientX, y: event.clientY });
      const over = containerAt(store.getState().graph, store.catalogue, point);
      if (dropping.getState().over !== over) dropping.setState({ over });
    },
    onDragLeave: () => dropping.setState({ over: null }),
    onDrop: (event: DragEvent) => {
      const kind = event.dataTransfer.getData(kindDataType);
      if (kind === '' || readOnly) return;
      event.preventDefault();
      dropping.setState({ over: null });
      // The buttons and the label of a connection lie above its line.
      const under = document.elementsFromPoint(event.clientX, event.clientY);
      const edge = under.find((element) => element.closest('.react-flow__edge'))?.closest('.react-flow__edge');
      const at = screenToFlowPosition({ x: event.clientX, y: event.clientY });
      const edgeId = edge?.getAttribute('data-id') ?? farView.current?.edgeAt(at, 8 / getZoom()) ?? null;
      onDropKind?.({ kind, edgeId, at });
    },
  };
}
