import type { Bus } from '../bus/bus.ts';
import type { BusMessage } from '../bus/messages.ts';
import type { Broadcast } from '../engine/ports.ts';
import type { ArrivedMail, Audience, MailAudience, SavedWorkflow } from './audience.ts';
import { createProgressReceiver, createProgressSender } from './progress.ts';
import type { Presence } from './presence.ts';
import { runOfRoom, runRoom, userRoom, workflowOfRoom, workflowRoom, workspaceRoom } from './rooms.ts';
import { gatherNews, throttleProgress } from './throttle.ts';

/** Tells whoever watches, at whichever process. Costs nothing where nobody does. */
export interface Announcer extends Broadcast {
  inboxArrived(to: MailAudience, mail: ArrivedMail): void;
  workflowSaved(workspaceId: string, saved: SavedWorkflow): void;
  approvalChanged(workspaceId: string, runId: string): void;
}

/** @param audience those connected here; null for a process without sockets. */
export function createAnnouncer(bus: Bus, audience: Audience | null): Announcer {
  const sender = createProgressSender();
  // Whoever begins to watch gets the whole text next.
  bus.onJoin((rooms) => {
    for (const room of rooms) {
      const runId = runOfRoom(room);
      if (runId !== null) sender.forget(runId);
    }
  });
  const progress = throttleProgress((progress) => {
    audience?.progress(progress);
    if (!bus.wants(runRoom(progress.runId))) return;
    for (const piece of sender.pieces(progress)) bus.publish({ type: 'progress', ...piece });
  });
  const changed = (workspaceId: string, runId: string): void => {
    audience?.changed(workspaceId, runId);
    if (bus.wants(workspaceRoom(workspaceId))) bus.publish({ type: 'changed', workspaceId, runId }, `changed ${runId}`);
  };
  const mailsChanged = gatherNews(changed);
  return {
    committed({ id: runId, workspaceId }, events, standing) {
      if (events.length > 0) {
        audience?.events(runId, events);
        if (bus.wants(runRoom(runId)) && !bus.publish({ type: 'events', runId, events })) {
          bus.publish({ type: 'committed', runId }, `committed ${runId}`);
        }
      }
      if (standing?.held === false) sender.forget(runId);
      if (standing !== undefined || events.some(({ type }) => type === 'run.started')) changed(workspaceId, runId);
      else if (events.some(({ type }) => type.startsWith('mail.'))) mailsChanged(workspaceId, runId);
    },
    progress(_workspaceId, news) {
      const room = runRoom(news.runId);
      if (audience?.watches(room) || bus.wants(room)) progress(news);
    },
    inboxArrived(to, mail) {
      audience?.inboxArrived(to, mail);
      const rooms = [...(to.workspaceId ? [workspaceRoom(to.workspaceId)] : []), ...to.userIds.map(userRoom)];
      if (rooms.some((room) => bus.wants(room))) bus.publish({ type: 'inbox', ...to, mail });
    },
    workflowSaved(workspaceId, saved) {
      audience?.workflowSaved(workspaceId, saved);
      if (bus.wants(workspaceRoom(workspaceId))) bus.publish({ type: 'saved', workspaceId, saved });
    },
    approvalChanged(workspaceId, runId) {
      audience?.approvalChanged(workspaceId, runId);
      if (bus.wants(workspaceRoom(workspaceId))) bus.publish({ type: 'approval', workspaceId, runId });
    },
  };
}

/** Lets those connected here hear what happens in other processes. `recent` gives the newest runs of a workspace. */
export function hearOthers(
  bus: Bus,
  audience: Audience,
  deps: { recent(workspaceId: string): Promise<readonly { id: string }[]>; report(error: unknown): void },
): void {
  const receiver = createProgressReceiver();
  audience.onRoom((room, isOpen) => {
    if (isOpen) return bus.join(room);
    bus.leave(room);
    const runId = runOfRoom(room);
    if (runId !== null) receiver.forget(runId);
  });
  bus.onMessage((message) => hear(audience, receiver, message));
  // What changed while the line was down is read again.
  bus.onResync(() => {
    audience.news();
    for (const workspaceId of audience.workspaces()) {
      deps.recent(workspaceId).then((runs) => {
        for (const run of runs) audience.changed(workspaceId, run.id);
      }, deps.report);
    }
  });
}

/** Lets those connected here know who has the same workflow open at other processes, and the other way round. */
export function hearOfPeople(bus: Bus, audience: Audience, presence: Presence): void {
  bus.onMessage((message) => {
    if (message.type !== 'people' || !audience.watches(workflowRoom(message.workflowId))) return;
    presence.heard(message);
  });
  bus.onJoin((rooms) => {
    for (const room of rooms) {
      const workflowId = workflowOfRoom(room);
      if (workflowId !== null) presence.tell(workflowId);
    }
  });
  audience.onRoom((room, isOpen) => {
    const workflowId = workflowOfRoom(room);
    if (workflowId !== null && !isOpen) presence.forget(workflowId);
  });
}

function hear(audience: Audience, receiver: ReturnType<typeof createProgressReceiver>, message: BusMessage): void {
  switch (message.type) {
    case 'events':
      return audience.events(message.runId, message.events);
    case 'committed':
      return audience.news(message.runId);
    case 'progress': {
      const whole = audience.watches(runRoom(message.runId)) ? receiver.whole(message) : null;
      if (whole) audience.progress(whole);
      return;
    }
    case 'changed':
      return audience.changed(message.workspaceId, message.runId);
    case 'inbox':
      return audience.inboxArrived(message, message.mail);
    case 'approval':
      return audience.approvalChanged(message.workspaceId, message.runId);
    case 'saved':
      return audience.workflowSaved(message.workspaceId, message.saved);
    default:
    // The rest concerns others.
  }
}
