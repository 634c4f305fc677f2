import { AppError, type ErrorBody } from '../errors.ts';
import type { RunEvent, RunEventBody } from '../workflow/run.ts';
import type { CompiledGraph } from './graph.ts';

/** An event for the journal of a new run, before it gets its number and time there. */
export type KeptEvent = RunEventBody & { copied?: true };

type StepEvent = Extract<RunEventBody, { node: string }>;

/**
 * The first events of a run that repeats an earlier one and keeps what stands: its start, and the outcome of every step that had settled and
 * that no step of `from` leads to, in the order they settled. What is left out runs when the new run goes on from there. With an empty `from`
 * it goes on where the old one ended: failed and unfinished steps run, everything settled stands.
 *
 * Copied steps have no effect and no cost. A step that runs again does so under the new run's keys, with one exception: where the old run left
 * it unknown whether an effect took place, and the step's input is the same again, it repeats under the old key, so that others can recognise
 * the repeat.
 *
 * @throws AppError bad_request: a step of `from` is not in the graph. conflict: it was not reached, or the run never started.
 */
export function rerunEvents(graph: CompiledGraph, events: readonly RunEvent[], from: readonly string[]): KeptEvent[] {
  const start = events.find((event) => event.type === 'run.started');
  if (!start) throw new AppError('conflict', 'This run never started, so there is nothing to repeat.');
  const reached = reachedSteps(events, start.trigger);
  for (const node of from) {
    if (!graph.nodes.has(node)) throw new AppError('bad_request', `The workflow of this run has no step “${node}”.`);
    if (!reached.has(node))
      throw new AppError('conflict', 'This step was not reached in the run. Choose one that was.');
  }
  const again = new Set(from.flatMap((node) => [...graph.reachableFrom(node)]));
  const { seq: _seq, at: _at, ...started } = start;
  const kept: KeptEvent[] = [started];
  const settled = new Set([start.trigger]);
  for (const event of events) {
    const copy = outcomeOf(graph, event);
    if (!copy || again.has(copy.node)) continue;
    kept.push({ ...copy, copied: true });
    settled.add(copy.node);
  }
  for (const [node, key] of unknownEffects(events)) {
    const sameInput = !again.has(node) || isFirstOf(graph, from, node);
    if (sameInput && !settled.has(node)) kept.push({ type: 'step.intent', node, key, copied: true });
  }
  return kept;
}

/** Steps that failed the run, in the order they failed: those that failed for good and had no way to go on. */
export function failedSteps(graph: CompiledGraph, events: readonly RunEvent[]): string[] {
  return events.flatMap((event) =>
    event.type === 'step.failed' && event.retryAt === undefined && !goesOn(graph, event.node) ? [event.node] : [],
  );
}

/** The Stop step that ended the run, if one did. It would end it again. */
export function stoppedBy(events: readonly RunEvent[]): string | undefined {
  for (const event of events) if (event.type === 'step.done' && event.stop) return event.node;
  return undefined;
}

function reachedSteps(events: readonly RunEvent[], trigger: string): Set<string> {
  const reached = new Set([trigger]);
  for (const event of events) if ('node' in event && !isCopiedIntent(event)) reached.add(event.node);
  return reached;
}

function isCopiedIntent(event: RunEvent): boolean {
  return event.type === 'step.intent' && event.copied === true;
}

/** The event as it is kept, if it settles its step and lets the run go on. A Stop step is left out: kept, it would end the new run at once. */
function outcomeOf(
  graph: CompiledGraph,
  event: RunEvent,
): Extract<StepEvent, { type: 'step.done' | 'step.failed' }> | null {
  if (event.type === 'step.done' && !event.stop) {
    const { seq: _seq, at: _at, copied: _copied, cost: _cost, ...body } = event;
    return body;
  }
  if (event.type === 'step.failed' && event.retryAt === undefined && goesOn(graph, event.node)) {
    const { seq: _seq, at: _at, copied: _copied, ...body } = event;
    return body;
  }
  return null;
}

function goesOn(graph: CompiledGraph, node: string): boolean {
  return (graph.nodes.get(node)?.node.onError ?? 'stop') !== 'stop';
}

/** Steps whose announced effect has no certain outcome, with the key it was announced under. */
function unknownEffects(events: readonly RunEvent[]): Map<string, string> {
  const open = new Map<string, string>();
  for (const event of events) {
    if (event.type === 'step.intent') open.set(event.node, event.key);
    else if (event.type === 'step.done' || event.type === 'step.waiting') open.delete(event.node);
    else if (event.type === 'step.failed' && isCertain(event.error)) open.delete(event.node);
  }
  return open;
}

/** The other side has said no, or never heard of it. */
function isCertain({ code, details }: ErrorBody): boolean {
  switch (code) {
    case 'mail_uncertain':
    case 'timeout':
    case 'cancelled':
    case 'internal':
      return false;
    case 'http_failed':
      return typeof details?.['status'] === 'number';
    default:
      return true;
  }
}

/** True when nothing that runs again comes before it. */
function isFirstOf(graph: CompiledGraph, from: readonly string[], node: string): boolean {
  return from.includes(node) && from.every((other) => other === node || !graph.reachableFrom(other).has(node));
}
