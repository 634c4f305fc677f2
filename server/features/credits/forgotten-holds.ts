import type { CreditStore } from '../../store/credits.ts';

const lookMs = 30_000;
/** A process that lives frees what a run holds right after its end. */
const endedAgoMs = 10_000;
/** Previews and compositions of a process that died an hour ago will not come back for their credits; a run is in the database by then. */
const abandonedMs = 3_600_000;

export interface ForgottenHoldsDeps {
  store: Pick<CreditStore, 'releaseAbandoned' | 'releaseEnded'>;
  now(): Date;
  report(error: unknown): void;
}

/** Frees credits that a process held when it died and that nobody will come back for. @returns how many holds. */
export async function freeForgottenHolds({ store, now }: Omit<ForgottenHoldsDeps, 'report'>): Promise<number> {
  const at = now().getTime();
  const ended = await store.releaseEnded(new Date(at - endedAgoMs));
  return ended + (await store.releaseAbandoned(new Date(at - abandonedMs)));
}

/** Looks at once and twice a minute; `stop` resolves when the look under way has ended. */
export function startFreeingHolds(deps: ForgottenHoldsDeps): { stop(): Promise<void> } {
  let looking = Promise.resolve();
  const look = (): void => {
    looking = looking.then(async () => void (await freeForgottenHolds(deps))).catch(deps.report);
  };
  look();
  const timer = setInterval(look, lookMs);
  return {
    stop() {
      clearInterval(timer);
      return looking;
    },
  };
}
