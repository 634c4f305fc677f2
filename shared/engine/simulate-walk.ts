/** What a simulation holds while it walks, and the scope that notices which values a step reads. */
import type { ErrorBody } from '../errors.ts';
import type { NodeCatalogue, StepPreview, UsageEstimate } from '../nodes/contract.ts';
import type { Pin } from '../workflow/run.ts';
import { inputOf, inputsOf, type RunState } from './fold.ts';
import type { CompiledGraph } from './graph.ts';

export interface SimulationOptions {
  /** Id of the trigger node that the run would start at. */
  trigger: string;
  /** What the trigger would put out. Absent: its example, and everything that reads it counts as an example too. */
  payload?: unknown;
  now: Date;
  /** Outputs that were really made (and confirmed): they count as exact. */
  pins?: Readonly<Record<string, Pin>>;
  workspaceName?: string;
}

export interface SimulatedStep {
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
  done: Map<string, SimulatedStep>;
  /** Outputs by step id as getters, made once for all steps; they report to `read`. */
  outputs: Record<string, unknown>;
  /** Takes note of what the step at hand reads. */
  read: (isExact: boolean) => void;
}

export interface Watch {
  scope: Record<string, unknown>;
  /** True while nothing has been read that is not certain. */
  touchedOnlyExact(): boolean;
  inputIsExact(): boolean;
  context(now: Date): { input: unknown; inputs: ReturnType<typeof inputsOf>; now: Date };
}

/** The scope of a step whose values tell when they are read. */
export function watchScope(walk: Walk, id: string): Watch {
  const { state, graph, done, options } = walk;
  let exact = true;
  walk.read = (isExact) => {
    exact &&= isExact;
  };
  const read = <T>(value: T, isExact: boolean): T => {
    walk.read(isExact);
    return value;
  };
  const input = inputOf(state, id);
  const taken = state.steps.get(id)?.taken ?? [];
  const inputIsExact = (): boolean => taken.every(({ source }) => done.get(source)?.outputExact === true);
  const started = options.now.toISOString();
  const scope = {
    steps: walk.outputs,
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
    scope,
    touchedOnlyExact: () => exact,
    inputIsExact,
    context: (now) => ({
      get input() {
        return read(input, inputIsExact());
      },
      get inputs() {
        return read(inputsOf(state, id, graph.nodes.get(id)!.incoming), inputIsExact());
      },
      now,
    }),
  };
}
