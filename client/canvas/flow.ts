import type { StepView } from '../stores/run-views.ts';

/** What flowed along a connection in the run on the screen. */
export type EdgeFlow = 'running' | 'failed' | 'done' | 'taken' | 'untaken';

type Flowing = Pick<StepView, 'status' | 'port' | 'items' | 'loop'>;

/**
 * @param run status of the run, null where none is shown.
 * @param target status of the step the connection leads to.
 * @param way the output that it leaves by; `inner` leads into the container that has it.
 */
export function flowOf(
  run: string | null,
  source: Flowing | undefined,
  target: string | undefined,
  way: { port: string; inner: boolean },
): EdgeFlow | undefined {
  if (run === null) return undefined;
  if (source === undefined || !wentAlong(source, way))
    return source?.status === 'done' || source?.status === 'skipped' ? 'untaken' : undefined;
  if (target === 'running' || target === 'retrying') return 'running';
  if (target === 'failed') return 'failed';
  return target === 'done' || target === 'waiting' ? 'done' : 'taken';
}

/** Of a step inside a container: for any item. */
function wentAlong(
  { status, port: taken, items, loop }: Flowing,
  { port, inner }: { port: string; inner: boolean },
): boolean {
  if (inner) return loop !== undefined && loop.begun > 0;
  if (items !== undefined) return (items.went[port] ?? 0) > 0;
  return (status === 'done' || status === 'failed') && taken === port;
}
