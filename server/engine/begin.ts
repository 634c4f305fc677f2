import type { Pin } from '../../shared/workflow/run.ts';
import { uuidv7 } from '../ids.ts';
import type { Engine } from './engine.ts';
import { DuplicateRun, type NewRun } from './ports.ts';

/** Starts here when there is room, else leaves it to the queue. The id of the earlier run where the idempotency key has been used. */
export async function begin(
  deps: { engine: Engine; wake(): void },
  start: { create: NewRun; output: unknown; pins?: Record<string, Pin> },
): Promise<string> {
  try {
    if (deps.engine.capacity() > 0) await deps.engine.start(start);
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
  options: { mode: 'test' | 'live'; trigger: string; idempotencyKey: string | null },
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
  };
}

