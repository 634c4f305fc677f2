import type { StepView } from '../stores/run-views.ts';

/** What flowed along a connection in the run on the screen. */
export type EdgeFlow = 'running' | 'failed' | 'done' | 'taken' | 'untaken';

type Flowing = Pick<StepView, 'status' | 'port' | 'items' | 'loop'>;

/** The output that a connection leaves by; `inner` leads into the container that has it. */
interface Way {
  port: string;
  inner: boolean;
}

/**
 * @param run status of the run, null where none is shown.
 * @param target status of the step the connection leads to.
 */
export function flowOf(
  run: string | null,
  source: Flowing | undefined,
  target: string | undefined,
  way: Way,
): EdgeFlow | undefined {
  if (run === null) return undefined;
  if (source === undefined || !wentAlong(source, way))
    return source?.status === 'done' || source?.status === 'skipped' ? 'untaken' : undefined;
  if (target === 'running' || target === 'retrying') return 'running';
  if (target === 'failed') return 'failed';
  return target === 'done' || target === 'waiting' ? 'done' : 'taken';
}

/** How many items of a list went along so far; undefined where none did, and where nothing runs once per item. */
export function itemsAlong(source: Flowing | undefined, { port, inner }: Way): number | undefined {
  const count = inner ? source?.loop?.begun : source?.items?.went[port];
  return count === 0 ? undefined : count;
}

/** Of a step inside a container: for any item. */
function wentAlong(source: Flowing, way: Way): boolean {
  if (way.inner || source.items !== undefined) return itemsAlong(source, way) !== undefined;
  return (source.status === 'done' || source.status === 'failed') && source.port === way.port;
}
