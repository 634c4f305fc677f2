/** The rules about what expressions refer to: names that exist, and steps that come before. */
import { containersOf } from '../workflow/containers.ts';
import type { WorkflowNode } from '../workflow/graph.ts';
import type { Problem } from '../workflow/problem.ts';
import type { NodeDefinition } from '../nodes/contract.ts';
import { closest } from './closest.ts';
import { nameOf } from './step-name.ts';
import { scopeRoots } from './liquid.ts';
import type { Reference } from './references.ts';
import type { Subject } from './validate-config.ts';

const allRoots = Object.keys(scopeRoots);
/** Known to the steps inside of a container only. */
const itemRoots: readonly string[] = ['item', 'index'];
const outerRoots = allRoots.filter((root) => !itemRoots.includes(root));
const members: Readonly<Record<string, readonly string[]>> = { run: ['id', 'startedAt'], workspace: ['name'] };

export function referenceProblems(subject: Subject): Problem[] {
  const comesBefore = precedence(subject);
  const problems: Problem[] = [];
  for (const { node, definition, references } of subject.steps.values()) {
    if (references.length === 0) continue;
    const around = containersOf(subject.nodes, node.id);
    const said = new Set<string>();
    for (const reference of references) {
      const message =
        (isOwnOutput(reference, definition) ? undefined : rootProblem(reference, subject, around)) ??
        stepProblem(reference, node, subject, around, comesBefore);
      const key = `${reference.field} ${message}`;
      if (message === undefined || said.has(key)) continue;
      said.add(key);
      problems.push({
        severity: 'error',
        code: 'unknown_reference',
        nodeId: node.id,
        field: reference.field,
        position: reference.position,
        message,
      });
    }
  }
  return problems;
}

/** What a step put out is known where its effect is taken back. */
function isOwnOutput({ path, field }: Reference, { undo }: NodeDefinition): boolean {
  return path[0] === 'output' && (undo?.fields.includes(field.split('.')[0] ?? '') ?? false);
}

type Around = readonly WorkflowNode[];

function rootProblem({ path }: Reference, { nodes }: Subject, around: Around): string | undefined {
  const [root = '', member] = path;
  if (itemRoots.includes(root) && around.length === 0)
    return `“${root}” is known only to steps inside a “For each”, and this one is not inside.`;
  const roots = around.length > 0 ? allRoots : outerRoots;
  if (roots.includes(root)) {
    const known = members[root];
    if (known === undefined || member === undefined || member === '*' || known.includes(member)) return undefined;
    return `“${root}.${member}” does not exist. There ${known.length === 1 ? 'is' : 'are'} ${known.map((name) => `“${root}.${name}”`).join(' and ')}.`;
  }
  if (nodes.has(root)) return `Write “steps.${path.join('.')}” to use the output of “${root}”.`;
  const meant = closest(root, roots);
  return meant === undefined
    ? `“${root}” is not known here. Values start with ${roots.join(', ')}, for example {{ trigger.body.email }}.`
    : `“${root}” is not known here. Did you mean “${meant}”?`;
}

type ComesBefore = (earlier: string, later: string) => boolean;

function stepProblem(
  { path }: Reference,
  node: WorkflowNode,
  { nodes }: Subject,
  around: Around,
  comesBefore: ComesBefore,
): string | undefined {
  const [root, id] = path;
  if (root !== 'steps' || id === undefined || id === '*' || id === 'size') return undefined;
  const other = nodes.get(id);
  if (other === undefined) {
    const meant = closest(id, nodes.keys());
    return `There is no step “${id}”.${meant === undefined ? '' : ` Did you mean “${meant}”?`}`;
  }
  if (id === node.id) return 'A step cannot use its own output.';
  if (around.includes(other))
    return `“${nameOf(other)}” is still under way while this step runs inside it. Use {{ item }} for the item at hand.`;
  const container = nodes.get(other.parent ?? '');
  if (container !== undefined && !around.includes(container))
    return `“${nameOf(other)}” runs inside “${nameOf(container)}”, once for each item. From outside, use {{ steps.${container.id}.results }}: what came out for each item.`;
  return comesBefore(id, node.id)
    ? undefined
    : `“${nameOf(other)}” does not come before this step, so its output is not there yet. Connect it so that it does.`;
}

/**
 * Which referenced steps come before which step: one bit for each referenced step, handed down in topological order. Steps on a loop have no
 * order; for them everything counts as before, the loop itself is reported.
 */
function precedence({ nodes, steps, order, sources }: Subject): ComesBefore {
  const bit = new Map<string, number>();
  for (const { references } of steps.values()) {
    for (const { path } of references) {
      const [root, id] = path;
      if (root === 'steps' && id !== undefined && nodes.has(id) && !bit.has(id)) bit.set(id, bit.size);
    }
  }
  const words = Math.ceil(bit.size / 32);
  const before = new Map<string, Uint32Array>();
  if (words > 0) {
    for (const id of order) {
      const own = new Uint32Array(words);
      for (const source of sources.get(id) ?? []) {
        const theirs = before.get(source);
        for (let word = 0; theirs !== undefined && word < words; word++)
          own[word] = (own[word] as number) | (theirs[word] as number);
        const at = bit.get(source);
        if (at !== undefined) own[at >>> 5] = (own[at >>> 5] as number) | (1 << (at & 31));
      }
      before.set(id, own);
    }
  }
  return (earlier, later) => {
    const set = before.get(later);
    const at = bit.get(earlier);
    if (set === undefined || at === undefined || !before.has(earlier)) return true;
    return ((set[at >>> 5] as number) & (1 << (at & 31))) !== 0;
  };
}
