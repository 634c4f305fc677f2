import type { ServerToClient } from '../../shared/api/socket.ts';
import type { RunEvent, RunSummary, StepProgress } from '../../shared/workflow/run.ts';
import { createChanges } from './changes.ts';
import { createFollower, type Follower, type FollowerDeps } from './follow.ts';
import { isShared, runOfRoom, runRoom, userRoom, workspaceRoom } from './rooms.ts';
import type { Realtime } from './socket.ts';

export type ArrivedMail = Parameters<ServerToClient['inbox.arrived']>[0];
export type SavedWorkflow = Parameters<ServerToClient['workflow.saved']>[0];
/** Whom a mail concerns: a workspace, and people by their ids. */
export interface MailAudience {
  workspaceId: string | null;
  userIds: readonly string[];
}

/** Everybody whose browser is connected to this process. Telling costs nothing where nobody watches. */
export interface Audience {
  watches(room: string): boolean;
  /** Journaled events; told once and in order, however they come. */
  events(runId: string, events: readonly RunEvent[]): void;
  /** There is news of a run in the journal; without an id: there may be of any. */
  news(runId?: string): void;
  progress(progress: StepProgress): void;
  changed(workspaceId: string, runId: string): void;
  inboxArrived(to: MailAudience, mail: ArrivedMail): void;
  workflowSaved(workspaceId: string, saved: SavedWorkflow): void;
  approvalChanged(workspaceId: string, runId: string): void;
  /** The workspaces that somebody has open. */
  workspaces(): string[];
  /** Called when a room gets its first member here, and when it has lost its last. */
  onRoom(listener: (room: string, isOpen: boolean) => void): void;
  close(): Promise<void>;
}

export interface AudienceDeps {
  io: Realtime;
  follower: Follower;
  summaries(workspaceId: string, runIds: readonly string[]): Promise<RunSummary[]>;
  report(error: unknown): void;
}

/** Follows the runs whose watchers are connected here. */
export function createFollowing(io: () => Realtime, deps: Omit<FollowerDeps, 'emit'>): Follower {
  return createFollower({
    ...deps,
    emit: (runId, events) => void io().to(runRoom(runId)).emit('run.events', { runId, events }),
  });
}

export function createAudience({ io, follower, summaries, report }: AudienceDeps): Audience {
  const { adapter } = io.sockets;
  const watches = (room: string): boolean => adapter.rooms.has(room);
  const changes = createChanges({
    summaries,
    emit: (workspaceId, run) => void io.to(workspaceRoom(workspaceId)).emit('run.changed', run),
    report,
  });
  adapter.on('delete-room', (room: string) => {
    const runId = runOfRoom(room);
    if (runId !== null) follower.stop(runId);
  });
  return {
    watches,
    events: (runId, events) => follower.deliver(runId, events),
    news: (runId) => follower.check(runId),
    progress(progress) {
      const room = runRoom(progress.runId);
      if (watches(room)) io.to(room).volatile.emit('run.progress', progress);
    },
    changed(workspaceId, runId) {
      if (watches(workspaceRoom(workspaceId))) changes.add(workspaceId, runId);
    },
    inboxArrived({ workspaceId, userIds }, mail) {
      const rooms = [...(workspaceId ? [workspaceRoom(workspaceId)] : []), ...userIds.map(userRoom)];
      if (rooms.length > 0) io.to(rooms).emit('inbox.arrived', mail);
    },
    workflowSaved: (workspaceId, saved) => void io.to(workspaceRoom(workspaceId)).emit('workflow.saved', saved),
    approvalChanged: (workspaceId, runId) => void io.to(workspaceRoom(workspaceId)).emit('approval.changed', { runId }),
    workspaces: () => [...adapter.rooms.keys()].flatMap((room) => workspaceOfRoom(room) ?? []),
    onRoom(listener) {
      adapter.on('create-room', (room: string) => isShared(room) && listener(room, true));
      adapter.on('delete-room', (room: string) => isShared(room) && listener(room, false));
    },
    async close() {
      await changes.close();
      await follower.close();
      await io.close();
    },
  };
}

function workspaceOfRoom(room: string): string | null {
  const prefix = workspaceRoom('');
  return room.startsWith(prefix) ? room.slice(prefix.length) : null;
}
