import { partEvents } from '../../shared/engine/plan.ts';
import type { RunEventBody } from '../../shared/workflow/run.ts';
import type { Live } from './live.ts';

/** Reads what has come for the steps under way. Never rejects: what could not be read keeps the run from resting for good. */
export async function readWords(live: Live): Promise<void> {
  live.reading++;
  try {
    const words = await live.ports.signals.arrived(live.run, [...live.state.open]);
    for (const word of words) live.arrived.set(word.id, word);
    live.missed = false;
  } catch (error) {
    live.missed = true;
    live.ports.report(error, live.run);
  }
  live.reading--;
}

/** What runs have said since that share the list of a container. */
export function newParts({ state, arrived }: Live): RunEventBody[] {
  return state.loops.size === 0 ? [] : partEvents(state, [...arrived.values()]);
}
