import type { ErrorBody } from '../errors.ts';
import type { WorkflowEdge } from '../workflow/graph.ts';
import type {
  Answer,
  ItemFailure,
  LogLine,
  LoopPart,
  LoopPolicy,
  Pause,
  Pin,
  Resumption,
  RunStatus,
  Section,
  StepStatus,
  Wait,
} from '../workflow/run.ts';
import { itemPathOf, nodeOf } from './address.ts';
import type { HeldMails } from './held.ts';
import type { StepUndo } from './undo.ts';

/** What a run's journal folds to (`fold.ts`). */
export interface StepState {
  status: StepStatus;
  attempt: number;
  startedAt?: number;
  finishedAt?: number;
  /** Milliseconds of the last attempt. */
  ms?: number;
  port?: string;
  output?: unknown;
  error?: ErrorBody;
  costMicro: number;
  /** Intent of the attempt under way, journaled under this key: the effect may have happened. */
  intent?: string;
  /** The key of its first intent. Every further attempt uses it, also one in a rerun that repeats an unknown outcome. */
  key?: string;
  wait?: Wait;
  /** What ended its last wait. That it waited for its turn does not count: what came before that still holds. */
  resumed?: Resumption;
  /** How many waits have ended in the attempt under way; absent: none. */
  goes?: number;
  retryAt?: number;
  log: LogLine[];
  /** Incoming edges that have settled, and those of them that were taken, in the order they settled. */
  settled: number;
  taken: WorkflowEdge[];
  /** Of a container that has its list. While the loop goes on the step counts as running. */
  loop?: LoopState;
}

/** The steps that see each other: those on the canvas itself, or those of one item of a container. */
export interface Frame {
  /** Empty for the canvas. */
  path: string;
  /** By node id. */
  steps: Map<string, StepState>;
  /** What `steps` is in an expression: outputs by node id, with those of the frames around it. */
  outputs: Record<string, unknown>;
  /** How many of its steps are ready or open. */
  active: number;
}

/** One item on its way through a container. */
export interface ItemFrame extends Frame {
  parent: Frame;
  loop: LoopState;
  index: number;
  item: unknown;
  /** Set once the item is bound to fail: nothing new starts for it. */
  failure?: ItemFailure['error'];
}

/** A container at work. Indexes count over the whole list, also in a run that does a part of it. */
export interface LoopState extends LoopPolicy {
  /** Of the container. */
  address: string;
  title: string;
  /** Ids of the steps in it, in topological order. */
  body: readonly string[];
  /** Where the container stands. */
  frame: Frame;
  openedAt: number;
  /** Index of the first item of `items`. */
  from: number;
  /** Empty when the items are with runs of their own, or through. */
  items: readonly unknown[];
  count: number;
  /** How many items have begun. */
  next: number;
  lastBegunAt: number | null;
  /** Items under way. */
  frames: Set<ItemFrame>;
  done: number;
  failed: number;
  results: unknown[];
  /** What the results take as JSON, at least. */
  bytes: number;
  failures: ItemFailure[];
  /** Set once the loop is bound to fail: no further item begins. */
  failure?: ErrorBody;
  /** The items are with this many runs; `ended` has those that told what they came to. */
  parts?: { count: number; ended: Set<number> };
}

/** Steps are named by their address. */
export interface RunState extends Frame {
  status: RunStatus;
  seq: number;
  trigger: string;
  startedAt: number;
  finishedAt?: number;
  /** Items under way by their path; also those that are through if `keepsItems`. */
  frames: Map<string, ItemFrame>;
  keepsItems: boolean;
  /** Containers at work. */
  loops: Map<string, LoopState>;
  /** Set in a run that does a share of another run's loop. */
  part?: Pick<LoopPart, 'loop' | 'part'>;
  pins: Record<string, Pin>;
  /** The part of the workflow that it is restricted to, and its steps; absent: all take part. */
  section?: Section;
  within?: ReadonlySet<string>;
  /** Every mail goes there only. */
  mailsTo?: string;
  /** Some of its values are kept apart and stand here as a StoredPayload. */
  hasPayloads?: true;
  /** Steps that may start now, in the order they became ready. */
  ready: Set<string>;
  /** Steps that have started and not settled: running, retrying, waiting or uncertain. */
  open: Set<string>;
  costMicro: number;
  error?: ErrorBody & { nodeId?: string };
  answer?: Answer;
  /** Steps whose effects are taken back, by address; absent: none. */
  undo?: Map<string, StepUndo>;
  /** Mails that wait for the run to succeed; absent: it has written none. */
  mails?: HeldMails;
  /** Set while it is paused: nothing new starts. */
  paused?: Pause;
  /** What it may spend, where a person has raised that. */
  costLimitMicro?: number;
  /** The last wish of a person that was acted on. */
  wish?: string;
  /** Set once the run is bound to end: nothing new starts. */
  ending?: { status: 'done' | 'failed' | 'cancelled'; error?: ErrorBody & { nodeId?: string } };
}

/** `keepsItems`: items that are through stay in `frames`, for whoever wants to look at them. */
export function newRunState({ keepsItems = false }: { keepsItems?: boolean } = {}): RunState {
  return {
    path: '',
    outputs: {},
    active: 0,
    frames: new Map(),
    keepsItems,
    loops: new Map(),
    status: 'queued',
    seq: 0,
    trigger: '',
    startedAt: 0,
    steps: new Map(),
    pins: {},
    ready: new Set(),
    open: new Set(),
    costMicro: 0,
  };
}

/** Where the step at `address` stands; undefined when its item is through and was let go. */
export function frameOf(state: RunState, address: string): Frame | undefined {
  const path = itemPathOf(address);
  return path === '' ? state : state.frames.get(path);
}

/** The step at `address`, if anything is known of it. */
export function stepAt(state: RunState, address: string): StepState | undefined {
  return frameOf(state, address)?.steps.get(nodeOf(address));
}

export function isItem(frame: Frame): frame is ItemFrame {
  return 'loop' in frame;
}

/** True when nothing new starts there: the run ends, or an item around it has failed. */
export function isEnding(state: RunState, frame: Frame | undefined): boolean {
  if (state.ending) return true;
  for (let at = frame; at && isItem(at); at = at.parent) if (at.failure) return true;
  return false;
}

/** What the step gets as `input`: the one output that arrived, or `{ <nodeId>: output }` where several did. */
export function inputOf(state: RunState, address: string): unknown {
  const frame = frameOf(state, address);
  const taken = frame?.steps.get(nodeOf(address))?.taken ?? [];
  if (!frame || taken.length === 0) return null;
  if (taken.length === 1) return outputAlong(frame, taken[0]!);
  return Object.fromEntries(taken.map((edge) => [edge.source, outputAlong(frame, edge)]));
}

/** The outputs that arrived at a step, in the order of `incoming`, its edges in the graph. */
export function inputsOf(
  state: RunState,
  address: string,
  incoming: readonly WorkflowEdge[],
): { node: string; port: string; output: unknown }[] {
  const frame = frameOf(state, address);
  if (!frame) return [];
  const taken = new Set(frame.steps.get(nodeOf(address))?.taken);
  return incoming
    .filter((edge) => taken.has(edge))
    .map((edge) => ({ node: edge.source, port: edge.sourcePort, output: outputAlong(frame, edge) }));
}

/** Along the way into a container comes the item. */
function outputAlong(frame: Frame, { source }: WorkflowEdge): unknown {
  return isItem(frame) && source === nodeOf(frame.loop.address) ? frame.item : frame.steps.get(source)?.output;
}
