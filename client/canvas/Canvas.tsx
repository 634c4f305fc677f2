import './canvas.css';
import { Background, BackgroundVariant, MiniMap, ReactFlow, SelectionMode, useReactFlow } from '@xyflow/react';
import type { Connection, FinalConnectionState, NodeChange, OnConnectStartParams } from '@xyflow/react';
import { useMediaQuery } from '@mantine/hooks';
import { useCallback, useMemo, useRef, useState } from 'react';
import type { DragEvent, MouseEvent as ReactMouseEvent, ReactNode } from 'react';
import { edgeBetween } from '../../shared/workflow/graph.ts';
import type { WorkflowGraph } from '../../shared/workflow/graph.ts';
import { groupColor } from '../ui/groups.ts';
import { useEditor, useEditorStore } from '../stores/context.tsx';
import { connectionProblem } from '../stores/connections.ts';
import type { Ends } from '../stores/connections.ts';
import { connect, moveNodes } from '../stores/graph-edits.ts';
import { useArrangeAnimation } from './arrange.ts';
import { ConnectionLine } from './ConnectionLine.tsx';
import { CanvasContext, newConnectingStore } from './context.ts';
import type { CanvasActions } from './context.ts';
import { useCanvasEdges, useCanvasNodes } from './canvasNodes.ts';
import type { CanvasEdge, CanvasNode } from './canvasNodes.ts';
import { minimapRange, phonePadding, viewPadding, visibleOnlyFrom } from './geometry.ts';
import { StepEdge } from './StepEdge.tsx';
import { StepNode } from './StepNode.tsx';

const nodeTypes = { step: StepNode };
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
  const context = useMemo(() => ({ actions, connecting }), [actions, connecting]);
  const moving = useArrangeAnimation();
  const { nodes, measure } = useCanvasNodes(moving);
  const edges = useCanvasEdges(nodes);
  const connection = useConnecting(connecting, actions);
  const drag = useDragging();
  const click = useStepClick(actions);
  const count = nodes.length;
  const onNodesChange = useCallback(
    (changes: NodeChange<CanvasNode>[]) => {
      measure(changes);
      applyPositions(store, changes);
      applySelection(store, changes);
    },
    [measure, store],
  );
  return (
    <CanvasContext value={context}>
      <div
        className="mw-canvas"
        {...useDrop(onDropKind)}
        onFocusCapture={(event) => selectFocused(store, event.target)}
      >
        <ReactFlow<CanvasNode, CanvasEdge>
          nodes={nodes}
          edges={edges}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          onNodesChange={onNodesChange}
          onEdgesChange={(changes) => {
            const selects = changes.filter((change) => change.type === 'select');
            if (selects.length === 0) return;
            store.getState().select(store.getState().selected, withSelects(store.getState().selectedEdges, selects));
          }}
          {...connection}
          {...drag}
          onNodeClick={click}
          onNodeContextMenu={(event, node) => {
            event.preventDefault();
            actions?.openMenu(node.id, { x: event.clientX, y: event.clientY });
          }}
          onPaneClick={() => store.getState().open(null)}
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
          minZoom={0.1}
          maxZoom={2}
          fitView
          fitViewOptions={{ padding: phone ? phonePadding : viewPadding, maxZoom: 1 }}
          proOptions={hideAttribution}
          snapToGrid
          snapGrid={snapGrid}
        >
          <Background variant={BackgroundVariant.Dots} gap={20} size={1.4} color="var(--mw-dot)" />
          {!phone && count >= minimapRange.from && count <= minimapRange.to ? (
            <MiniMap<CanvasNode>
              className="mw-minimap"
              pannable
              zoomable
              nodeColor={(node) => groupColor(node.data.definition?.group)}
              nodeBorderRadius={14}
              ariaLabel="Overview of the workflow"
            />
          ) : null}
          {children}
        </ReactFlow>
      </div>
    </CanvasContext>
  );
}

const multiSelectKeys = ['Meta', 'Control', 'Shift'];
const mouseButtonsThatPan = [1, 2];
const hideAttribution = { hideAttribution: true };
const snapGrid: [number, number] = [8, 8];

type Store = ReturnType<typeof useEditorStore>;

function applyPositions(store: Store, changes: readonly NodeChange<CanvasNode>[]): void {
  const positions = new Map<string, { x: number; y: number }>();
  for (const change of changes)
    if (change.type === 'position' && change.position) positions.set(change.id, change.position);
  if (positions.size > 0 && !store.getState().readOnly) store.getState().adjust((graph) => moveNodes(graph, positions));
}

function applySelection(store: Store, changes: readonly NodeChange<CanvasNode>[]): void {
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
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  return useCallback(
    (event: ReactMouseEvent, node: CanvasNode) => {
      clearTimeout(timer.current);
      if (event.shiftKey || event.ctrlKey || event.metaKey || event.detail > 1) return;
      const onTitle = event.target instanceof Element && event.target.closest('.mw-step-title') !== null;
      if (onTitle) timer.current = setTimeout(() => actions?.openStep(node.id), doubleClickMs);
      else actions?.openStep(node.id);
    },
    [actions],
  );
}

/** A drag is one entry of the history, however many frames it took. */
function useDragging() {
  const store = useEditorStore();
  return useMemo(() => {
    const start = () => store.getState().beginGesture();
    const stop = (_event: unknown, _node: unknown, nodes: readonly { id: string }[] = []) =>
      store.getState().endGesture(nodes.length > 1 ? `Move ${nodes.length} steps` : 'Move step');
    return {
      onNodeDragStart: start,
      onNodeDragStop: stop,
      onSelectionDragStart: start,
      onSelectionDragStop: (event: unknown, nodes: readonly { id: string }[]) => stop(event, null, nodes),
    };
  }, [store]);
}

function endsOf(connection: Connection | CanvasEdge): Ends {
  return {
    source: connection.source,
    sourcePort: connection.sourceHandle ?? 'out',
    target: connection.target,
    targetPort: connection.targetHandle ?? 'in',
  };
}

/** Connecting: what fits lights up, what does not says why, and a line dropped on free ground asks for the step to put there. */
function useConnecting(connecting: ReturnType<typeof newConnectingStore>, actions: CanvasActions | null) {
  const store = useEditorStore();
  const from = useRef<OnConnectStartParams | null>(null);
  const add = useCallback(
    (ends: Ends) => {
      if (connectionProblem(store.getState().graph, store.catalogue, ends) !== null) return;
      store.getState().change('Connect', (graph) => connectWithErrorPort(graph, ends));
    },
    [store],
  );
  return useMemo(
    () => ({
      isValidConnection: (connection: Connection | CanvasEdge) =>
        connectionProblem(store.getState().graph, store.catalogue, endsOf(connection)) === null,
      onConnect: (connection: Connection) => add(endsOf(connection)),
      onConnectStart: (_event: unknown, params: OnConnectStartParams) => {
        from.current = params;
        connecting.setState({ targets: possibleEnds(store, params) });
      },
      onConnectEnd: (event: MouseEvent | TouchEvent, state: FinalConnectionState) => {
        connecting.setState({ targets: null });
        const start = from.current;
        from.current = null;
        if (!start?.nodeId || !start.handleId || state.isValid) return;
        const point = 'changedTouches' in event ? event.changedTouches[0] : event;
        if (point === undefined) return;
        const over = document.elementFromPoint(point.clientX, point.clientY);
        const body = over?.closest<HTMLElement>('.react-flow__node')?.dataset['id'];
        if (body !== undefined) {
          if (state.toHandle === null && start.handleType === 'source')
            add({ source: start.nodeId, sourcePort: start.handleId, target: body, targetPort: 'in' });
          return;
        }
        if (start.handleType === 'source' && over?.closest('.react-flow__pane')) {
          actions?.pickAfter(start.nodeId, start.handleId, { x: point.clientX, y: point.clientY });
        }
      },
    }),
    [store, connecting, actions, add],
  );
}

/** A line from a step's error handle switches the error output of that step on. */
export function connectWithErrorPort(graph: WorkflowGraph, ends: Ends): WorkflowGraph {
  const edge = edgeBetween(ends.source, ends.target, ends.sourcePort, ends.targetPort);
  const connected = connect(graph, edge);
  if (ends.sourcePort !== 'error') return connected;
  return {
    ...connected,
    nodes: connected.nodes.map((node) => (node.id === ends.source ? { ...node, onError: 'port' as const } : node)),
  };
}

function possibleEnds(store: Store, start: OnConnectStartParams): ReadonlySet<string> {
  const { graph } = store.getState();
  const { nodeId, handleId, handleType } = start;
  if (!nodeId || !handleId) return new Set();
  const fits = graph.nodes.filter((node) => {
    const kind = store.catalogue.get(node.kind);
    if (handleType === 'source') {
      return kind?.ports.in.some(
        (port) =>
          connectionProblem(graph, store.catalogue, {
            source: nodeId,
            sourcePort: handleId,
            target: node.id,
            targetPort: port.id,
          }) === null,
      );
    }
    return (
      connectionProblem(graph, store.catalogue, {
        source: node.id,
        sourcePort: 'out',
        target: nodeId,
        targetPort: handleId,
      }) === null
    );
  });
  return new Set(fits.map((node) => node.id));
}

function useDrop(onDropKind: CanvasProps['onDropKind']) {
  const { screenToFlowPosition } = useReactFlow();
  const readOnly = useEditor((state) => state.readOnly);
  return {
    onDragOver: (event: DragEvent) => {
      if (readOnly || !event.dataTransfer.types.includes(kindDataType)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
    },
    onDrop: (event: DragEvent) => {
      const kind = event.dataTransfer.getData(kindDataType);
      if (kind === '' || readOnly) return;
      event.preventDefault();
      // The buttons and the label of a connection lie above its line.
      const under = document.elementsFromPoint(event.clientX, event.clientY);
      const edge = under.find((element) => element.closest('.react-flow__edge'))?.closest('.react-flow__edge');
      const edgeId = edge?.getAttribute('data-id') ?? null;
      onDropKind?.({ kind, edgeId, at: screenToFlowPosition({ x: event.clientX, y: event.clientY }) });
    },
  };
}
