import type { Server as HttpServer } from 'node:http';
import { Server } from 'socket.io';
import type { ClientToServer, ServerToClient } from '../../shared/api/socket.ts';
import { toErrorBody } from '../../shared/errors.ts';
import type { RunEvent, RunSummary } from '../../shared/workflow/run.ts';
import type { Broadcast } from '../engine/ports.ts';
import { throttleProgress } from './throttle.ts';

interface SocketData {
  workspaceId: string;
  userId: string;
}
export type Realtime = Server<ClientToServer, ServerToClient, Record<string, never>, SocketData>;

export interface RealtimeDeps {
  /** The person and workspace behind a handshake's cookies, or null. */
  authenticate(headers: Headers): Promise<{ workspaceId: string; userId: string } | null>;
  /** Journaled events after `after`. Throws `not_found` for a run of another workspace. */
  events(workspaceId: string, runId: string, after: number): Promise<RunEvent[]>;
  /** Origins that may connect; an empty Origin header (no browser) needs the cookie all the same. */
  allowedOrigin(origin: string | undefined, host: string | undefined): boolean;
}

const workspaceRoom = (id: string): string => `workspace:${id}`;
const userRoom = (id: string): string => `user:${id}`;
const runRoom = (id: string): string => `run:${id}`;

/** Sequence numbers are 4-byte integers in the journal; nothing comes after this one. */
const highestSeq = 2_147_483_647;

/** Socket.IO on the web server. A socket belongs to the workspace that was active when it connected. */
export function createRealtime(server: HttpServer, deps: RealtimeDeps): Realtime {
  const io: Realtime = new Server(server, {
    serveClient: false,
    maxHttpBufferSize: 100_000,
    allowRequest: (request, accept) => accept(null, deps.allowedOrigin(request.headers.origin, request.headers.host)),
  });
  io.use((socket, next) => {
    deps.authenticate(new Headers({ cookie: socket.handshake.headers.cookie ?? '' })).then(
      (person) => {
        if (!person) return next(new Error('unauthorized'));
        socket.data = person;
        next();
      },
      () => next(new Error('unauthorized')),
    );
  });
  io.on('connection', (socket) => {
    void socket.join([workspaceRoom(socket.data.workspaceId), userRoom(socket.data.userId)]);
    socket.on('run.watch', (input, answer) => {
      if (typeof answer !== 'function' || typeof input?.runId !== 'string' || !Number.isInteger(input.after)) return;
      watch(input.runId, input.after).then(answer, (error: unknown) => answer({ error: toErrorBody(error).message }));
    });
    socket.on('run.unwatch', (input) => {
      if (typeof input?.runId === 'string') void socket.leave(runRoom(input.runId));
    });
    // Joining comes first: an event that is committed while the journal is read may arrive twice, but never not at all.
    async function watch(runId: string, after: number): Promise<{ events: RunEvent[] }> {
      await deps.events(socket.data.workspaceId, runId, highestSeq);
      await socket.join(runRoom(runId));
      return { events: await deps.events(socket.data.workspaceId, runId, after) };
    }
  });
  return io;
}

/** Tells the watchers of a run, and whoever has the workspace open. Costs nothing where nobody watches. */
export function createBroadcast(
  io: Realtime,
  summary: (workspaceId: string, runId: string) => Promise<RunSummary | null>,
): Broadcast {
  const watched = (room: string): boolean => io.sockets.adapter.rooms.has(room);
  const tellProgress = throttleProgress((progress) => {
    io.to(runRoom(progress.runId)).volatile.emit('run.progress', progress);
  });
  return {
    committed(run, events, standing) {
      if (events.length > 0 && watched(runRoom(run.id)))
        io.to(runRoom(run.id)).emit('run.events', { runId: run.id, events: [...events] });
      const changed = standing !== undefined || events.some((event) => event.type === 'run.started');
      if (!changed || !watched(workspaceRoom(run.workspaceId))) return;
      summary(run.workspaceId, run.id).then(
        (row) => row && io.to(workspaceRoom(run.workspaceId)).emit('run.changed', row),
        () => {},
      );
    },
    progress(_workspaceId, progress) {
      if (watched(runRoom(progress.runId))) tellProgress(progress);
    },
  };
}

export function tellInboxArrived(
  io: Realtime,
  to: { workspaceId: string | null; userIds: readonly string[] },
  mail: { id: string; from: string; subject: string },
): void {
  const rooms = [...(to.workspaceId ? [workspaceRoom(to.workspaceId)] : []), ...to.userIds.map(userRoom)];
  if (rooms.length > 0) io.to(rooms).emit('inbox.arrived', mail);
}

export function tellWorkflowSaved(
  io: Realtime,
  workspaceId: string,
  saved: { workflowId: string; revision: number; by: string },
): void {
  io.to(workspaceRoom(workspaceId)).emit('workflow.saved', saved);
}
