import type { RunStatus } from '../../../shared/workflow/run.ts';
import type { RunFilter } from '../../api/liveRuns.ts';

const statuses: Record<RunStatus, true> = {
  queued: true,
  running: true,
  waiting: true,
  done: true,
  failed: true,
  cancelled: true,
};

export const statusChoices = Object.keys(statuses) as RunStatus[];

/** The filter in the address; whatever it does not know is left out. */
export function readFilter(search: URLSearchParams): RunFilter {
  const filter: RunFilter = {};
  const status = search.get('status');
  const workflowId = search.get('workflow');
  if (status && Object.hasOwn(statuses, status)) filter.status = status as RunStatus;
  if (workflowId && /^[0-9a-f-]{36}$/i.test(workflowId)) filter.workflowId = workflowId;
  return filter;
}

export function writeFilter(filter: RunFilter): URLSearchParams {
  const search = new URLSearchParams();
  if (filter.workflowId) search.set('workflow', filter.workflowId);
  if (filter.status) search.set('status', filter.status);
  return search;
}
