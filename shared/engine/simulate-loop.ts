/** Containers in a simulation: the first items are walked through, one after the other, and stand for the others. */
import type { LoopOutput, LoopPolicy, RunEventBody } from '../workflow/run.ts';
import { itemPathOf, nodeOf } from './address.ts';
import type { SimulatedStep, Walk } from './simulate-walk.ts';
import { outputsIn } from './simulate-walk.ts';
import { stepAt } from './state.ts';

/** Items of one container that are shown, and those of all containers together. At least one of each is. */
const shownItems = 20;
export const mostItems = 400;

/** Gives what the step hands on to those that see it. */
export function settle(walk: Walk, step: SimulatedStep): void {
  walk.done.set(step.nodeId, step);
  const get = (): unknown => {
    walk.read(step.outputExact);
    // A step that failed and let the run go on has the output that the fold gave it.
    return stepAt(walk.state, step.nodeId)?.output;
  };
  const outputs = outputsIn(walk, itemPathOf(step.nodeId));
  Object.defineProperty(outputs, nodeOf(step.nodeId), { enumerable: true, get });
}

/** Opens a container with the items that are shown. */
export function openLoop(
  walk: Walk,
  address: string,
  { items, onItemError }: { items: readonly unknown[] } & LoopPolicy,
): RunEventBody {
  const shown = Math.min(items.length, shownItems, Math.max(1, walk.itemsLeft));
  walk.itemsLeft -= shown;
  walk.loops.set(address, { nodeId: address, count: items.length, shown });
  const policy = { concurrency: 1, onItemError };
  return { type: 'loop.opened', node: address, count: shown, items: items.slice(0, shown), ...policy };
}

/** What a loop decides, as if it had gone through all of its items. */
export function loopEvent(walk: Walk, event: RunEventBody): RunEventBody {
  if (event.type !== 'step.done' || event.collected !== true) return event;
  const loop = stepAt(walk.state, event.node)?.loop;
  const { count, shown } = walk.loops.get(event.node)!;
  if (loop === undefined || count === shown) return event;
  const { collected: _all, ...rest } = event;
  const output: LoopOutput = { results: loop.results, count, failed: loop.failed, failures: loop.failures };
  return { ...rest, output };
}

/** To be called when a container is through, or has failed. */
export function endLoop(walk: Walk, address: string): void {
  const { status, error, port, output } = stepAt(walk.state, address)!;
  const opened = walk.done.get(address)!;
  const { count, shown } = walk.loops.get(address)!;
  if (status === 'failed' && error !== undefined) {
    return settle(walk, { ...opened, status: 'error', error, summary: error.message });
  }
  const inside = [...walk.done.values()].filter(({ nodeId }) => nodeId.startsWith(`${address}[`));
  const outputExact = opened.exact && count === shown && inside.every((step) => step.outputExact);
  settle(walk, { ...opened, port: port ?? null, output: output ?? null, outputExact });
}
