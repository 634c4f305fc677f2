import { uuidv7 } from '../ids.ts';
import type { Engine, StartRun } from './engine.ts';
import { DuplicateRun, type NewRun } from './ports.ts';
import type { RoomFor } from './room.ts';

/**
 * Starts here when there is room for it, else leaves it to the queue, as it does with a run that goes on from what an earlier one left.
 * @returns its id; that of the earlier run where the idempotency key has been used.
 */
export async function begin(
  deps: { engine: Engine; roomFor: RoomFor; wake(): void },
  start: Omit<StartRun, 'acknowledge' | 'part' | 'isParked'>,
): Promise<string> {
  try {
    if (!start.kept && (await deps.roomFor(start.create.workspaceId))) await deps.engine.start(start);
    else {
      await deps.engine.enqueue(start);
      deps.wake();
    }
    return start.create.id;
  } catch (error) {
    if (error instanceof DuplicateRun) return error.existingId;
    throw error;
  }
}

export function newRun(
  deps: { worker: number },
  workspaceId: string,
  workspaceName: string,
  version: { id: string; workflowId: string },
  options: { mode: 'test' | 'live'; trigger: string; idempotencyKey: string | null } & Pick<
    NewRun,
    'repeats' | 'adoptsMails' | 'adoptsPayloadsOf' | 'calledBy' | 'reportsFailure'
  >,
): NewRun {
  return {
    id: uuidv7(),
    workspaceId,
    workspaceName,
    workflowId: version.workflowId,
    versionId: version.id,
    fence: 1,
    cancelRequested: false,
    mode: options.mode,
    triggerNode: options.trigger,
    createdAt: new Date(),
    worker: deps.worker,
    idempotencyKey: options.idempotencyKey,
    callerWaits: options.calledBy?.waits ?? false,
    ...(options.repeats ? { repeats: options.repeats } : {}),
    ...(options.adoptsMails ? { adoptsMails: options.adoptsMails } : {}),
    ...(options.adoptsPayloadsOf === undefined ? {} : { adoptsPayloadsOf: options.adoptsPayloadsOf }),
    ...(options.calledBy ? { calledBy: options.calledBy } : {}),
    ...(options.reportsFailure === undefined ? {} : { reportsFailure: options.reportsFailure }),
  };
}
