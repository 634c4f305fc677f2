import type { ErrorBody } from '../../../shared/errors.ts';
import type { HearOutcome } from '../../connection-outcome.ts';
import type { ConnectionStore } from '../../store/connections.ts';

export interface WatchDeps {
  store: Pick<ConnectionStore, 'failed' | 'worked'>;
  now(): number;
  report(error: unknown): void;
}

/** A use that works is written down at most so often per service and workspace, in milliseconds: other processes may have noted a failure. */
const silenceMs = 60_000;
/** Workspaces and services remembered as working. */
const mostKnown = 10_000;

/**
 * Whether the service itself is broken. What it answered about one request (a recipient that does not exist, a prompt that is too long) says
 * nothing about the next.
 */
export function isBroken(connection: string, { code, details }: ErrorBody): boolean {
  switch (code) {
    case 'provider_auth':
    case 'provider_unavailable':
    case 'mail_unreachable':
      return true;
    case 'mail_rejected':
      return details?.['reason'] === 'auth';
    case 'timeout':
      return connection === 'mail';
    default:
      return false;
  }
}

/** Keeps, for each workspace, which services did not work when they were used last. */
export function createConnectionWatch({ store, now, report }: WatchDeps): HearOutcome {
  const working = new Map<string, number>();
  return ({ workspaceId, connection, error, runId = null, workflowId = null }) => {
    const key = `${workspaceId} ${connection}`;
    if (error === null) {
      if ((working.get(key) ?? -Infinity) > now() - silenceMs) return;
      if (working.size >= mostKnown) working.clear();
      working.set(key, now());
      store.worked(workspaceId, connection).catch(report);
    } else if (isBroken(connection, error)) {
      working.delete(key);
      const at = new Date(now());
      store.failed(workspaceId, { connection, message: error.message, runId, workflowId, at }).catch(report);
    }
  };
}
