import type { Connection, FinalConnectionState, OnConnectStartParams } from '@xyflow/react';
import { useCallback, useMemo, useRef } from 'react';
import { edgeBetween } from '../../shared/workflow/graph.ts';
import type { WorkflowGraph } from '../../shared/workflow/graph.ts';
import { useEditorStore } from '../stores/context.tsx';
import { connectionProblem } from '../stores/connections.ts';
import type { Ends } from '../stores/connections.ts';
import type { EditorStore } from '../stores/editor.ts';
import { connect } from '../stores/graph-edits.ts';
import type { CanvasEdge } from './canvasEdges.ts';
import type { CanvasActions, newConnectingStore } from './context.ts';

function endsOf(connection: Connection | CanvasEdge): Ends {
  return {
    source: connection.source,
    sourcePort: connection.sourceHandle ?? 'out',
    target: connection.target,
    targetPort: connection.targetHandle ?? 'in',
  };
}

/** Connecting: what fits lights up, what does not says why, and a line dropped on free ground asks for the step to put there. */
export function useConnecting(connecting: ReturnType<typeof newConnectingStore>, actions: CanvasActions | null) {
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

function possibleEnds(store: EditorStore, start: OnConnectStartParams): ReadonlySet<string> {
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
