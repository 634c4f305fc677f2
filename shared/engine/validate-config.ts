/** The rules about one step by itself: settings that fit the schema, what the kind checks, expressions that can be parsed. */
import type { z } from 'zod';
import type { NodeDefinition } from '../nodes/contract.ts';
import { limits, type WorkflowGraph, type WorkflowNode } from '../workflow/graph.ts';
import type { Problem } from '../workflow/problem.ts';
import { inspectExpressions, inspectText, type Reference } from './references.ts';
import { nameOf } from './step-name.ts';

export interface StepInspection {
  node: WorkflowNode;
  definition: NodeDefinition;
  /** The parsed settings; as they are where they do not fit the schema. */
  config: Record<string, unknown>;
  problems: Problem[];
  references: readonly Reference[];
}

/** Inspections by node object, see `validate`. */
export type InspectionCache = WeakMap<WorkflowNode, StepInspection>;

/** What the rules look at: the graph with each node's kind and settings resolved once. */
export interface Subject {
  graph: WorkflowGraph;
  /** The first node of each id. */
  nodes: ReadonlyMap<string, WorkflowNode>;
  steps: ReadonlyMap<string, StepInspection>;
  /** Ids in topological order; those on or behind a loop are missing. */
  order: readonly string[];
  /** Sources of the edges into each node; edges with a missing end left out. */
  sources: ReadonlyMap<string, readonly string[]>;
}

/** A step that is switched off only has to keep its place in the graph: its settings are not checked. */
export function inspectStep(node: WorkflowNode, definition: NodeDefinition): StepInspection {
  const base = { node, definition, references: [] };
  const oversize = sizeProblem(node);
  if (oversize !== undefined) return { ...base, config: {}, problems: [oversize] };
  const raw = node.config;
  const parsed = definition.config.safeParse(raw);
  if (!parsed.success) {
    return {
      ...base,
      config: raw,
      problems: node.disabled === true ? [] : issueProblems(node, definition, parsed.error),
    };
  }
  const config = parsed.data;
  if (node.disabled === true) return { ...base, config, problems: [] };
  const { references, problems } = inspectExpressions(definition, config);
  const key = inspectText(node.limit?.key ?? '', 'limit.key');
  const checked = definition.check?.(config) ?? [];
  return {
    ...base,
    config,
    references: [...references, ...key.references],
    problems: [
      ...checked.map(({ field, message, severity = 'error' }): Problem => ({
        severity,
        code: 'invalid_config',
        nodeId: node.id,
        field,
        message,
      })),
      ...[...problems, ...key.problems].map((problem): Problem => ({
        severity: 'error',
        code: 'expression',
        nodeId: node.id,
        ...problem,
      })),
    ],
  };
}

const deepest = 64;

/** Measures without recursion and without writing the settings out. */
function sizeProblem(node: WorkflowNode): Problem | undefined {
  let size = 0;
  const open: [value: unknown, depth: number][] = [[node.config, 0]];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [value, depth] = next;
    if (typeof value === 'string') size += value.length + 2;
    else if (typeof value === 'object' && value !== null) {
      if (depth > deepest) return sizeMessage(node, `are nested more than ${deepest} deep`);
      for (const key of Object.keys(value)) {
        size += Array.isArray(value) ? 1 : key.length + 4;
        open.push([(value as Record<string, unknown>)[key], depth + 1]);
      }
    } else size += 5;
    if (size > limits.configBytes) return sizeMessage(node, `are larger than ${limits.configBytes / 1_000} kB`);
  }
  return undefined;
}

function sizeMessage(node: WorkflowNode, what: string): Problem {
  return {
    severity: 'error',
    code: 'too_large',
    nodeId: node.id,
    message: `The settings of “${nameOf(node)}” ${what}.`,
  };
}

function issueProblems(node: WorkflowNode, definition: NodeDefinition, error: z.ZodError): Problem[] {
  return error.issues.slice(0, 20).map((issue) => {
    const field = issue.path.join('.');
    const top = (definition.config.shape as Record<string, z.ZodType | undefined>)[String(issue.path[0])];
    const title = top?.meta()?.title ?? field;
    const place = issue.path.length > 1 ? `“${title}” (${issue.path.slice(1).join('.')})` : `“${title}”`;
    return {
      severity: 'error',
      code: 'invalid_config',
      nodeId: node.id,
      field,
      message: `${place} ${issueInWords(issue)}.`,
    };
  });
}

const typeNames: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'yes or no',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};
const measured: Readonly<Record<string, string>> = { string: ' characters', array: ' entries' };

function issueInWords(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined && issue.message.includes('undefined')
        ? 'is missing'
        : `must be ${typeNames[issue.expected] ?? issue.expected}`;
    case 'too_small':
      return `must ${issue.origin in measured ? 'have' : 'be'} at least ${issue.minimum}${measured[issue.origin] ?? ''}`;
    case 'too_big':
      return `must ${issue.origin in measured ? 'have' : 'be'} at most ${issue.maximum}${measured[issue.origin] ?? ''}`;
    case 'invalid_value':
      return `must be one of ${issue.values.map(String).join(', ')}`;
    case 'invalid_format':
      return `is not right: ${issue.message}`;
    case 'invalid_union':
      return 'does not have the right form';
    default:
      return `is not right: ${issue.message}`;
  }
}
