import type { OpenTrigger, TriggerStore } from '../../store/triggers.ts';

/** How long another process may go on with what it knew before a workflow was published or switched off there. */
const freshMs = 1_000;
const maxKept = 10_000;

/** Finds triggers by their token's hash, and remembers them for a second: a busy webhook asks the database once a second, not once a call. */
export interface TriggerLookup {
  find(tokenHash: Buffer): Promise<OpenTrigger | null>;
  /** After a change in this process: ask again at once. */
  forget(): void;
}

/** Only what exists is remembered, so guessing tokens fills nothing. Calls that come while the database is being asked share the answer. */
export function createTriggerLookup(store: Pick<TriggerStore, 'byToken'>, now: () => number = Date.now): TriggerLookup {
  const kept = new Map<string, { until: number; trigger: Promise<OpenTrigger | null> }>();
  return {
    find(tokenHash) {
      const key = tokenHash.toString('base64');
      const known = kept.get(key);
      if (known && known.until > now()) return known.trigger;
      const trigger = store.byToken(tokenHash);
      if (kept.size >= maxKept) kept.clear();
      kept.set(key, { until: now() + freshMs, trigger });
      const drop = (): void => {
        if (kept.get(key)?.trigger === trigger) kept.delete(key);
      };
      trigger.then((found) => found ?? drop(), drop);
      return trigger;
    },
    forget: () => kept.clear(),
  };
}
