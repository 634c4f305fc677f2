import { itemPathOf, nodeOf } from '../../../../shared/engine/address.ts';
import { merged, type RunTrack, type Span, type StepTrack } from './spans.ts';

/** A line of the timeline: a step, or a step of a container with all its items in one. */
export interface Row {
  key: string;
  nodeId: string;
  /** Of the step; of a row of items the first of them. */
  address: string;
  /** How deep it stands in containers; an item is one deeper than the row of its items. */
  depth: number;
  spans: readonly Span[];
  retries: readonly number[];
  attempts: number;
  status: StepTrack['status'];
  /** How many items it stands for; undefined for a single step. */
  items?: number;
  /** Whether its items are shown below; undefined where there are none. */
  open?: boolean;
  from: number;
  to: number | null;
  /** Milliseconds of work, and of anything else. */
  workMs: number;
  waitMs: number;
}

/** A row of items is drawn with this many pieces at most. */
const mostPieces = 240;

/**
 * The lines in the order of the flow (`order`: node ids), items collapsed to one line for each step but those of `opened`.
 * `now`: up to where what goes on is drawn.
 */
export function rowsOf(run: RunTrack, order: readonly string[], opened: ReadonlySet<string>, now: number): Row[] {
  const byNode = Map.groupBy(run.steps, ({ address }) => nodeOf(address));
  const range = { from: run.from ?? now, to: run.to ?? now };
  const known = order.filter((id) => byNode.has(id));
  const gone = [...byNode.keys()].filter((id) => !order.includes(id));
  return [...known, ...gone].flatMap((id) => {
    const steps = byNode.get(id) ?? [];
    const [first] = steps;
    if (first === undefined) return [];
    if (steps.length === 1 && itemPathOf(first.address) === '') return [rowOf(first, depthOf(first.address), now)];
    const group = groupOf(id, steps, range, now, opened.has(id));
    return opened.has(id) ? [group, ...steps.map((step) => rowOf(step, group.depth + 1, now))] : [group];
  });
}

const depthOf = (address: string): number => address.split('/').length - 1;

function rowOf(step: StepTrack, depth: number, now: number): Row {
  const { address, spans, retries, attempts, status } = step;
  const times = timesOf(spans, now);
  return { key: address, nodeId: nodeOf(address), address, depth, spans, retries, attempts, status, ...times };
}

function groupOf(
  id: string,
  steps: readonly StepTrack[],
  range: { from: number; to: number },
  now: number,
  open: boolean,
): Row {
  const all = steps.flatMap(({ spans }) => spans);
  return {
    key: `${id}/*`,
    nodeId: id,
    address: steps[0]?.address ?? id,
    depth: depthOf(steps[0]?.address ?? id),
    spans: merged(all, range, mostPieces),
    // More marks than pieces are no marks any more.
    retries: steps.flatMap(({ retries }) => retries).slice(0, mostPieces),
    attempts: steps.reduce((most, { attempts }) => Math.max(most, attempts), 0),
    status: statusOf(steps),
    items: steps.length,
    open,
    ...timesOf(all, now),
  };
}

/** The status that tells the most about several. */
function statusOf(steps: readonly StepTrack[]): StepTrack['status'] {
  for (const status of ['open', 'uncertain', 'failed', 'done'] as const)
    if (steps.some((step) => step.status === status)) return status;
  return 'kept';
}

function timesOf(spans: readonly Span[], now: number): Pick<Row, 'from' | 'to' | 'workMs' | 'waitMs'> {
  let from = Infinity;
  let to: number | null = -Infinity;
  let workMs = 0;
  let waitMs = 0;
  for (const span of spans) {
    from = Math.min(from, span.from);
    to = to === null || span.to === null ? null : Math.max(to, span.to);
    const ms = (span.to ?? now) - span.from;
    if (span.kind === 'work' || span.kind === 'undo') workMs += ms;
    else waitMs += ms;
  }
  return { from: Number.isFinite(from) ? from : now, to: to === -Infinity ? now : to, workMs, waitMs };
}

const fine = [1, 2, 5, 10, 20, 50, 100, 200, 500];
const nice: readonly number[] = [
  ...fine,
  ...[1, 2, 5, 10, 15, 30].map((seconds) => seconds * 1_000),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * 60_000),
  ...[1, 2, 3, 6, 12].map((hours) => hours * 3_600_000),
  ...[1, 2, 7, 14, 30].map((days) => days * 86_400_000),
];

/** Marks of the axis in milliseconds from the start, about `count` of them. */
export function marksOf(lengthMs: number, count: number): number[] {
  const wanted = lengthMs / Math.max(1, count);
  const step = nice.find((one) => one >= wanted) ?? Math.ceil(wanted / 2_592_000_000) * 2_592_000_000;
  return Array.from({ length: Math.floor(lengthMs / step) + 1 }, (_, n) => n * step);
}
