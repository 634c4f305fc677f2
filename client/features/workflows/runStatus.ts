import type { RunStatus } from '../../../shared/workflow/run.ts';

const known: Record<RunStatus, true> = {
  queued: true,
  running: true,
  waiting: true,
  done: true,
  failed: true,
  cancelled: true,
};

/** The status when this client knows it; a newer server may say another word. */
export function knownRunStatus(status: string): RunStatus | undefined {
  return status in known ? (status as RunStatus) : undefined;
}
