import type { OpenTrigger, TriggerStore } from '../../store/triggers.ts';
import { tokenHash } from './token.ts';

/** How long another process may go on with what it knew before a workflow was published or switched off there. */
const freshMs = 1_000;
const maxKept = 10_000;

/** Finds triggers by their token, and remembers them for a second: a busy webhook asks the database once a second, not once a call. */
export interface TriggerLookup {
  find(token: string): Promise<OpenTrigger | null>;
  /** After a change in this process: ask again at once. */
  forget(): void;
}

/** Only what exists is remembered, so guessing tokens fills nothing. Calls that come while the database is being asked share the answer. */
export function createTriggerLookup(store: Pick<TriggerStore, 'byToken'>, now: () => number = Date.now): TriggerLookup {
  const kept = new Map<string, { until: number; trigger: Promise<OpenTrigger | null> }>();
  return {
    find(token) {
      const known = kept.get(token);
      if (known && known.until > now()) return known.trigger;
      const trigger = store.byToken(tokenHash(token));
      if (kept.size >= maxKept) kept.clear();
      kept.set(token, { until: now() + freshMs, trigger });
      const drop = (): void => {
        if (kept.get(token)?.trigger === trigger) kept.delete(token);
      };
      trigger.then((found) => found ?? drop(), drop);
      return trigger;
    },
    forget: () => kept.clear(),
  };
}
