import type { NodeGroup } from '../../../shared/nodes/contract.ts';
import type { Problem } from '../../../shared/workflow/problem.ts';
import type { StepStatus } from '../../../shared/workflow/run.ts';
import type { EdgeFlow } from '../flow.ts';

/** Names of the theme's tokens, without `--mw-`. */
export type Token =
  | 'canvas'
  | 'card'
  | 'line'
  | 'edge'
  | 'primary'
  | `group-${NodeGroup | 'other'}`
  | `status-${'running' | 'waiting' | 'done' | 'failed' | 'attention' | 'skipped'}`;

/** So many parts of a hundred of one colour, the rest of another. */
export interface Mix {
  of: Token;
  percent: number;
  over: Token;
}

/** What is known of a step when it is drawn from afar. */
export interface StepFacts {
  group: NodeGroup | undefined;
  /** A step that others stand in is drawn as a ground with a head. */
  container: boolean;
  disabled: boolean;
  selected: boolean;
  proposed: boolean;
  problem: Problem['severity'] | undefined;
  /** Null where no run is shown. */
  status: StepStatus | null;
}

/** A sign in the box: colour is never the only sign. */
export type Mark = 'tick' | 'cross' | 'dots' | 'clock' | 'bang';

/** How a step is drawn from afar. Sizes in screen pixels. */
export interface StepLook {
  fill: Mix;
  opacity: number;
  border: { color: Token; width: number; dashed: boolean } | null;
  /** A ring around the box, as soft as the selection's on a near step. */
  halo: Token | null;
  mark: { sign: Mark; color: Token } | null;
  /** Radius of the corners; 0 where they would not be seen. */
  radius: number;
}

/** Radius of a near step's corners in canvas pixels. */
const corner = 14;
/** A box lower than this on the screen has no room for a sign. */
const leastForMark = 9;

/** What is drawn for a step that is `height` canvas pixels high, at a zoom below `farZoom`. */
export function stepLook(facts: StepFacts, height: number, zoom: number): StepLook {
  const state = stateLook(facts);
  const base: Token = `group-${facts.group ?? 'other'}`;
  const radius = Math.round(corner * zoom);
  const strong = facts.selected || facts.proposed;
  return {
    fill: facts.container
      ? { of: base, percent: 10, over: 'canvas' }
      : (state?.fill ?? { of: base, percent: 34, over: 'card' }),
    opacity: facts.disabled || facts.status === 'skipped' ? 0.5 : facts.status === 'pending' ? 0.7 : 1,
    border: strong
      ? { color: 'primary', width: 2, dashed: false }
      : (state?.border ?? (facts.container ? { color: base, width: 1, dashed: false } : null)),
    halo: strong ? 'primary' : (state?.halo ?? null),
    mark: state !== null && state.mark !== null && height * zoom >= leastForMark ? state.mark : null,
    radius: radius < 2 ? 0 : radius,
  };
}

interface StateLook {
  fill: Mix | null;
  border: StepLook['border'];
  halo: Token | null;
  mark: StepLook['mark'];
}

/** What the run, or else a mistake in the settings, makes of a step. */
function stateLook({ status, problem }: StepFacts): StateLook | null {
  switch (status) {
    case 'done':
      return plain('status-done', 'tick', 62);
    case 'running':
      return { ...plain('status-running', 'dots', 80), halo: 'status-running' };
    case 'retrying':
      return { ...plain('status-running', 'bang', 62), halo: 'status-running' };
    case 'waiting':
      return plain('status-waiting', 'clock', 62);
    case 'failed':
      return { ...plain('status-failed', 'cross', 88), halo: 'status-failed' };
    case 'uncertain':
      return { ...plain('status-failed', 'bang', 88), halo: 'status-failed' };
    case 'skipped':
    case 'pending':
      return null;
    case null:
      return problem === undefined ? null : problemLook(problem);
  }
}

function plain(color: Token, sign: Mark, percent: number): StateLook {
  return {
    fill: { of: color, percent, over: 'card' },
    border: { color, width: 1, dashed: false },
    halo: null,
    mark: { sign, color: 'card' },
  };
}

function problemLook(severity: Problem['severity']): StateLook | null {
  if (severity !== 'error') return null;
  const color = 'status-attention';
  return { fill: null, border: { color, width: 1.5, dashed: true }, halo: null, mark: { sign: 'bang', color } };
}

/** How a connection is drawn from afar. */
export interface EdgeLook {
  color: Token;
  opacity: number;
  /** Screen pixels. */
  width: number;
}

/** @param error the connection leaves by the error output. */
export function edgeLook(flow: EdgeFlow | undefined, selected: boolean, error: boolean, zoom: number): EdgeLook {
  const width = Math.max(0.6, 1.75 * zoom);
  if (selected) return { color: 'primary', opacity: 1, width: width + 0.8 };
  switch (flow) {
    case 'running':
      return { color: 'status-running', opacity: 1, width: width + 0.8 };
    case 'failed':
      return { color: 'status-failed', opacity: 1, width: width + 0.4 };
    case 'done':
    case 'taken':
      return { color: 'status-done', opacity: 1, width };
    case 'untaken':
      return { color: 'edge', opacity: 0.45, width };
    case undefined:
      return { color: error ? 'status-failed' : 'edge', opacity: error ? 0.7 : 1, width };
  }
}
