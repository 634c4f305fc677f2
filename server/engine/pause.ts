import type { Wish } from '../../shared/workflow/run.ts';
import { uncertainSteps } from '../../shared/engine/uncertain.ts';
import { record, write, type Live } from './live.ts';

/** Does what somebody wishes for the run. @returns false when that has been done before, or the run is bound to end. */
export function hearWish(live: Live, wish: Wish): boolean {
  if (live.state.wish === wish.id || live.state.ending) return false;
  const { id, by, costLimitMicro } = wish;
  if (wish.to === 'pause') record(live, { type: 'run.paused', by, wish: id });
  else record(live, { type: 'run.resumed', by, wish: id, ...(costLimitMicro === undefined ? {} : { costLimitMicro }) });
  writePause(live);
  return true;
}

/** Makes the pause, or its end, durable and visible in lists at once, while the run stays here. */
export function writePause(live: Live): void {
  const { state } = live;
  // A write that fails costs this process the run; `write` sees to it.
  void write(live, {
    status: 'running',
    error: null,
    costMicro: state.costMicro,
    finishedAt: null,
    dueAt: null,
    held: true,
    uncertainSteps: uncertainSteps(state).length,
    paused: state.paused ?? null,
  });
}
