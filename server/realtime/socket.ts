import type { Server as HttpServer } from 'node:http';
import { Server } from 'socket.io';
import type { ClientToServer, PersonHere, ServerToClient } from '../../shared/api/socket.ts';
import { toErrorBody } from '../../shared/errors.ts';
import type { RunEvent } from '../../shared/workflow/run.ts';
import type { Presence } from './presence.ts';
import { runRoom, userRoom, workflowRoom, workspaceRoom } from './rooms.ts';

interface SocketData {
  workspaceId: string;
  userId: string;
  name: string;
}
export type Realtime = Server<ClientToServer, ServerToClient, Record<string, never>, SocketData>;

export interface RealtimeDeps {
  /** The person and workspace behind a handshake's cookies, or null. */
  authenticate(headers: Headers): Promise<SocketData | null>;
  /** Journaled events after `after`. Throws `not_found` for a run of another workspace. */
  events(workspaceId: string, runId: string, after: number): Promise<RunEvent[]>;
  /** The number of its last event so far. Throws `not_found` for a run of another workspace. */
  head(workspaceId: string, runId: string): Promise<number>;
  /** From now on the run's room hears of every event after `head`. */
  follow(workspaceId: string, runId: string, head: number): void;
  /** The revision of a draft. Throws `not_found` for a workflow of another workspace. */
  revision(workspaceId: string, workflowId: string): Promise<number>;
  /** Who has which workflow open. */
  presence: Presence;
  /** Origins that may connect; an empty Origin header (no browser) needs the cookie all the same. */
  allowedOrigin(origin: string | undefined, host: string | undefined): boolean;
}

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
    socket.on('workflow.open', (input, answer) => {
      if (typeof answer !== 'function' || typeof input?.workflowId !== 'string') return;
      open(input.workflowId).then(answer, (error: unknown) => answer({ error: toErrorBody(error).message }));
    });
    socket.on('workflow.close', (input) => {
      if (typeof input?.workflowId === 'string') close(input.workflowId);
    });
    socket.on('disconnect', () => deps.presence.leaveAll(socket.id));
    async function open(workflowId: string): Promise<{ people: PersonHere[]; revision: number }> {
      const { workspaceId, userId, name } = socket.data;
      const revision = await deps.revision(workspaceId, workflowId);
      if (!socket.connected) return { people: [], revision };
      await socket.join(workflowRoom(workflowId));
      if (!deps.presence.enter(workflowId, socket.id, { userId, name })) close(workflowId);
      return { people: deps.presence.people(workflowId), revision };
    }
    function close(workflowId: string): void {
      deps.presence.leave(workflowId, socket.id);
      void socket.leave(workflowRoom(workflowId));
    }
    // Joining comes first: an event that is committed while the journal is read may arrive twice, but never not at all.
    async function watch(runId: string, after: number): Promise<{ events: RunEvent[] }> {
      const { workspaceId } = socket.data;
      const head = await deps.head(workspaceId, runId);
      if (!socket.connected) return { events: [] };
      deps.follow(workspaceId, runId, head);
      await socket.join(runRoom(runId));
      return { events: await deps.events(workspaceId, runId, after) };
    }
  });
  return io;
}
