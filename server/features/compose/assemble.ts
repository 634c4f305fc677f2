import { z } from 'zod';
import { outPortsOf } from '../../../shared/nodes/contract.ts';
import type { NodeCatalogue, NodeDefinition } from '../../../shared/nodes/contract.ts';
import { composedEdgeToEdge } from '../../../shared/workflow/composition.ts';
import type { UnsupportedPart } from '../../../shared/workflow/composition.ts';
import { nextNodeId, onErrorSchema } from '../../../shared/workflow/graph.ts';
import type { WorkflowEdge, WorkflowNode } from '../../../shared/workflow/graph.ts';
import type { Problem } from '../../../shared/workflow/problem.ts';

/**
 * Builds nodes and edges from the steps of a model, one by one as they arrive. A model's step carries the edges that lead to it, so a step
 * can be drawn, connected, the moment it is complete. Nothing is dropped silently: what cannot be used ends in `unsupported` or `problems`.
 */
export interface Assembled {
  nodes: WorkflowNode[];
  edges: WorkflowEdge[];
  unsupported: UnsupportedPart[];
  problems: Problem[];
}

/** As loose as possible: one odd field must not cost a whole step. */
const stepSchema = z.object({
  id: z.coerce.string().catch(''),
  kind: z.coerce.string().catch(''),
  title: z.coerce.string().catch(''),
  after: z
    .array(z.object({ step: z.coerce.string(), port: z.string().nullish() }).nullable().catch(null))
    .catch([])
    .transform((list) => list.filter((end) => end !== null)),
  config: z.record(z.string(), z.unknown()).catch({}),
  inside: z.coerce.string().nullish().catch(null),
  onError: onErrorSchema.nullish().catch(null),
});
type Step = z.output<typeof stepSchema>;

/** Most steps that are taken over; a request that needs more should be several workflows. */
export const mostSteps = 200;

export class Assembly {
  readonly result: Assembled = { nodes: [], edges: [], unsupported: [], problems: [] };
  private readonly catalogue: NodeCatalogue;
  /** The model's id → ours. */
  private readonly ids = new Map<string, string>();
  private readonly taken = new Set<string>();
  /** Steps that were left out → what led to them: whatever follows them is connected there. */
  private readonly left = new Map<string, Step['after']>();
  /** Edges from steps that have not come yet. */
  private waiting: { from: Step['after'][number]; target: WorkflowNode }[] = [];

  constructor(catalogue: NodeCatalogue) {
    this.catalogue = catalogue;
  }

  /** Adds a step; returns what is to be drawn now. */
  add(raw: unknown): { node?: WorkflowNode; edges: WorkflowEdge[] } {
    const step = stepSchema.safeParse(raw).data;
    if (!step) return { edges: [] };
    const definition = this.catalogue.get(step.kind);
    if (!definition || this.result.nodes.length >= mostSteps) {
      this.leaveOut(step, definition);
      return { edges: [] };
    }
    const node = this.toNode(step, definition);
    this.result.nodes.push(node);
    const before = this.result.edges.length;
    const first = node.parent !== undefined && step.after.length === 0 ? [{ step: step.inside! }] : step.after;
    for (const from of first) this.connect(from, node, definition);
    this.connectWaiting(step.id);
    return { node, edges: this.result.edges.slice(before) };
  }

  /** After the last step: what still waits for a step that never came. */
  finish(): Assembled {
    for (const { from, target } of this.waiting) {
      this.problem(
        'missing_node',
        target.id,
        `“${target.title}” should come after “${from.step}”, which does not exist.`,
      );
    }
    this.waiting = [];
    return this.result;
  }

  private leaveOut(step: Step, definition: NodeDefinition | undefined): void {
    this.left.set(step.id, step.after);
    this.result.unsupported.push({
      text: clip(step.title || step.kind || step.id || 'A step', 1_000),
      reason: definition
        ? `The workflow would have more than ${mostSteps} steps.`
        : `Mailweave has no step of the kind “${clip(step.kind, 64)}”.`,
    });
  }

  private toNode(step: Step, definition: NodeDefinition): WorkflowNode {
    const id = this.idFor(step);
    const { config, issues } = readConfig(definition, this.renameReferences(step.config));
    for (const { field, message } of issues) {
      this.problem('invalid_config', id, `${definition.texts.title}, ${field}: ${message}`, field);
    }
    return {
      id,
      kind: step.kind,
      version: definition.version,
      title: clip(step.title.trim() || definition.texts.title, 120),
      config,
      position: { x: 0, y: 0 },
      ...this.containerOf(step),
      ...(step.onError ? { onError: step.onError } : {}),
    };
  }

  /** Only a container that came before: the steps come in the order in which they run. */
  private containerOf({ inside }: Step): { parent?: string } {
    const container = inside ? this.nodeOf(inside) : undefined;
    return container && this.catalogue.get(container.kind)?.container === true ? { parent: container.id } : {};
  }

  private idFor(step: Step): string {
    const wanted = step.id
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '_')
      .replace(/^[^a-z]+|_+$/g, '')
      .slice(0, 64);
    const id = wanted && !this.taken.has(wanted) ? wanted : nextNodeId(step.kind, this.taken);
    this.taken.add(id);
    // Of two steps with one id the first keeps the references.
    if (!this.ids.has(step.id)) this.ids.set(step.id, id);
    return id;
  }

  /** Expressions name steps by the model's ids; they follow when ours differ. */
  private renameReferences(config: Record<string, unknown>): Record<string, unknown> {
    let json = JSON.stringify(config);
    for (const [theirs, ours] of this.ids) {
      if (theirs === ours || theirs === '') continue;
      json = json.replaceAll(`steps.${theirs}.`, `steps.${ours}.`).replaceAll(`steps['${theirs}']`, `steps.${ours}`);
    }
    return JSON.parse(json) as Record<string, unknown>;
  }

  private connect(from: Step['after'][number], target: WorkflowNode, definition: NodeDefinition): void {
    const instead = this.left.get(from.step);
    if (instead) {
      for (const earlier of instead) this.connect(earlier, target, definition);
      return;
    }
    const source = this.nodeOf(from.step);
    if (!source) {
      this.waiting.push({ from, target });
      return;
    }
    const targetPort = definition.ports.in[0]?.id;
    if (targetPort === undefined) {
      this.problem(
        'trigger_has_input',
        target.id,
        `“${target.title}” starts the workflow, so nothing can come before it.`,
      );
      return;
    }
    const sourcePort = this.wayInto(source, target) ?? this.portOf(source, from.port);
    const edge = composedEdgeToEdge({ source: source.id, sourcePort, target: target.id, targetPort });
    if (!this.result.edges.some(({ id }) => id === edge.id)) this.result.edges.push(edge);
  }

  private connectWaiting(stepId: string): void {
    const now = this.waiting.filter(({ from }) => from.step === stepId);
    this.waiting = this.waiting.filter(({ from }) => from.step !== stepId);
    for (const { from, target } of now) {
      const definition = this.catalogue.get(target.kind);
      if (definition) this.connect(from, target, definition);
    }
  }

  private nodeOf(theirs: string): WorkflowNode | undefined {
    const id = this.ids.get(theirs);
    return this.result.nodes.find((node) => node.id === id);
  }

  /** The only port where there is only one. A port that does not exist stays: the validator names it. */
  /** What follows its own container is led to from within, whatever port was named. */
  private wayInto(source: WorkflowNode, target: WorkflowNode): string | undefined {
    if (target.parent !== source.id) return undefined;
    const { out = [] } = this.catalogue.get(source.kind)?.ports ?? {};
    return Array.isArray(out) ? out.find(({ inner }) => inner === true)?.id : undefined;
  }

  private portOf(source: WorkflowNode, asked: string | null | undefined): string {
    const definition = this.catalogue.get(source.kind);
    const ports = definition ? outPortsOf(definition, source.config, source.onError) : [];
    const known = ports.find(({ id, label }) => id === asked || label === asked);
    const main = ports.filter(({ id }) => id !== 'error');
    return known?.id ?? (main.length === 1 ? main[0]!.id : asked || 'out');
  }

  private problem(code: Problem['code'], nodeId: string, message: string, field?: string): void {
    this.result.problems.push({ severity: 'error', code, message, nodeId, ...(field ? { field } : {}) });
  }
}

interface ReadConfig {
  config: Record<string, unknown>;
  issues: { field: string; message: string }[];
}

/** What fits of a config, over the defaults; what does not is named. */
export function readConfig(definition: NodeDefinition, given: Record<string, unknown>): ReadConfig {
  const issues: ReadConfig['issues'] = [];
  const known: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(given)) {
    if (!(field in definition.config.shape)) issues.push({ field, message: 'There is no such setting.' });
    else if (value !== null || accepts(definition, field, null)) known[field] = value;
  }
  const whole = definition.config.safeParse(known);
  if (whole.success) return { config: whole.data, issues };
  for (const issue of whole.error.issues) issues.push({ field: issue.path.join('.'), message: issue.message });
  for (const field of new Set(whole.error.issues.map((issue) => String(issue.path[0])))) delete known[field];
  return { config: definition.config.parse(known), issues };
}

function accepts(definition: NodeDefinition, field: string, value: unknown): boolean {
  return definition.config.safeParse({ [field]: value }).success;
}

export function clip(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}
