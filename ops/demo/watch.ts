import { io, type Socket } from 'socket.io-client';
import type { ClientToServer, ServerToClient } from '../../shared/api/socket.ts';
import { waitInWords, type RunEvent } from '../../shared/workflow/run.ts';
import { DemoFailure, within } from './failure.ts';

export interface RunWatcher {
  /**
   * Follows a run to its end and hands each event on, once and in order.
   * @throws DemoFailure when it has not ended after `ms` milliseconds.
   */
  follow(runId: string, onEvent: (event: RunEvent) => void, ms: number): Promise<RunEvent[]>;
  close(): void;
}

/** Connects as a browser does. @throws DemoFailure when that is refused. */
export async function openWatcher(url: string, cookie: string): Promise<RunWatcher> {
  const socket: Socket<ServerToClient, ClientToServer> = io(url, {
    transports: ['websocket'],
    extraHeaders: { cookie },
    forceNew: true,
  });
  const connected = new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', (error) => reject(new DemoFailure(`The live connection failed: ${error.message}`)));
  });
  try {
    await within(15_000, 'The live connection', connected);
  } catch (error) {
    socket.close();
    throw error;
  }
  return { follow: (runId, onEvent, ms) => follow(socket, runId, onEvent, ms), close: () => void socket.close() };
}

async function follow(
  socket: Socket<ServerToClient, ClientToServer>,
  runId: string,
  onEvent: (event: RunEvent) => void,
  ms: number,
): Promise<RunEvent[]> {
  const { promise, resolve, reject } = Promise.withResolvers<RunEvent[]>();
  const seen: RunEvent[] = [];
  const take = (events: readonly RunEvent[]): void => {
    for (const event of events) {
      if (event.seq <= seen.length) continue;
      // A number is missing, as after a lost connection: everything after the last one is asked for anew.
      if (event.seq > seen.length + 1) return watch();
      seen.push(event);
      onEvent(event);
      if (event.type === 'run.finished') resolve(seen);
    }
  };
  const watch = (): void =>
    void socket.emit('run.watch', { runId, after: seen.length }, (answer) => {
      if ('error' in answer) reject(new DemoFailure(`The run cannot be followed: ${answer.error}`));
      else take(answer.events);
    });
  socket.on('run.events', (message) => message.runId === runId && take(message.events));
  socket.on('connect', watch);
  watch();
  return within(ms, 'The run', promise).catch((error: unknown) => {
    const last = seen.at(-1);
    if (last?.type !== 'step.waiting') throw error;
    throw new DemoFailure(
      `The run waits ${waitInWords(last.wait, (at) => new Date(at).toLocaleString())}; the demo does not wait that long.`,
    );
  });
}
