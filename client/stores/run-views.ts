import type { LoopState, RunState, StepState } from '../../shared/engine/state.ts';
import type { ErrorBody } from '../../shared/errors.ts';
import type { LogLine, StepStatus, Wait } from '../../shared/workflow/run.ts';

/** A run's state as the canvas shows it: one view per step, also of a step that runs once for each item. */
export interface StepView {
  status: StepStatus;
  attempt: number;
  ms?: number;
  startedAt?: number;
  costMicro: number;
  port?: string;
  error?: ErrorBody;
  retryAt?: number;
  wait?: Wait;
  log: readonly LogLine[];
  /** Of a step inside a container: how it stands with its items. */
  items?: ItemCounts;
  /** Of a container that has its list. */
  loop?: LoopView;
}

export interface ItemCounts {
  /** By status. */
  of: Readonly<Partial<Record<StepStatus, number>>>;
  /** How many went along each way out. */
  went: Readonly<Record<string, number>>;
}

export interface LoopView {
  /** Items in all, begun, and through. */
  count: number;
  begun: number;
  done: number;
  failed: number;
  openedAt: number;
  /** When the newest event of the run took place, while the loop goes on; milliseconds. */
  at: number;
}

/** What has to be the same for a view to stay the same object. */
const keys = new WeakMap<StepView, readonly unknown[]>();

/** The views of all steps by node id; those that did not change, and the record itself if none did, are the same objects as before. */
export function viewsOf(
  state: RunState,
  before: Readonly<Record<string, StepView>>,
  at: number,
): Readonly<Record<string, StepView>> {
  const views: Record<string, StepView> = {};
  for (const [id, step] of state.steps) views[id] = kept(before[id], viewOf(step, at), step);
  for (const [id, steps] of itemSteps(state)) views[id] = kept(before[id], overItems(steps, at));
  const ids = Object.keys(views);
  const changed = ids.length !== Object.keys(before).length || ids.some((id) => views[id] !== before[id]);
  return changed ? views : before;
}

/** The steps inside containers, with one state per item that has come to them. */
function itemSteps(state: RunState): Map<string, StepState[]> {
  const found = new Map<string, StepState[]>();
  for (const frame of state.frames.values()) {
    for (const [id, step] of frame.steps) {
      const list = found.get(id);
      if (list === undefined) found.set(id, [step]);
      else list.push(step);
    }
  }
  return found;
}

function kept(old: StepView | undefined, view: StepView, step?: StepState): StepView {
  const { status, attempt, ms, costMicro, port, error, retryAt, wait, log, items, loop } = view;
  const key = [status, attempt, ms, costMicro, port, error, retryAt, wait, log.length, step === undefined];
  if (items) key.push(...Object.entries(items.of).flat(), '|', ...Object.entries(items.went).flat());
  if (loop) key.push(loop.count, loop.begun, loop.done, loop.failed);
  const known = old && keys.get(old);
  if (old && known && known.length === key.length && known.every((part, i) => part === key[i])) return old;
  keys.set(view, key);
  return view;
}

/** One step, for the run or for one item. */
export function viewOf(step: StepState, at: number): StepView {
  const view: StepView = { status: step.status, attempt: step.attempt, costMicro: step.costMicro, log: [...step.log] };
  if (step.ms !== undefined) view.ms = step.ms;
  if (step.startedAt !== undefined) view.startedAt = step.startedAt;
  if (step.port !== undefined) view.port = step.port;
  if (step.error !== undefined) view.error = step.error;
  if (step.retryAt !== undefined) view.retryAt = step.retryAt;
  if (step.wait !== undefined) view.wait = step.wait;
  if (step.loop !== undefined) view.loop = loopView([step.loop], at);
  return view;
}

/** The status that tells the most about several. */
const telling = ['running', 'retrying', 'uncertain', 'waiting', 'failed', 'done', 'pending', 'skipped'] as const;

function overItems(steps: readonly StepState[], at: number): StepView {
  const of: Partial<Record<StepStatus, number>> = {};
  const went: Record<string, number> = {};
  for (const { status, port } of steps) {
    of[status] = (of[status] ?? 0) + 1;
    if (port !== undefined) went[port] = (went[port] ?? 0) + 1;
  }
  const status = telling.find((one) => of[one] !== undefined) ?? 'pending';
  const view: StepView = {
    status,
    attempt: steps.reduce((most, step) => Math.max(most, step.attempt), 0),
    costMicro: steps.reduce((sum, step) => sum + step.costMicro, 0),
    log: [],
    items: { of, went },
  };
  const error = steps.find((step) => step.status === 'failed' || step.status === 'uncertain')?.error;
  if (error !== undefined) view.error = error;
  const loops = steps.flatMap((step) => step.loop ?? []);
  if (loops.length > 0) view.loop = loopView(loops, at);
  return view;
}

function loopView(loops: readonly LoopState[], at: number): LoopView {
  const sum = (of: (loop: LoopState) => number) => loops.reduce((total, loop) => total + of(loop), 0);
  return {
    count: sum(({ count }) => count),
    begun: sum(({ next }) => next),
    done: sum(({ done }) => done),
    failed: sum(({ failed }) => failed),
    openedAt: loops.reduce((first, { openedAt }) => Math.min(first, openedAt), Infinity),
    at,
  };
}

/** The steps whose fate a person has to decide, by address. */
export function uncertainSteps(state: RunState): [address: string, step: StepState][] {
  const own = [...state.steps];
  const inside = [...state.frames.values()].flatMap(({ path, steps }) =>
    [...steps].map(([id, step]): [string, StepState] => [`${path}/${id}`, step]),
  );
  return [...own, ...inside].filter(([, step]) => step.status === 'uncertain');
}
