const keyOf = (workflowId: string): string => `mailweave.run.${workflowId}`;

/** Notes which run this tab shows on a workflow's canvas, so that a reload takes it up again. */
export function rememberRun(workflowId: string, runId: string): void {
  sessionStorage.setItem(keyOf(workflowId), runId);
}

/** The run that this tab showed before it was reloaded. */
export function recallRun(workflowId: string): string | null {
  return sessionStorage.getItem(keyOf(workflowId));
}

/** The canvas shows other steps now. */
export function forgetRun(workflowId: string | null): void {
  if (workflowId !== null) sessionStorage.removeItem(keyOf(workflowId));
}
