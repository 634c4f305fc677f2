import type { RunEvent } from '../../../../shared/workflow/run.ts';

/** What a step did for a while. `wait`: for a time, an approval, another run or a person; `retry`: for its next attempt; `undo`: it is taken back. */
export type SpanKind = 'work' | 'wait' | 'retry' | 'undo';

export interface Span {
  kind: SpanKind;
  /** Milliseconds since the epoch. */
  from: number;
  /** Null: it still goes on. */
  to: number | null;
  failed?: true;
}

/** One step of a run, or of one item of it. */
export interface StepTrack {
  address: string;
  spans: Span[];
  /** When a further attempt began. */
  retries: number[];
  attempts: number;
  status: 'open' | 'done' | 'failed' | 'uncertain' | 'kept';
}

export interface RunTrack {
  /** Null before anything has happened. */
  from: number | null;
  /** Null while it is under way. */
  to: number | null;
  steps: StepTrack[];
  /** When it was paused. */
  pauses: { from: number; to: number | null }[];
}

/** What each step was doing when, as its journal tells. In the order in which they began. */
export function trackOf(events: readonly RunEvent[]): RunTrack {
  const steps = new Map<string, StepTrack>();
  const run: RunTrack = { from: null, to: null, steps: [], pauses: [] };
  for (const event of events) {
    run.from ??= event.at;
    if ('node' in event && event.type.startsWith('step.')) {
      let step = steps.get(event.node);
      if (step === undefined) {
        step = { address: event.node, spans: [], retries: [], attempts: 0, status: 'open' };
        steps.set(event.node, step);
        run.steps.push(step);
      }
      if (event.copied) step.status = 'kept';
      else takeStep(step, event);
    } else takeRun(run, event);
  }
  return run;
}

function takeRun(run: RunTrack, event: RunEvent): void {
  const pause = run.pauses.at(-1);
  if (event.type === 'run.paused') run.pauses.push({ from: event.at, to: null });
  if (event.type === 'run.resumed' && pause) pause.to ??= event.at;
  if (event.type !== 'run.finished') return;
  run.to = event.at;
  if (pause) pause.to ??= event.at;
  for (const step of run.steps) close(step, event.at);
}

function takeStep(step: StepTrack, event: RunEvent): void {
  const { at } = event;
  switch (event.type) {
    case 'step.started':
      step.attempts = event.attempt;
      step.status = 'open';
      if (event.attempt > 1) step.retries.push(at);
      return open(step, 'work', at);
    case 'step.resumed':
      return open(step, 'work', at);
    case 'step.waiting':
      return open(step, 'wait', at);
    case 'step.uncertain':
      step.status = 'uncertain';
      return open(step, 'wait', at);
    case 'step.done':
      settle(step, at, event.ms);
      step.status = 'done';
      return;
    case 'step.failed':
      settle(step, at, event.ms);
      markFailed(step);
      if (event.retryAt === undefined) step.status = 'failed';
      else open(step, 'retry', at);
      return;
    case 'step.compensating':
      return open(step, 'undo', at);
    case 'step.compensated':
      return close(step, at);
    case 'step.compensate_failed':
      close(step, at);
      return markFailed(step);
    default:
      return;
  }
}

function open(step: StepTrack, kind: SpanKind, from: number): void {
  close(step, from);
  step.spans.push({ kind, from, to: null });
}

function close(step: StepTrack, at: number): void {
  const last = step.spans.at(-1);
  if (last) last.to ??= at;
}

/** A quick step may tell of its end only, and how long it took. */
function settle(step: StepTrack, at: number, ms: number): void {
  if (step.spans.at(-1)?.to === null) return close(step, at);
  step.spans.push({ kind: 'work', from: at - ms, to: at });
  step.attempts = Math.max(1, step.attempts);
}

function markFailed(step: StepTrack): void {
  const last = step.spans.at(-1);
  if (last) last.failed = true;
}

/**
 * Many spans as at most `most`: what is closer together than can be told apart is drawn as one. Waits are drawn apart from work; a failure
 * among them marks the whole.
 */
export function merged(spans: readonly Span[], range: { from: number; to: number }, most: number): Span[] {
  const gap = (range.to - range.from) / most;
  const result: Span[] = [];
  for (const kind of ['work', 'wait', 'retry', 'undo'] as const) {
    const sorted = spans.filter((span) => span.kind === kind).toSorted((one, other) => one.from - other.from);
    let last: Span | undefined;
    for (const span of sorted) {
      if (last && (last.to === null || span.from - last.to <= gap)) {
        last.to = last.to === null || span.to === null ? null : Math.max(last.to, span.to);
        if (span.failed) last.failed = true;
      } else {
        last = { ...span };
        result.push(last);
      }
    }
  }
  return result;
}
