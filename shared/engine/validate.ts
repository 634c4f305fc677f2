/**
 * The only validator: editor, API, model output and templates all go through it. Every rule is linear in the size of the graph and none is
 * recursive, so a chain of thousands of steps is as safe as a short one.
 */
import type { NodeCatalogue, NodeDefinition } from '../nodes/contract.ts';
import { limits, type WorkflowGraph, type WorkflowNode } from '../workflow/graph.ts';
import type { Problem } from '../workflow/problem.ts';
import { nameOf } from './step-name.ts';
import { topologicalOrder } from './graph.ts';
import { upgradeGraph } from './upgrade.ts';
import { type InspectionCache, inspectStep, type StepInspection, type Subject } from './validate-config.ts';
import { containerProblems } from './validate-containers.ts';
import { edgeProblems } from './validate-edges.ts';
import { referenceProblems } from './validate-references.ts';

/**
 * Everything that is wrong or doubtful, the graph's own problems first, then step by step. Never throws for a bad graph.
 *
 * @param cache `new WeakMap()` that is handed in each time: steps that are the same object as before are not read again. Only for callers that
 * never change a node in place, as the editor.
 */
export function validate(given: WorkflowGraph, catalogue: NodeCatalogue, cache?: InspectionCache): Problem[] {
  const sizes = sizeProblems(given);
  if (sizes.length > 0) return sizes;
  const graph = upgradeGraph(given, catalogue);
  const subject = resolve(graph, catalogue, cache);
  return [
    ...idProblems(graph),
    ...triggerProblems(subject),
    ...edgeProblems(subject),
    ...containerProblems(subject),
    ...loopProblems(subject),
    ...unreachableProblems(subject),
    ...graph.nodes.flatMap((node) => kindProblems(node, catalogue)),
    ...[...subject.steps.values()].flatMap((step) => step.problems),
    ...referenceProblems(subject),
    ...needsTriggerProblems(subject),
  ];
}

/** True when nothing keeps the workflow from being published or run. */
export function isRunnable(problems: readonly Problem[]): boolean {
  return problems.every(({ severity }) => severity !== 'error');
}

function resolve(graph: WorkflowGraph, catalogue: NodeCatalogue, cache: InspectionCache | undefined): Subject {
  const nodes = new Map<string, WorkflowNode>();
  for (const node of graph.nodes) if (!nodes.has(node.id)) nodes.set(node.id, node);
  const steps = new Map<string, StepInspection>();
  for (const [id, node] of nodes) {
    const definition = catalogue.get(node.kind);
    if (definition === undefined) continue;
    const known = cache?.get(node);
    const step = known?.definition === definition ? known : inspectStep(node, definition);
    cache?.set(node, step);
    steps.set(id, step);
  }
  const sources = new Map<string, string[]>();
  for (const { source, target } of graph.edges) {
    if (!nodes.has(source) || !nodes.has(target)) continue;
    const list = sources.get(target);
    if (list === undefined) sources.set(target, [source]);
    else list.push(source);
  }
  return { graph, nodes, steps, sources, order: topologicalOrder(graph).order };
}

function sizeProblems({ nodes, edges }: WorkflowGraph): Problem[] {
  const problems: Problem[] = [];
  if (nodes.length > limits.nodes) problems.push(tooLarge(`${nodes.length} steps`, `${limits.nodes} steps`));
  if (edges.length > limits.edges) problems.push(tooLarge(`${edges.length} connections`, `${limits.edges}`));
  return problems;
}

function tooLarge(has: string, most: string): Problem {
  return {
    severity: 'error',
    code: 'too_large',
    message: `The workflow has ${has}; at most ${most} are possible. Split it into several workflows.`,
  };
}

function idProblems({ nodes }: WorkflowGraph): Problem[] {
  const seen = new Set<string>();
  const problems: Problem[] = [];
  for (const { id } of nodes) {
    if (seen.has(id))
      problems.push({ severity: 'error', code: 'duplicate_id', nodeId: id, message: `Two steps have the id “${id}”.` });
    seen.add(id);
  }
  return problems;
}

function kindProblems(node: WorkflowNode, catalogue: NodeCatalogue): Problem[] {
  if (catalogue.has(node.kind)) return [];
  const message = `“${nameOf(node)}” is of the kind “${node.kind.slice(0, 64)}”, which does not exist here. Remove it or replace it.`;
  return [{ severity: 'error', code: 'unknown_kind', nodeId: node.id, message }];
}

function isTrigger(definition: NodeDefinition | undefined): boolean {
  return definition?.group === 'trigger';
}

function triggersOf({ nodes, steps }: Subject): WorkflowNode[] {
  return [...nodes.values()].filter((node) => node.disabled !== true && isTrigger(steps.get(node.id)?.definition));
}

function triggerProblems(subject: Subject): Problem[] {
  if (triggersOf(subject).length > 0) return [];
  return [
    {
      severity: 'error',
      code: 'no_trigger',
      message: 'Add a trigger, such as “Start by hand” or “Webhook”: it says what starts the workflow.',
    },
  ];
}

/** Each loop once, its steps in the order in which they would run. */
function loopProblems({ nodes, order, sources, graph }: Subject): Problem[] {
  if (order.length === nodes.size) return [];
  const settled = new Set(order);
  /** Which walk came by a node. */
  const visited = new Map<string, string>();
  const problems: Problem[] = [];
  for (const start of nodes.keys()) {
    const path: string[] = [];
    let at: string | undefined = start;
    // Every node on or behind a loop has such a node before it, so walking backwards must end in a loop or where an earlier walk was.
    while (at !== undefined && !settled.has(at) && !visited.has(at)) {
      visited.set(at, start);
      path.push(at);
      at = sources.get(at)?.find((source) => !settled.has(source));
    }
    if (at === undefined || settled.has(at) || visited.get(at) !== start || problems.length >= 20) continue;
    const loop = path.slice(path.indexOf(at)).reverse();
    // The walk started at the first of these in the graph's order, unless it started behind the loop.
    const first = path[0] === at ? loop.indexOf(at) : 0;
    problems.push(loopProblem([...loop.slice(first), ...loop.slice(0, first)], graph, nodes));
  }
  return problems;
}

function loopProblem(loop: readonly string[], { edges }: WorkflowGraph, nodes: Subject['nodes']): Problem {
  const first = loop[0] as string;
  const names = [...loop, first].map((id) => nameOf(nodes.get(id) as WorkflowNode));
  const shown = names.length <= 9 ? names : [...names.slice(0, 7), '…', first];
  const closing = edges.find((edge) => edge.source === loop.at(-1) && edge.target === first);
  const message = `The steps form a loop: ${shown.join(' → ')}. Remove one of these connections.`;
  return { severity: 'error', code: 'cycle', nodeId: first, message, ...(closing ? { edgeId: closing.id } : {}) };
}

function reachableFrom(subject: Subject, starts: readonly WorkflowNode[]): Set<string> {
  const targets = new Map<string, string[]>();
  for (const { source, target } of subject.graph.edges) {
    const list = targets.get(source);
    if (list === undefined) targets.set(source, [target]);
    else list.push(target);
  }
  const reached = new Set(starts.map(({ id }) => id));
  for (const id of reached) for (const target of targets.get(id) ?? []) reached.add(target);
  return reached;
}

function unreachableProblems(subject: Subject): Problem[] {
  const triggers = triggersOf(subject);
  if (triggers.length === 0) return [];
  const reached = reachableFrom(subject, triggers);
  const lost = [...subject.nodes.values()].filter(
    ({ id }) => !reached.has(id) && !isTrigger(subject.steps.get(id)?.definition),
  );
  return lost.map((node) => ({
    severity: 'warning',
    code: 'unreachable',
    nodeId: node.id,
    message: lostMessage(node, subject, reached),
  }));
}

function lostMessage(node: WorkflowNode, { nodes }: Subject, reached: ReadonlySet<string>): string {
  const container = nodes.get(node.parent ?? '');
  return container !== undefined && reached.has(container.id)
    ? `Nothing inside “${nameOf(container)}” leads to “${nameOf(node)}”, so it never runs. Connect it to “each” or to a step that is.`
    : `No trigger leads to “${nameOf(node)}”, so it never runs. Connect it or remove it.`;
}

const triggerNames = {
  manual: 'Start by hand',
  webhook: 'Webhook',
  schedule: 'Schedule',
  form: 'Form',
  called: 'Called by a workflow',
  'workflow-failed': 'A workflow failed',
} as const;

function needsTriggerProblems(subject: Subject): Problem[] {
  const problems: Problem[] = [];
  const reachedBy = new Map<string, Set<string>>();
  for (const { node, definition } of subject.steps.values()) {
    const { needsTrigger } = definition;
    if (needsTrigger === undefined || node.disabled === true) continue;
    const key = needsTrigger.join();
    const reached =
      reachedBy.get(key) ??
      reachableFrom(
        subject,
        triggersOf(subject).filter(({ id }) => startedBy(subject, id, needsTrigger)),
      );
    reachedBy.set(key, reached);
    if (reached.has(node.id)) continue;
    const names = needsTrigger.map((trigger) => `“${triggerNames[trigger]}”`).join(' or ');
    const message = `“${nameOf(node)}” has nobody to answer: no ${names} trigger leads to it.`;
    problems.push({ severity: 'warning', code: 'no_trigger', nodeId: node.id, message });
  }
  return problems;
}

function startedBy(
  { steps }: Subject,
  id: string,
  triggers: readonly NonNullable<NodeDefinition['trigger']>[],
): boolean {
  const trigger = steps.get(id)?.definition.trigger;
  return trigger !== undefined && triggers.includes(trigger);
}
