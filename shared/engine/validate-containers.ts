/** The rules about containers: who may stand in one, how deep, and that connections do not cross their borders. */
import { containersOf } from '../workflow/containers.ts';
import { limits, type WorkflowEdge, type WorkflowNode } from '../workflow/graph.ts';
import type { Problem } from '../workflow/problem.ts';
import { isInnerPort } from './graph.ts';
import { nameOf } from './step-name.ts';
import type { Subject } from './validate-config.ts';

export function containerProblems(subject: Subject): Problem[] {
  return [...parentProblems(subject), ...borderProblems(subject), ...emptyProblems(subject)];
}

function parentProblems({ nodes, steps }: Subject): Problem[] {
  const problems: Problem[] = [];
  for (const node of nodes.values()) {
    if (node.parent === undefined) continue;
    const message = parentMessage(node, { nodes, steps });
    if (message !== undefined) problems.push({ severity: 'error', code: 'container', nodeId: node.id, message });
  }
  return problems;
}

function parentMessage(node: WorkflowNode, { nodes, steps }: Pick<Subject, 'nodes' | 'steps'>): string | undefined {
  const parent = nodes.get(node.parent ?? '');
  const name = nameOf(node);
  if (parent === undefined)
    return `“${name}” stands in “${node.parent}”, but there is no such step. Take it out of it.`;
  const kind = steps.get(parent.id)?.definition;
  if (kind !== undefined && kind.container !== true)
    return `“${name}” stands in “${nameOf(parent)}”, which is no container. Only a container such as “For each” has steps inside.`;
  if (steps.get(node.id)?.definition.group === 'trigger')
    return `“${name}” starts the workflow, so it cannot stand inside “${nameOf(parent)}”.`;
  const around = containersOf(nodes, node.id);
  if (around.some(({ parent: outer }) => outer === node.id)) return `“${name}” stands inside itself. Take it out.`;
  if (around.length > limits.containerDepth)
    return `“${name}” stands in ${around.length} containers, one inside the other; at most ${limits.containerDepth} are possible. Move the inner part into a workflow of its own.`;
  return undefined;
}

/** Why a connection may not lead from one step to the other across the border of a container; undefined when it crosses none. */
export function borderCrossed(
  edge: Pick<WorkflowEdge, 'sourcePort'>,
  source: WorkflowNode,
  target: WorkflowNode,
  isInner: boolean,
): string | undefined {
  const [from, to] = [nameOf(source), nameOf(target)];
  if (isInner) {
    return target.parent === source.id
      ? undefined
      : `“${edge.sourcePort}” leads to the steps inside “${from}”, but “${to}” is not inside it. Use the way out “done”, or move “${to}” inside.`;
  }
  if (source.parent === target.parent) return undefined;
  if (target.parent === source.id) return `“${to}” is inside “${from}”: connect it to “each”.`;
  return target.parent === undefined || source.parent !== undefined
    ? `The connection from “${from}” to “${to}” leads out of a container. What comes after all items is connected to the container’s “done”.`
    : `The connection from “${from}” to “${to}” leads into a container. What runs for each item is connected to the container’s “each”.`;
}

function borderProblems({ graph, nodes, steps }: Subject): Problem[] {
  return graph.edges.flatMap((edge): Problem[] => {
    const [source, target] = [nodes.get(edge.source), nodes.get(edge.target)];
    if (source === undefined || target === undefined) return [];
    const isInner = isInnerPort(steps.get(source.id)?.definition, edge.sourcePort);
    const message = borderCrossed(edge, source, target, isInner);
    return message === undefined ? [] : [{ severity: 'error', code: 'border', edgeId: edge.id, message }];
  });
}

function emptyProblems({ nodes, steps }: Subject): Problem[] {
  const filled = new Set([...nodes.values()].map(({ parent }) => parent));
  return [...steps.values()].flatMap(({ node, definition }): Problem[] => {
    if (definition.container !== true || node.disabled === true || filled.has(node.id)) return [];
    const message = `There is no step inside “${nameOf(node)}”, so nothing happens for the items. Put one in.`;
    return [{ severity: 'warning', code: 'empty_container', nodeId: node.id, message }];
  });
}
