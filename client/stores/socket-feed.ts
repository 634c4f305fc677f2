import { api } from '../api/client.ts';
import { connectedSocket, onSocket } from '../api/socket.ts';
import type { RunEvent, StepProgress } from '../../shared/workflow/run.ts';
import type { RunFeed } from './runs.ts';

const answerMs = 8_000;

/** Follows runs over the page's socket; where the socket gives no answer, the journal is read over the API. */
export function createSocketFeed(): RunFeed {
  return {
    async watch(runId, after) {
      const answer = await connectedSocket()
        ?.timeout(answerMs)
        .emitWithAck('run.watch', { runId, after })
        .catch(() => undefined);
      if (answer !== undefined && 'events' in answer) return answer.events;
      return (await api.runs.events({ id: runId, after })).events;
    },
    unwatch(runId) {
      connectedSocket()?.emit('run.unwatch', { runId });
    },
    payload: async (runId, ref) => (await api.runs.payload({ id: runId, ref })).value,
    onEvents: (listener) =>
      onSocket('run.events', (message: { runId: string; events: RunEvent[] }) =>
        listener(message.runId, message.events),
      ),
    onProgress: (listener) => onSocket('run.progress', (progress: StepProgress) => listener(progress)),
    onConnection(listener) {
      const stops = [onSocket('connect', () => listener(true)), onSocket('disconnect', () => listener(false))];
      return () => {
        for (const stop of stops) stop();
      };
    },
  };
}
