import { z } from 'zod';
import type { ComposeEvent } from '../../../shared/api/compose.ts';
import type { NodeCatalogue } from '../../../shared/nodes/contract.ts';
import { composedEdgeToEdge, composedNodeToNode, unsupportedPartSchema } from '../../../shared/workflow/composition.ts';
import type { Composition, UnsupportedPart } from '../../../shared/workflow/composition.ts';
import type { WorkflowEdge, WorkflowGraph, WorkflowNode } from '../../../shared/workflow/graph.ts';
import { arranged, layoutGraph } from '../../../shared/workflow/layout.ts';
import type { Problem } from '../../../shared/workflow/problem.ts';
import { Assembly } from './assemble.ts';
import { StepStream } from './step-stream.ts';

/** A workflow that is complete, whatever may still be wrong with it. */
export interface Draft {
  graph: WorkflowGraph;
  name: string;
  summary: string;
  assumptions: readonly string[];
  unsupported: readonly UnsupportedPart[];
  /** What was wrong with the steps as they came, beyond what the validator can see in the graph. */
  problems: readonly Problem[];
}

/** The words around the steps. */
interface Words {
  name: string;
  summary: string;
  assumptions: readonly string[];
  unsupported: readonly UnsupportedPart[];
}

const answerShape = z.object({
  name: z.string().catch(''),
  steps: z.array(z.unknown()).catch([]),
  summary: z.string().catch(''),
  assumptions: z.array(z.string()).catch([]),
  unsupported: z.array(unsupportedPartSchema.nullable().catch(null)).catch([]),
});

/** The answer of a model, cut to what a composition may hold. */
export function answerOf(json: unknown): Words & { steps: unknown[] } {
  const answer = answerShape.parse(json);
  return {
    name: answer.name.trim().slice(0, 120) || 'New workflow',
    steps: answer.steps,
    summary: answer.summary.slice(0, 4_000),
    assumptions: answer.assumptions.slice(0, 50).map((text) => text.slice(0, 1_000)),
    unsupported: answer.unsupported.filter((part) => part !== null).slice(0, 50),
  };
}

/** Collects a workflow that is being generated, and says what to draw: each step at a place that fits what is known so far. */
export class Drafting {
  private assembly: Assembly;
  private stream = new StepStream();
  private streamed = '';
  private readonly drawn = new Set<string>();
  private readonly nodes: WorkflowNode[] = [];
  private readonly edges: WorkflowEdge[] = [];
  private readonly catalogue: NodeCatalogue;

  constructor(catalogue: NodeCatalogue) {
    this.catalogue = catalogue;
    this.assembly = new Assembly(catalogue);
  }

  /** Everything the model has said so far. A text that does not go on where it was is a new answer, and read from its start. */
  *takeText(text: string): Generator<ComposeEvent> {
    if (text === '') return;
    if (!text.startsWith(this.streamed)) {
      this.assembly = new Assembly(this.catalogue);
      this.stream = new StepStream();
    }
    this.streamed = text;
    for (const step of this.stream.push(text)) {
      const { node, edges } = this.assembly.add(step);
      yield* this.draw(node, edges);
    }
  }

  takeSteps(steps: readonly unknown[]): void {
    for (const step of steps) this.assembly.add(step);
    this.nodes.push(...this.assembly.result.nodes);
    this.edges.push(...this.assembly.result.edges);
  }

  /** A composition that is complete already: each step together with the edges that have both their ends by then. */
  *takeComposition({ nodes, edges }: Pick<Composition, 'nodes' | 'edges'>): Generator<ComposeEvent> {
    const there = new Set<string>();
    for (const composed of nodes) {
      there.add(composed.id);
      const definition = this.catalogue.get(composed.kind);
      const config = definition?.config.safeParse(composed.config).data ?? composed.config;
      const ready = edges.filter(({ source, target }) => there.has(source) && there.has(target));
      yield* this.draw(
        composedNodeToNode({ ...composed, config }, definition?.version ?? 1),
        ready.map(composedEdgeToEdge),
      );
    }
  }

  finish(words: Words): Draft {
    const { unsupported, problems } = this.assembly.finish();
    return {
      ...words,
      graph: arranged({ nodes: this.nodes, edges: this.edges, direction: 'down' as const }, this.catalogue),
      unsupported: [...words.unsupported, ...unsupported],
      problems,
    };
  }

  private *draw(node: WorkflowNode | undefined, edges: readonly WorkflowEdge[]): Generator<ComposeEvent> {
    const newNode = node && !this.drawn.has(node.id) ? node : undefined;
    if (newNode) this.nodes.push(newNode);
    const newEdges = edges.filter(({ id }) => !this.drawn.has(id));
    this.edges.push(...newEdges);
    for (const { id } of [...(newNode ? [newNode] : []), ...newEdges]) this.drawn.add(id);
    if (newNode) {
      const position =
        layoutGraph({ nodes: this.nodes, edges: this.edges }, this.catalogue).get(newNode.id) ?? newNode.position;
      yield { type: 'node', node: { ...newNode, position } };
    }
    for (const edge of newEdges) yield { type: 'edge', edge };
  }
}
