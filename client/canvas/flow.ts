/** What flowed along a connection in the run on the screen. */
export type EdgeFlow = 'running' | 'failed' | 'done' | 'taken' | 'untaken';

/** @param run status of the run, null where none is shown. @param target status of the step the connection leads to. */
export function flowOf(
  run: string | null,
  source: { status: string; port?: string } | undefined,
  target: string | undefined,
  port: string,
): EdgeFlow | undefined {
  if (run === null) return undefined;
  const taken =
    source !== undefined && (source.status === 'done' || source.status === 'failed') && source.port === port;
  if (!taken) return source?.status === 'done' || source?.status === 'skipped' ? 'untaken' : undefined;
  if (target === 'running' || target === 'retrying') return 'running';
  if (target === 'failed') return 'failed';
  return target === 'done' || target === 'waiting' ? 'done' : 'taken';
}
