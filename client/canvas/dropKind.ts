import { useReactFlow } from '@xyflow/react';
import type { DragEvent, RefObject } from 'react';
import type { StoreApi } from 'zustand/vanilla';
import { containerAt } from '../stores/container-edits.ts';
import { useEditor, useEditorStore } from '../stores/context.tsx';
import type { DroppingState } from './context.ts';
import type { FarView } from './far/FarLayer.tsx';

/** The type of what is dragged from the palette. */
export const kindDataType = 'application/x-mailweave-kind';

/** Where a kind was dropped: over a connection, or on free ground. */
export interface KindDrop {
  kind: string;
  edgeId: string | null;
  /** Canvas coordinates of the new step's middle. */
  at: { x: number; y: number };
}

/** Kinds of steps that are dragged from the palette onto the canvas. */
export function useDropKind(
  onDropKind: ((drop: KindDrop) => void) | undefined,
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
