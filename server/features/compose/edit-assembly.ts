import { z } from 'zod';
import { outPortsOf } from '../../../shared/nodes/contract.ts';
import type { NodeCatalogue, NodeDefinition } from '../../../shared/nodes/contract.ts';
import { unsupportedPartSchema } from '../../../shared/workflow/composition.ts';
import type { UnsupportedPart } from '../../../shared/workflow/composition.ts';
import { edgeBetween, nextNodeId, onErrorSchema, retryPolicySchema } from '../../../shared/workflow/graph.ts';
import type { WorkflowEdge, WorkflowGraph, WorkflowNode } from '../../../shared/workflow/graph.ts';
import type { Problem } from '../../../shared/workflow/problem.ts';
import { clip, mostSteps, readConfig } from './assemble.ts';
import { withSecrets } from './redact.ts';

const endSchema = z.object({ step: z.coerce.string(), port: z.string().nullish() }).nullable().catch(null);

/** As loose as possible: one odd field must not cost the whole change. Absent fields stay as they are. */
const stepSchema = z.object({
  id: z.coerce.string().catch(''),
  kind: z.string().nullish().catch(null),
  title: z.string().nullish().catch(null),
  after: z.array(endSchema).nullish().catch(null),
  config: z.record(z.string(), z.unknown()).nullish().catch(null),
  onError: onErrorSchema.nullish().catch(null),
  retry: retryPolicySchema.nullish().catch(null),
  disabled: z.boolean().nullish().catch(null),
  parent: z.string().nullish().catch(null),
});
type Step = z.output<typeof stepSchema>;

const answerShape = z.object({
  message: z.string().catch(''),
  steps: z.array(z.unknown()).catch([]),
  remove: z.array(z.string()).catch([]),
  assumptions: z.array(z.string()).catch([]),
  unsupported: z.array(unsupportedPartSchema.nullable().catch(null)).catch([]),
});

/** A changed workflow, whatever may still be wrong with it. New steps have no positions yet. */
export interface EditedDraft {
  graph: WorkflowGraph;
  text: string;
  assumptions: string[];
  unsupported: UnsupportedPart[];
  /** What was wrong with the answer itself, beyond what the validator can see in the graph. */
  problems: Problem[];
}

/** Carries out a model's answer on the graph that it was made for. Nothing is dropped silently. */
export function applyAnswer(base: WorkflowGraph, json: unknown, catalogue: NodeCatalogue): EditedDraft {
  const answer = answerShape.parse(json);
  const assembly = new EditAssembly(base, catalogue);
  assembly.remove(answer.remove);
  const steps = answer.steps.flatMap((raw) => stepSchema.safeParse(raw).data ?? []);
  for (const step of steps) assembly.put(step);
  for (const step of steps) assembly.connect(step);
  return {
    graph: assembly.graph(),
    text: answer.message.trim().slice(0, 8_000),
    assumptions: answer.assumptions.slice(0, 50).map((text) => text.slice(0, 1_000)),
    unsupported: [...answer.unsupported.filter((part) => part !== null), ...assembly.unsupported].slice(0, 50),
    problems: assembly.problems,
  };
}

class EditAssembly {
  readonly problems: Problem[] = [];
  readonly unsupported: UnsupportedPart[] = [];
  private readonly base: WorkflowGraph;
  private readonly catalogue: NodeCatalogue;
  private readonly nodes: Map<string, WorkflowNode>;
  private edges: WorkflowEdge[];
  /** The model's id of a new step → ours. */
  private readonly ids = new Map<string, string>();

  constructor(base: WorkflowGraph, catalogue: NodeCatalogue) {
    this.base = base;
    this.catalogue = catalogue;
    this.nodes = new Map(base.nodes.map((node) => [node.id, node]));
    this.edges = [...base.edges];
  }

  graph(): WorkflowGraph {
    const outs = new Map<string, ReadonlySet<string>>();
    for (const node of this.nodes.values()) {
      const definition = this.catalogue.get(node.kind);
      if (definition) outs.set(node.id, new Set(outPortsOf(definition, node.config, node.onError).map(({ id }) => id)));
    }
    const old = new Set(this.base.edges.map(({ id }) => id));
    // A connection that hung on an output which is gone goes with it; a new one to an output that does not exist is the validator's to name.
    const edges = this.edges.filter(
      ({ id, source, sourcePort }) => !old.has(id) || (outs.get(source)?.has(sourcePort) ?? true),
    );
    return { ...this.base, nodes: [...this.nodes.values()], edges };
  }

  remove(ids: readonly string[]): void {
    for (const id of ids) {
      const node = this.nodes.get(id);
      if (node === undefined) continue;
      const incoming = this.edges.filter(({ target }) => target === id);
      const main = this.portsOf(node)[0];
      const outgoing = this.edges.filter(({ source, sourcePort }) => source === id && sourcePort === main);
      this.edges = this.edges.filter(({ source, target }) => source !== id && target !== id);
      for (const before of incoming) {
        for (const after of outgoing)
          this.add(edgeBetween(before.source, after.target, before.sourcePort, after.targetPort));
      }
      this.nodes.delete(id);
    }
  }

  put(step: Step): void {
    const before = this.nodes.get(step.id);
    const kind = step.kind ?? before?.kind ?? '';
    const definition = this.catalogue.get(kind);
    const title = step.title?.trim();
    if (
      definition === undefined ||
      (before === undefined && this.nodes.size >= Math.max(mostSteps, this.base.nodes.length))
    ) {
      this.unsupported.push({
        text: clip(title || kind || step.id || 'A step', 1_000),
        reason: definition
          ? `The workflow would have more than ${mostSteps} steps.`
          : `Mailweave has no step of the kind “${clip(kind, 64)}”.`,
      });
      return;
    }
    const id = before?.id ?? this.newId(step, kind);
    const keeps = before !== undefined && before.kind === kind;
    const given = withSecrets(this.renamed(step.config ?? {}), before);
    const config = this.configOf(definition, { ...(keeps ? before.config : {}), ...given }, { id, given });
    const parent = step.parent === undefined || step.parent === null ? before?.parent : this.idOf(step.parent);
    const { disabled: wasOff, ...rest } = before ?? { position: { x: 0, y: 0 } };
    const disabled = step.disabled ?? wasOff;
    this.nodes.set(id, {
      ...rest,
      id,
      kind,
      version: definition.version,
      title: clip(title || before?.title || definition.texts.title, 120),
      config,
      ...(step.onError ? { onError: step.onError } : {}),
      ...(step.retry ? { retry: step.retry } : {}),
      ...(disabled ? { disabled: true } : {}),
      ...(parent === undefined || parent === '' ? {} : { parent }),
    });
  }

  connect(step: Step): void {
    const target = this.nodes.get(this.idOf(step.id));
    const definition = target && this.catalogue.get(target.kind);
    if (!target || !definition || !step.after) return;
    this.edges = this.edges.filter((edge) => edge.target !== target.id);
    const into = definition.ports.in[0]?.id;
    for (const end of step.after) {
      if (end === null) continue;
      const source = this.nodes.get(this.idOf(end.step));
      if (source === undefined) {
        this.problem(
          'missing_node',
          target.id,
          `“${target.title}” should come after “${end.step}”, which does not exist.`,
        );
      } else if (into === undefined) {
        this.problem(
          'trigger_has_input',
          target.id,
          `“${target.title}” starts the workflow, so nothing can come before it.`,
        );
      } else {
        this.add(edgeBetween(source.id, target.id, this.portOf(source, end.port), into));
      }
    }
  }

  private add(edge: WorkflowEdge): void {
    if (!this.edges.some(({ id }) => id === edge.id)) this.edges.push(edge);
  }

  private configOf(
    definition: NodeDefinition,
    config: Record<string, unknown>,
    { id, given }: { id: string; given: Record<string, unknown> },
  ): Record<string, unknown> {
    const read = readConfig(definition, config);
    for (const { field, message } of read.issues) {
      // What was wrong before is not the answer's fault.
      if (!(field.split('.')[0]! in given)) continue;
      this.problem('invalid_config', id, `${definition.texts.title}, ${field}: ${message}`, field);
    }
    return read.config;
  }

  private newId(step: Step, kind: string): string {
    const wanted = step.id
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '_')
      .replace(/^[^a-z]+|_+$/g, '')
      .slice(0, 64);
    // The id of a step that was taken out would give the new one its history.
    const taken = new Set([...this.nodes.keys(), ...this.base.nodes.map(({ id }) => id)]);
    const id = wanted !== '' && !taken.has(wanted) ? wanted : nextNodeId(kind, taken);
    this.ids.set(step.id, id);
    return id;
  }

  private idOf(theirs: string): string {
    return this.ids.get(theirs) ?? theirs;
  }

  private renamed(config: Record<string, unknown>): Record<string, unknown> {
    let json = JSON.stringify(config);
    for (const [theirs, ours] of this.ids)
      if (theirs !== ours && theirs !== '') json = json.replaceAll(`steps.${theirs}.`, `steps.${ours}.`);
    return JSON.parse(json) as Record<string, unknown>;
  }

  private portsOf(node: WorkflowNode): string[] {
    const definition = this.catalogue.get(node.kind);
    return definition
      ? outPortsOf(definition, node.config, node.onError)
          .filter(({ inner }) => !inner)
          .map(({ id }) => id)
      : ['out'];
  }

  /** The only port where there is only one. A port that does not exist stays: the validator names it. */
  private portOf(source: WorkflowNode, asked: string | null | undefined): string {
    const definition = this.catalogue.get(source.kind);
    const ports = definition ? outPortsOf(definition, source.config, source.onError) : [];
    const known = ports.find(({ id, label }) => id === asked || label === asked);
    const main = ports.filter(({ id }) => id !== 'error');
    return known?.id ?? (main.length === 1 && asked !== 'error' ? main[0]!.id : asked || 'out');
  }

  private problem(code: Problem['code'], nodeId: string, message: string, field?: string): void {
    this.problems.push({ severity: 'error', code, message, nodeId, ...(field ? { field } : {}) });
  }
}
