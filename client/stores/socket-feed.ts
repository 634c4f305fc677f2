import { api } from '../api/client.ts';
import { appSocket } from '../api/socket.ts';
import type { RunEvent, StepProgress } from '../../shared/workflow/run.ts';
import type { RunFeed } from './runs.ts';

const answerMs = 8_000;

/** Follows runs over the page's socket; where the socket gives no answer, the journal is read over the API. */
export function createSocketFeed(): RunFeed {
  const socket = appSocket();
  const subscribe = <A extends unknown[]>(event: string, listener: (...args: A) => void): (() => void) => {
    const target = socket as unknown as { on(name: string, fn: unknown): void; off(name: string, fn: unknown): void };
    target.on(event, listener);
    return () => target.off(event, listener);
  };
  return {
    async watch(runId, after) {
      const answer = socket.connected
        ? await socket
            .timeout(answerMs)
            .emitWithAck('run.watch', { runId, after })
            .catch(() => null)
        : null;
      if (answer !== null && 'events' in answer) return answer.events;
      return (await api.runs.events({ id: runId, after })).events;
    },
    unwatch(runId) {
      if (socket.connected) socket.emit('run.unwatch', { runId });
    },
    payload: async (runId, ref) => (await api.runs.payload({ id: runId, ref })).value,
    onEvents: (listener) =>
      subscribe('run.events', (message: { runId: string; events: RunEvent[] }) =>
        listener(message.runId, message.events),
      ),
    onProgress: (listener) => subscribe('run.progress', (progress: StepProgress) => listener(progress)),
    onConnection(listener) {
      const stops = [subscribe('connect', () => listener(true)), subscribe('disconnect', () => listener(false))];
      return () => {
        for (const stop of stops) stop();
      };
    },
  };
}
