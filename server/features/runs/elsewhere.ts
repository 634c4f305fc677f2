import { randomUUID } from 'node:crypto';
import { AppError, toErrorBody, type ErrorBody } from '../../../shared/errors.ts';
import type { Bus } from '../../bus/bus.ts';
import type { Engine } from '../../engine/engine.ts';
import type { Wish } from '../../../shared/workflow/run.ts';
import type { UncertainDecision } from '../../../shared/engine/uncertain.ts';

/** Runs that other processes hold. */
export interface Elsewhere {
  /** Tells whoever holds it to cancel it at once. The wish has to be in the database: that is what counts. */
  cancel(runId: string): void;
  /** Tells whoever holds it what somebody wants of it; that has been stored. */
  steer(runId: string, wish: Wish): void;
  /** Tells whoever holds it to read the words for its steps; they have been stored. */
  signalled(runId: string): void;
  /**
   * Hands a person's decision to whoever holds the run.
   * @returns false when nobody has answered.
   * @throws AppError as the holder did: conflict when the step does not wait for one.
   */
  resolve(input: { workspaceId: string; runId: string; nodeId: string; decision: UncertainDecision }): Promise<boolean>;
}

const patienceMs = 3_000;

/** Steers runs in other processes, and lets them steer those of this one. */
export function createElsewhere(bus: Bus, engine: Pick<Engine, 'session'>): Elsewhere {
  const asked = new Map<string, (error: ErrorBody | null) => void>();

  bus.onMessage((message) => {
    switch (message.type) {
      case 'cancel':
        engine.session(message.runId)?.cancel();
        return;
      case 'steer':
        engine.session(message.runId)?.steer(message.wish);
        return;
      case 'signalled':
        engine.session(message.runId)?.signalled();
        return;
      case 'resolve': {
        const session = engine.session(message.runId);
        if (session?.run.workspaceId !== message.workspaceId) return;
        bus.publish({
          type: 'resolved',
          ask: message.ask,
          error: failureOf(() => session.resolveUncertain(message.nodeId, message.decision)),
        });
        return;
      }
      case 'resolved':
        asked.get(message.ask)?.(message.error);
        return;
      default:
      // The rest concerns others.
    }
  });

  return {
    cancel: (runId) => void bus.publish({ type: 'cancel', runId }),
    steer: (runId, wish) => void bus.publish({ type: 'steer', runId, wish }),
    signalled: (runId) => void bus.publish({ type: 'signalled', runId }),
    async resolve(input) {
      if (bus.peers === 0) return false;
      const ask = randomUUID();
      const answer = Promise.withResolvers<ErrorBody | null | undefined>();
      const timer = setTimeout(answer.resolve, patienceMs, undefined);
      asked.set(ask, answer.resolve);
      bus.publish({ type: 'resolve', ask, ...input });
      const error = await answer.promise;
      clearTimeout(timer);
      asked.delete(ask);
      if (error) throw new AppError(error.code, error.message);
      return error === null;
    },
  };
}

function failureOf(work: () => void): ErrorBody | null {
  try {
    work();
    return null;
  } catch (error) {
    return toErrorBody(error);
  }
}
