import { bind, compileBinding, type Scope } from '../../../shared/engine/bind.ts';
import { AppError } from '../../../shared/errors.ts';
import type { NodeCatalogue } from '../../../shared/nodes/contract.ts';
import { containersOf } from '../../../shared/workflow/containers.ts';
import type { WorkflowGraph, WorkflowNode } from '../../../shared/workflow/graph.ts';
import { t } from '../../i18n/t.ts';

/** What a step would see: the real outputs of the last run or preview where there are any, examples elsewhere. */
export interface StepScope {
  scope: Scope;
  /** Where each upstream step's output comes from. */
  origins: ReadonlyMap<string, 'seen' | 'example'>;
  titles: ReadonlyMap<string, string>;
}

/**
 * `seen` gives the output that a step really had, or undefined. `now` stands for the instant of the run. `indexIn` says which item of a
 * container is looked at; the first, where it is not given.
 */
export function scopeOf(
  graph: WorkflowGraph,
  catalogue: NodeCatalogue,
  nodeId: string,
  seen: (id: string) => unknown,
  now: Date,
  indexIn: (container: string) => number = () => 0,
): StepScope {
  const byId = new Map(graph.nodes.map((node) => [node.id, node]));
  const incoming = Map.groupBy(graph.edges, (edge) => edge.target);
  const outputs = new Map<string, unknown>();
  const origins = new Map<string, 'seen' | 'example'>();
  /** The item at hand, by container. */
  const items = new Map<string, unknown>();
  let trigger: unknown = {};

  /** Depth first and only once per step; a circle ends at the step it started from. */
  function visit(id: string): unknown {
    if (outputs.has(id)) return outputs.get(id);
    const node = byId.get(id);
    const definition = node === undefined ? undefined : catalogue.get(node.kind);
    if (node === undefined || definition === undefined) return undefined;
    outputs.set(id, undefined);
    const input = inputOf(id);
    const real = seen(id);
    let output = real;
    if (real === undefined) {
      const parsed = definition.config.safeParse(node.config);
      output = parsed.success ? definition.sample(parsed.data, input) : undefined;
    }
    outputs.set(id, output);
    origins.set(id, real === undefined ? 'example' : 'seen');
    if (definition.group === 'trigger') trigger = output;
    return output;
  }

  function inputOf(id: string): unknown {
    const around = byId.get(id)?.parent;
    const outputOf = (source: string) => (source === around ? items.get(source) : visit(source));
    const before = [...new Set((incoming.get(id) ?? []).map((edge) => edge.source))];
    if (before.length === 0) return {};
    if (before.length === 1) return outputOf(before[0] ?? '');
    return Object.fromEntries(before.map((source) => [source, outputOf(source)]));
  }

  function scopeAt(id: string, input: unknown): Scope {
    const [innermost] = containersOf(byId, id);
    return {
      trigger,
      input,
      ...(innermost ? { item: items.get(innermost.id), index: indexIn(innermost.id) } : {}),
      steps: Object.fromEntries(outputs),
      run: { id: '00000000-0000-7000-8000-000000000000', startedAt: now.toISOString() },
      workspace: { name: t('Your workspace') },
      now: now.toISOString(),
    };
  }

  for (const container of containersOf(byId, nodeId).toReversed()) {
    const input = inputOf(container.id);
    const scope = scopeAt(container.id, input);
    items.set(container.id, itemOf(container, catalogue, { scope, input, now, index: indexIn(container.id) }));
  }
  const input = inputOf(nodeId);
  outputs.delete(nodeId);
  const scope = scopeAt(nodeId, input);
  return { scope, origins, titles: new Map([...outputs.keys()].map((id) => [id, byId.get(id)?.title ?? id])) };
}

/** The item that a container would go through at `index`; its first one where it has fewer, undefined where its list is not known. */
function itemOf(
  node: WorkflowNode,
  catalogue: NodeCatalogue,
  at: { scope: Scope; input: unknown; now: Date; index: number },
): unknown {
  const definition = catalogue.get(node.kind);
  if (definition === undefined) return undefined;
  try {
    const bound = bind(compileBinding(definition, node.config), at.scope);
    const items = definition.preview(bound, { input: at.input, inputs: [], now: at.now }).loop?.items;
    return items?.[at.index] ?? items?.[0];
  } catch (error) {
    // Settings that are not ready yet: there is nothing to show of them.
    if (error instanceof AppError) return undefined;
    throw error;
  }
}

/** One thing that can be put between `{{` and `}}`. */
export interface Suggestion {
  path: string;
  /** Its value now, in short. */
  detail: string;
  /** Title of the step it belongs to. */
  source: string;
}

const maxSuggestions = 400;

/** Every path of a scope down to depth 5, objects before what is in them. */
export function suggestionsOf({ scope, titles }: StepScope): Suggestion[] {
  const list: Suggestion[] = [];
  const walk = (path: string, value: unknown, source: string, depth: number): void => {
    if (list.length >= maxSuggestions || depth > 5) return;
    list.push({ path, detail: inShort(value), source });
    if (Array.isArray(value)) {
      if (value.length > 0) walk(`${path}[0]`, value[0], source, depth + 1);
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) walk(joinPath(path, key), inner, source, depth + 1);
    }
  };
  const roots = scope as unknown as Record<string, unknown>;
  const steps = (roots['steps'] ?? {}) as Record<string, unknown>;
  if ('item' in roots) {
    walk('item', roots['item'], t('The item at hand'), 0);
    walk('index', roots['index'], 'The number of the item, from 0', 0);
  }
  walk('input', roots['input'], t('The step before'), 0);
  walk('trigger', roots['trigger'], t('What started the run'), 0);
  for (const [id, output] of Object.entries(steps)) walk(joinPath('steps', id), output, titles.get(id) ?? id, 0);
  for (const root of ['now', 'run', 'workspace'])
    walk(root, roots[root], root === 'now' ? t('The time of the run') : '', 0);
  return list;
}

/** The path of a field of what `path` leads to, as Liquid writes it. */
export function joinPath(path: string, key: string): string {
  return /^[a-zA-Z_][\w-]*$/.test(key) ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`;
}

/** A single value of data as text. Lists, objects and functions are no single values: they give ''. */
export function scalarText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  return value === null ? 'null' : '';
}

/** A value in a few characters. */
export function inShort(value: unknown, length = 28): string {
  if (value === undefined) return '';
  if (Array.isArray(value)) return t('list of {n}', { n: value.length });
  if (typeof value === 'object' && value !== null) return 'object';
  const text = scalarText(value).replace(/\s+/g, ' ');
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}
