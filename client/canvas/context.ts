import { createContext, useContext } from 'react';
import { createStore } from 'zustand/vanilla';
import { useStore } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import type { Point } from './boxes.ts';
import type { GuideLine } from './guides.ts';

/** What the canvas asks of the page around it. Without `onEdit…` handlers the canvas is for looking only. */
export interface CanvasActions {
  openStep(id: string): void;
  openMenu(id: string, at: { x: number; y: number }): void;
  /** Runs one step by itself. */
  runStep(id: string): void;
  duplicate(id: string): void;
  remove(id: string): void;
  removeEdge(id: string): void;
  /** Screen coordinates. */
  pickForEdge(edgeId: string, at: { x: number; y: number }): void;
  pickAfter(nodeId: string, port: string, at: { x: number; y: number }): void;
  pickInside(container: string, at: { x: number; y: number }): void;
}

export interface ConnectingState {
  /** Steps that the connection under way may end at; null when none is under way. */
  targets: ReadonlySet<string> | null;
  /** Bounds of a step over which the pointer is. */
  hovered: string | null;
}

/** A drag under way: what moves, where it is, and what it would be put into. */
export interface DroppingState {
  /** What is being dragged: steps, notes and groups with their steps. */
  held: ReadonlySet<string>;
  /** Where it is just now. The document is told once, when it is let go: hundreds of steps follow the document. */
  places: ReadonlyMap<string, Point> | null;
  /** The container that would take it, and lights up; null when none would. */
  over: string | null;
  /** The container under the pointer, whether it takes it or not. */
  at: string | null;
  /** Where what is dragged lines up with its neighbours. */
  lines: readonly GuideLine[];
}

export interface CanvasContextValue {
  actions: CanvasActions | null;
  connecting: StoreApi<ConnectingState>;
  dropping: StoreApi<DroppingState>;
}

export const CanvasContext = createContext<CanvasContextValue | null>(null);

export function newConnectingStore(): StoreApi<ConnectingState> {
  return createStore<ConnectingState>()(() => ({ targets: null, hovered: null }));
}

/** Nothing is being dragged. */
export const noDrag: Omit<DroppingState, 'lines'> = { held: new Set(), places: null, over: null, at: null };

export function newDroppingStore(): StoreApi<DroppingState> {
  return createStore<DroppingState>()(() => ({ ...noDrag, lines: [] }));
}

export function useCanvas(): CanvasContextValue {
  const value = useContext(CanvasContext);
  if (value === null) throw new Error('useCanvas is for parts of the canvas');
  return value;
}

/** `fits` and `unfit` while a connection is being dragged, else null. */
export function useFitness(id: string): 'fits' | 'unfit' | null {
  return useStore(useCanvas().connecting, (state) =>
    state.targets === null ? null : state.targets.has(id) ? 'fits' : 'unfit',
  );
}
