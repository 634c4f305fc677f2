import { bind } from '../../shared/engine/bind.ts';
import { nodeOf } from '../../shared/engine/address.ts';
import { pinOf } from '../../shared/engine/pins.ts';
import { inputOf, stepAt } from '../../shared/engine/state.ts';
import { AppError } from '../../shared/errors.ts';
import { record, type Live } from './live.ts';
import { writePause } from './pause.ts';
import { scopeOf } from './step.ts';

/*
 * What a run may spend. Before a step with a price starts, what it may cost at most is added to what the run has spent. Past the limit the run
 * pauses and asks. While other such steps are under way, one that only together with them might pass the limit is held back until they have
 * settled: they often cost less. So a run never spends more than its limit by more than the step under way is dearer than its estimate.
 */

/** What steps under way may still cost, by run. */
const underWay = new WeakMap<Live, Map<string, number>>();

/** True when the step may start now. Else it is held back, or the run has been paused over it. */
export function maySpend(live: Live, node: string, options: { holdsBack: boolean }): boolean {
  const limitMicro = live.state.costLimitMicro ?? live.version.settings.costLimitMicro;
  if (limitMicro === undefined) return true;
  const stepMicro = costAtMost(live, node);
  if (stepMicro === 0) return true;
  const spentMicro = live.state.costMicro;
  if (spentMicro + stepMicro > limitMicro) {
    record(live, { type: 'run.paused', cost: { node, spentMicro, stepMicro, limitMicro } });
    writePause(live);
    return false;
  }
  const others = costsUnderWay(live);
  const othersMicro = [...others.values()].reduce((sum, micro) => sum + micro, 0);
  if (options.holdsBack && spentMicro + othersMicro + stepMicro > limitMicro) return false;
  others.set(node, stepMicro);
  return true;
}

function costsUnderWay(live: Live): Map<string, number> {
  const costs = underWay.get(live) ?? new Map<string, number>();
  underWay.set(live, costs);
  for (const node of costs.keys()) if (stepAt(live.state, node)?.status !== 'running') costs.delete(node);
  return costs;
}

/** Micro-credits. Nothing for what was generated in the confirmed preview, or for a step whose settings cannot be read: it fails when it starts. */
function costAtMost({ run, version, state, ports }: Live, node: string): number {
  const step = version.steps.get(nodeOf(node));
  const pin = pinOf(state.pins, node);
  if (!step?.definition.usage || version.graph.nodes.get(nodeOf(node))?.node.disabled || (pin && 'output' in pin))
    return 0;
  try {
    const config = bind(step.config, scopeOf({ run, state, node }, inputOf(state, node), ports.now()));
    return ports.costAtMost(step.definition.usage(config));
  } catch (error) {
    if (error instanceof AppError) return 0;
    throw error;
  }
}
