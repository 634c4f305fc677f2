import type { StepProgress } from '../../shared/workflow/run.ts';

/** A model streams faster than people read and screens draw. */
const intervalMs = 60;

/**
 * Lets the progress of each step through at most once per interval: the first at once, then the newest. The last is always sent. Remembered
 * are only the steps that made progress within the interval, so there is nothing to clean up and no timer where nothing moves.
 */
export function throttleProgress(send: (progress: StepProgress) => void): (progress: StepProgress) => void {
  /** By step: what is to be sent when the interval is over, or null. */
  const held = new Map<string, StepProgress | null>();
  const open = (key: string): void => {
    const newest = held.get(key);
    held.delete(key);
    if (newest) pass(key, newest);
  };
  const pass = (key: string, progress: StepProgress): void => {
    held.set(key, null);
    setTimeout(open, intervalMs, key).unref();
    send(progress);
  };
  return (progress) => {
    const key = `${progress.runId} ${progress.node}`;
    if (held.has(key)) held.set(key, progress);
    else pass(key, progress);
  };
}

/** Tells that there is news of a run, this long after the first of it: a run that sends thousands of mails is not told of thousands of times. */
export function gatherNews(
  tell: (workspaceId: string, runId: string) => void,
  intervalMs = 500,
): (workspaceId: string, runId: string) => void {
  const gathered = new Set<string>();
  return (workspaceId, runId) => {
    if (gathered.has(runId)) return;
    gathered.add(runId);
    setTimeout(() => {
      gathered.delete(runId);
      tell(workspaceId, runId);
    }, intervalMs).unref();
  };
}
