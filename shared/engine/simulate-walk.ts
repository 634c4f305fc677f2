/** What a simulation holds while it walks, and the scope that notices which values a step reads. */
import type { ErrorBody } from '../errors.ts';
import type { NodeCatalogue, StepPreview, UsageEstimate } from '../nodes/contract.ts';
import type { Pin, Section } from '../workflow/run.ts';
import type { KeptEvent } from './rerun.ts';
import { addressAt, itemPathOf, nodeOf } from './address.ts';
import type { CompiledGraph } from './graph.ts';
import { inputOf, inputsOf, type RunState } from './fold.ts';
import { stepAt } from './state.ts';

export interface SimulationOptions {
  /** Id of the trigger node that the run would start at. */
  trigger: string;
  /** What the trigger would put out. Absent: its example, and everything that reads it counts as an example too. */
  payload?: unknown;
  now: Date;
  /** Outputs that were really made (and confirmed): they count as exact. */
  pins?: Readonly<Record<string, Pin>>;
  workspaceName?: string;
  /** A test of a part of the workflow, and what stands before it. */
  part?: { section: Section; kept: readonly KeptEvent[] };
}

export interface SimulatedStep {
  /** The address of the step: its id, and in a container the item before it (`address.ts`). */
  nodeId: string;
  kind: string;
  status: 'runs' | 'skipped' | 'error';
  /** What the step would do (its mail, its prompt, its branch, or that it is skipped) is certain. */
  exact: boolean;
  /** What it would hand on is certain too; else `output` is an example. */
  outputExact: boolean;
  /** Whether it runs at all is certain. */
  certain: boolean;
  summary: string;
  /** The way out that is taken; null where the step does not go on. */
  port: string | null;
  output: unknown;
  /** Settings with values put in; null where that failed or the step is not reached. */
  config: Record<string, unknown> | null;
  preview: StepPreview | null;
  error: ErrorBody | null;
  /** What a call to a model would use; null for steps without one and for pinned answers. */
  usage: UsageEstimate | null;
}

/** One simulation under way. */
export interface Walk {
  graph: CompiledGraph;
  catalogue: NodeCatalogue;
  options: SimulationOptions;
  state: RunState;
  /** By address. */
  done: Map<string, SimulatedStep>;
  /** Outputs by step id as getters that report to `read`, by the path of the item that sees them. */
  outputs: Map<string, Record<string, unknown>>;
  loops: Map<string, WalkedLoop>;
  /** Items that may still be shown. */
  itemsLeft: number;
  /** Takes note of what the step at hand reads. */
  read: (isExact: boolean) => void;
}

/** A container that a simulation has come by: of all its items the first few are walked through. */
export interface WalkedLoop {
  /** Address of the container. */
  nodeId: string;
  count: number;
  shown: number;
}

export interface Watch {
  input: unknown;
  scope: Record<string, unknown>;
  /** True while nothing has been read that is not certain. */
  touchedOnlyExact(): boolean;
  inputIsExact(): boolean;
  context(now: Date): { input: unknown; inputs: ReturnType<typeof inputsOf>; now: Date };
}

/** The scope of a step whose values tell when they are read. `address`: of the step. */
export function watchScope(walk: Walk, address: string): Watch {
  const { state, graph, done, options } = walk;
  let exact = true;
  walk.read = (isExact) => {
    exact &&= isExact;
  };
  const read = <T>(value: T, isExact: boolean): T => {
    walk.read(isExact);
    return value;
  };
  const path = itemPathOf(address);
  const input = inputOf(state, address);
  const taken = stepAt(state, address)?.taken ?? [];
  const inputIsExact = (): boolean =>
    taken.every(({ source }) => {
      const before = done.get(sourceAddress(path, source));
      // Along the way into a container comes the item: its list is certain when the container is.
      return source === containerOf(path) ? before?.exact === true : before?.outputExact === true;
    });
  const started = options.now.toISOString();
  const scope = {
    steps: outputsIn(walk, path),
    workspace: { name: options.workspaceName ?? '' },
    get trigger() {
      const trigger = done.get(options.trigger);
      return read(trigger?.output, trigger?.outputExact === true);
    },
    get input() {
      return read(input, inputIsExact());
    },
    get now() {
      return read(started, false);
    },
    get run() {
      return read({ id: 'preview', startedAt: started }, false);
    },
  };
  return {
    input,
    scope: path === '' ? scope : withItem(walk, path, scope, read),
    touchedOnlyExact: () => exact,
    inputIsExact,
    context: (now) => ({
      get input() {
        return read(input, inputIsExact());
      },
      get inputs() {
        return read(inputsOf(state, address, graph.nodes.get(nodeOf(address))!.incoming), inputIsExact());
      },
      now,
    }),
  };
}

function withItem(
  { state, done }: Walk,
  path: string,
  scope: object,
  read: <T>(value: T, isExact: boolean) => T,
): Record<string, unknown> {
  const frame = state.frames.get(path);
  const isExact = done.get(containerAddress(path))?.exact === true;
  return Object.defineProperties({ index: frame?.index } as Record<string, unknown>, {
    ...Object.getOwnPropertyDescriptors(scope),
    item: { enumerable: true, get: () => read(frame?.item, isExact) },
  });
}

/** Of the container whose item this is; empty for the canvas. */
export function containerAddress(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('[')));
}

function containerOf(path: string): string {
  return nodeOf(containerAddress(path));
}

/** Where the step at the beginning of a connection is found, seen from the item at `path`. */
export function sourceAddress(path: string, source: string): string {
  return path !== '' && source === containerOf(path) ? containerAddress(path) : addressAt(path, source);
}

/** What the steps of an item see: what was there when it began, and what they hand on themselves. */
export function outputsIn(walk: Walk, path: string): Record<string, unknown> {
  const known = walk.outputs.get(path);
  if (known) return known;
  const around = path === '' ? {} : outputsIn(walk, itemPathOf(containerAddress(path)));
  const own = Object.defineProperties({}, Object.getOwnPropertyDescriptors(around)) as Record<string, unknown>;
  walk.outputs.set(path, own);
  return own;
}
