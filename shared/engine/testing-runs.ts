/** Runs driven by hand, and the rules of the fold said once more in the most naive way, for property tests. */
import type { WorkflowGraph, WorkflowNode } from '../workflow/graph.ts';
import type { LoopPolicy, RunEvent, RunEventBody } from '../workflow/run.ts';
import { addressAt, itemPath, itemPathOf, nodeOf } from './address.ts';
import { applyEvent, foldRun } from './fold.ts';
import type { CompiledGraph } from './graph.ts';
import { decide, hasRunning, resumptions } from './plan.ts';
import { newRunState, stepAt, type RunState } from './state.ts';

/** What a step does, whenever and however often it is tried. Steps are told by their address. */
export interface Fates {
  /** `fail`: it fails for good. Else the port along which it goes out; `done` of a container. */
  outcome(address: string): string;
  /** How many items a container gets, and how it goes through them. */
  loop(address: string): LoopPolicy & { count: number };
  /** Before its outcome: how often it fails and is tried again, and whether it waits. */
  detours(address: string): { retries: number; waits: boolean };
}

export interface Driven {
  state: RunState;
  events: RunEvent[];
  /** Steps in the order they were started, containers included. */
  started: string[];
}

const oops = { code: 'http_failed' as const, message: 'no' };

/**
 * Drives a run to its end. Which of the steps under way settles next is random; with probability `crash` the process "dies" before that: the
 * state is folded anew from the journal, and what was under way is done once more.
 */
export function driveRun(graph: CompiledGraph, fates: Fates, random: () => number, crash = 0): Driven {
  let state = newRunState();
  const events: RunEvent[] = [];
  const started: string[] = [];
  let now = 0;
  const record = (body: RunEventBody): void => {
    const event = { ...body, seq: state.seq + 1, at: now };
    events.push(event);
    applyEvent(graph, state, event);
  };
  record({ type: 'run.started', trigger: 'n0', output: 'n0' });
  for (let guard = 0; guard < 100_000; guard++) {
    now += 1;
    if (random() < crash) state = foldRun(graph, events);
    const decision = decide(state, now);
    if (decision.type === 'finish') {
      record(decision.event);
      return { state, events, started };
    }
    if (decision.type === 'record') {
      for (const event of decision.events) record(event);
      continue;
    }
    for (const node of decision.type === 'start' ? decision.nodes : []) {
      record({ type: 'step.started', node, attempt: 1 });
      started.push(node);
    }
    const busy = [...state.open].filter((address) => isBusy(state, address));
    if (busy.length > 0) settleStep(state, busy[Math.floor(random() * busy.length)]!, fates, record);
    else if (!hasRunning(state)) now = passTime(state, now, record);
  }
  throw new Error(`the run hangs with ${[...state.open].join(', ')} open`);
}

function isBusy(state: RunState, address: string): boolean {
  const step = stepAt(state, address);
  return step?.status === 'running' && !step.loop;
}

function settleStep(state: RunState, address: string, fates: Fates, record: (body: RunEventBody) => void): void {
  const { attempt, resumed } = stepAt(state, address)!;
  const { retries, waits } = fates.detours(address);
  if (attempt <= retries)
    return record({ type: 'step.failed', node: address, attempt, error: oops, ms: 1, retryAt: attempt * 7 });
  if (waits && !resumed) return record({ type: 'step.waiting', node: address, wait: { kind: 'until', at: 5 } });
  const outcome = fates.outcome(address);
  if (outcome === 'fail') return record({ type: 'step.failed', node: address, attempt, error: oops, ms: 1 });
  if (outcome !== 'done') return record({ type: 'step.done', node: address, port: outcome, output: address, ms: 1 });
  const { count, ...policy } = fates.loop(address);
  const items = Array.from({ length: count }, (_, i) => `${address}#${i}`);
  record({ type: 'loop.opened', node: address, count, items, ...policy });
}

/** Nothing is under way: what waits or is tried again comes to its time. */
function passTime(state: RunState, now: number, record: (body: RunEventBody) => void): number {
  const later = now + 60_000;
  for (const address of [...state.open]) {
    const step = stepAt(state, address);
    if (step?.status === 'retrying') record({ type: 'step.started', node: address, attempt: step.attempt + 1 });
  }
  for (const { node, signal } of resumptions(state, [], later)) record({ type: 'step.resumed', node, signal });
  return later;
}

export interface Expected {
  /** Every step that may run. */
  may: Set<string>;
  /** Every step that runs whatever the order, since nothing around it fails. */
  must: Set<string>;
  fails: boolean;
  /** What each container that is through puts out, by address: the results of its items. */
  results: Map<string, unknown[]>;
}

/** The rules once more, said naively and recursively: a step runs when a way into it is taken. */
export function expectedRun(graph: WorkflowGraph, fates: Fates): Expected {
  const notes: Notes = { graph, fates, may: new Set(), results: new Map(), cut: new Set() };
  const { fails } = evaluate(notes, { path: '', parent: undefined, first: 'n0' });
  const must = new Set([...notes.may].filter((address) => !isCut(notes.cut, address)));
  return { may: notes.may, must, fails, results: notes.results };
}

interface Notes extends Pick<Expected, 'may' | 'results'> {
  graph: WorkflowGraph;
  fates: Fates;
  /** Paths of items (and of the canvas) that may not get to their end. */
  cut: Set<string>;
}

interface Scope {
  path: string;
  parent: string | undefined;
  /** The trigger, or the container. */
  first: string;
}

function isCut(cut: ReadonlySet<string>, address: string): boolean {
  for (let at = address; at !== '';) {
    at = itemPathOf(at);
    if (cut.has(at)) return true;
  }
  return false;
}

function evaluate(notes: Notes, scope: Scope): { fails: boolean; output: unknown } {
  const { graph } = notes;
  const here = graph.nodes.filter((node) => node.parent === scope.parent);
  const memo = new Map<string, boolean>();
  const ports = new Map<string, string | null>();
  const portOf = (node: WorkflowNode): string | null => {
    let known = ports.get(node.id);
    if (known === undefined) ports.set(node.id, (known = wayOut(notes, addressAt(scope.path, node.id), node)));
    return known;
  };
  const runs = (id: string): boolean => {
    let known = memo.get(id);
    if (known === undefined) memo.set(id, (known = graph.edges.some((edge) => edge.target === id && isTaken(edge))));
    return known;
  };
  const isTaken = ({ source, sourcePort }: { source: string; sourcePort: string }): boolean => {
    if (source === scope.first) return sourcePort === (scope.parent === undefined ? 'out' : 'each');
    const node = here.find(({ id }) => id === source);
    return node !== undefined && runs(source) && portOf(node) === sourcePort;
  };
  const all = here.filter(({ id }) => id !== scope.first && runs(id));
  for (const { id } of all) notes.may.add(addressAt(scope.path, id));
  const fails = all.filter((node) => portOf(node) === null).length > 0;
  if (fails) notes.cut.add(scope.path);
  const goesOn = (node: WorkflowNode): boolean =>
    graph.edges.some((edge) => edge.source === node.id && portOf(node) === edge.sourcePort);
  const ends = all.map((node) => [node, addressAt(scope.path, node.id)] as const);
  const outputs = ends
    .filter(([node, address]) => succeeds(notes, node, address) && !goesOn(node))
    .map(([{ id }, address]) => [id, outputOf(notes, address)] as const);
  const output = outputs.length === 0 ? null : outputs.length === 1 ? outputs[0]![1] : Object.fromEntries(outputs);
  return { fails, output };
}

function succeeds({ results, fates }: Notes, { kind }: WorkflowNode, address: string): boolean {
  return kind === 'each' ? results.has(address) : fates.outcome(address) !== 'fail';
}

function outputOf({ results }: Notes, address: string): unknown {
  return results.get(address) ?? address;
}

/** The port that a step leaves by; null: it ends what is around it. */
function wayOut(notes: Notes, address: string, { kind, onError }: WorkflowNode): string | null {
  const outcome = notes.fates.outcome(address);
  if (outcome !== 'fail' && (kind !== 'each' || loopSucceeds(notes, address))) return outcome;
  if (onError === 'port') return 'error';
  return onError === 'continue' ? (kind === 'each' ? 'done' : 'out') : null;
}

function loopSucceeds(notes: Notes, address: string): boolean {
  const { count, onItemError } = notes.fates.loop(address);
  const container = nodeOf(address);
  const paths = Array.from({ length: count }, (_, i) => itemPath(address, i));
  const items = paths.map((path) => evaluate(notes, { path, parent: container, first: container }));
  if (onItemError === 'stop' && items.some(({ fails }) => fails)) {
    for (const path of paths) notes.cut.add(path);
    return false;
  }
  const results = items.map(({ fails, output }) => (fails ? null : output));
  notes.results.set(address, results);
  return true;
}
