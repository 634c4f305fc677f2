import { toProviderError } from './errors.ts';
import type { Deadlines, ProviderInfo, TurnOptions } from './provider.ts';

export interface Watchdog {
  /** Aborts when the caller does or a deadline passes; hand it to the SDK. */
  signal: AbortSignal;
  /** Something arrived: the silence starts over. */
  alive(): void;
}

/**
 * Runs one call to a provider under its deadlines and turns whatever it throws into an AppError. SDK time-outs end with the headers; a
 * stream that falls silent afterwards would hang for ever without this.
 */
export async function watched<T>(
  info: Pick<ProviderInfo, 'id' | 'label'>,
  options: TurnOptions,
  deadlines: Deadlines,
  call: (watchdog: Watchdog) => Promise<T>,
): Promise<T> {
  const stalled = new AbortController();
  let idle = setTimeout(() => stalled.abort(), deadlines.idleMs);
  const total = setTimeout(() => stalled.abort(), deadlines.totalMs);
  const alive = () => {
    clearTimeout(idle);
    idle = setTimeout(() => stalled.abort(), deadlines.idleMs);
  };
  try {
    return await call({ signal: AbortSignal.any([options.signal, stalled.signal]), alive });
  } catch (error) {
    throw toProviderError(error, info, options.signal, stalled.signal.aborted);
  } finally {
    clearTimeout(idle);
    clearTimeout(total);
  }
}
