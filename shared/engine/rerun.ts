import { AppError, type ErrorBody } from '../errors.ts';
import type { RunEvent, RunEventBody } from '../workflow/run.ts';
import { itemPathOf, nodeOf, rootOf } from './address.ts';
import { unsentMails } from './held.ts';
import { undoneSteps } from './undo.ts';
import type { CompiledGraph } from './graph.ts';

/** An event for the journal of a new run, before it gets its number and time there. */
export type KeptEvent = RunEventBody & Pick<RunEvent, 'copied' | 'payloads'>;

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
 * Mails that were held and not sent are taken over with their steps, to be sent under the same key when the new run has succeeded.
 *
 * @throws AppError bad_request: a step of `from` is not in the graph. conflict: it was not reached, or the run never started.
 */
export function rerunEvents(graph: CompiledGraph, events: readonly RunEvent[], from: readonly string[]): KeptEvent[] {
  const start = events.find((event) => event.type === 'run.started');
  if (!start) throw new AppError('conflict', 'This run never started, so there is nothing to repeat.');
  const reached = reachedSteps(events, start.trigger);
  for (const node of from) {
    if (!graph.nodes.has(nodeOf(node)))
      throw new AppError('bad_request', `The workflow of this run has no step “${node}”.`);
    if (!reached.has(node))
      throw new AppError('conflict', 'This step was not reached in the run. Choose one that was.');
  }
  const starts = from.map((node) => canvasStep(graph, node));
  // What was taken back is done anew, and all that came of it.
  const undone = [...undoneSteps(events)].map((node) => canvasStep(graph, nodeOf(node)));
  const again = new Set([...starts, ...undone].flatMap((node) => [...graph.reachableFrom(node)]));
  const { seq: _seq, at: _at, ...started } = start;
  const kept: KeptEvent[] = [started];
  const settled = settledSteps(graph, events);
  for (const event of events) {
    const copy = keptEvent(graph, event, settled);
    if (copy && !again.has(rootOf(copy.node))) kept.push({ ...copy, copied: true });
  }
  for (const node of settled) if (again.has(rootOf(node))) settled.delete(node);
  for (const mail of unsentMails(events)) if (settled.has(mail.node)) kept.push({ ...mail, copied: true });
  for (const [node, key] of unknownEffects(events)) {
    const sameInput = !again.has(rootOf(node)) || isFirstOf(graph, starts, node);
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
  for (const event of events) {
    if (!('node' in event) || isCopiedIntent(event)) continue;
    reached.add(event.node);
    reached.add(nodeOf(event.node));
  }
  return reached;
}

function isCopiedIntent(event: RunEvent): boolean {
  return event.type === 'step.intent' && event.copied === true;
}

/** A step in a container is repeated with all of it: what stands on the canvas around it. */
function canvasStep(graph: CompiledGraph, address: string): string {
  let at = graph.nodes.get(nodeOf(address))!.node;
  while (at.parent !== undefined) at = graph.nodes.get(at.parent)!.node;
  return at.id;
}

/** Addresses of the steps that settled and let the run, or their item, go on. A Stop step is left out: kept, it would end the new run at once. */
function settledSteps(graph: CompiledGraph, events: readonly RunEvent[]): Set<string> {
  const settled = new Set<string>();
  for (const event of events) {
    if (event.type === 'run.started') settled.add(event.trigger);
    else if (event.type === 'step.done' && !event.stop) settled.add(event.node);
    else if (event.type === 'step.failed' && event.retryAt === undefined && goesOn(graph, event.node))
      settled.add(event.node);
  }
  return settled;
}

type KeptStepEvent = Extract<
  StepEvent,
  { type: 'step.done' | 'step.failed' | 'loop.opened' | 'loop.items' | 'loop.part' }
>;

/**
 * The event as it is kept, if it is: outcomes that stand, and how far a container had come. An item that failed runs again, unless its
 * container has settled: then it is part of what the container came to.
 */
function keptEvent(graph: CompiledGraph, event: RunEvent, settled: ReadonlySet<string>): KeptStepEvent | null {
  switch (event.type) {
    case 'step.done': {
      const { seq: _seq, at: _at, copied: _copied, cost: _cost, ...body } = event;
      return event.stop ? null : body;
    }
    case 'step.failed': {
      if (event.retryAt !== undefined) return null;
      const { seq: _seq, at: _at, copied: _copied, ...body } = event;
      return goesOn(graph, event.node) || isWithin(event.node, settled) ? body : null;
    }
    case 'loop.opened':
    case 'loop.items':
    case 'loop.part': {
      const { seq: _seq, at: _at, copied: _copied, ...body } = event;
      return isShared(event) && !settled.has(event.node) ? null : body;
    }
    default:
      return null;
  }
}

/** True for a list that is with runs of their own. If its container has not settled it is shared out anew, and each share keeps what stands of it. */
function isShared(event: RunEvent): event is Extract<RunEvent, { type: 'loop.part' | 'loop.opened' }> {
  return event.type === 'loop.part' || (event.type === 'loop.opened' && event.parts !== undefined);
}

/** True when a container around the step has settled. */
function isWithin(address: string, settled: ReadonlySet<string>): boolean {
  for (let path = itemPathOf(address); path !== '';) {
    const container = path.slice(0, path.lastIndexOf('['));
    if (settled.has(container)) return true;
    path = itemPathOf(container);
  }
  return false;
}

function goesOn(graph: CompiledGraph, node: string): boolean {
  return (graph.nodes.get(nodeOf(node))?.node.onError ?? 'stop') !== 'stop';
}

/** Steps whose announced effect has no certain outcome, with the key it was announced under. */
function unknownEffects(events: readonly RunEvent[]): Map<string, string> {
  const open = new Map<string, string>();
  const shared = new Set<string>();
  for (const event of events) {
    if (event.type === 'step.intent') open.set(event.node, event.key);
    else if (isShared(event)) shared.add(event.node);
    else if (event.type === 'step.failed' && shared.has(event.node)) continue;
    else if (event.type === 'step.done' || event.type === 'step.waiting') open.delete(event.node);
    else if (event.type === 'step.failed' && isCertain(event.error)) open.delete(event.node);
  }
  return open;
}

/** The other side has said no, or never heard of it. */
export function isCertain({ code, details }: ErrorBody): boolean {
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
